/*
 * label_head: dates are those of the zone of the command line.
 */
#include "print/label/label_head.h"

#include <inttypes.h>
#include <stdio.h>

#include "print/label/put_label.h"
#include "print/query/calendar.h"
#include "print/query/zone.h"

#define DATE_ROOM 64

/* The keys of atop's JSON; the last one is our own. */
#define KEY_NODE       "host"
#define KEY_TIME       "timestamp"
#define KEY_INTERVAL   "elapsed"
#define KEY_SINCE_BOOT "reset"

_Static_assert(PUT_LABEL_TEXT_MAX(LABEL_NODE_MAX) + DATE_ROOM + 3 * PUT_INTEGER_MAX + 96 + PUT_SLACK <= LABEL_HEAD_MAX,
    "the head has room");

/* The name of the node, as any other text; it is not known of every log. */
static char *
put_node(char *w, const struct label_style *style, const struct label_log *log)
{
	const struct label_row row = { .style = style };

	if (log->host == NULL)
		return put_none(w, &row);
	if (!style->json)
		return put_text(w, &row, log->host, log->host_size, 0, 0);
	return PUT(put_text(PUT(w, "\""), &row, log->host, log->host_size, 0, 0), "\"");
}

/* "2026/11/22 06:37:18" */
static char *
put_date(char *w, int64_t time, uint64_t year_modulo)
{
	struct calendar_date d;

	calendar_find(time, zone_offset(time), &d);
	if (year_modulo > 0)
		d.year %= (int64_t)year_modulo;
	return w +
	    snprintf(w, DATE_ROOM, "%04" PRId64 "/%02u/%02u %02u:%02u:%02u", d.year, (unsigned)d.month, (unsigned)d.day,
		(unsigned)d.hour, (unsigned)d.minute, (unsigned)d.second);
}

void
label_head_set(struct label_head *h, const struct label_style *style, const struct label_log *log, uint64_t year_modulo,
    const struct row_sample *sample)
{
	char *w = h->text;

	h->since_boot = sample->since_boot;
	w = style->json ? PUT(w, "{\"" KEY_NODE "\": ") : PUT(w, " ");
	w = put_node(w, style, log);
	w = style->json ? PUT(w, ", \"" KEY_TIME "\": ") : PUT(w, " ");
	w = put_i64(w, sample->time);
	w = style->json ? PUT(w, ", \"" KEY_INTERVAL "\": ") : PUT(w, " ");
	if (!style->json)
		w = PUT(put_date(w, sample->time, year_modulo), " ");
	w = put_d(w, (int64_t)sample->interval);
	if (style->json && !style->compat && sample->since_boot)
		w = PUT(w, ", \"" KEY_SINCE_BOOT "\": true");
	h->size = (size_t)(w - h->text);
}
