/*
 * resolve_internal: the state and the functions that the files resolve_* share.
 */
#ifndef RESOLVE_INTERNAL_H
#define RESOLVE_INTERNAL_H

#include "model/model.h"

enum progress {
	PENDING,
	OPEN, /* its members are being resolved; it contains itself if it is met again */
	DONE
};

/* Names in the order in which they were first defined. The index of a name is that of the thing it names. */
struct names {
	const char **list;
	size_t n;
};

/* The release being resolved. Structures, progress and the release's definitions have the same indices. */
struct resolver {
	struct arena *arena;
	struct diag *diag;
	struct release *release;
	struct names constants;
	struct names bit_tables;
	struct names structs;
	const struct structure **structures;
	enum progress *progress;
	unsigned nopen; /* structs whose members are being resolved */
};

/* "unknown struct 'cpustta'; did you mean 'cpustat'?" */
void resolve_report_unknown(struct resolver *rs, struct position at, const char *what, const char *name,
    const struct names *known);

/* The blocks that the schema names, or inherits. */
void resolve_blocks(struct resolver *rs, const struct schema *s);

/* Resolves the key 'tell'. Definitions and blocks must be resolved. */
void resolve_tell(struct arena *a, struct diag *d, struct release *r);

/* The constants and flags in the field's conditions have the same values in both releases. */
bool resolve_means_same(const struct field *f, const struct release *a, const struct release *b);

/* The faults that the schema states, or inherits; what they mean, when all blocks are resolved. */
void resolve_faults(struct resolver *rs, const struct schema *s);
void resolve_known_faults(struct diag *d, struct release *r);

/* The name of the member at a path that begins with a role, and the struct that it is in; NULL: there is none. */
const char *resolve_member_at(const struct resolver *rs, const char *path, const char **structure);

/*
 * The component of a member of struct `i` in the names of columns. Reports a key 'was' that names no member of that struct
 * in the releases that this one extends.
 */
const char *resolve_column(struct resolver *rs, size_t i, const struct field *f);

/* Finds the guards of a definition whose members are resolved; whether two definitions have the same. */
void resolve_guards(struct resolver *rs, struct definition *d);
bool resolve_guarded_alike(const struct definition *a, const struct definition *b);

/* What a member that is a struct says of members never filled in it. */
const char *resolve_unfilled_key(struct arena *a, const struct member *m);

/* What the guards of each block's struct mean in it. */
void resolve_rules(struct diag *d, struct release *r);

/* Looks up the names in all conditions of a release whose definitions and blocks are resolved. */
void resolve_conditions(struct diag *d, struct release *r);

/* The checks of a release, its base's included, and what their names mean. */
void resolve_checks(struct diag *d, struct release *r);

/* The features of a release, its base's included, and what their names mean. */
void resolve_features(struct diag *d, struct release *r);

#endif
