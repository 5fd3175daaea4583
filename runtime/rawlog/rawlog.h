/*
 * rawlog: reads atop's raw logs of every release, from any machine, whole or damaged. This is the only header of the
 * library that programs include; it needs nothing but the C library's headers, and is C99 and C++.
 *
 * A log is a sequence of samples. A sample has one record and some blocks, and a block has structs: the system in one,
 * one for each task in another, and cgroups from atop 2.11 on. Which blocks there are, and which members a struct has,
 * depends on the release that wrote the log.
 *
 *	rawlog_open              opens a file and recognises its layout
 *	rawlog_next              goes to the next sample, and reads its record only
 *	rawlog_block             inflates one block of the sample
 *	rawlog_struct            decodes the next struct of that block
 *	rawlog_value             one member of it by its path, "cpu.utime"
 *
 * A decoded struct is a host struct: upstream's member names in the byte order of this machine, with integers of fixed
 * width. Members are read by path (rawlog_value), or directly, by the generated types of a release: a program for one
 * release that is compiled in the source tree can include them from generated/. rawlog_release says which release it is.
 *
 * Ownership: every function that makes an object has one that frees it. After failure nothing is owned. Text that is
 * returned as const char * without a size is static. Other pointers are valid until the next call on the object that
 * they come from.
 *
 * Errors: RAWLOG_FAILED comes with an errno value; ENOMEM is one. Damage is not an error: it is reported, and reading
 * continues. The library never prints, never exits, and has no global state. Objects are independent of each other:
 * one thread at a time may use each.
 */
#ifndef RAWLOG_H
#define RAWLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum rawlog_result {
	RAWLOG_OK,
	RAWLOG_END,      /* nothing more of what was requested */
	RAWLOG_GAP,      /* everything can be read, but samples do not follow each other: see the damage; continue */
	RAWLOG_NEXT_LOG, /* another log begins in the same file; continue */
	RAWLOG_NEXT_RUN, /* the log continues as one of another release; continue */
	RAWLOG_DAMAGED,  /* something could not be read: see the damage; continue. Of a log: the rest was read */
	RAWLOG_REFUSED,  /* not an atop log, or a layout that no schema describes */
	RAWLOG_FAILED    /* input, output or memory failed; ends the log */
};

#define RAWLOG_ERROR_MAX 512      /* bytes of an error's text, its NUL included */
#define RAWLOG_PATH_MAX  4096     /* bytes of a cgroup's path */
#define RAWLOG_DIMS_MAX  4        /* dimensions of an array */
#define RAWLOG_NONE      SIZE_MAX /* no such block */

/* Why a log was not opened. */
struct rawlog_error {
	int code;                    /* RAWLOG_FAILED: an errno value */
	char text[RAWLOG_ERROR_MAX]; /* RAWLOG_REFUSED: why; no byte of the log is in it */
	const char *unpack; /* RAWLOG_REFUSED: the command that prints what is packed in it, "xz -dc"; NULL: none */
	bool strange;       /* RAWLOG_REFUSED: no magic number of a log, and no record where the first one should be */
};

struct rawlog;        /* an open file: one log, or several one behind the other */
struct rawlog_sample; /* one sample, and buffers that serve one sample after another */
struct rawlog_damage; /* what could not be read, or a gap */
struct rawlog_type;   /* the dictionary of a struct's members; static */

/* The version of the library: "0.1.0". The libraries that it inflates with: "libdeflate 1.14, zlib 1.2.13". */
const char *rawlog_version(void);
const char *rawlog_libraries(void);

/* --- opening ------------------------------------------------------------------------------------------------ */

/*
 * Opens the file at `path`, "-" being standard input, and recognises its layout by the header. gzip is undone. With a
 * `layout`, "2.7" or "2.7/lp64", the log is read as of that release (and data model) whatever its header says, and needs no
 * header. NULL: the header decides. RAWLOG_OK, _REFUSED or _FAILED; only RAWLOG_OK sets `log`. An unknown `layout` is
 * _REFUSED.
 */
enum rawlog_result rawlog_open(struct rawlog **log, const char *path, const char *layout, struct rawlog_error *error);

/*
 * The same for a descriptor, which the library closes, also after failure, unless it is standard input. A negative `fd` is an
 * errno: the file could not be opened.
 */
enum rawlog_result rawlog_open_fd(struct rawlog **log, int fd, const char *layout, struct rawlog_error *error);

/* The same for `size` bytes of memory, which must outlive the log. */
enum rawlog_result rawlog_open_memory(struct rawlog **log, const void *bytes, size_t size, const char *layout,
    struct rawlog_error *error);

/*
 * The same, to carve: finds records of any release (or of those that `layout` allows) among any bytes, of a disk image or
 * a piece of a log. Records that follow each other directly are a log each, which RAWLOG_NEXT_LOG begins; before the first
 * one there is no current log. A log without a header has an unknown host, and may fit several releases.
 */
enum rawlog_result rawlog_carve_fd(struct rawlog **log, int fd, const char *layout, struct rawlog_error *error);

void rawlog_close(struct rawlog *log);

/* Whether there is such a layout. False: the text of `error` lists what there is. */
bool rawlog_is_layout(const char *layout, struct rawlog_error *error);

/*
 * Opens a file for rawlog_open_fd as rawlog_open does: reading leaves its access time unchanged, if the system permits that.
 * `flags` are added to those of open(2). A descriptor, or a negative errno.
 */
int rawlog_descriptor(const char *path, int flags);

/* Sets a function that rawlog_next calls with `context` before it waits for the writer of a pipe; NULL: none. */
void rawlog_on_wait(struct rawlog *log, void (*waits)(void *context), void *context);

/*
 * Passes all bytes of the open file to `take` in pieces, gzip undone: to compute a digest, for example. Independent of how
 * far the log is read. If the gzip data breaks, the bytes before are passed. RAWLOG_OK, or _FAILED with an errno value in
 * `error`: ESPIPE if the file cannot be read twice, since it is not a regular file.
 */
enum rawlog_result rawlog_bytes(struct rawlog *log, void (*take)(void *context, const void *bytes, size_t size),
    void *context, int *error);

/* --- the current log ---------------------------------------------------------------------------------------- */

/* Of these, all change when rawlog_next returns RAWLOG_NEXT_LOG, and the first three when it returns RAWLOG_NEXT_RUN. */

const char *rawlog_release(const struct rawlog *log); /* the schema that it is read with: "2.7" */
const char *rawlog_model(const struct rawlog *log);   /* sizes of C types: "lp64", "ilp32" … */
bool rawlog_is_big_endian(const struct rawlog *log);
uint64_t rawlog_number(const struct rawlog *log); /* in the file, from 1 */

uint64_t rawlog_run_number(const struct rawlog *log); /* differs whenever one of the first three may have changed */

/* Where its header is in the file, if it has one; and its first record, if there is one. */
uint64_t rawlog_header_offset(const struct rawlog *log);
uint64_t rawlog_records_offset(const struct rawlog *log);

/* The rawheader's host struct; NULL: the log's header is lost. Its type, for rawlog_value. */
const void *rawlog_header(const struct rawlog *log);
const struct rawlog_type *rawlog_header_type(const struct rawlog *log);

/* The name of the host that wrote the log: bytes of the log, not terminated. Returns how many; 0: unknown. */
size_t rawlog_host(const struct rawlog *log, const char **name);

/* How the file around the logs is compressed: "gzip"; NULL: it is not. */
const char *rawlog_compression(const struct rawlog *log);

/* A run of the recorder whose values show another release than the log's header states. */
struct rawlog_contradiction {
	uint64_t sample;         /* the number of its first sample */
	uint64_t offset;         /* of that sample's record */
	const char *stated;      /* by the header: "2.3" */
	const char *recorded_by; /* "2.4 or 2.5" */
};

/* Whether the current run is one, after RAWLOG_NEXT_RUN or RAWLOG_NEXT_LOG. */
bool rawlog_contradicts(const struct rawlog *log, struct rawlog_contradiction *c);

/*
 * Of a file that is carved: how far the release of the current log is certain. "header": its header states it. "release": no
 * other fits. "lengths": several fit, and it is read as the one that defines the fewest members. Else NULL. Then the
 * releases that fit: "2.4, 2.5 or 2.6".
 */
const char *rawlog_certainty(const struct rawlog *log);
const char *rawlog_fits(const struct rawlog *log);

/* --- samples ------------------------------------------------------------------------------------------------ */

/* Objects for rawlog_next; NULL: out of memory. Any sample object serves any log. */
struct rawlog_sample *rawlog_sample_new(void);
void rawlog_sample_delete(struct rawlog_sample *sample);

struct rawlog_damage *rawlog_damage_new(void);
void rawlog_damage_delete(struct rawlog_damage *damage);

/*
 * Goes to the next sample. RAWLOG_OK: `sample` is that, before its first block. _END: there are no more. _DAMAGED, _GAP:
 * `damage` says what; call again. _NEXT_LOG, _NEXT_RUN: call again. _REFUSED: there is no record in a file that is carved, as
 * `damage` says. _FAILED: `error` is an errno value, and the log ends. That the end of the log cuts the last sample is
 * reported by the call after it.
 */
enum rawlog_result rawlog_next(struct rawlog *log, struct rawlog_sample *sample, struct rawlog_damage *damage,
    int *error);

uint64_t rawlog_sample_number(const struct rawlog_sample *sample);    /* in its log, from 0 */
uint64_t rawlog_sample_offset(const struct rawlog_sample *sample);    /* of its record in the file, gzip undone */
int64_t rawlog_sample_time(const struct rawlog_sample *sample);       /* seconds since 1970, UTC; any value */
uint64_t rawlog_sample_interval(const struct rawlog_sample *sample);  /* seconds; 0: the release does not say */
bool rawlog_sample_since_boot(const struct rawlog_sample *sample);    /* its values count since the machine started */
bool rawlog_sample_is_unverified(const struct rawlog_sample *sample); /* its record states what cannot be */

/*
 * Data that a recorder has only if its machine offers it, such as "netatop": the name of number `i` of those that the release
 * knows, and whether the sample has them, as its record and the log's header say. NULL: there are no more.
 */
const char *rawlog_feature(const struct rawlog_sample *sample, size_t i, bool *has);

/* The rawrecord's host struct. */
const void *rawlog_record(const struct rawlog_sample *sample);
const struct rawlog_type *rawlog_record_type(const struct rawlog_sample *sample);

/*
 * Copies what the blocks of the sample need into `to`, which then depends on nothing else: any thread can read its blocks,
 * whatever becomes of the log. RAWLOG_OK, or _FAILED with an errno value in `error`.
 */
enum rawlog_result rawlog_detach(struct rawlog_sample *to, struct rawlog_sample *from, int *error);

/* --- blocks and structs ------------------------------------------------------------------------------------- */

/* How many blocks the samples of this release have, the role of one ("sstat", "tstat" …), and the type of its structs. */
size_t rawlog_nblocks(const struct rawlog_sample *sample);
const char *rawlog_block_role(const struct rawlog_sample *sample, size_t block);
const struct rawlog_type *rawlog_block_type(const struct rawlog_sample *sample, size_t block);

/* A block as its record describes it; any numbers are possible. */
struct rawlog_extent {
	uint64_t offset, length; /* compressed, in the file */
	uint64_t inflated;       /* bytes */
	uint64_t count;          /* structs */
};

void rawlog_block_extent(const struct rawlog_sample *sample, size_t block, struct rawlog_extent *extent);

/* The block of that role; RAWLOG_NONE: the release has none. */
size_t rawlog_find_block(const struct rawlog_sample *sample, const char *role);

/*
 * Reads the sample's cgroups, if its release has them, for the rawlog_cgroup_… functions and for the block of cgroups,
 * which has no structs otherwise. Called before the first rawlog_block of the sample, or not at all. RAWLOG_OK, or _FAILED
 * with an errno value in `error`.
 */
enum rawlog_result rawlog_groups(struct rawlog_sample *sample, int *error);

/*
 * Sets whether structs are returned as the recorder stored them, for all samples of the object: known faults are not
 * corrected, and no member is null.
 */
void rawlog_as_stored(struct rawlog_sample *sample, bool as_stored);

/* Begins a block. Blocks are read in order; each may be left out, and none read twice. */
void rawlog_block(struct rawlog_sample *sample, size_t block);

/*
 * Decodes the next struct of that block. RAWLOG_OK: `host` is its host struct, valid until the next call. _END: there are no
 * more. _DAMAGED: this struct, or the rest of the block, could not be read; call again. _GAP: the record counts more
 * structs. _FAILED: `error` is an errno value.
 */
enum rawlog_result rawlog_struct(struct rawlog_sample *sample, const void **host, struct rawlog_damage *damage,
    int *error);

/* About the struct that rawlog_struct returned last: */

/* Whether no right checksum covers its bytes: it may be right or wrong. */
bool rawlog_is_unverified(const struct rawlog_sample *sample);

/* Which of its members mean nothing, as bits for rawlog_value. */
uint64_t rawlog_nulls(const struct rawlog_sample *sample);

/* Known faults of the recorder that show in it: names ("icmpv4-rate-limits") and explanations; NULL: there are no more. */
const char *rawlog_fault(const struct rawlog_sample *sample, size_t i, const char **explanation);

/*
 * The path of the cgroup that it is in or, if it describes a cgroup, of that one: bytes of the log, not terminated. Returns how
 * many there are; 0: unknown, or there are no cgroups.
 */
size_t rawlog_cgroup_path(const struct rawlog_sample *sample, char path[RAWLOG_PATH_MAX]);

/* If it describes a cgroup: its own name; 0: unknown. How many processes it has, and their numbers; false: unknown. */
size_t rawlog_cgroup_name(const struct rawlog_sample *sample, const char **name);
bool rawlog_cgroup_npids(const struct rawlog_sample *sample, size_t *npids);
int64_t rawlog_cgroup_pid(const struct rawlog_sample *sample, size_t i);

/* --- damage and gaps ---------------------------------------------------------------------------------------- */

uint64_t rawlog_damage_offset(const struct rawlog_damage *damage);  /* in the file, gzip undone */
uint64_t rawlog_damage_length(const struct rawlog_damage *damage);  /* in bytes; 0 of a gap */
uint64_t rawlog_damage_sample(const struct rawlog_damage *damage);  /* the number it has or would have */
const char *rawlog_damage_role(const struct rawlog_damage *damage); /* of the block concerned; NULL: none */
const char *rawlog_damage_text(const struct rawlog_damage *damage); /* the reason, in words */

/* The kind, in a word that does not change: "checksum", "truncated" …; "none" of a gap. */
const char *rawlog_damage_kind(const struct rawlog_damage *damage);

/* Of a gap: the times of the samples around it, and the interval that the later one states, in seconds. */
#define RAWLOG_NO_TIME INT64_MIN /* there is no earlier sample */
int64_t rawlog_gap_from(const struct rawlog_damage *gap);
int64_t rawlog_gap_to(const struct rawlog_damage *gap);
uint64_t rawlog_gap_interval(const struct rawlog_damage *gap);

/* --- the dictionary ----------------------------------------------------------------------------------------- */

enum rawlog_kind {
	RAWLOG_NULL, /* not available: what is stored means nothing */
	RAWLOG_SIGNED,
	RAWLOG_UNSIGNED,
	RAWLOG_FLOAT,
	RAWLOG_TEXT,  /* bytes of the log up to the first NUL; perhaps not UTF-8 */
	RAWLOG_BYTES, /* bytes that are no text */
	RAWLOG_ARRAY,
	RAWLOG_STRUCT
};

/* A member of a struct. All pointers are static. */
struct rawlog_field {
	const char *key;       /* in paths, and in atopdump's output */
	const char *name;      /* upstream's */
	const char *ctype;     /* as upstream declares it: "count_t" */
	enum rawlog_kind kind; /* of one element */
	size_t offset;         /* in the host struct, in bytes */
	size_t size;           /* of one element, in bytes */
	size_t ndims;          /* 0: no array. A text is no array */
	size_t dims[RAWLOG_DIMS_MAX];
	const struct rawlog_type *type; /* RAWLOG_STRUCT: its members; else NULL */
	const char *unit;               /* "ticks", "KiB" …; NULL: none */
	const char *doc;                /* NULL: none */
	bool is_delta;                  /* a difference over the interval, not a current value */
	bool is_reserved;               /* space for later releases: not data */
};

const char *rawlog_type_name(const struct rawlog_type *type); /* upstream's struct tag */
size_t rawlog_type_size(const struct rawlog_type *type);      /* of the host struct, in bytes */
size_t rawlog_nfields(const struct rawlog_type *type);

/* Fills in `field` with member `i`, in upstream's order. `i` is less than rawlog_nfields. */
void rawlog_field(const struct rawlog_type *type, size_t i, struct rawlog_field *field);

struct rawlog_value {
	enum rawlog_kind kind;
	int64_t integer;                /* RAWLOG_SIGNED */
	uint64_t natural;               /* RAWLOG_UNSIGNED */
	double real;                    /* RAWLOG_FLOAT */
	const char *bytes;              /* RAWLOG_TEXT, _BYTES: in the host struct, not terminated */
	size_t size;                    /* the same: how many. RAWLOG_ARRAY: how many elements are in use */
	const struct rawlog_type *type; /* RAWLOG_STRUCT: these three are arguments for rawlog_value */
	const void *host;
	uint64_t nulls;
};

/*
 * Reads the member at `path` of a host struct: "utime", "gen.name", "cpu.cpu[3].stime". `nulls`: what rawlog_nulls says of
 * the struct, 0 of a header or record. An element beyond those in use is RAWLOG_NULL. False: the type has no such member,
 * or the array no such element in any log.
 */
bool rawlog_value(const struct rawlog_type *type, const void *host, uint64_t nulls, const char *path,
    struct rawlog_value *value);

/* --- releases ----------------------------------------------------------------------------------------------- */

/* The releases that the library can read, oldest first: "2.7", which covers "2.7.0, 2.7.1". */
size_t rawlog_nreleases(void);
const char *rawlog_release_name(size_t i);
const char *rawlog_release_covers(size_t i);

#ifdef __cplusplus
}
#endif

#endif
