/*
 * view_list: a paragraph for each view.
 */
#include "atopdump/report/view_list.h"

#include <string.h>

#include "print/query/view.h"

#define WIDTH  100 /* of a line */
#define INDENT 4   /* before columns */

static void
print_columns(FILE *out, const struct column_table *table)
{
	size_t at = WIDTH;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const char *name = column_name(&table->columns[i]);
		const size_t length = strlen(name) + (i + 1 < table->ncolumns);

		if (at + 1 + length > WIDTH) {
			fprintf(out, "%s%*s", i > 0 ? "\n" : "", INDENT, "");
			at = INDENT;
		} else {
			fputc(' ', out);
			at++;
		}
		fprintf(out, "%s%s", name, i + 1 < table->ncolumns ? "," : "\n");
		at += length;
	}
}

void
view_list_print(FILE *out)
{
	for (size_t i = 0; i < catalog_nviews; i++) {
		fprintf(out, "%s: %s\n", catalog_views[i].table.name, catalog_views[i].table.doc);
		print_columns(out, &catalog_views[i].table);
	}
}
