/*
 * view_scope: the names of a view's expressions. In its columns and its condition: members of the row, of the header and of
 * the record, and the view's names. In names that are computed once a sample: members of all structs of which a sample has
 * one.
 */
#ifndef VIEW_SCOPE_H
#define VIEW_SCOPE_H

#include "model/view.h"

#define VIEW_ROOTS_MAX (4 + BLOCKS_MAX)

struct view_scopes {
	struct diag *diag;
	const struct tables *tables;
	bool partial; /* not all releases are loaded */
	/* Of the view and the release that were entered. */
	const struct resolved_view *view;
	struct scope row, once;
	struct scope_root *roots; /* which typed trees point to */
	struct scope_name *names;
	bool lacks; /* an expression has a member of a release that is not loaded */
};

/* Makes the scopes of a view in a release. */
void view_scope_enter(struct view_scopes *s, const struct resolved_view *rv, const struct view_release *vr);

/* Whether a path begins with a struct of which a sample of any release has one. */
bool view_scope_is_single(const struct view_scopes *s, const char *path);

/*
 * The typed tree of a column's value; of name `i`, which is computed once a sample; of the condition. NULL: it is null there,
 * or an error was reported.
 */
struct typed *view_scope_type(const struct view_scopes *s, const struct condition *value);
struct typed *view_scope_type_once(const struct view_scopes *s, size_t i);
struct typed *view_scope_type_where(const struct view_scopes *s, const struct condition *where);

#endif
