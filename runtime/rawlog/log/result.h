/*
 * result: what reading a log can come to. Functions return one of these at each step; the result of a whole log, or of
 * several, is RAWLOG_OK, _DAMAGED, _REFUSED or _FAILED, of which the greatest is the worst.
 */
#ifndef RESULT_H
#define RESULT_H

enum rawlog_result {
	RAWLOG_OK,
	RAWLOG_END,		/* nothing more of what was asked for */
	RAWLOG_GAP,		/* everything can be read, but samples do not follow each other: see the damage; continue */
	RAWLOG_NEXT_LOG,	/* another log begins in the same file; continue */
	RAWLOG_NEXT_RUN,	/* the log continues as one of another release; continue */
	RAWLOG_DAMAGED,		/* something could not be read: see the damage; continue. Of a log: the rest was read */
	RAWLOG_REFUSED,		/* not an atop log, or a layout that no schema describes */
	RAWLOG_FAILED		/* input, output or memory failed */
};

#endif
