/*
 * table_columns: the types of columns, and the columns that are not members of upstream's structs. The generator and the
 * runtime both include this header.
 */
#ifndef TABLE_COLUMNS_H
#define TABLE_COLUMNS_H

enum column_type {
	COLUMN_INTEGER, /* 64 bits, signed */
	COLUMN_NUMBER,  /* float32; in text the shortest decimal that reads back */
	COLUMN_DOUBLE,  /* float64, of views only; in text the same */
	COLUMN_BOOLEAN,
	COLUMN_TEXT, /* valid UTF-8 */
	COLUMN_TIME  /* seconds since 1970, UTC */
};

/* What a column takes its value from. */
enum column_source {
	COLUMN_CONTEXT,  /* the log, the sample, the row's place in an array, its cgroup, the damage: column_context */
	COLUMN_MEMBER,   /* a member of the row's struct */
	COLUMN_BYTES,    /* the exact bytes, in hex, of the text in the column before; null if they are that text */
	COLUMN_COMPUTED, /* of a view: an expression */
	COLUMN_KEY       /* what joins rows of tables that are not of the catalog */
};

/* What the rows of a table are. */
enum table_kind {
	TABLE_STRUCT, /* the struct of a header, a record or a block */
	TABLE_ARRAY,  /* the elements of an array of structs in it */
	TABLE_PIDS,   /* the processes of the instances of a chain */
	TABLE_DAMAGE, /* what could not be read */
	TABLE_VIEW    /* rows of another table, of which a view computes the columns */
};

/*
 * X(context, name, type, doc): the columns with COLUMN_CONTEXT. The texts of TASK_COLUMNS, CHAIN_COLUMNS and PIDS_COLUMNS
 * are bytes of the log, so each of these is followed by a column NAME_bytes with COLUMN_BYTES. The other texts have none.
 */

/* The first columns of every table, in this order. */
#define FIRST_COLUMNS(X)                                                                                           \
	X(FILE, "file", TEXT, "the path of the log, as it was given")                                              \
	X(LOG, "log", TEXT, "first 16 hex digits of the SHA-256 of the log's bytes, any outer compression undone") \
	X(HOST, "host", TEXT, "the host that wrote the log")                                                       \
	X(RELEASE, "release", TEXT, "the release of atop that wrote it")                                           \
	X(TIME, "time", TIME, "when the sample was taken, the end of its interval")                                \
	X(SAMPLE, "sample", INTEGER, "number of the sample in the log, from 0")                                    \
	X(INTERVAL, "interval", INTEGER, "seconds that the sample covers")                                         \
	X(SINCE_BOOT, "since_boot", BOOLEAN, "differences are totals since boot, not over an interval")            \
	X(RUN, "run", INTEGER, "runs of atop that began before this sample's run in the log")                      \
	X(UNVERIFIED, "unverified", BOOLEAN, "no checksum covers the values, or the one there is does not match")

/* After them, in tables of arrays. */
#define ARRAY_COLUMNS(X) X(IDX, "idx", INTEGER, "index of the element in its array, from 0")

/* In the table of the structs that a list of processes names. */
#define TASK_COLUMNS(X) X(CGROUP, "cgroup", TEXT, "path of the cgroup that the process is in")

/* In the table of a chain. The schema's key 'tail' is the name of the first one. */
#define CHAIN_COLUMNS(X)                          \
	X(TAIL, NULL, TEXT, "name of the cgroup") \
	X(PATH, "path", TEXT, "path of the cgroup from the root")

/* In the table of the processes of a chain, after CHAIN_COLUMNS. */
#define PIDS_COLUMNS(X) X(PID, "pid", INTEGER, "id of a process in the cgroup")

#define DAMAGE_COLUMNS(X)                                                            \
	X(OFFSET, "offset", INTEGER, "where in the log the damage begins, in bytes") \
	X(LENGTH, "length", INTEGER, "bytes that are lost")                          \
	X(BLOCK, "block", TEXT, "the block that is damaged")                         \
	X(KIND, "kind", TEXT, "kind of the damage, a word")                          \
	X(REASON, "reason", TEXT, "what is wrong, a sentence")

#define COLUMN_CONTEXT_NAME(context, name, type, doc) CONTEXT_##context,
enum column_context {
	FIRST_COLUMNS(COLUMN_CONTEXT_NAME)
	ARRAY_COLUMNS(COLUMN_CONTEXT_NAME) TASK_COLUMNS(COLUMN_CONTEXT_NAME) CHAIN_COLUMNS(COLUMN_CONTEXT_NAME)
	    PIDS_COLUMNS(COLUMN_CONTEXT_NAME) DAMAGE_COLUMNS(COLUMN_CONTEXT_NAME)
};

#define DAMAGE_TABLE "damage"
#define PIDS_TABLE   "_pids"  /* behind the role of the chain */
#define BYTES_COLUMN "_bytes" /* behind the name of the text */
#define BYTES_DOC    "the bytes of that text in hex; null if they are the text"

#endif
