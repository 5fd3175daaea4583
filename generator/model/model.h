/*
 * model: the contents of schemas as C structs. `schema` builds the part of one file, `resolve` adds what the file inherits
 * and looks up names, `layout` adds sizes and offsets, the emitters read it. Every object carries the position that it was
 * read from, so an error found in a later stage still names file:line:col.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "model/abi.h"

struct expr;
struct typed;
struct view;

#define DIMS_MAX 4 /* dimensions of one member */

/* Limits of the schemas of one run; generator/README.md says what they bound. */
#define SIZE_MAX_STRUCT (64u << 20) /* bytes of a struct, in any data model */
#define VALUES_MAX      4096        /* values that a struct holds */
#define NESTING_MAX     8           /* structs within each other, the outermost included */
#define NAMES_MAX       1024        /* structs, constants, tables of bits: each of them, of one release */
#define BLOCKS_MAX      8           /* blocks after a record; CATALOG_BLOCKS_MAX of the runtime */
#define SUMS_MAX        16          /* sums over a block; CATALOG_SUMS_MAX of the runtime */
#define NAME_MAX        63          /* characters of a name that becomes part of a C name */

/* An expression that is true or false, as written. word.text NULL: not given; tree NULL: neither, or it is none. */
struct condition {
	struct word word;
	const struct expr *tree;
};

/* --- one schema file, as written ---------------------------------------------------------------------- */

struct constant {
	struct word name;
	uint64_t value;
	const char *text; /* the value as written: "0xfeedbeef" */
};

struct bit {
	struct word name; /* "RRBOOT" */
	uint64_t value;
	struct word doc;
};

struct bit_table {
	struct word name; /* "recordflags" */
	struct bit *bits;
	size_t nbits;
};

/* A sum of terms, each an integer or a constant's name. */
struct term {
	struct position at;
	const char *name; /* NULL: a number */
	uint64_t value;   /* of the number; of a constant, found by resolve per release */
};

struct dim {
	struct word text; /* as written, "PNAMLEN + 1" */
	struct term *terms;
	size_t nterms;
};

enum count_rule {
	COUNT_NONE,   /* every element is live */
	COUNT_MEMBER, /* an earlier member counts; more than fit is damage */
	COUNT_CLAMP,  /* an earlier member counts; up to `clamp` more than fit mean all */
	COUNT_UNTIL   /* the first element whose text member is empty ends the list */
};

enum show {
	SHOW_DEFAULT, /* text for char arrays, a number for the rest */
	SHOW_TEXT,
	SHOW_HEX,
	SHOW_FLAG,
	SHOW_LETTER,
	SHOW_TIME,
	SHOW_BITS
};

/* A member as its line says. */
struct member {
	struct word name;
	struct word type;
	struct dim dims[DIMS_MAX];
	size_t ndims;
	enum count_rule count_rule;
	uint64_t clamp;
	struct word count;     /* the counting member; for COUNT_UNTIL the element's text member */
	struct condition live; /* of an element: it is shown */
	struct condition when; /* the member has a meaning */
	struct word *unfilled; /* members of its struct that are never filled here */
	size_t nunfilled;
	struct word unit;
	bool delta; /* kind: delta */
	enum show show;
	struct position show_at;
	struct word bits;
	bool has_absent;
	int64_t absent;
	struct position absent_at;
	bool reserved;
	struct word column; /* its component of the names of columns; text NULL: not given */
	struct word was;    /* the member of older releases whose component it has; text NULL: not given */
	struct word doc;
	/*
	 * The line as text, except the keys that no generated code depends on or whose meaning is in the field. Fields with
	 * equal texts can share code.
	 */
	const char *rest;
};

struct structure {
	struct word name; /* upstream's struct tag */
	struct member *members;
	size_t nmembers;
};

struct block {
	struct position at;
	struct word structure;
	struct word role; /* text NULL: the struct's name */
	struct word length;
	struct word count; /* text NULL: exactly one instance */
	/* A chain: instances of varying length, a name behind each. All four or none. */
	struct word size;   /* the rawrecord member with the inflated length of the block */
	struct word stride; /* the struct's member with the distance to the next instance */
	struct word parent; /* the struct's member with the index of the instance it is in */
	struct word tail;   /* the key of the name */
	/* A list: integers that belong to the instances of a chain before. All three or none. */
	struct word of;    /* the chain's role */
	struct word share; /* the chain's member with the number of an instance's integers */
	struct word names; /* "tstat.gen.tgid": the role and the member that the integers are values of */
	/* Of tasks: the struct's members that are true of a process, and of a task that did nothing; text NULL: not given. */
	struct word process;
	struct word inactive;
};

/*
 * A condition that every recorder fulfils: `that` holds for each struct of the role, or `sum` over all structs of its block
 * equals the rawrecord's member `is`.
 */
struct check {
	struct position at;
	struct word name; /* by which a later release replaces it */
	struct word of;   /* a role: "rawheader", "rawrecord", or a block's */
	struct condition that;
	struct condition sum;
	struct word is;
	struct word doc; /* the message where `that` does not hold; text NULL: the condition */
};

/* Data that a recorder has only if its machine offers it. */
struct feature {
	struct position at;
	struct word name;      /* "netatop"; by which a later release replaces it */
	struct condition when; /* over rawheader and rawrecord: the sample has the data */
	struct word doc;       /* text NULL: none */
};

/* The sizes that real files state for a data model, by struct. */
struct stated_length {
	struct word model;
	struct word structure;
	uint64_t bytes;
	struct position at;
};

/* Structs that are counted, and the share of them that distinguishes one release from another. */
struct tell_count {
	struct word of;         /* "rawrecord", or the role of a block */
	struct condition where; /* the struct is counted */
	struct condition has;   /* the struct has the property */
	uint64_t least;         /* at least so many must be counted */
	struct word own, other; /* percent: this release from `own` on; another one up to `other` */
};

struct tell {
	struct condition begins;   /* over rawrecord: a run of the recorder begins */
	struct tell_count *counts; /* the first one with a verdict decides */
	size_t ncounts;
};

#define FAULTS_MAX   64 /* of a release: bits of a mask */
#define FEATURES_MAX 64 /* the same */
#define MOVE_MAX     64 /* members that a value can be moved by */

/* The members from `from` to `to`, in memory order: the value of each is stored in the member `by` positions later. */
struct move {
	struct word from, to;
	int by;
};

/* A known fault of recorders. */
struct known_fault {
	struct word name;
	struct word structure; /* "sstat.net.icmpv4": role and path of the struct concerned */
	struct condition when;
	struct move *moves;
	size_t nmoves;
	struct word *nulls; /* paths of members that are null then */
	size_t nnulls;
	struct word note;
	struct word source;
};

struct schema {
	const struct source *source;
	struct position at;
	struct word version; /* "2.7" */
	struct word extends; /* text NULL: the oldest */
	struct word *releases;
	size_t nreleases;
	uint64_t aversion;
	struct position aversion_at;
	struct word tag;
	struct word *files;
	size_t nfiles;
	struct stated_length *lengths;
	size_t nlengths;
	struct constant *constants;
	size_t nconstants;
	struct bit_table *bit_tables;
	size_t nbit_tables;
	struct structure *structures;
	size_t nstructures;
	struct block *blocks;
	size_t nblocks;
	struct tell tell;
	bool states_faults; /* its own, instead of those of its base */
	struct known_fault *faults;
	size_t nfaults;
	struct word host;            /* path of the member of rawheader that names the host */
	struct condition since_boot; /* over rawrecord: a sample's differences are totals since boot */
	struct check *checks;
	size_t nchecks;
	struct feature *features;
	size_t nfeatures;
};

/* --- a release: a schema with all that it inherits ------------------------------------------------------ */

enum guard_kind {
	GUARD_WHEN,    /* a condition over something outside the struct */
	GUARD_FAULT,   /* a known fault of recorders makes the members null */
	GUARD_UNFILLED /* the struct is a member that says which of its members are never filled */
};

/* A condition outside a struct under which members of it are null. */
struct guard {
	enum guard_kind kind;
	const char *key; /* distinguishes guards of a kind: the condition, or the members */
	const struct condition *when;
};

#define GUARDS_MAX 64 /* of a struct with all that are in it: bits of a mask */

/* A bit of a block's mask. */
struct null_rule {
	size_t bit;
	const struct typed *means;       /* false: the bit is set; NULL: it always is */
	const char *text;                /* as written */
	const struct known_fault *fault; /* that sets the bit; NULL: none */
};

/* A member of a definition: its line, with all names looked up. */
struct field {
	const struct member *member;
	const char *key;           /* the name in the output: without leading underscores */
	const char *column;        /* its component of the names of columns */
	const struct ctype *ctype; /* exactly one of ctype and def is set */
	const struct definition *def;
	uint64_t dims[DIMS_MAX];
	size_t ndims;
	uint64_t elements; /* product of dims; 1 without */
	const struct bit_table *bits;
	const struct typed *when;    /* over `v`, the struct; NULL: there is none, or it is a guard */
	const struct typed *live;    /* over `v`, an element, and `i`, its index; NULL: there is none */
	uint64_t guards;             /* of the definition: a bit for each that can make this member null */
	size_t base;                 /* of a struct: where its guards begin among those of the definition */
	uint64_t offset[MODELS_MAX]; /* from the start of the struct; set by layout */
};

/*
 * A struct as one release means it. Later releases that mean the same share the object: `origin` is the
 * release that introduced it and names its C symbols.
 */
struct definition {
	size_t number; /* among all definitions of the model, from 0 */
	const struct structure *structure;
	const struct release *origin;
	/*
	 * The definition whose C code serves this one too: itself, or an older one that differs only in the documentation of
	 * its members.
	 */
	struct definition *code;
	struct field *fields;
	size_t nfields;
	/*
	 * Values in it, those of its members' structs included: a text is one, an array of structs has those of one
	 * element. So many columns, rows of a table of members and steps of a walk through it there are at most.
	 */
	uint64_t values;
	unsigned nesting;                 /* structs within each other, itself included */
	const struct field *struct_array; /* the first array of structs in it, in its members' structs too; or NULL */
	struct guard *guards;
	size_t nguards;
	size_t nbits;              /* guards, and those of the structs in it */
	uint64_t size[MODELS_MAX]; /* with tail padding; set by layout */
	unsigned align[MODELS_MAX];
	bool laid_out;
};

/* A block with its names looked up. */
struct resolved_block {
	const struct block *block;
	const struct definition *def;
	const char *role;                   /* key of its output lines: "tstat" */
	const struct field *length;         /* in rawrecord */
	const struct field *count;          /* in rawrecord; NULL: one instance */
	const struct field *header_length;  /* in rawheader: the member that holds the struct's size */
	const struct field *size;           /* of a chain: in rawrecord */
	const struct field *stride;         /* of a chain: in def */
	const struct field *parent;         /* of a chain: in def */
	const struct resolved_block *of;    /* of a list: the chain */
	const struct field *share;          /* of a list: in the chain's def */
	const struct resolved_block *named; /* of a list: the block of what its integers name */
	const char *named_path;             /* the member's path in that block's def */
	const struct field *named_field;    /* that member */
	const struct field *process;        /* in def; NULL: not given */
	const struct field *inactive;       /* in def; NULL: not given */
	/* Over `rawheader`, `rawrecord` and `v`, the block's struct. */
	struct null_rule *rules;
	size_t nrules;
};

/* The member that a value belongs to, and the member that stores it, in C. */
struct moved {
	const char *to, *from;
};

struct resolved_fault {
	const struct known_fault *known;
	struct resolved_block *block;
	const struct typed *when; /* over `rawheader`, `rawrecord` and `v`, the block's struct */
	struct moved *moved;      /* in order */
	size_t nmoved;
};

/* A count of the key 'tell' with its names looked up. */
struct resolved_count {
	const struct resolved_block *of; /* NULL: the records */
	const struct typed *where, *has; /* over `rawrecord`, and `v`, the block's struct */
	uint64_t least;
	int own, other; /* percent; -1: never */
};

/* A check with its names looked up; missing or wrong parts are NULL. */
struct resolved_check {
	const struct check *check;
	size_t top;                     /* of release_top; SIZE_MAX: there is no such role */
	const struct typed *that, *sum; /* of `v`, the struct, and `rawrecord` */
	const struct field *is;
};

/* A feature with its names looked up. */
struct resolved_feature {
	const struct feature *feature;
	const struct typed *when; /* over `rawheader` and `rawrecord`; NULL: it is wrong */
};

struct release {
	const struct schema *schema;
	const struct release *base; /* that it extends, or NULL */
	const struct abi *abi;
	const struct constant **constants; /* effective ones, oldest first, in order of first naming */
	size_t nconstants;
	const struct bit_table **bit_tables;
	size_t nbit_tables;
	struct definition **definitions; /* effective ones, in order of first naming */
	size_t ndefinitions;
	struct resolved_block *blocks;
	size_t nblocks;
	struct resolved_check *checks; /* effective ones, in order of first naming */
	size_t nchecks;
	struct resolved_feature *features; /* effective ones, in order of first naming */
	size_t nfeatures;
	const struct definition *rawheader;
	const struct definition *rawrecord;
	const struct typed *begins; /* of its key 'tell', over `rawrecord`; NULL: it has none */
	struct resolved_count *counts;
	size_t ncounts;
	const struct known_fault *faults; /* its own or inherited */
	size_t nfaults;
	struct resolved_fault *resolved_faults;
	const struct word *host;                   /* its own or inherited; NULL: logs do not name a host */
	const struct condition *counts_since_boot; /* its own or inherited; NULL: none */
	const struct typed *since_boot;            /* over `v`, a rawrecord; NULL: never */
};

/* Everything that one run works on. Each release comes after the one that it extends. */
struct model {
	struct abi *abi;
	struct release **releases;
	size_t nreleases;
	size_t ndefinitions;       /* numbers given to definitions */
	const struct view **views; /* as written, in the order of the command line */
	size_t nviews;
};

/* By name; NULL if there is none. */
struct definition *release_find(const struct release *r, const char *structure);
const struct constant *release_find_constant(const struct release *r, const char *name);
const struct bit_table *release_find_bits(const struct release *r, const char *name);
const struct field *definition_find(const struct definition *d, const char *member);

/* By a path of member names from `d` on, "gpu.state"; NULL if it leads nowhere or through an array. */
const struct field *definition_walk(const struct definition *d, const char *path);

/* "; did you mean 'cpunr'?" of the members of `d`, or "". */
const char *definition_hint(struct diag *diag, const struct definition *d, const char *name);

/* A single integer, char not included; and one that may be a char. */
bool field_is_integer(const struct field *f);
bool field_is_number(const struct field *f);

/* Char with dimensions: the last one is a text's room. */
bool field_is_text(const struct field *f);

/* Attributes all further reports to this release, also those about inherited text. */
void release_context(struct diag *d, const struct release *r);

/* The top-level structs of a file: rawheader, rawrecord, then those of the blocks. */
const struct definition *release_top(const struct release *r, size_t i);

/* The key of the lines of such a struct: "rawheader", "rawrecord" or a block's role. */
const char *release_top_role(const struct release *r, size_t i);

#endif
