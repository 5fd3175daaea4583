/*
 * tiny_alike_print: the printers of 0.4 and 0.5, by hand what generated code is for real releases.
 */
#include "print/text/codegen.h"
#include "tiny_alike.h"

#define ROW_MAX 1024 /* more than any of these structs needs */
#define ROOM    (ROW_MAX + PUT_SLACK)

void
alike_header_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct alike_header *v = host;
	char *w = writer_room(out, ROOM);

	(void)nulls;
	w = put_u64(PUT(w, "{\"kernel\":"), v->kernel);
	if (print & PRINT_RESERVED)
		w = put_u64(PUT(w, ",\"future\":"), v->future);
	w = put_u64(PUT(w, ",\"flags\":"), v->flags);
	writer_commit(out, PUT(w, "}"));
}

void
alike_record_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct alike_record *v = host;
	char *w = writer_room(out, ROOM);

	(void)nulls;
	w = put_u64(PUT(w, "{\"flags\":"), v->flags);
	if (print & PRINT_RESERVED)
		w = put_u64(PUT(w, ",\"spare\":"), v->spare);
	writer_commit(out, PUT(w, "}"));
}

void
alike_record_5_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct alike_record_5 *v = host;
	char *w = writer_room(out, ROOM);

	(void)print;
	(void)nulls;
	w = put_u64(PUT(w, "{\"flags\":"), v->flags);
	w = put_u64(PUT(w, ",\"level\":"), v->level);
	writer_commit(out, PUT(w, "}"));
}

static char *
cpu_json(char *w, const struct alike_cpu *v, uint64_t nulls)
{
	w = put_i64(PUT(w, "{\"id\":"), v->id);
	w = put_u64(PUT(w, ",\"ticks\":"), v->ticks);
	if (nulls & ALIKE_NO_TEMP)
		w = PUT(w, ",\"temp\":null");
	else
		w = put_u64(PUT(w, ",\"temp\":"), v->temp);
	return PUT(w, "}");
}

static char *
net_json(char *w, const struct alike_net *v, uint64_t nulls)
{
	w = put_u64(PUT(w, "{\"in\":"), v->in);
	if (nulls & ALIKE_NET_UNKNOWN)
		w = PUT(w, ",\"err\":null");
	else
		w = put_u64(PUT(w, ",\"err\":"), v->err);
	if (nulls & ALIKE_NET_UNKNOWN)
		w = PUT(w, ",\"out\":null");
	else
		w = put_u64(PUT(w, ",\"out\":"), v->out);
	if (nulls & (ALIKE_NET_SHIFTED | ALIKE_NET_UNKNOWN))
		w = PUT(w, ",\"lost\":null");
	else
		w = put_u64(PUT(w, ",\"lost\":"), v->lost);
	return PUT(w, "}");
}

void
alike_sstat_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct alike_sstat *v = host;
	char *w = writer_room(out, ROOM);

	w = PUT(w, "{\"cpu\":[");
	for (int32_t i = 0; i < v->ncpu; i++)
		w = cpu_json(put_separator(w, (size_t)i), &v->cpu[i], nulls);
	w = net_json(PUT(w, "],\"net\":"), &v->net, nulls >> ALIKE_NET_BASE);
	if (nulls & ALIKE_NO_HISTORY) {
		w = PUT(w, ",\"hist\":null");
	} else {
		w = PUT(w, ",\"hist\":[");
		for (size_t i = 0; i < 3; i++)
			w = put_u64(put_separator(w, i), v->hist[i]);
		w = PUT(w, "]");
	}
	if (print & PRINT_RESERVED)
		w = put_u64(PUT(w, ",\"spare\":"), v->spare);
	writer_commit(out, PUT(w, "}"));
}

void
alike_tstat_json(struct writer *out, const void *host, unsigned print, uint64_t nulls)
{
	const struct alike_tstat *v = host;
	char *w = writer_room(out, ROOM);

	(void)print;
	w = put_i64(PUT(w, "{\"pid\":"), v->pid);
	if (nulls & ALIKE_NO_GPU)
		w = PUT(w, ",\"gpu\":null");
	else
		w = put_u64(PUT(w, ",\"gpu\":"), v->gpu);
	if (nulls & ALIKE_NO_IO) {
		w = PUT(w, ",\"io\":null");
	} else {
		w = put_u64(PUT(w, ",\"io\":["), v->io[0]);
		w = put_u64(PUT(w, ","), v->io[1]);
		w = PUT(w, "]");
	}
	writer_commit(out, PUT(w, "}"));
}

static char *
header_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_header *v = row;

	(void)print;
	(void)nulls;
	w = put_commas(w, 4);
	w = put_u64(PUT(w, ","), v->kernel);
	w = put_u64(PUT(w, ","), v->flags);
	return w;
}

static char *
header_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_header *v = row;

	(void)print;
	(void)nulls;
	w = PUT(w, ",\"magic\":null");
	w = PUT(w, ",\"aversion\":null");
	w = PUT(w, ",\"nodename\":null");
	w = PUT(w, ",\"nodename_bytes\":null");
	w = put_u64(PUT(w, ",\"kernel\":"), v->kernel);
	w = put_u64(PUT(w, ",\"flags\":"), v->flags);
	return w;
}

static char *
record_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_record *v = row;

	(void)print;
	(void)nulls;
	w = put_commas(w, 2);
	w = put_u64(PUT(w, ","), v->flags);
	w = put_commas(w, 1);
	return w;
}

static char *
record_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_record *v = row;

	(void)print;
	(void)nulls;
	w = PUT(w, ",\"curtime\":null");
	w = PUT(w, ",\"ndeviat\":null");
	w = put_u64(PUT(w, ",\"flags\":"), v->flags);
	w = PUT(w, ",\"level\":null");
	return w;
}

static char *
record_5_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_record_5 *v = row;

	(void)print;
	(void)nulls;
	w = put_commas(w, 2);
	w = put_u64(PUT(w, ","), v->flags);
	w = put_u64(PUT(w, ","), v->level);
	return w;
}

static char *
record_5_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_record_5 *v = row;

	(void)print;
	(void)nulls;
	w = PUT(w, ",\"curtime\":null");
	w = PUT(w, ",\"ndeviat\":null");
	w = put_u64(PUT(w, ",\"flags\":"), v->flags);
	w = put_u64(PUT(w, ",\"level\":"), v->level);
	return w;
}

static char *
sstat_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_sstat *v = row;

	(void)print;
	w = put_commas(w, 1);
	w = put_u64(PUT(w, ","), v->net.in);
	w = (nulls >> ALIKE_NET_BASE) & ALIKE_NET_UNKNOWN ? PUT(w, ",") : put_u64(PUT(w, ","), v->net.err);
	w = (nulls >> ALIKE_NET_BASE) & ALIKE_NET_UNKNOWN ? PUT(w, ",") : put_u64(PUT(w, ","), v->net.out);
	w = (nulls >> ALIKE_NET_BASE) & (ALIKE_NET_SHIFTED | ALIKE_NET_UNKNOWN) ? PUT(w, ",")
										: put_u64(PUT(w, ","), v->net.lost);
	w = nulls & ALIKE_NO_HISTORY ? PUT(w, ",") : put_u64(PUT(w, ","), v->hist[0]);
	w = nulls & ALIKE_NO_HISTORY ? PUT(w, ",") : put_u64(PUT(w, ","), v->hist[1]);
	w = nulls & ALIKE_NO_HISTORY ? PUT(w, ",") : put_u64(PUT(w, ","), v->hist[2]);
	return w;
}

static char *
sstat_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_sstat *v = row;

	(void)print;
	w = PUT(w, ",\"uptime\":null");
	w = put_u64(PUT(w, ",\"net_in\":"), v->net.in);
	w = (nulls >> ALIKE_NET_BASE) & ALIKE_NET_UNKNOWN ? PUT(w, ",\"net_err\":null")
							  : put_u64(PUT(w, ",\"net_err\":"), v->net.err);
	w = (nulls >> ALIKE_NET_BASE) & ALIKE_NET_UNKNOWN ? PUT(w, ",\"net_out\":null")
							  : put_u64(PUT(w, ",\"net_out\":"), v->net.out);
	w = (nulls >> ALIKE_NET_BASE) & (ALIKE_NET_SHIFTED | ALIKE_NET_UNKNOWN)
	    ? PUT(w, ",\"net_lost\":null")
	    : put_u64(PUT(w, ",\"net_lost\":"), v->net.lost);
	w = nulls & ALIKE_NO_HISTORY ? PUT(w, ",\"hist_0\":null") : put_u64(PUT(w, ",\"hist_0\":"), v->hist[0]);
	w = nulls & ALIKE_NO_HISTORY ? PUT(w, ",\"hist_1\":null") : put_u64(PUT(w, ",\"hist_1\":"), v->hist[1]);
	w = nulls & ALIKE_NO_HISTORY ? PUT(w, ",\"hist_2\":null") : put_u64(PUT(w, ",\"hist_2\":"), v->hist[2]);
	return w;
}

static char *
cpu_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_cpu *v = row;

	(void)print;
	w = put_i64(PUT(w, ","), v->id);
	w = put_commas(w, 1);
	w = put_u64(PUT(w, ","), v->ticks);
	w = nulls & ALIKE_NO_TEMP ? PUT(w, ",") : put_u64(PUT(w, ","), v->temp);
	return w;
}

static char *
cpu_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_cpu *v = row;

	(void)print;
	w = put_i64(PUT(w, ",\"id\":"), v->id);
	w = PUT(w, ",\"load\":null");
	w = put_u64(PUT(w, ",\"ticks\":"), v->ticks);
	w = nulls & ALIKE_NO_TEMP ? PUT(w, ",\"temp\":null") : put_u64(PUT(w, ",\"temp\":"), v->temp);
	return w;
}

static char *
tstat_row_csv(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_tstat *v = row;

	(void)print;
	w = put_i64(PUT(w, ","), v->pid);
	w = put_commas(w, 4);
	w = nulls & ALIKE_NO_GPU ? PUT(w, ",") : put_u64(PUT(w, ","), v->gpu);
	w = put_commas(w, 2);
	w = nulls & ALIKE_NO_IO ? PUT(w, ",") : put_u64(PUT(w, ","), v->io[0]);
	w = nulls & ALIKE_NO_IO ? PUT(w, ",") : put_u64(PUT(w, ","), v->io[1]);
	return w;
}

static char *
tstat_row_json(char *w, const void *row, unsigned print, uint64_t nulls)
{
	const struct alike_tstat *v = row;

	(void)print;
	w = put_i64(PUT(w, ",\"gen_pid\":"), v->pid);
	w = PUT(w, ",\"gen_name\":null");
	w = PUT(w, ",\"gen_name_bytes\":null");
	w = PUT(w, ",\"gen_state\":null");
	w = PUT(w, ",\"prio\":null");
	w = nulls & ALIKE_NO_GPU ? PUT(w, ",\"gpu\":null") : put_u64(PUT(w, ",\"gpu\":"), v->gpu);
	w = PUT(w, ",\"btime\":null");
	w = PUT(w, ",\"nice\":null");
	w = nulls & ALIKE_NO_IO ? PUT(w, ",\"io_0\":null") : put_u64(PUT(w, ",\"io_0\":"), v->io[0]);
	w = nulls & ALIKE_NO_IO ? PUT(w, ",\"io_1\":null") : put_u64(PUT(w, ",\"io_1\":"), v->io[1]);
	return w;
}

const struct row_printer alike_header_rows[1] = { { "rawheader", header_row_csv, ROW_MAX, header_row_json, ROW_MAX } };
const struct row_printer alike_record_rows[1] = { { "rawrecord", record_row_csv, ROW_MAX, record_row_json, ROW_MAX } };
const struct row_printer alike_record_5_rows[1] = { { "rawrecord", record_5_row_csv, ROW_MAX, record_5_row_json,
    ROW_MAX } };
const struct row_printer alike_sstat_rows[2] = { { "sstat", sstat_row_csv, ROW_MAX, sstat_row_json, ROW_MAX },
	{ "sstat_cpu", cpu_row_csv, ROW_MAX, cpu_row_json, ROW_MAX } };
const struct row_printer alike_tstat_rows[1] = { { "tstat", tstat_row_csv, ROW_MAX, tstat_row_json, ROW_MAX } };
