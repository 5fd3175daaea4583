/*
 * verbs: the other outputs of atopgen. Each prints a model to `o`; none fails.
 */
#ifndef VERBS_H
#define VERBS_H

#include "base/out.h"
#include "model/model.h"
#include "model/tables.h"
#include "model/view.h"

/* show: the resolved schema of a release as YAML that compiles to the same model; or only some of its structs, if `nonly` > 0. */
void verb_show(struct out *o, const struct release *r, const struct definition *const *only, size_t nonly);

/*
 * where: the lines that define and decode the member at `path` ("sstat.cpu.all.stime"; indices may be left out), and its
 * offset in its struct. `lines` is what emit_model returns, `folder` where the code is. Returns NULL, or the name in the path
 * that the release lacks; `in` is then the struct that lacks it, NULL if the name is that of a struct. The name is empty if
 * the path names no member.
 */
const char *verb_where(struct out *o, const struct release *r, const char *path, const unsigned *const *lines,
    const char *folder, const struct definition **in);

/* diff: what changed from one release to another: constants, structs, members, sizes, offsets. */
void verb_diff(struct out *o, const struct release *from, const struct release *to);

/* assert: C that compiles with upstream's headers only if the release's schema is right. */
void verb_assert(struct out *o, const struct release *r);

/* new: the skeleton of a schema for `version` that extends `base`. */
void verb_new(struct out *o, const char *version, const struct release *base);

/* tables: the columns of the tables of all releases as a list; or, in the words of an engine of ddl.h, their definitions. */
void verb_tables(struct out *o, const struct tables *t);
void verb_tables_as(struct out *o, const struct tables *t, int engine);

/*
 * tables --view: the views that `list` names, with commas between names, as tables; the first name that is none, or NULL. A
 * column that is not of a schema has no releases.
 */
struct tables *verb_tables_of_views(struct arena *a, const struct views *views, const char *list);
const char *verb_unknown_view(struct arena *a, const struct views *views, const char *list);

/* fields: every column for people, in one of the forms that fields_forms lists up to NULL: a page, or the body of one. */
void verb_fields(struct out *o, const struct tables *t, size_t form);
extern const char *const fields_forms[];

#endif
