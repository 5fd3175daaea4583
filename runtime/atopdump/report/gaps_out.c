/*
 * gaps_out: each gap as a row of values, in three forms.
 */
#include "atopdump/report/gaps_out.h"

#include <stdio.h>
#include <string.h>

#include "atopdump/report/json_out.h"
#include "print/text/put_csv.h"
#include "print/text/put_text.h"

/* --- values ------------------------------------------------------------------------------------------------------ */

enum column {
	COLUMN_HOST,
	COLUMN_MACHINE,
	COLUMN_KERNEL,
	COLUMN_BOOT,
	COLUMN_KIND,
	COLUMN_FROM,
	COLUMN_TO,
	COLUMN_SECONDS,
	COLUMN_INTERVAL,
	COLUMN_FILE,
	COLUMN_PART,
	COLUMN_SAMPLE,
	COLUMN_FILE_BEFORE,
	COLUMN_SAMPLE_BEFORE,
	COLUMN_OFFSET,
	COLUMN_LENGTH,
	COLUMN_REASON,
	COLUMNS
};

static const char *const names[COLUMNS] = { "host", "machine", "kernel", "boot", "kind", "from", "to", "seconds",
	"interval", "file", "part", "sample", "file_before", "sample_before", "offset", "length", "reason" };

struct value {
	enum {
		VALUE_NULL,
		VALUE_NUMBER,
		VALUE_TIME,
		VALUE_TEXT
	} kind;
	int64_t number;
	const char *text;
	size_t size;
};

static struct value
number(int64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

static struct value
moment(int64_t time)
{
	return (struct value){ .kind = time != HOST_NO_TIME ? VALUE_TIME : VALUE_NULL, .number = time };
}

static struct value
text(const struct gaps *g, uint32_t string)
{
	struct value value = { .kind = VALUE_NULL };

	if (string == STRING_NONE)
		return value;
	value.kind = VALUE_TEXT;
	value.text = strings_get(&g->strings, string, &value.size);
	return value;
}

static struct value
get_host(const struct gaps *g, const struct gap *gap, enum column column)
{
	const struct host *host;

	if (gap->host == HASH_INDEX_END)
		return (struct value){ .kind = VALUE_NULL };
	host = hosts_at(&g->hosts, gap->host);
	switch (column) {
	case COLUMN_HOST: return text(g, host->name);
	case COLUMN_MACHINE: return text(g, host->machine);
	case COLUMN_KERNEL: return text(g, host->kernel);
	default: return moment(host->earliest);
	}
}

/* The sample behind the gap, or the one before it. */
static struct value
get_sample(const struct gaps *g, const struct gap *gap, enum column column)
{
	const bool is_before = column == COLUMN_FILE_BEFORE || column == COLUMN_SAMPLE_BEFORE;
	const uint32_t at = is_before ? gap->before : gap->after;
	const struct gap_sample *s = at != GAP_NO_SAMPLE ? gaps_sample(g, at) : NULL;

	if (column == COLUMN_FILE)
		return text(g, gap->file);
	if (s == NULL)
		return (struct value){ .kind = VALUE_NULL };
	return column == COLUMN_FILE_BEFORE ? text(g, s->file) : number(column == COLUMN_PART ? s->part : s->number);
}

static struct value
get(const struct gaps *g, const struct gap *gap, enum column column)
{
	const struct value null = { .kind = VALUE_NULL };
	const bool spans = gap->from != HOST_NO_TIME && gap->to != HOST_NO_TIME;

	switch (column) {
	case COLUMN_KIND: return (struct value){ VALUE_TEXT, 0, gap_words[gap->kind], strlen(gap_words[gap->kind]) };
	case COLUMN_FROM: return moment(gap->from);
	case COLUMN_TO: return moment(gap->to);
	case COLUMN_SECONDS: return spans ? number(gap->to - gap->from) : null;
	case COLUMN_INTERVAL: return gap->interval > 0 ? number((int64_t)gap->interval) : null;
	case COLUMN_OFFSET: return gap->offset != GAP_NO_OFFSET ? number((int64_t)gap->offset) : null;
	case COLUMN_LENGTH: return gap->length > 0 ? number((int64_t)gap->length) : null;
	case COLUMN_REASON: return text(g, gap->reason);
	case COLUMN_FILE:
	case COLUMN_PART:
	case COLUMN_SAMPLE:
	case COLUMN_FILE_BEFORE:
	case COLUMN_SAMPLE_BEFORE: return get_sample(g, gap, column);
	default: return get_host(g, gap, column);
	}
}

/* --- JSON and CSV ------------------------------------------------------------------------------------------------ */

static void
put_json(struct writer *out, const struct gaps *g, const struct gap *gap)
{
	struct json_out j = { .out = out };

	json_open_object(&j, NULL);
	for (enum column i = 0; i < COLUMNS; i++) {
		const struct value value = get(g, gap, i);

		switch (value.kind) {
		case VALUE_NULL: json_null(&j, names[i]); break;
		case VALUE_NUMBER: json_integer(&j, names[i], value.number); break;
		case VALUE_TIME: json_time(&j, names[i], value.number); break;
		case VALUE_TEXT: json_bytes(&j, names[i], value.text, value.size); break;
		}
	}
	json_close_object(&j);
	json_end(&j);
}

static void
put_csv(struct writer *out, const struct gaps *g, const struct gap *gap)
{
	for (enum column i = 0; i < COLUMNS; i++) {
		const struct value value = get(g, gap, i);
		char *w = writer_room(out, PUT_CSV_TEXT_MAX(value.size) + PUT_TIME_MAX + 4 + PUT_SLACK);

		if (i > 0)
			w = PUT(w, ",");
		switch (value.kind) {
		case VALUE_NULL: break;
		case VALUE_NUMBER: w = put_i64(w, value.number); break;
		case VALUE_TIME: w = put_csv_time(w, value.number, 0); break;
		case VALUE_TEXT: w = put_csv_cell(w, value.text, value.size, 0); break;
		}
		writer_commit(out, w);
	}
	writer_put(out, "\r\n", 2);
}

static void
put_csv_head(struct writer *out)
{
	for (enum column i = 0; i < COLUMNS; i++) {
		writer_put(out, ",", i > 0);
		writer_put(out, names[i], strlen(names[i]));
	}
	writer_put(out, "\r\n", 2);
}

/* --- for people -------------------------------------------------------------------------------------------------- */

static void
put(struct writer *out, const char *words)
{
	writer_put(out, words, strlen(words));
}

static void
put_value(struct writer *out, const struct value *value)
{
	char *w = writer_room(out, PUT_VISIBLE_MAX(value->size) + PUT_TIME_MAX + PUT_SLACK);

	switch (value->kind) {
	case VALUE_NULL: w = PUT(w, "?"); break;
	case VALUE_NUMBER: w = put_i64(w, value->number); break;
	case VALUE_TIME: w = put_csv_time(w, value->number, 0); break;
	case VALUE_TEXT: w = put_visible(w, value->text, value->size); break;
	}
	writer_commit(out, w);
}

static void
put_column(struct writer *out, const struct gaps *g, const struct gap *gap, enum column column)
{
	const struct value value = get(g, gap, column);

	put_value(out, &value);
}

/* "web01 (x86_64, kernel 6.1.0), booted at 2022-11-11T19:51:50Z" */
static void
put_host(struct writer *out, const struct gaps *g, const struct gap *gap, bool first)
{
	put(out, first ? "" : "\n");
	if (gap->host == HASH_INDEX_END) {
		put(out, "logs without a sample\n");
		return;
	}
	put_column(out, g, gap, COLUMN_HOST);
	put(out, " (");
	put_column(out, g, gap, COLUMN_MACHINE);
	put(out, ", kernel ");
	put_column(out, g, gap, COLUMN_KERNEL);
	put(out, ")");
	if (hosts_at(&g->hosts, gap->host)->earliest != HOST_NO_TIME) {
		put(out, ", booted at ");
		put_column(out, g, gap, COLUMN_BOOT);
	}
	put(out, "\n");
}

/* "  missing: 2022-11-11T19:51:50Z to 2022-11-11T20:01:50Z, 600 s; atop.raw, sample 5: reason" */
static void
put_line(struct writer *out, const struct gaps *g, const struct gap *gap)
{
	put(out, "  ");
	put(out, gap_words[gap->kind]);
	put(out, ": ");
	put_column(out, g, gap, COLUMN_FROM);
	put(out, " to ");
	put_column(out, g, gap, COLUMN_TO);
	if (gap->from != HOST_NO_TIME && gap->to != HOST_NO_TIME) {
		put(out, ", ");
		put_column(out, g, gap, COLUMN_SECONDS);
		put(out, " s");
	}
	put(out, "; ");
	put_column(out, g, gap, COLUMN_FILE);
	if (gap->after != GAP_NO_SAMPLE) {
		put(out, ", sample ");
		put_column(out, g, gap, COLUMN_SAMPLE);
	}
	if (gap->offset != GAP_NO_OFFSET) {
		put(out, ", byte ");
		put_column(out, g, gap, COLUMN_OFFSET);
	}
	put(out, ": ");
	put_column(out, g, gap, COLUMN_REASON);
	put(out, "\n");
}

static void
put_text(struct writer *out, const struct gaps *g)
{
	for (uint32_t i = 0; i < g->list.count; i++) {
		const struct gap *gap = gaps_at(g, g->order[i]);

		if (i == 0 || gap->host != gaps_at(g, g->order[i - 1])->host)
			put_host(out, g, gap, i == 0);
		put_line(out, g, gap);
	}
	if (g->list.count == 0)
		put(out, "no gap\n");
}

void
gaps_put(struct writer *out, const struct gaps *g, enum gaps_form form)
{
	if (form == GAPS_TEXT) {
		put_text(out, g);
		return;
	}
	if (form == GAPS_CSV)
		put_csv_head(out);
	for (uint32_t i = 0; i < g->list.count; i++)
		(form == GAPS_CSV ? put_csv : put_json)(out, g, gaps_at(g, g->order[i]));
}
