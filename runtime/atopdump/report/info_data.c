/*
 * info: the facts of a log for programs: JSON and CSV.
 */
#include <string.h>

#include "atopdump/report/info.h"
#include "atopdump/report/json_out.h"
#include "print/text/put_csv.h"

/* --- JSON --------------------------------------------------------------------------------------------------- */

static void
json_known(struct json_out *j, const char *key, const struct facts_text *text)
{
	if (text->known)
		json_bytes(j, key, text->bytes, text->size);
	else
		json_null(j, key);
}

static void
json_number(struct json_out *j, const char *key, uint64_t value, bool known)
{
	if (known)
		json_natural(j, key, value);
	else
		json_null(j, key);
}

static void
json_moment(struct json_out *j, const char *key, int64_t time, bool known)
{
	if (known)
		json_time(j, key, time);
	else
		json_null(j, key);
}

/* Which log it is, and how it is stored. */
static void
json_log(struct json_out *j, const struct log_facts *f)
{
	json_bytes(j, "file", f->file, strlen(f->file));
	json_natural(j, "part", f->part);
	json_known(j, "host", &f->host);
	json_text(j, "release", f->releases[0]);
	json_open_array(j, "later_releases");
	for (size_t i = 1; i < f->nreleases; i++)
		json_text(j, NULL, f->releases[i]);
	json_close_array(j);
	json_text(j, "model", f->model);
	json_text(j, "byteorder", f->is_big_endian ? "big" : "little");
	json_known(j, "kernel", &f->kernel);
	json_known(j, "machine", &f->machine);
	json_number(j, "size", f->size, f->has_size);
	json_text(j, "compression", f->compression);
}

static void
json_boots(struct json_out *j, const struct log_facts *f)
{
	json_natural(j, "nboots", f->nboots);
	json_open_array(j, "boots");
	for (size_t i = 0; i < f->nboots && i < FACTS_BOOTS_MAX; i++)
		json_time(j, NULL, f->boots[i]);
	json_close_array(j);
}

/* As the lines of gaps have them. */
static void
json_gaps(struct json_out *j, const struct log_facts *f)
{
	json_natural(j, "gaps", f->gaps);
	json_open_array(j, "gap_list");
	for (size_t i = 0; i < f->gaps && i < FACTS_GAPS_MAX; i++) {
		const struct facts_gap *gap = &f->gap_list[i];

		json_open_object(j, NULL);
		json_natural(j, "offset", gap->offset);
		json_natural(j, "sample", gap->sample);
		json_moment(j, "from", gap->from, gap->from != RAWLOG_NO_TIME);
		json_moment(j, "to", gap->to, gap->to != RAWLOG_NO_TIME);
		json_natural(j, "interval", gap->interval);
		json_text(j, "reason", gap->reason);
		json_close_object(j);
	}
	json_close_array(j);
}

static void
json_features(struct json_out *j, const struct log_facts *f)
{
	json_open_object(j, "features");
	for (size_t i = 0; i < f->nfeatures; i++)
		json_natural(j, f->features[i].name, f->features[i].count);
	json_close_object(j);
}

void
info_put_json(struct writer *out, const struct log_facts *f)
{
	struct json_out j = { .out = out };

	json_open_object(&j, NULL);
	json_log(&j, f);
	json_natural(&j, "samples", f->samples);
	json_natural(&j, "tasks", f->tasks);
	json_number(&j, "cgroups", f->cgroups, f->has_cgroups);
	json_moment(&j, "first", f->first, f->samples > 0);
	json_moment(&j, "last", f->last, f->samples > 0);
	json_number(&j, "interval", log_facts_interval(f), f->nlengths > 0);
	json_number(&j, "interval_min", f->shortest, f->nlengths > 0);
	json_number(&j, "interval_max", f->longest, f->nlengths > 0);
	json_natural(&j, "runs", f->runs);
	json_boots(&j, f);
	json_gaps(&j, f);
	json_natural(&j, "damage", f->damages);
	json_features(&j, f);
	json_flag(&j, "checked", f->checked);
	json_close_object(&j);
	json_end(&j);
}

/* --- CSV ---------------------------------------------------------------------------------------------------- */

const char info_csv_titles[] =
    "file,part,host,release,later_releases,model,byteorder,kernel,machine,size,compression,samples,tasks,cgroups,"
    "first,last,interval,interval_min,interval_max,runs,nboots,boots,gaps,damage,features,checked\n";

static void
csv_bytes(struct writer *out, const char *bytes, size_t size)
{
	char *w = writer_room(out, PUT_CSV_TEXT_MAX(size) + 1 + PUT_SLACK);

	writer_commit(out, PUT(put_csv_cell(w, bytes, size, 0), ","));
}

static void
csv_text(struct writer *out, const char *text)
{
	if (text != NULL)
		csv_bytes(out, text, strlen(text));
	else
		writer_put(out, ",", 1);
}

static void
csv_known(struct writer *out, const struct facts_text *text)
{
	if (text->known)
		csv_bytes(out, text->bytes, text->size);
	else
		writer_put(out, ",", 1);
}

static void
csv_number(struct writer *out, uint64_t value, bool known)
{
	char *w = writer_room(out, PUT_INTEGER_MAX + 1 + PUT_SLACK);

	writer_commit(out, PUT(known ? put_u64(w, value) : w, ","));
}

static void
csv_moment(struct writer *out, int64_t time, bool known)
{
	char *w = writer_room(out, PUT_TIME_MAX + 1 + PUT_SLACK);

	writer_commit(out, PUT(known ? put_csv_time(w, time, 0) : w, ","));
}

/* Words of a list in one cell, with spaces between them. No word needs quotes. */
static void
csv_word(struct writer *out, size_t i, const char *word)
{
	writer_put(out, " ", i > 0);
	writer_put(out, word, strlen(word));
}

static void
csv_lists(struct writer *out, const struct log_facts *f)
{
	csv_number(out, f->nboots, true);
	for (size_t i = 0; i < f->nboots && i < FACTS_BOOTS_MAX; i++) {
		writer_put(out, " ", i > 0);
		writer_commit(out, put_csv_time(writer_room(out, PUT_TIME_MAX + PUT_SLACK), f->boots[i], 0));
	}
	writer_put(out, ",", 1);
	csv_number(out, f->gaps, true);
	csv_number(out, f->damages, true);
	for (size_t i = 0, n = 0; i < f->nfeatures; i++)
		if (f->features[i].count > 0)
			csv_word(out, n++, f->features[i].name);
	writer_put(out, ",", 1);
}

static void
csv_log(struct writer *out, const struct log_facts *f)
{
	csv_bytes(out, f->file, strlen(f->file));
	csv_number(out, f->part, true);
	csv_known(out, &f->host);
	csv_text(out, f->releases[0]);
	for (size_t i = 1; i < f->nreleases; i++)
		csv_word(out, i - 1, f->releases[i]);
	writer_put(out, ",", 1);
	csv_text(out, f->model);
	csv_text(out, f->is_big_endian ? "big" : "little");
	csv_known(out, &f->kernel);
	csv_known(out, &f->machine);
	csv_number(out, f->size, f->has_size);
	csv_text(out, f->compression);
}

void
info_put_csv(struct writer *out, const struct log_facts *f)
{
	csv_log(out, f);
	csv_number(out, f->samples, true);
	csv_number(out, f->tasks, true);
	csv_number(out, f->cgroups, f->has_cgroups);
	csv_moment(out, f->first, f->samples > 0);
	csv_moment(out, f->last, f->samples > 0);
	csv_number(out, log_facts_interval(f), f->nlengths > 0);
	csv_number(out, f->shortest, f->nlengths > 0);
	csv_number(out, f->longest, f->nlengths > 0);
	csv_number(out, f->runs, true);
	csv_lists(out, f);
	writer_commit(out, PUT(put_flag(writer_room(out, PUT_FLAG_MAX + PUT_SLACK), f->checked), "\n"));
}
