/*
 * tiny_print: the printers of the made-up releases, by hand what generated code is for real ones.
 */
#include "print/text/codegen.h"
#include "tiny.h"
#include "tiny_alike.h"

#define ROW_MAX 1024 /* more than any of the rows needs */

/* --- structs as JSON ---------------------------------------------------------------------------------------- */

static void
header_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct tiny_header *h = host;
	char *w = writer_room(out, 256 + PUT_JSON_TEXT_MAX(sizeof h->nodename) + PUT_SLACK);

	(void)print;
	(void)nulls;
	w = put_u64(PUT(w, "{\"aversion\":"), h->aversion);
	w = put_json_text(PUT(w, ",\"nodename\":"), h->nodename, sizeof h->nodename, ",\"nodename_hex\":");
	writer_commit(out, PUT(w, "}"));
}

static void
record_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct tiny_record *r = host;
	char *w = writer_room(out, 256 + PUT_SLACK);

	(void)print;
	(void)nulls;
	w = put_u64(PUT(w, "{\"ndeviat\":"), r->ndeviat);
	writer_commit(out, PUT(w, "}"));
}

static char *
put_cpu(char *w, const struct tiny_cpu *cpu)
{
	w = put_i64(PUT(w, "{\"id\":"), cpu->id);
	w = put_f32(PUT(w, ",\"load\":"), cpu->load);
	return PUT(w, "}");
}

static void
sstat_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct tiny_sstat *s = host;
	char *w = writer_room(out, 256 + TINY_NCPU * 64 + PUT_SLACK);
	int32_t i;

	(void)nulls;
	w = PUT(w, "{\"cpu\":[");
	for (i = 0; i < s->ncpu; i++)
		w = put_cpu(put_separator(w, (size_t)i), &s->cpu[i]);
	w = PUT(w, "]");
	if (print & PRINT_RESERVED)
		w = put_u64(PUT(w, ",\"spare\":"), s->spare);
	w = put_i64(PUT(w, ",\"uptime\":"), s->uptime);
	writer_commit(out, PUT(w, "}"));
}

static void
tstat_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct tiny_tstat *t = host;
	char *w = writer_room(out, 256 + PUT_JSON_TEXT_MAX(sizeof t->gen.name) + PUT_SLACK);

	(void)print;
	(void)nulls;
	w = put_i64(PUT(w, "{\"pid\":"), t->gen.pid);
	w = put_json_text(PUT(w, ",\"name\":"), t->gen.name, sizeof t->gen.name, ",\"name_hex\":");
	w = put_i64_or_null(PUT(w, ",\"prio\":"), t->prio, -1);
	w = PUT(w, ",\"gpu\":");
	w = tiny_gpu_means(t) ? put_u64(w, t->gpu) : PUT(w, "null");
	writer_commit(out, PUT(w, "}"));
}

/* --- rows of tables ----------------------------------------------------------------------------------------- */

static char *
header_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_header *v = row;

	(void)nulls;
	w = put_u64(PUT(w, ","), v->magic);
	w = put_u64(PUT(w, ","), v->aversion);
	w = put_csv_text(PUT(w, ","), v->nodename, sizeof v->nodename, print);
	w = put_commas(w, 2);
	return w;
}

static char *
header_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_header *v = row;

	(void)print;
	(void)nulls;
	w = put_u64(PUT(w, ",\"magic\":"), v->magic);
	w = put_u64(PUT(w, ",\"aversion\":"), v->aversion);
	w = put_json_both(PUT(w, ",\"nodename\":"), v->nodename, sizeof v->nodename, ",\"nodename_bytes\":");
	w = PUT(w, ",\"kernel\":null");
	w = PUT(w, ",\"flags\":null");
	return w;
}

static char *
record_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_record *v = row;

	(void)nulls;
	w = put_csv_time(PUT(w, ","), v->curtime, print);
	w = put_u64(PUT(w, ","), v->ndeviat);
	w = put_commas(w, 2);
	return w;
}

static char *
record_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_record *v = row;

	(void)nulls;
	w = put_json_time(PUT(w, ",\"curtime\":"), v->curtime, print);
	w = put_u64(PUT(w, ",\"ndeviat\":"), v->ndeviat);
	w = PUT(w, ",\"flags\":null");
	w = PUT(w, ",\"level\":null");
	return w;
}

static char *
sstat_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_sstat *v = row;

	(void)print;
	(void)nulls;
	w = put_i64(PUT(w, ","), v->uptime);
	w = put_commas(w, 7);
	return w;
}

static char *
sstat_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_sstat *v = row;

	(void)print;
	(void)nulls;
	w = put_i64(PUT(w, ",\"uptime\":"), v->uptime);
	w = PUT(w, ",\"net_in\":null");
	w = PUT(w, ",\"net_err\":null");
	w = PUT(w, ",\"net_out\":null");
	w = PUT(w, ",\"net_lost\":null");
	w = PUT(w, ",\"hist_0\":null");
	w = PUT(w, ",\"hist_1\":null");
	w = PUT(w, ",\"hist_2\":null");
	return w;
}

static char *
cpu_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_cpu *v = row;

	(void)print;
	(void)nulls;
	w = put_i64(PUT(w, ","), v->id);
	w = put_csv_f32(PUT(w, ","), v->load);
	w = put_commas(w, 2);
	return w;
}

static char *
cpu_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_cpu *v = row;

	(void)print;
	(void)nulls;
	w = put_i64(PUT(w, ",\"id\":"), v->id);
	w = put_f32(PUT(w, ",\"load\":"), v->load);
	w = PUT(w, ",\"ticks\":null");
	w = PUT(w, ",\"temp\":null");
	return w;
}

static char *
task_1_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_tstat *v = row;

	(void)nulls;
	w = put_i64(PUT(w, ","), v->gen.pid);
	w = put_csv_text(PUT(w, ","), v->gen.name, sizeof v->gen.name, print);
	w = put_u64(PUT(w, ","), (unsigned char)v->gen.state);
	w = put_csv_i64_or_nothing(PUT(w, ","), v->prio, -1);
	w = !tiny_gpu_means(v) ? PUT(w, ",") : put_u64(PUT(w, ","), v->gpu);
	w = put_csv_time(PUT(w, ","), v->btime, print);
	w = put_commas(w, 3);
	return w;
}

static char *
task_1_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_tstat *v = row;

	(void)nulls;
	w = put_i64(PUT(w, ",\"gen_pid\":"), v->gen.pid);
	w = put_json_both(PUT(w, ",\"gen_name\":"), v->gen.name, sizeof v->gen.name, ",\"gen_name_bytes\":");
	w = put_u64(PUT(w, ",\"gen_state\":"), (unsigned char)v->gen.state);
	w = put_i64_or_null(PUT(w, ",\"prio\":"), v->prio, -1);
	w = !tiny_gpu_means(v) ? PUT(w, ",\"gpu\":null") : put_u64(PUT(w, ",\"gpu\":"), v->gpu);
	w = put_json_time(PUT(w, ",\"btime\":"), v->btime, print);
	w = PUT(w, ",\"nice\":null");
	w = PUT(w, ",\"io_0\":null");
	w = PUT(w, ",\"io_1\":null");
	return w;
}

static char *
task_2_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_tstat *v = row;

	(void)nulls;
	w = put_i64(PUT(w, ","), v->gen.pid);
	w = put_csv_text(PUT(w, ","), v->gen.name, sizeof v->gen.name, print);
	w = put_u64(PUT(w, ","), (unsigned char)v->gen.state);
	w = put_csv_i64_or_nothing(PUT(w, ","), v->prio, -1);
	w = !tiny_gpu_means(v) ? PUT(w, ",") : put_u64(PUT(w, ","), v->gpu);
	w = put_csv_time(PUT(w, ","), v->btime, print);
	w = put_i64(PUT(w, ","), v->nice);
	w = put_commas(w, 2);
	return w;
}

static char *
task_2_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct tiny_tstat *v = row;

	(void)nulls;
	w = put_i64(PUT(w, ",\"gen_pid\":"), v->gen.pid);
	w = put_json_both(PUT(w, ",\"gen_name\":"), v->gen.name, sizeof v->gen.name, ",\"gen_name_bytes\":");
	w = put_u64(PUT(w, ",\"gen_state\":"), (unsigned char)v->gen.state);
	w = put_i64_or_null(PUT(w, ",\"prio\":"), v->prio, -1);
	w = !tiny_gpu_means(v) ? PUT(w, ",\"gpu\":null") : put_u64(PUT(w, ",\"gpu\":"), v->gpu);
	w = put_json_time(PUT(w, ",\"btime\":"), v->btime, print);
	w = put_i64(PUT(w, ",\"nice\":"), v->nice);
	w = PUT(w, ",\"io_0\":null");
	w = PUT(w, ",\"io_1\":null");
	return w;
}

static const struct row_printer header_rows[] = { { "rawheader", header_row_csv, ROW_MAX, header_row_json, ROW_MAX } };
static const struct row_printer record_rows[] = { { "rawrecord", record_row_csv, ROW_MAX, record_row_json, ROW_MAX } };
static const struct row_printer sstat_rows[] = { { "sstat", sstat_row_csv, ROW_MAX, sstat_row_json, ROW_MAX },
	{ "sstat_cpu", cpu_row_csv, ROW_MAX, cpu_row_json, ROW_MAX } };
static const struct row_printer task_1_rows[] = { { "tstat", task_1_row_csv, ROW_MAX, task_1_row_json, ROW_MAX } };
static const struct row_printer task_2_rows[] = { { "tstat", task_2_row_csv, ROW_MAX, task_2_row_json, ROW_MAX } };

const struct printer catalog_printers[] = { [TINY_NUMBER_HEADER] = { header_json, header_rows, 1 },
	[TINY_NUMBER_RECORD] = { record_json, record_rows, 1 },
	[TINY_NUMBER_SSTAT] = { sstat_json, sstat_rows, 2 },
	[TINY_NUMBER_TSTAT_1] = { tstat_json, task_1_rows, 1 },
	[TINY_NUMBER_TSTAT_2] = { tstat_json, task_2_rows, 1 },
	[ALIKE_NUMBER_HEADER] = { alike_header_json, alike_header_rows, 1 },
	[ALIKE_NUMBER_RECORD] = { alike_record_json, alike_record_rows, 1 },
	[ALIKE_NUMBER_RECORD_5] = { alike_record_5_json, alike_record_5_rows, 1 },
	[ALIKE_NUMBER_SSTAT] = { alike_sstat_json, alike_sstat_rows, 2 },
	[ALIKE_NUMBER_TSTAT] = { alike_tstat_json, alike_tstat_rows, 1 } };
