/*
 * tiny_labels: two labels of the made-up releases, by hand what generated code is for real ones: SYS, once a sample, and TSK, for
 * each task. 0.2 prints a column more of TSK, the member that only its tasks have.
 */
#include <stddef.h>

#include "print/label/codegen.h"
#include "tiny.h"

const struct label labels[] = { { "SYS", "the sample" }, { "TSK", "each task" } };
const size_t labels_count = 2;
const size_t label_nsections = 2, label_narrays = 1;

/* --- what logs have ------------------------------------------------------------------------------------- */

static char *
sys_cells(char *w, const struct label_row *row, const struct label_column *column, size_t n)
{
	const struct tiny_sstat *sstat = row->part[0];

	for (; n > 0; n--, column++) {
		w = label_lead(w, column);
		switch (column->cell[row->style->compat]) {
		case 0: w = put_lld(w, sstat->uptime); break;
		default: w = put_none(w, row); break;
		}
	}
	return w;
}

static char *
tsk_cells_of(char *w, const struct label_row *row, const struct label_column *column, size_t n, bool has_nice)
{
	const struct tiny_tstat *task = row->part[0];
	const struct tiny_gen *gen = &task->gen;

	for (; n > 0; n--, column++) {
		w = label_lead(w, column);
		switch (column->cell[row->style->compat]) {
		case 0: w = put_d(w, gen->pid); break;
		case 1: w = put_text(w, row, gen->name, sizeof gen->name, 0, LABEL_WORD); break;
		case 2: w = PUT(put_text(PUT(w, "\""), row, gen->name, sizeof gen->name, 2, LABEL_HASH), "\""); break;
		case 3: w = task->prio == -1 ? put_none(w, row) : put_d(w, task->prio); break;
		case 4: w = put_d(w, task->prio); break;
		case 5: w = has_nice ? put_d(w, task->nice) : put_none(w, row); break;
		default: w = put_none(w, row); break;
		}
	}
	return w;
}

static char *
tsk_cells_1(char *w, const struct label_row *row, const struct label_column *column, size_t n)
{
	return tsk_cells_of(w, row, column, n, false);
}

static char *
tsk_cells_2(char *w, const struct label_row *row, const struct label_column *column, size_t n)
{
	return tsk_cells_of(w, row, column, n, true);
}

/* Condition 0: the task is not the first. */
static bool
tsk_holds(const struct label_row *row, unsigned condition)
{
	const struct tiny_tstat *task = row->part[0];

	return condition == 0 && task->gen.pid > 1;
}

static const uint32_t most[] = { 20, PUT_LABEL_TEXT_MAX(16), PUT_LABEL_TEXT_MAX(16) + 2, 20, 20, 20 };

static const struct label_source sys_source = { .cells = sys_cells,
	.most = most,
	.parts = (const struct label_part[]){ { LABEL_SAMPLE, 0 } },
	.nparts = 1 };

static const struct label_source tsk_source_1 = { .cells = tsk_cells_1,
	.holds = tsk_holds,
	.most = most,
	.parts = (const struct label_part[]){ { LABEL_ELEMENT, 0 } },
	.nparts = 1 };

static const struct label_source tsk_source_2 = { .cells = tsk_cells_2,
	.holds = tsk_holds,
	.most = most,
	.parts = (const struct label_part[]){ { LABEL_ELEMENT, 0 } },
	.nparts = 1 };

static const struct label_source *const sources_1[] = { &sys_source, &tsk_source_1 };
static const struct label_source *const sources_2[] = { &sys_source, &tsk_source_2 };

/* --- what releases print -------------------------------------------------------------------------------- */

static const struct label_column sys_words[] = { { " ", 1, { 0, 0 } } };
static const struct label_column sys_json[] = { { ", \"uptime\": ", 12, { 0, 0 } } };
static const struct label_column tsk_words[] = { { " ", 1, { 0, 0 } }, { " ", 1, { 1, 1 } }, { " ", 1, { 3, 4 } },
	{ " ", 1, { 5, 5 } } };
static const struct label_column tsk_json[] = { { ", \"pid\": ", 9, { 0, 0 } }, { ", \"name\": ", 10, { 2, 2 } },
	{ ", \"prio\" : ", 11, { 3, 4 } } };

#define LINE(number, array_number, is_json, is_list, condition, n, its_key, its_columns)                               \
	{                                                                                                              \
		.label = (number), .section = (number), .array = (array_number), .json = (is_json), .list = (is_list), \
		.when = LABEL_ALWAYS, .only = (condition), .ncolumns = (n), .key = (its_key), .columns = (its_columns) \
	}

static const struct label_line lines_1[] = {
	LINE(0, UINT16_MAX, false, false, LABEL_ALWAYS, 1, NULL, sys_words),
	LINE(0, UINT16_MAX, true, false, LABEL_ALWAYS, 1, "system", sys_json),
	LINE(1, 0, false, false, LABEL_ALWAYS, 3, NULL, tsk_words),
	LINE(1, 0, true, true, 0, 3, "TSK", tsk_json),
};

static const struct label_line lines_2[] = {
	LINE(0, UINT16_MAX, false, false, LABEL_ALWAYS, 1, NULL, sys_words),
	LINE(0, UINT16_MAX, true, false, LABEL_ALWAYS, 1, "system", sys_json),
	LINE(1, 0, false, false, LABEL_ALWAYS, 4, NULL, tsk_words),
	LINE(1, 0, true, true, 0, 3, "TSK", tsk_json),
};

/* The structs are those of the catalog, which has no names for them elsewhere. */
static struct label_array arrays_1[1], arrays_2[1];
static struct label_release release_1, release_2, others[3];

const struct label_release *const label_releases[] = { &release_1, &release_2, &others[0], &others[1], &others[2] };

static void
fill(struct label_release *r, struct label_array *array, size_t i, const struct label_line *lines, size_t nlines,
    const struct label_source *const *sources)
{
	const struct catalog_release *of = catalog_releases[i];

	*array = (struct label_array){ .of = of->blocks[1].entry };
	*r = (struct label_release){ .release = of,
		.lines = lines,
		.nlines = nlines,
		.year_modulo = i == 1 ? 1000 : 0,
		.sources = sources,
		.arrays = array,
		.sample = of->blocks[0].entry };
}

__attribute__((constructor)) static void
fill_all(void)
{
	static struct label_array rest[3];

	fill(&release_1, arrays_1, 0, lines_1, 4, sources_1);
	fill(&release_2, arrays_2, 1, lines_2, 4, sources_2);
	for (size_t i = 0; i < 3; i++)
		fill(&others[i], &rest[i], 2 + i, NULL, 0, sources_2);
}
