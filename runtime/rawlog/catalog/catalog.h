/*
 * catalog: the interface between the runtime and the generated descriptions of atop's releases. No hand-written code names
 * a release, a struct of one, or an offset.
 */
#ifndef CATALOG_H
#define CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/base/load.h"
#include "rawlog/catalog/field.h"

/* Changes whenever generated code and runtime must change together. */
#define CATALOG_CONTRACT 12

#define CATALOG_BLOCKS_MAX 8  /* kinds of blocks after one record */
#define CATALOG_SUMS_MAX   16 /* members of a record that state sums over the structs of one block */

/* Masks of parts: all of them; the bit that stands for the mask of null members, which is computed from some of them. */
#define CATALOG_WHOLE UINT64_MAX
#define CATALOG_NULLS (UINT64_C(1) << 63)

/* --- top-level structs of a file ------------------------------------------------------------------------ */

/* Why a struct could not be decoded: a count that exceeds its array. */
struct fault {
	const char *member; /* "cpustat.nrcpu" */
	int64_t count;
	uint64_t limit;
};

struct catalog_struct {
	const char *role;     /* the key of its lines */
	unsigned number;      /* index among all structs of the catalog; also of the tables of printers */
	const uint32_t *size; /* in the file, in bytes, by data model */
	const struct definition *definition;
	/*
	 * Decodes the `size` bytes at `p` into `host` (definition->size bytes, aligned as malloc does). Of arrays only
	 * live elements are written. False: `size` is too small (fault->member is NULL), or a count exceeds its array (`fault`
	 * says which).
	 */
	bool (*decode)(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
	    struct fault *fault);
	/*
	 * What a recorder never writes, if `host` holds such a thing: a sentence about it, static. NULL: nothing. `rawrecord`
	 * is the host struct of the record that it belongs to.
	 */
	const char *(*flaw)(const void *host, const void *rawrecord);
	/*
	 * The parts of a struct are structs that are members of it, and the texts of these that are FIELD_APART. Decodes those
	 * in the mask `parts`, and all members that are no parts. The mask has, for each member in order, a bit, and behind that
	 * of a struct one for each of these texts: parts.h. `p` has as many bytes as the struct. Fails as `decode` does, but not
	 * once the parts in `checked`, which have counts, have been decoded. NULL: the struct has no parts.
	 */
	bool (*decode_parts)(void *host, const unsigned char *p, uint64_t parts, unsigned model, enum byte_order order,
	    struct fault *fault);
	uint64_t checked;
};

/* The facts of a rawheader that a reader needs, of any release. Negative and huge values are possible. */
struct header_facts {
	int64_t magic;
	int64_t aversion;
	int64_t rawheadlen;
	int64_t rawreclen;
	int64_t block_size[CATALOG_BLOCKS_MAX]; /* sstatlen, tstatlen, …: of one instance */
	const char *host;                       /* utsname.nodename: text, not always terminated */
	size_t host_size;
};

struct record_facts {
	int64_t curtime;   /* seconds since 1970, UTC */
	uint64_t interval; /* seconds since the previous record; 0: the release does not store it */
	bool since_boot;   /* the first record of a run of atop: the interval began at boot */
	struct {
		int64_t length; /* compressed, in bytes */
		int64_t count;  /* instances, modulo the block's `modulo` */
		int64_t size;   /* of a chain: inflated, in bytes */
	} block[CATALOG_BLOCKS_MAX];
};

enum block_kind {
	CATALOG_PLAIN, /* instances of a struct; the record states their number */
	CATALOG_CHAIN, /* instances that state the distance to the next one, each followed by a name */
	CATALOG_LIST   /* integers that belong, in order, to the instances of a chain */
};

/* A block that follows each rawrecord. */
struct catalog_block {
	enum block_kind kind;
	const struct catalog_struct *entry;
	/*
	 * The first function returns the known faults of the release that the decoded struct shows, a bit each; NULL: never
	 * any. The second moves values that these faults misplace to their members; NULL: there are none.
	 */
	uint64_t (*faults)(const void *rawheader, const void *rawrecord, const void *host);
	void (*mend)(void *host, uint64_t faults);
	/*
	 * The members of the struct, before it is corrected, that are null according to header, record, the struct itself and
	 * these faults: bits that its printers and its dictionary know. NULL: none.
	 */
	uint64_t (*nulls)(const void *rawheader, const void *rawrecord, const void *host, uint64_t faults);
	uint64_t nulls_parts; /* the parts of the struct that it reads */
	/*
	 * A static phrase about a value in `host` that atop never writes; NULL: there is none. `record` is the host struct of
	 * its rawrecord. This function and those below are NULL where there is nothing to check.
	 */
	const char *(*flaw)(const void *host, const void *record);
	/* Sums over the structs of the block that the record states: what one struct adds, and what is stated. */
	size_t nsums;
	const char *const *sum_names; /* the rawrecord's members */
	const char *const *sum_terms; /* the terms that are added, as in the schema */
	void (*sums)(const void *host, uint64_t *sums);
	uint64_t sums_parts; /* the parts of the struct that it reads */
	void (*stated)(const void *record, uint64_t *sums);
	/* CATALOG_CHAIN. The offsets are into the host struct. */
	const char *tail;          /* the key of the name */
	uint64_t modulo;           /* the record states the count modulo this */
	struct field_place stride; /* bytes to the next instance */
	struct field_place parent; /* index of the parent instance; negative: none */
	/* CATALOG_LIST */
	size_t of;                /* the chain's index among the blocks */
	struct field_place share; /* in the chain's host struct: the number of its integers */
	struct field_place value; /* in the list's own host struct */
	size_t named;             /* the block whose structs the values identify */
	struct field_place id;    /* in the host struct of that block: the identifying member */
	/* Of tasks, in the host struct: not 0 for a process, and for a task that did nothing. */
	struct field_place process;
	struct field_place inactive;
};

/*
 * How a run of a release is distinguished from one of older releases with equal lengths: by the share of its structs that
 * have a property. `of` is the number of their block; the number of blocks stands for the records.
 */
struct catalog_count {
	bool (*counts)(const void *record, const void *host, bool *has);
	size_t of;
	uint64_t least; /* at least so many structs must count */
	int own, other; /* percent: this release from `own` on, another up to `other`; -1: never */
};

struct catalog_tell {
	bool (*begins)(const void *record); /* whether the record begins a run */
	const struct catalog_count *counts; /* the first one with a verdict decides */
	size_t ncounts;
};

/* A known fault of the recorders of a release. */
struct catalog_fault {
	const char *name;           /* "icmpv4-rate-limits" */
	const char *structure;      /* "sstat.net.icmpv4" */
	const char *note;           /* a sentence: what is wrong, and how it is corrected */
	const char *const *members; /* the members concerned, "OutErrors" or "InErrors - OutErrors"; then NULL */
};

/* Data that a recorder has only if its machine offers it. */
struct catalog_feature {
	const char *name; /* "netatop" */
	const char *doc;  /* perhaps "" */
};

struct catalog_release {
	const char *version; /* "2.7" */
	const char *covers;  /* "2.7.0, 2.7.1" */
	const char *source;  /* upstream's tag */
	uint32_t magic;
	uint32_t aversion;
	const struct catalog_struct *rawheader;
	const struct catalog_struct *rawrecord;
	const struct catalog_block *blocks; /* in file order */
	size_t nblocks;
	const struct catalog_fault *faults;
	size_t nfaults;
	const struct catalog_feature *features;
	size_t nfeatures;
	uint64_t (*has)(const void *rawheader, const void *rawrecord); /* a bit for each feature; NULL: there is none */
	void (*header_facts)(const void *rawheader, struct header_facts *facts);
	void (*record_facts)(const void *rawrecord, struct record_facts *facts);
	const struct catalog_tell *tell; /* NULL: none */
	/*
	 * Static phrases about values in a rawheader or a rawrecord that atop never writes; NULL: there are none. One
	 * function checks the bytes that should be 0, the other one the host struct. NULL where there is nothing to check.
	 */
	const char *(*rawheader_zeros)(const unsigned char *p, unsigned model);
	const char *(*rawheader_flaw)(const void *host, const void *record);
	const char *(*rawrecord_zeros)(const unsigned char *p, unsigned model);
	const char *(*rawrecord_flaw)(const void *host, const void *record);
};

extern const char *const catalog_models[];   /* names of data models */
extern const char *const catalog_machines[]; /* of each model, as uname -m prints them */
extern const size_t catalog_nmodels;
extern const struct catalog_release *const catalog_releases[]; /* oldest first */
extern const size_t catalog_nreleases;

/* The SHA-256 of what was generated from the schemas, in hex digits. Equal digests: logs are decoded alike. */
extern const char catalog_digest[];

#endif
