/*
 * keys: reads a mapping of a document by a table of its keys, and reports unknown and missing keys and wrong values. The
 * tables are in the files schema_*.
 */
#ifndef KEYS_H
#define KEYS_H

#include "model/model.h"
#include "read/document.h"

struct reader {
	struct arena *arena;
	struct diag *diag;
};

/* Reads the value of `key` into `target`. Reports a wrong value and leaves the target unchanged. */
typedef void key_reader(struct reader *r, const char *key, const struct node *value, void *target);

struct key {
	const char *name;
	key_reader *read;
	size_t offset; /* of the target in the object */
	bool required;
};

/* The keys of one kind of mapping, "a member". */
struct key_table {
	const char *what;
	const struct key *keys;
	size_t nkeys;
};

/*
 * Fills `object` from a mapping, in the order of the table. Reports unknown and missing keys. False if `node` is not a
 * mapping or a required key is missing; then the caller drops the object.
 */
bool keys_read(struct reader *r, const struct key_table *table, const struct node *node, void *object);

/* Whether the node is of the kind and not empty. Reports it if not. */
bool keys_expect(struct reader *r, const char *key, const struct node *node, enum node_kind kind);

/* Readers of plain values; the target's type is in the name of each. */
key_reader keys_word;   /* struct word */
key_reader keys_uint64; /* uint64_t; decimal, or hex after 0x */
key_reader keys_bool;   /* bool */

/* The same as keys_uint64. Returns whether the target was set. */
bool keys_number(struct reader *r, const char *key, const struct node *node, uint64_t *value);

/* A list of words. */
void keys_words(struct reader *r, const char *key, const struct node *node, struct word **words, size_t *nwords);

/* The index of the scalar among `choices`; -1 after reporting that it is not one of them. */
int keys_choice(struct reader *r, const char *key, const struct node *node, const char *const *choices,
    size_t nchoices);

/* A number as expressions have it (expr_number): decimal or hex after 0x, of at most 64 bits. False: it is none. */
bool keys_parse_number(const char *text, size_t length, uint64_t *value);

#endif
