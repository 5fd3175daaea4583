/*
 * info: the facts of a log for people, all bytes of logs and names made visible.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/report/info.h"
#include "print/text/put_text.h"
#include "rawlog/catalog/catalog.h"

#define LINE_MAX_BYTES 512 /* of a formatted text without names */
#define HOST_SHOWN     11  /* columns of the host in a row */
#define SPAN_MAX       24  /* bytes of a span as text */

const char info_row_titles[] = "RELEASE HOST        FIRST (UTC)       SPAN EVERY SAMPLES    TASKS FILE\n";

static void put(struct writer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put(struct writer *out, const char *format, ...)
{
	char text[LINE_MAX_BYTES];
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (size > 0)
		writer_put(out, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

static void
put_bytes(struct writer *out, const char *bytes, size_t size)
{
	writer_commit(out, put_visible(writer_room(out, PUT_VISIBLE_MAX(size) + PUT_SLACK), bytes, size));
}

static void
put_known(struct writer *out, const struct facts_text *text)
{
	if (text->known)
		put_bytes(out, text->bytes, text->size);
	else
		put(out, "unknown");
}

/* "2022-11-11T19:51:50Z", or "?". */
static void
time_text(char text[PUT_UTC_MAX + PUT_SLACK], int64_t time)
{
	char *end = put_utc(text, time);

	if (end == text)
		*end++ = '?';
	*end = '\0';
}

/* A number of seconds in at most six characters: "45s", "10m", "23h50m", "3d04h", "365d". */
static const char *
span_text(char text[SPAN_MAX], int64_t seconds)
{
	const int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;

	if (seconds < 0)
		snprintf(text, SPAN_MAX, "back");
	else if (seconds < 100 && seconds % 60 != 0)
		snprintf(text, SPAN_MAX, "%ds", (int)seconds);
	else if (minutes < 60 && seconds % 60 != 0)
		snprintf(text, SPAN_MAX, "%dm%02ds", (int)minutes, (int)(seconds % 60));
	else if (minutes < 60)
		snprintf(text, SPAN_MAX, "%dm", (int)minutes);
	else if (hours < 24 && minutes % 60 == 0)
		snprintf(text, SPAN_MAX, "%dh", (int)hours);
	else if (hours < 24)
		snprintf(text, SPAN_MAX, "%dh%02dm", (int)hours, (int)(minutes % 60));
	else if (days < 100 && hours % 24 != 0)
		snprintf(text, SPAN_MAX, "%dd%02dh", (int)days, (int)(hours % 24));
	else
		snprintf(text, SPAN_MAX, "%" PRId64 "d", days);
	return text;
}

/* What stands in parentheses behind a file. */
struct notes {
	struct writer *out;
	unsigned count;
};

static void
begin_note(struct notes *n)
{
	put(n->out, n->count++ == 0 ? " (" : ", ");
}

static void
put_note(struct notes *n, const char *text)
{
	begin_note(n);
	put(n->out, "%s", text);
}

/* "3 gaps", "1 gap", or nothing. */
static void
put_number_note(struct notes *n, uint64_t number, const char *what)
{
	if (number == 0)
		return;
	begin_note(n);
	put(n->out, "%" PRIu64 " %s%s", number, what, number == 1 ? "" : "s");
}

/* What is not as in most logs. */
static void
put_notes(struct writer *out, const struct log_facts *f)
{
	struct notes n = { out, 0 };

	if (f->part > 1) {
		begin_note(&n);
		put(out, "log %" PRIu64 " in the file", f->part);
	}
	if (f->compression != NULL)
		put_note(&n, f->compression);
	if (strcmp(f->model, catalog_models[0]) != 0)
		put_note(&n, f->model);
	if (f->is_big_endian)
		put_note(&n, "big-endian");
	for (size_t i = 1; i < f->nreleases; i++) {
		begin_note(&n);
		put(out, "later as %s", f->releases[i]);
	}
	put_number_note(&n, f->runs > 1 ? f->runs : 0, "run");
	put_number_note(&n, f->nboots > 1 ? f->nboots : 0, "boot");
	put_number_note(&n, f->gaps, "gap");
	if (f->damages > 0)
		put_note(&n, "damaged");
	if (n.count > 0)
		put(out, ")");
}

/* A host in as many columns as its bytes: other names than ASCII are rare. */
static void
put_host(struct writer *out, const struct facts_text *host)
{
	char text[PUT_VISIBLE_MAX(FACTS_TEXT_MAX) + PUT_SLACK];
	size_t size = 1;

	text[0] = '?';
	if (host->known)
		size = (size_t)(put_visible(text, host->bytes, host->size) - text);
	if (size > HOST_SHOWN)
		put(out, " %.*s~", HOST_SHOWN - 1, text);
	else
		put(out, " %-*.*s", HOST_SHOWN, (int)size, text);
}

void
info_put_row(struct writer *out, const struct log_facts *f)
{
	char first[PUT_UTC_MAX + PUT_SLACK] = "-", span[SPAN_MAX] = "-", every[SPAN_MAX] = "-";

	if (f->samples > 0) {
		time_text(first, f->first);
		span_text(span, (int64_t)((uint64_t)f->last - (uint64_t)f->first));
		if (strlen(first) > 16) {
			first[10] = ' ';
			first[16] = '\0';
		}
	}
	if (f->nlengths > 0)
		span_text(every, (int64_t)log_facts_interval(f));
	put(out, "%-7s", f->releases[0]);
	put_host(out, &f->host);
	put(out, " %-16s %6s %5s %7" PRIu64 " %8" PRIu64 " ", first, span, every, f->samples, f->tasks);
	put_bytes(out, f->file, strlen(f->file));
	put_notes(out, f);
	put(out, "\n");
}

/* --- one log ------------------------------------------------------------------------------------------------ */

static void
put_file(struct writer *out, const struct log_facts *f)
{
	put(out, "File      ");
	put_bytes(out, f->file, strlen(f->file));
	if (f->part > 1)
		put(out, ", log %" PRIu64 " in the file", f->part);
	put(out, "\n          ");
	if (f->has_size)
		put(out, "%" PRIu64 " bytes, ", f->size);
	put(out, "%s\n",
	    f->compression != NULL ? f->compression
		: f->member        ? "a member of an archive"
				   : "not compressed as a whole");
}

static void
put_machine(struct writer *out, const struct log_facts *f)
{
	put(out, "Release   %s, %s, %s-endian", f->releases[0], f->model, f->is_big_endian ? "big" : "little");
	for (size_t i = 1; i < f->nreleases; i++)
		put(out, "; later records as %s", f->releases[i]);
	put(out, "\nHost      ");
	put_known(out, &f->host);
	put(out, "\nKernel    ");
	put_known(out, &f->kernel);
	put(out, ", ");
	put_known(out, &f->machine);
	put(out, "\n");
}

static void
put_boots(struct writer *out, const struct log_facts *f)
{
	char time[PUT_UTC_MAX + PUT_SLACK];

	for (size_t i = 0; i < f->nboots && i < FACTS_BOOTS_MAX; i++) {
		time_text(time, f->boots[i]);
		put(out, "%-9s %s\n", i == 0 ? "Booted" : "", time);
	}
	if (f->nboots > FACTS_BOOTS_MAX)
		put(out, "          and %" PRIu64 " times more\n", f->nboots - FACTS_BOOTS_MAX);
	if (f->nboots == 0)
		put(out, "Booted    unknown: no sample counts since boot\n");
}

/* How many gaps there are, and the first of them. */
static void
put_gaps(struct writer *out, const struct log_facts *f)
{
	char from[PUT_UTC_MAX + PUT_SLACK] = "", to[PUT_UTC_MAX + PUT_SLACK];

	put(out, "Gaps      %" PRIu64 "\n", f->gaps);
	for (size_t i = 0; i < f->gaps && i < FACTS_GAPS_MAX; i++) {
		const struct facts_gap *gap = &f->gap_list[i];
		const bool begins = gap->from != RAWLOG_NO_TIME;

		if (begins)
			time_text(from, gap->from);
		time_text(to, gap->to);
		put(out, "          %s%s%s, sample %" PRIu64 ": %s\n", begins ? from : "", begins ? " to " : "up to ",
		    to, gap->sample, gap->reason);
	}
	if (f->gaps > FACTS_GAPS_MAX)
		put(out, "          and %" PRIu64 " more\n", f->gaps - FACTS_GAPS_MAX);
}

static void
put_samples(struct writer *out, const struct log_facts *f)
{
	char first[PUT_UTC_MAX + PUT_SLACK], last[PUT_UTC_MAX + PUT_SLACK];

	put(out, "Samples   %" PRIu64, f->samples);
	if (f->samples > 0) {
		time_text(first, f->first);
		time_text(last, f->last);
		put(out, ", %s to %s", first, last);
	}
	if (f->nlengths > 0) {
		put(out, "\nInterval  %" PRIu64 " s", log_facts_interval(f));
		if (f->shortest != f->longest)
			put(out, " most often, from %" PRIu64 " to %" PRIu64, f->shortest, f->longest);
	}
	put(out, "\nRuns      %" PRIu64 " of atop\n", f->runs);
	put_gaps(out, f);
	put(out, "Damage    %" PRIu64 "%s\n", f->damages, f->checked ? "" : ", blocks not seen");
	put(out, "Tasks     %" PRIu64 "\n", f->tasks);
	if (f->has_cgroups)
		put(out, "Cgroups   %" PRIu64 "\n", f->cgroups);
}

/* The features that some sample has; then those that none has. */
static void
put_features(struct writer *out, const struct log_facts *f)
{
	const char *before = "With      ";

	for (size_t i = 0; i < f->nfeatures; i++)
		if (f->features[i].count > 0) {
			put(out, "%s%s", before, f->features[i].name);
			if (f->features[i].count < f->samples)
				put(out, " (in %" PRIu64 " samples)", f->features[i].count);
			before = ", ";
		}
	put(out, "%s", *before == ',' ? "\n" : "");
	before = "Without   ";
	for (size_t i = 0; i < f->nfeatures; i++)
		if (f->features[i].count == 0) {
			put(out, "%s%s", before, f->features[i].name);
			before = ", ";
		}
	put(out, "%s", *before == ',' ? "\n" : "");
}

void
info_put_details(struct writer *out, const struct log_facts *f)
{
	put_file(out, f);
	put_machine(out, f);
	put_boots(out, f);
	put_samples(out, f);
	put_features(out, f);
}
