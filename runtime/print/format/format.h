/*
 * format: what an output format is. A format turns rows, damage, gaps and notes of logs into text. It sees no file, no
 * thread and no log; it writes to the outputs of its formatter. runtime/README.md says how a format is added.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print/format/outputs.h"
#include "print/query/overflow.h"
#include "print/query/query.h"
#include "print/query/word_set.h"
#include "rawlog/catalog/catalog.h"
#include "rawlog/log/damage.h"
#include "rawlog/log/row.h"

#define FORMAT_WHY_MAX 640 /* bytes of a text that says why a log cannot be shown */

/* A log, as formats need to know it. What it points to is valid until the next log begins. */
struct format_log {
	const char *file;   /* the path, as the user wrote it */
	bool member;        /* the file is a member of an archive */
	uint64_t part;      /* which of the file's logs, from 1 on */
	const char *digest; /* the column `log`; NULL: not computed */
	const struct catalog_release *release;
	const char *model; /* one of catalog_models */
	enum byte_order order;
	const void *header; /* the host struct of its rawheader; NULL: unknown */
	const char *host;   /* bytes of the log, not always terminated; NULL: unknown */
	size_t host_size;
	/* Of carved records, else NULL and 0: how far the release is certain, and the releases that are possible. */
	const char *sure;
	const struct catalog_release *const *fits;
	size_t nfits;
};

/* A note: something known about a log that is not one of its values. */
struct format_note {
	const char *fault;          /* a word for it */
	uint64_t sample;            /* the first one concerned */
	uint64_t offset;            /* of that sample's record */
	const char *text;           /* a sentence */
	const char *structure;      /* of the members concerned; NULL: the note is about the whole log */
	const char *const *members; /* then NULL */
};

struct formatter;

/* Functions that are NULL have nothing to do. What cannot be written is remembered by the formatter and its outputs. */
struct format {
	const char *name;    /* the word of --format */
	const char *summary; /* what it prints, for the help */
	size_t size;         /* bytes of its formatter */

	bool by_table;      /* writes one table to a file, or each table to a file of its own in a folder */
	bool names_files;   /* lines name their file, if the query says so */
	bool mixes;         /* by_table: several tables can share one output */
	bool serial;        /* takes no parts: one thread formats all rows */
	bool rewrites;      /* writes anywhere in its output, which is one regular file */
	const char *ending; /* by_table: how the names of these files end */
	bool groups;        /* rows need their cgroups */
	bool labels;        /* takes --labels, and what goes with it, */
	bool joins_words;   /* --no-spaces too */
	bool selects;       /* takes --where, and --fields if by_table */
	bool limited;       /* takes --limit: each row is a row of its output */
	bool as_stored;     /* null members are shown with their stored values */
	bool unverified;    /* rows that no checksum covers are shown, and marked */
	unsigned print;     /* the PRINT_* options that it takes */

	/*
	 * The library that it needs; NULL: none. `load` loads it, before the format is opened; false: it is not installed.
	 * `library_version` is the version of the loaded library.
	 */
	const char *library;
	bool (*load)(void);
	const char *(*library_version)(void);

	/* Adds the words that --tables can name. False: no memory. NULL: the format takes no --tables. */
	bool (*add_words)(struct word_set *words);
	/* Whether the fields of a selection can be shown; false: `why` (SELECTION_WHY_MAX bytes) says why not. NULL: always. */
	bool (*check)(const struct selection *selection, char *why);
	/* Prepares the formatter's own part, all zeros. 0 or an errno; after failure nothing is owned. */
	int (*open)(struct formatter *f);
	void (*close)(struct formatter *f);
	/* Begins the output, which is open; not of parts. 0 or an errno; after failure nothing is owned. */
	int (*start)(struct formatter *f);
	/* Completes the output if `keep`, else gives it up; called once for each start that succeeded. 0 or an errno. */
	int (*finish)(struct formatter *f, bool keep);
	/*
	 * A log begins; in a part of a formatter it may be in its middle. False: it cannot be shown, and `why` (FORMAT_WHY_MAX
	 * bytes) says why.
	 */
	bool (*begin)(struct formatter *f, const struct format_log *log, char *why);
	/* Whether rows of `s` are shown, in the log that has begun. */
	bool (*shows)(const struct formatter *f, const struct catalog_struct *s);
	/*
	 * The parts of structs `s` that their rows have when `row` gets them; it fills in what else it needs. NULL: rows are
	 * whole.
	 */
	uint64_t (*needs)(const struct formatter *f, const struct catalog_struct *s);
	/* Whether rows of `s` look cgroups up (row.join). NULL: none do. */
	bool (*joins)(const struct formatter *f, const struct catalog_struct *s);
	/* A row of a struct that is shown. The rawheader comes first, then samples in order. */
	void (*row)(struct formatter *f, const struct row *row);
	/* All rows of a sample have been shown. Not called if the dump has failed. */
	void (*sample_ends)(struct formatter *f);
	/* Of a part, the following are called when the output of all parts before it, and its own so far, has been appended. */
	void (*damage)(struct formatter *f, const struct rawlog_damage *damage);
	/*
	 * Damage of a file that holds logs, such as an archive; its offset, length and sample are DAMAGE_NOWHERE. The current log
	 * stays the current one.
	 */
	void (*file_damage)(struct formatter *f, const char *path, const struct rawlog_damage *damage);
	void (*gap)(struct formatter *f, const struct rawlog_damage *gap);
	void (*note)(struct formatter *f, const struct format_note *note);
};

/*
 * The state of a format; each format's own struct begins with it. The format writes to the outputs that it is given; it
 * never opens, names or closes a file.
 */
struct formatter {
	const struct format *format;
	const struct query *query;
	struct outputs outputs;
	int failure;              /* the errno of the first failure beside those of the outputs; 0 */
	struct overflow overflow; /* of a row of tables shown since it was cleared; table NULL: none */
};

#endif
