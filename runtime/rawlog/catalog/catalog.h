/*
 * catalog: what the runtime knows of atop's releases, all of it generated. Nothing outside the generated code
 * names a release, a struct of one, or an offset.
 */
#ifndef CATALOG_H
#define CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/base/load.h"

/* Changes whenever generated code and runtime must change together. */
#define CATALOG_CONTRACT	7

#define CATALOG_BLOCKS_MAX	8	/* kinds of blocks after one record */
#define CATALOG_DIMS_MAX	4
#define CATALOG_SUMS_MAX	16	/* numbers of a record that the structs of one block add up to */

/* --- the field dictionary: every member of every struct, for whoever prints or explains by table ---------- */

enum field_type {
	FIELD_CHAR,		/* char; with dims, the last of them is the room of a text */
	FIELD_SIGNED,
	FIELD_UNSIGNED,
	FIELD_FLOAT,
	FIELD_STRUCT
};

enum field_show {
	FIELD_NUMBER,
	FIELD_TEXT,
	FIELD_HEX,
	FIELD_FLAG,
	FIELD_LETTER,
	FIELD_TIME,
	FIELD_BITS
};

enum field_count {
	FIELD_ALL,		/* every element is live */
	FIELD_COUNTED,		/* as many as the member at `count` says, and never more than fit: decoding saw to it */
	FIELD_UNTIL		/* up to the first element whose text at `count` is empty */
};

#define FIELD_RESERVED	1u
#define FIELD_DELTA	2u	/* a difference over the interval, not a current value */
#define FIELD_ABSENT	4u	/* `absent` is meaningful */

/* An integer in a host struct; size 0: there is none. */
struct field_place {
	uint32_t	offset;
	uint8_t		size;		/* in bytes */
	bool		is_signed;
};

struct field {
	const char		*name;		/* upstream's, as declared */
	const char		*key;		/* in the output */
	const char		*ctype;		/* as upstream declares it: "count_t", "struct percpu" */
	enum field_type		 type;
	enum field_show		 show;
	enum field_count	 count_rule;
	unsigned		 flags;
	uint32_t		 offset;	/* in the host struct */
	uint32_t		 size;		/* of one element in the host struct, in bytes */
	uint32_t		 ndims;
	uint32_t		 dims[CATALOG_DIMS_MAX];
	const struct definition	*of;		/* FIELD_STRUCT: its members */
	struct field_place	 count;		/* in the host struct; FIELD_UNTIL: the text, in an element */
	bool			(*live)(const void *element, size_t i);	/* element i is to be shown; NULL: all are */
	bool			(*when)(const void *host);	/* this member of the struct means anything; NULL: it does */
	uint64_t		 guards;	/* with one of these bits in the struct's nulls the member means nothing */
	uint32_t		 base;		/* FIELD_STRUCT: its own nulls are those of the struct, shifted down by that */
	int64_t			 absent;
	const char		*unit;		/* or NULL */
	const char		*doc;		/* or NULL */
};

struct definition {
	const char		*name;		/* upstream's struct tag */
	uint32_t		 size;		/* of the host struct */
	uint32_t		 nfields;
	const struct field	*fields;
};

/* --- structs that stand in a file by themselves --------------------------------------------------------- */

/* Why a struct could not be decoded: a count beyond its array. */
struct fault {
	const char	*member;		/* "cpustat.nrcpu" */
	int64_t		 count;
	uint64_t	 limit;
};

struct catalog_struct {
	const char		*role;		/* the key of its lines */
	unsigned		 number;	/* among all structs of the catalog, from 0: whatever else there is for it */
	const uint32_t		*size;		/* in the file, in bytes, by data model */
	const struct definition	*definition;
	/*
	 * Decodes the `size` bytes at `p` into `host` (definition->size bytes, aligned as malloc does). Of arrays only
	 * live elements are touched. False if `size` is too small or a count does not fit, and then `fault` says which
	 * (member NULL: the size).
	 */
	bool			(*decode)(void *host, const unsigned char *p, size_t size, unsigned model,
				    enum byte_order order, struct fault *fault);
	/*
	 * What a recorder never writes, if `host` holds such a thing: a sentence about it, static. NULL: nothing. `rawrecord`
	 * is the host struct of the record that it belongs to.
	 */
	const char		*(*flaw)(const void *host, const void *rawrecord);
};

/* What a rawheader says that concerns a reader, whatever the release. Negative and huge values are possible. */
struct header_facts {
	int64_t		 magic;
	int64_t		 aversion;
	int64_t		 rawheadlen;
	int64_t		 rawreclen;
	int64_t		 block_size[CATALOG_BLOCKS_MAX];	/* sstatlen, tstatlen, …: of one instance */
	const char	*host;			/* utsname.nodename: text, not always terminated */
	size_t		 host_size;
};

struct record_facts {
	int64_t		 curtime;		/* seconds since 1970, UTC */
	uint64_t	 interval;		/* seconds since the record before; 0: the release does not say */
	bool		 since_boot;		/* the first record of a run of atop: the interval began with the machine */
	struct {
		int64_t	 length;		/* compressed, in bytes */
		int64_t	 count;			/* instances, modulo the block's `modulo` */
		int64_t	 size;			/* of a chain: inflated, in bytes */
	}		 block[CATALOG_BLOCKS_MAX];
};

/*
 * A kind of block that follows each rawrecord. Plain: as many instances of a struct as the record counts. A chain:
 * instances that each say where the next one begins, with a name behind each. A list: one integer an instance, shared
 * out in order among the instances of a chain.
 */
struct catalog_block {
	const struct catalog_struct	*entry;
	/*
	 * Which of the release's known faults show in the struct as it was decoded: a bit each, NULL: never any. Puts values
	 * that stand in other places with these faults where they belong; NULL: there are none.
	 */
	uint64_t			(*faults)(const void *rawheader, const void *rawrecord, const void *host);
	void				(*mend)(void *host, uint64_t faults);
	/*
	 * Which members of the struct, not mended yet, mean nothing, by what header, record and the struct say, and with
	 * these faults: bits that its printers and its dictionary know. NULL: none.
	 */
	uint64_t			(*nulls)(const void *rawheader, const void *rawrecord, const void *host,
					    uint64_t faults);
	/*
	 * What atop never writes, if the struct in `host`, which belongs to `record`, a rawrecord's host struct, holds such a
	 * thing: a phrase, static. NULL: nothing. The functions of this and what follows are NULL where there is nothing to
	 * check.
	 */
	const char			*(*flaw)(const void *host, const void *record);
	/* Numbers that the record states, and the structs of the block add up to: what one adds, and what is stated. */
	size_t				nsums;
	const char *const		*sum_names;	/* the rawrecord's members */
	const char *const		*sum_terms;	/* what is summed up, as the schema says it */
	void				(*sums)(const void *host, uint64_t *sums);
	void				(*stated)(const void *record, uint64_t *sums);
	/* A chain, if `tail` is set. The places are in the host struct. */
	const char			*tail;		/* the key of the name */
	uint64_t			 modulo;	/* the record has room for counts up to this, then starts over */
	struct field_place		 stride;	/* bytes to the next instance */
	struct field_place		 parent;	/* index of the instance that this one is in; negative: none */
	/* A list, if `share.size` is set. */
	size_t				 of;		/* the chain's place among the blocks */
	struct field_place		 share;		/* in the chain's host struct: how many are its own */
	struct field_place		 value;		/* in the list's own host struct */
	size_t				 named;		/* the block of the structs that the values name */
	struct field_place		 id;		/* in that one's host struct: what names it */
};

/*
 * What tells logs of a release from those of older ones with equal lengths, a run of the recorder at a time: of the structs
 * of a run that count, the share that has something. `of` is their block's number; that of blocks: they are the records.
 */
struct catalog_count {
	bool		(*counts)(const void *record, const void *host, bool *has);
	size_t		of;
	uint64_t	least;			/* so many must count */
	int		own, other;		/* percent: from that on it is this release, up to that another; -1: never */
};

struct catalog_tell {
	bool				(*begins)(const void *record);	/* a run */
	const struct catalog_count	*counts;	/* the first that tells counts */
	size_t				 ncounts;
};

/* What recorders of a release are known to get wrong. */
struct catalog_fault {
	const char	*name;			/* "icmpv4-rate-limits" */
	const char	*structure;		/* "sstat.net.icmpv4" */
	const char	*note;			/* what is wrong and what was done, a sentence */
	const char	*const *members;	/* concerned, "OutErrors" or "InErrors - OutErrors"; then NULL */
};

struct catalog_release {
	const char			*version;	/* "2.7" */
	const char			*covers;	/* "2.7.0, 2.7.1" */
	const char			*source;	/* upstream's tag */
	uint32_t			 magic;
	uint32_t			 aversion;
	const struct catalog_struct	*rawheader;
	const struct catalog_struct	*rawrecord;
	const struct catalog_block	*blocks;	/* in file order */
	size_t				 nblocks;
	const struct catalog_fault	*faults;
	size_t				 nfaults;
	void	(*header_facts)(const void *rawheader, struct header_facts *facts);
	void	(*record_facts)(const void *rawrecord, struct record_facts *facts);
	const struct catalog_tell	*tell;		/* NULL: none */
	/*
	 * What atop never writes, if a rawheader or a rawrecord holds such a thing: a phrase, static. NULL: nothing. Of
	 * their bytes, what is not 0 and should be; and of their host structs. NULL where there is nothing to check.
	 */
	const char	*(*rawheader_zeros)(const unsigned char *p, unsigned model);
	const char	*(*rawheader_flaw)(const void *host, const void *record);
	const char	*(*rawrecord_zeros)(const unsigned char *p, unsigned model);
	const char	*(*rawrecord_flaw)(const void *host, const void *record);
};

extern const char *const			 catalog_models[];	/* names of data models */
extern const char *const			 catalog_machines[];	/* of each model, as uname -m says */
extern const size_t				 catalog_nmodels;
extern const struct catalog_release *const	 catalog_releases[];	/* oldest first */
extern const size_t				 catalog_nreleases;

#endif
