/*
 * dump: what all output formats have in common: how a log is walked and what a format is told of it. The
 * formats know neither files nor damage's causes; the walk knows no format.
 */
#ifndef DUMP_H
#define DUMP_H

#include <stdbool.h>

#include "atopdump/dump/inputs.h"
#include "print/query/names.h"
#include "rawlog/io/writer.h"
#include "rawlog/rawlog.h"

#define DUMP_MESSAGE_MAX	640

struct dump_options {
	const struct names	*tables;	/* what is asked for; none: everything */
	unsigned		 print;		/* PRINT_* */
	const char		*path;		/* where to; NULL: standard output */
	bool			 folder;	/* `path` is a folder for one file a table */
	bool			 force;		/* a file that exists is replaced */
	bool			 several;	/* more than one log: lines say which */
	unsigned		 jobs;		/* threads; 0 and 1: no other than the caller's */
	bool			 strict;	/* the first damage is the end */
	bool			 carve;		/* records are looked for in anything; lines say where they were */
};

/* A log, as formats need to know it. */
struct dump_log {
	const char			*file;
	uint64_t			 part;		/* of the file's logs, from 1 on */
	const struct layout		*layout;
	const struct header_facts	*facts;
	const char			*sure;		/* of carved records: what is known of them; else NULL */
	const struct catalog_release	*const *fits;	/* the releases that they can be of, if these are several… */
	size_t				 nfits;		/* …and how many these are; else 0 */
};

/* What is to be known of a log beside what stands in it. */
struct dump_note {
	const char	*fault;			/* a word for it */
	uint64_t	 sample;		/* from which on it holds */
	uint64_t	 offset;
	const char	*text;
	const char	*structure;		/* whose `members` are concerned, a list that NULL ends; NULL: the log as a whole */
	const char	*const *members;
};

struct dump;

/* One output format. Output errors stick and are asked for by `error`. */
struct dump_format {
	/*
	 * A log begins; of a branch, perhaps in the middle. False if it cannot be shown, and `why` (DUMP_MESSAGE_MAX bytes)
	 * says what is the matter. What this opens is opened for the whole, when the branch's turn has come.
	 */
	bool	(*begin)(struct dump *d, const struct dump_log *log, char *why);
	/* Whether anything of `s` is shown. */
	bool	(*wants)(const struct dump *d, const struct catalog_struct *s);
	/* A sample begins; before the first one a log's rawheader is put. */
	void	(*sample)(struct dump *d, const struct rawlog_sample *sample);
	/* A struct of the log (`sample` is NULL) or of the sample, which says what belongs to it. */
	void	(*put)(struct dump *d, const struct catalog_struct *s, const void *host,
		    const struct rawlog_sample *sample);
	/* Of a branch: its turn has come, and it has been joined. */
	void	(*damage)(struct dump *d, const struct rawlog_damage *damage);
	/* The same for a note. NULL: it has no place for them. */
	void	(*note)(struct dump *d, const struct dump_note *note);
	/* The same for a gap; NULL: gaps are not shown. */
	void	(*gap)(struct dump *d, const struct rawlog_damage *gap);
	/*
	 * A branch of `d`, for another thread: it shows logs, or parts of them, in memory. `turn` says when that may go on
	 * to `d`; both outlive it. NULL: no memory.
	 */
	struct dump	*(*branch)(struct dump *d, struct writer_turn *turn);
	/* Appends what the branch has shown so far to what it is a branch of. Its turn has come. */
	void	(*join)(struct dump *branch);
	/* Forgets it instead. */
	void	(*drop)(struct dump *branch);
	void	(*prune)(struct dump *branch);
	/* Hands all that is shown to whoever reads it, now. */
	void	(*flush)(struct dump *d);
	/* The errno of the first failure of output; 0. */
	int	(*error)(const struct dump *d);
	/* Ends all output, kept or thrown away, and frees `d`. The errno of the first failure; 0. */
	int	(*finish)(struct dump *d, bool keep);
	/* Whether it shows the cgroup that a struct is in. */
	bool	groups;
	/* Whether it shows members as they are stored, whatever they mean. */
	bool	as_stored;
	/* Whether it shows structs before the break of a block, and says so. */
	bool	unverified;
};

struct dump {
	const struct dump_format	*format;
	const struct dump_options	*options;
	int				 failure;	/* errno of what failed beside output; 0 */
};

/* Each opens a format for `options`, which must outlive it. 0, or an errno. */
int	dump_json_open(struct dump **d, const struct dump_options *options);
int	dump_csv_open(struct dump **d, const struct dump_options *options);
int	dump_seed_open(struct dump **d, const struct dump_options *options);

/* From good to bad. */
enum dump_result {
	DUMP_OK,
	DUMP_DAMAGED,			/* everything readable was shown */
	DUMP_REFUSED,			/* not an atop log, or a layout that no schema describes */
	DUMP_FAILED			/* input, output, or memory */
};

/*
 * Dumps the logs that `in` has not taken yet, read as is chosen, or as many of them as are wanted. Each thing that is to
 * be said of one is given to `tell`, never by two threads at once, but for a failure of output, which the format keeps.
 * The worst result of all.
 */
enum dump_result	dump_logs(struct dump *d, struct inputs *in, const struct choice *choice,
			    void (*tell)(const char *path, const char *text));

#endif
