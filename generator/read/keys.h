/*
 * keys: mappings of a document read against a table of the keys they may have, and the plain values that keys
 * take. Knows how to complain about both; knows no key of the language.
 */
#ifndef KEYS_H
#define KEYS_H

#include "model/model.h"
#include "read/document.h"

struct reader {
	struct arena	*arena;
	struct diag	*diag;
};

/* Reads the value of `key` into `target`; reports what it cannot take, and leaves the target as it was. */
typedef void key_reader(struct reader *r, const char *key, const struct node *value, void *target);

struct key {
	const char	*name;
	key_reader	*read;
	size_t		 offset;	/* of the reader's target in the object */
	bool		 required;
};

/* The keys of one kind of mapping, "a member". */
struct key_table {
	const char		*what;
	const struct key	*keys;
	size_t			 nkeys;
};

/*
 * Fills `object` from a mapping: every key by its reader, in the order of the table. Unknown keys and missing
 * ones are reported. False if `node` is no mapping or a required key is missing: then the object is not worth
 * keeping.
 */
bool	keys_read(struct reader *r, const struct key_table *table, const struct node *node, void *object);

/* The node is of the kind, and not empty; reports it if not. */
bool	keys_expect(struct reader *r, const char *key, const struct node *node, enum node_kind kind);

/* Readers of plain values; the target's type is in the name of each. */
key_reader	keys_word;		/* struct word */
key_reader	keys_uint64;		/* uint64_t; decimal, or hex after 0x */
key_reader	keys_bool;		/* bool */


/* As keys_uint64, telling whether the target was set. */
bool	keys_number(struct reader *r, const char *key, const struct node *node, uint64_t *value);

/* A list of words. */
void	keys_words(struct reader *r, const char *key, const struct node *node, struct word **words,
    size_t *nwords);

/* Which of `choices` the scalar is; -1 after reporting that it is none. */
int	keys_choice(struct reader *r, const char *key, const struct node *node, const char *const *choices,
	    size_t nchoices);

/* Decimal or 0x hex of at most 64 bits, all of `length` bytes; false if it is anything else. */
bool	keys_parse_number(const char *text, size_t length, uint64_t *value);

#endif
