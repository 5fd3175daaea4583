/*
 * field: the field dictionary: every member of every struct, for code that prints or explains by table.
 *
 * A row holds no pointers. A pointer in static data is relocated whenever the program starts, and each page that has one costs a
 * page fault; a row refers to texts and tables by offsets and indices instead. The functions at the end follow them.
 */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CATALOG_DIMS_MAX 4

enum field_type {
	FIELD_CHAR, /* char; with dims, the last one is the size of a text */
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
	FIELD_ALL,     /* every element is live */
	FIELD_COUNTED, /* the number in the member at `count`; decoding has checked that they fit */
	FIELD_UNTIL    /* up to the first element whose text at `count` is empty */
};

#define FIELD_RESERVED 1u
#define FIELD_DELTA    2u /* a difference over the interval, not a current value */
#define FIELD_ABSENT   4u /* `absent` is meaningful */
#define FIELD_APART    8u /* a text that is a part of its own: catalog_struct.decode_parts */

/* An integer in a host struct; size 0: none. */
struct field_place {
	uint32_t offset;
	uint8_t size; /* in bytes */
	bool is_signed;
};

/* A name of bits in an integer. */
struct bit_name {
	uint32_t name; /* upstream's, a text: "RRBOOT"; 0: the list ends here */
	uint64_t value;
};

/* `name` to `doc` are texts: offsets in catalog_texts; 0: none. `of` to `bits` are indices; 0: none. */
struct field {
	uint32_t name;   /* upstream's, as declared */
	uint32_t key;    /* in the output */
	uint32_t column; /* its component of the names of columns: "irqtime"; columns.h has the columns */
	uint32_t ctype;  /* as upstream declares it: "count_t", "struct percpu" */
	uint32_t unit;
	uint32_t doc;
	enum field_type type;
	enum field_show show;
	enum field_count count_rule;
	unsigned flags;
	uint32_t offset; /* in the host struct */
	uint32_t size;   /* of one element in the host struct, in bytes */
	uint32_t ndims;
	uint32_t dims[CATALOG_DIMS_MAX];
	struct field_place count; /* in the host struct; FIELD_UNTIL: the text, in an element */
	uint16_t of;              /* FIELD_STRUCT: the definition with its members, in catalog_definitions */
	uint16_t when;            /* whether the member has a meaning, in catalog_conditions; 0: always */
	uint16_t live;            /* whether an element is shown, in catalog_filters; 0: all are */
	uint16_t bits;            /* FIELD_BITS: the first name that the release has for them, in catalog_bits */
	uint32_t base;            /* FIELD_STRUCT: its nulls are the struct's nulls, shifted down by this */
	uint64_t guards;          /* the member is null if the struct's nulls have one of these bits */
	int64_t absent;
};

struct definition {
	const char *name; /* upstream's struct tag */
	uint32_t size;    /* of the host struct */
	uint32_t nfields;
	const struct field *fields;
};

/* The first element of each array stands for none: NULL, or a name that ends a list. */
extern const char *const catalog_texts;
extern const struct definition *const catalog_definitions[];
extern bool (*const catalog_conditions[])(const void *host);
extern bool (*const catalog_filters[])(const void *element, size_t i);
extern const struct bit_name catalog_bits[];

/* The text at an offset; NULL: none. */
static inline const char *
catalog_text(uint32_t offset)
{
	return offset != 0 ? catalog_texts + offset : NULL;
}

static inline const char *
field_name(const struct field *f)
{
	return catalog_text(f->name);
}

static inline const char *
field_key(const struct field *f)
{
	return catalog_text(f->key);
}

static inline const char *
field_column(const struct field *f)
{
	return catalog_text(f->column);
}

static inline const char *
field_ctype(const struct field *f)
{
	return catalog_text(f->ctype);
}

/* NULL: it has none. */
static inline const char *
field_unit(const struct field *f)
{
	return catalog_text(f->unit);
}

/* NULL: it has none. */
static inline const char *
field_doc(const struct field *f)
{
	return catalog_text(f->doc);
}

/* NULL: it is not a struct. */
static inline const struct definition *
field_of(const struct field *f)
{
	return catalog_definitions[f->of];
}

/* Whether the member has a meaning in `host`, the struct that has it. */
static inline bool
field_means(const struct field *f, const void *host)
{
	return f->when == 0 || catalog_conditions[f->when](host);
}

/* Whether element `i` of the array is shown. */
static inline bool
field_shows(const struct field *f, const void *element, size_t i)
{
	return f->live == 0 || catalog_filters[f->live](element, i);
}

/* The names of its bits; the name of the one behind the last is 0. NULL: there are none. */
static inline const struct bit_name *
field_bits(const struct field *f)
{
	return f->bits != 0 ? &catalog_bits[f->bits] : NULL;
}

#endif
