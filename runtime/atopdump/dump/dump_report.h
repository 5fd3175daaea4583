/*
 * dump_report: what is reported about a log besides its rows: each is a message, and a line of the format if that has such
 * lines.
 */
#ifndef DUMP_REPORT_H
#define DUMP_REPORT_H

#include "atopdump/dump/dump_walk.h"

#define REPORT_MAX 640 /* bytes of a message */

/* The file ends here with `result`, for the reason `why`; because input or memory failed with an errno. */
void dump_report_end(struct dump_walk *w, enum rawlog_result result, const char *why);
void dump_report_failure(struct dump_walk *w, int error);

/* A file that holds logs is damaged, for the reason `why`: the rest of it cannot be read. */
void dump_report_break(struct dump_walk *w, const char *why);

/* The file is refused for the reason `why`; passed over, if it was found in a folder and is `strange`: no log at all. */
void dump_report_refusal(struct dump_walk *w, const char *why, bool strange);

/* The same of a file that is compressed or an archive, which is reported although it is passed over. */
void dump_report_packed(struct dump_walk *w, const char *why);

/* A log begins, which is counted. */
void dump_report_log(struct dump_walk *w, const struct rawlog *log);

void dump_report_damage(struct dump_walk *w, const struct rawlog_damage *damage);

/* A gap between samples, which is not damage. */
void dump_report_gap(struct dump_walk *w, const struct rawlog_damage *gap);

/* The current run of the recorder contradicts the log's header, if it does. */
void dump_report_run(struct dump_walk *w, const struct rawlog *log);

/* A value of w->row that tables cannot hold, if the formatter has found one; reported once a log. */
void dump_report_overflow(struct dump_walk *w);

/* The known faults of the recorder that show in w->row; each is reported once a log. */
void dump_report_faults(struct dump_walk *w);

#endif
