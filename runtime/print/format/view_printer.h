/*
 * view_printer: how rows of views are written as CSV without cells, all of it generated, for views whose files say `direct`.
 * Other views, chosen columns and other formats are written by cells.
 */
#ifndef VIEW_PRINTER_H
#define VIEW_PRINTER_H

#include <stddef.h>

#include "print/query/view.h"

/* What a printer is given besides the row. */
struct view_printing {
	unsigned print; /* PRINT_* */
	/*
	 * Writes a column that the printer does not, with the comma that belongs before it; `w` is the end of what is written.
	 * Returns where to go on, with the room that the printer asks for.
	 */
	char *(*put)(const struct view_printing *p, char *w, size_t column);
};

struct view_printer {
	const struct catalog_release *release;
	const char *view;
	/*
	 * Writes the columns from number view.nshared on at `w`, each but the first of a row behind a comma, and returns the end.
	 * `w` has room for the most bytes and PUT_SLACK.
	 */
	char *(*csv)(char *w, const struct view_row *r, const struct view_printing *p);
	size_t csv_max;
};

/* Behind the last one is one whose release is NULL. */
extern const struct view_printer catalog_view_printers[];

/* The printer of the view in the release; NULL: its rows are written by cells. */
const struct view_printer *view_printer_find(const struct catalog_release *release, const char *view);

#endif
