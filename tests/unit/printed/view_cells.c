/*
 * view_cells: the structs of a sample are made up, and what is computed once a sample is computed of them.
 */
#include "view_cells.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "ensure.h"
#include "print/text/put.h"
#include "rawlog/catalog/role.h"
#include "rows.h"

#define OTHER     "other" /* what stands for a cell of another source */
#define LEFT_MAX  65536   /* bytes of the columns of a row that a printer leaves */
#define NTOPS     (2 + CATALOG_BLOCKS_MAX)
#define NULL_BITS 32

/* A row and what it is computed of. */
struct made {
	const struct view *view;
	const struct view_code *code;
	void *hosts[NTOPS]; /* owned */
	struct view_structs structs;
	struct text_memory memory;
	struct view_row row;
};

/* --- structs --------------------------------------------------------------------------------------------------- */

static void *
make_host(const struct catalog_struct *s, unsigned char byte)
{
	unsigned char *host = malloc(s->definition->size);

	ENSURE(host != NULL);
	memset(host, byte, s->definition->size);
	bound_elements(s->definition, host, 2);
	return host;
}

static void
make(struct made *m, const struct view_printer *p, unsigned char byte)
{
	const struct catalog_release *r = p->release;
	const struct catalog_struct *of;
	void *names;

	*m = (struct made){ .view = view_find(p->view) };
	ENSURE(m->view != NULL);
	for (m->code = m->view->code; m->code->release != r; m->code++)
		ENSURE(m->code->release != NULL);
	m->hosts[0] = make_host(r->rawheader, byte);
	m->hosts[1] = make_host(r->rawrecord, byte);
	for (size_t i = 0; i < r->nblocks; i++)
		m->hosts[2 + i] = make_host(r->blocks[i].entry, byte);
	for (size_t i = 0; i < NTOPS; i++)
		m->structs.top[i] = m->hosts[i];
	names = calloc(1, m->view->names_size + 1);
	ENSURE(names != NULL);
	if (m->code->once != NULL)
		m->code->once(names, &m->structs);
	of = role_find(r, m->view->table.role, strlen(m->view->table.role));
	m->row = (struct view_row){ .rawheader = m->hosts[0],
		.rawrecord = m->hosts[1],
		.names = names,
		.memory = &m->memory };
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].entry == of)
			m->row.row = m->hosts[2 + i];
	ENSURE(m->row.row != NULL);
}

static void
unmake(struct made *m)
{
	for (size_t i = 0; i < NTOPS; i++)
		free(m->hosts[i]);
	free((void *)m->row.names);
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

/* The cell of a column of the view; false: it is that of another source. */
static bool
get_cell(const struct made *m, size_t column, struct cell *cell)
{
	const struct column *c = &m->view->table.columns[column];

	cell->kind = CELL_NULL;
	if (c->source == COLUMN_BYTES)
		return get_cell(m, column - 1, cell);
	return c->source != COLUMN_CONTEXT && m->code->get(&m->row, column, cell) == VIEW_DONE;
}

static char *
put_column(const struct made *m, char *w, size_t column, unsigned print)
{
	struct cell cell;

	if (column > 0)
		w = PUT(w, ",");
	return get_cell(m, column, &cell) ? rows_put_cell(w, &m->view->table.columns[column], &cell, print)
					  : PUT(w, OTHER);
}

/* A row that its printer writes. */
struct printing {
	struct view_printing how;
	const struct made *made;
	size_t *left; /* bytes of columns that the printer leaves */
};

static char *
put_left(const struct view_printing *how, char *w, size_t column)
{
	const struct printing *p = (const struct printing *)how;
	char *end = put_column(p->made, w, column, how->print);

	*p->left += (size_t)(end - w);
	return end;
}

static void
compare(struct made *m, const struct view_printer *p, unsigned print)
{
	const size_t most = p->csv_max + LEFT_MAX;
	char *straight = malloc(most + PUT_SLACK + 1), *cells = malloc(most + PUT_SLACK + 1), *w = cells, *end;
	size_t left = 0;
	const struct printing printing = { { print, put_left }, m, &left };

	ENSURE(straight != NULL && cells != NULL);
	for (size_t i = m->view->nshared; i < m->view->table.ncolumns; i++)
		w = put_column(m, w, i, print);
	*w = '\0';
	end = p->csv(straight, &m->row, &printing.how);
	*end = '\0';
	ENSURE_STR_EQ(straight, cells);
	ENSURE((size_t)(end - straight) <= p->csv_max + left);
	free(straight);
	free(cells);
}

size_t
view_cells_compare(const struct view_printer *p, unsigned char byte)
{
	static const unsigned prints[] = { 0, PRINT_CSV_SAFE, PRINT_EPOCH };
	struct made m;

	make(&m, p, byte);
	for (size_t i = 0; i < sizeof prints / sizeof prints[0]; i++) {
		m.row.nulls = 0;
		compare(&m, p, prints[i]);
		m.row.nulls = UINT64_MAX;
		compare(&m, p, prints[i]);
		for (unsigned bit = 0; bit < NULL_BITS; bit++) {
			m.row.nulls = UINT64_C(1) << bit;
			compare(&m, p, prints[i]);
		}
	}
	unmake(&m);
	return m.view->table.ncolumns - m.view->nshared;
}
