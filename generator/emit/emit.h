/*
 * emit: a checked and measured model to C. One emit_* file per kind of generated file; none of them sees YAML, computes an
 * offset, changes the model or reports an error. The text goes into an out_set, which `run` writes when all stages have
 * succeeded.
 */
#ifndef EMIT_H
#define EMIT_H

#include <stdbool.h>

#include "base/out.h"
#include "model/label.h"
#include "model/lock.h"
#include "model/model.h"

/*
 * Generates everything for the releases of `m` with named[i] set, and the definitions that they need of the others.
 * generated/README.md lists the files. Returns, by number of a definition with code of its own, the line of its decode.c at
 * which each field is decoded; NULL of a definition that is not generated.
 */
const unsigned *const *emit_model(struct out_set *set, const struct model *m, const bool *named,
    const struct tables *t);

/* The tables of all loaded releases, whose columns have their numbers; and the next state of the lock that gave them. */
void emit_tables_of_all(struct out_set *set, const struct model *m, const struct tables *t, const struct lock *lock);

/* The labels, for the releases of `m` with named[i] set. */
void emit_labels(struct out_set *set, const struct model *m, const bool *named, const struct label_model *labels);

/* The hints of timelines, or none. */
struct suspects;
void emit_suspects(struct out_set *set, const struct suspects *s);

/* A file with the digest of all files of the set, which is otherwise complete: what the compiled schemas say. */
void emit_digest(struct out_set *set);

/* The layout of a release: a row per member and per hole, in the data model `model`; if it is -1, in all side by side. `decoded`: these
 * also with the generated file that decodes each member. */
void emit_layout(struct out *o, const struct release *r, int model, bool decoded);

/* The macro AT(m, ...), which picks one of as many values as there are data models. */
void emit_at(struct out *o, const struct abi *abi);

#endif
