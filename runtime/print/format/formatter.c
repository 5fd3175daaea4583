/*
 * formatter: creates, appends and ends formatters of any format.
 */
#include <errno.h>
#include <stdlib.h>

#include "print/format/formatter.h"
#include "print/text/put.h"

/* Allocates a formatter and lets its format prepare its own part. NULL, and `error` says why. */
static struct formatter *
make(const struct format *format, const struct query *query, int *error)
{
	struct formatter *f = calloc(1, format->size);

	*error = f == NULL ? ENOMEM : 0;
	if (f == NULL)
		return NULL;
	f->format = format;
	f->query = query;
	if (format->open != NULL)
		*error = format->open(f);
	if (*error == 0)
		return f;
	free(f);
	return NULL;
}

static void
release(struct formatter *f)
{
	if (f->format->close != NULL)
		f->format->close(f);
	free(f);
}

int
formatter_open(struct formatter **f, const struct format *format, const struct query *query,
    const struct output_place *place)
{
	int error;

	*f = make(format, query, &error);
	if (*f == NULL)
		return error;
	error = outputs_open(&(*f)->outputs, place, format->by_table && !format->mixes, format->ending);
	if (error == 0 && format->start != NULL) {
		error = format->start(*f);
		if (error != 0)
			outputs_finish(&(*f)->outputs, false);
	}
	if (error != 0)
		release(*f);
	return error;
}

struct formatter *
formatter_part(struct formatter *whole, struct writer_order *order)
{
	int error;
	struct formatter *part = make(whole->format, whole->query, &error);

	if (part == NULL)
		return NULL;
	if (outputs_open_part(&part->outputs, &whole->outputs, order) == 0)
		return part;
	release(part);
	return NULL;
}

bool
formatter_shows_as_stored(const struct formatter *f)
{
	return f->format->as_stored || (f->query->print & PRINT_RESERVED) != 0;
}

void
formatter_append(struct formatter *part)
{
	outputs_append(&part->outputs);
}

void
formatter_discard(struct formatter *part)
{
	outputs_discard(&part->outputs);
}

void
formatter_free(struct formatter *part)
{
	outputs_free_part(&part->outputs);
	release(part);
}

void
formatter_flush(struct formatter *f)
{
	outputs_flush(&f->outputs);
}

int
formatter_error(const struct formatter *f)
{
	return f->failure != 0 ? f->failure : outputs_error(&f->outputs);
}

int
formatter_finish(struct formatter *f, bool keep)
{
	int failure = formatter_error(f), closing;

	if (f->format->finish != NULL) {
		closing = f->format->finish(f, keep && failure == 0);
		failure = failure != 0 ? failure : closing;
	}
	closing = outputs_finish(&f->outputs, keep && failure == 0);
	release(f);
	return failure != 0 ? failure : closing;
}
