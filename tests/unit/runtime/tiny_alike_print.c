/*
 * tiny_alike_print: the printers of 0.4 and 0.5, by hand what generated code is for real releases.
 */
#include "print/text/codegen.h"
#include "tiny_alike.h"

#define ROOM (1024 + PUT_SLACK) /* more than any of these structs needs */

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
net_csv(char *w, const struct alike_net *v, uint64_t nulls)
{
	w = put_u64(PUT(w, ","), v->in);
	if (nulls & ALIKE_NET_UNKNOWN) {
		w = put_commas(w, 2);
	} else {
		w = put_u64(PUT(w, ","), v->err);
		w = put_u64(PUT(w, ","), v->out);
	}
	if (nulls & (ALIKE_NET_SHIFTED | ALIKE_NET_UNKNOWN))
		return put_commas(w, 1);
	return put_u64(PUT(w, ","), v->lost);
}

static void
sstat_rows(struct writer *out, const void *host, const char *prefix, size_t prefix_size, unsigned print, uint64_t nulls)
{
	const struct alike_sstat *v = host;
	char *w;

	writer_put(out, prefix, prefix_size);
	w = net_csv(writer_room(out, ROOM), &v->net, nulls >> ALIKE_NET_BASE);
	if (nulls & ALIKE_NO_HISTORY)
		w = put_commas(w, 3);
	else
		for (size_t i = 0; i < 3; i++)
			w = put_u64(PUT(w, ","), v->hist[i]);
	if (print & PRINT_RESERVED)
		w = put_u64(PUT(w, ","), v->spare);
	writer_commit(out, PUT(w, "\r\n"));
}

static void
cpu_rows(struct writer *out, const void *host, const char *prefix, size_t prefix_size, unsigned print, uint64_t nulls)
{
	const struct alike_sstat *v = host;
	char *w;

	(void)print;
	for (int32_t i = 0; i < v->ncpu; i++) {
		writer_put(out, prefix, prefix_size);
		w = put_u64(PUT(writer_room(out, ROOM), ","), (uint64_t)i);
		w = put_i64(PUT(w, ","), v->cpu[i].id);
		w = put_u64(PUT(w, ","), v->cpu[i].ticks);
		w = nulls & ALIKE_NO_TEMP ? put_commas(w, 1) : put_u64(PUT(w, ","), v->cpu[i].temp);
		writer_commit(out, PUT(w, "\r\n"));
	}
}

static void
tstat_rows(struct writer *out, const void *host, const char *prefix, size_t prefix_size, unsigned print, uint64_t nulls)
{
	const struct alike_tstat *v = host;
	char *w;

	(void)print;
	writer_put(out, prefix, prefix_size);
	w = put_i64(PUT(writer_room(out, ROOM), ","), v->pid);
	w = nulls & ALIKE_NO_GPU ? put_commas(w, 1) : put_u64(PUT(w, ","), v->gpu);
	if (nulls & ALIKE_NO_IO) {
		w = put_commas(w, 2);
	} else {
		w = put_u64(PUT(w, ","), v->io[0]);
		w = put_u64(PUT(w, ","), v->io[1]);
	}
	writer_commit(out, PUT(w, "\r\n"));
}

const struct table alike_sstat_tables[2] = { { "sstat", sstat_rows }, { "sstat.cpu", cpu_rows } };
const struct table alike_tstat_tables[1] = { { "tstat", tstat_rows } };
