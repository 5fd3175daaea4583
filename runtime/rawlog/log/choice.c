/*
 * choice: parses the forced layout, tries it on a log, and suggests layouts for a log that was refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/io/block.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/choice.h"
#include "rawlog/log/frame.h"

#define SUGGESTED_MAX 128 /* bytes for the names of releases */

/* --- the words ---------------------------------------------------------------------------------------------- */

static bool
refuse(char *why, const char *what, const char *word, size_t size, const char *const *known, size_t n)
{
	int used = snprintf(why, CHOICE_MESSAGE_MAX, "there is no %s '%.*s'; there are", what, (int)size, word);

	for (size_t i = 0; i < n && used >= 0 && used < CHOICE_MESSAGE_MAX; i++)
		used += snprintf(why + used, CHOICE_MESSAGE_MAX - (size_t)used, "%s %s", i > 0 ? "," : "", known[i]);
	return false;
}

static bool
refuse_release(char *why, const char *word, size_t size)
{
	const char **known = calloc(catalog_nreleases + 1, sizeof *known);

	for (size_t i = 0; known != NULL && i < catalog_nreleases; i++)
		known[i] = catalog_releases[i]->version;
	refuse(why, "release", word, size < 32 ? size : 32, known, known != NULL ? catalog_nreleases : 0);
	free(known);
	return false;
}

bool
choice_parse(struct choice *c, const char *text, char *why)
{
	const size_t size = strcspn(text, "/");
	const char *model = text[size] == '/' ? text + size + 1 : NULL;

	c->release = NULL;
	c->model = -1;
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const char *version = catalog_releases[i]->version;

		if (strlen(version) == size && memcmp(version, text, size) == 0)
			c->release = catalog_releases[i];
	}
	if (c->release == NULL)
		return refuse_release(why, text, size);
	if (model == NULL)
		return true;
	for (size_t i = 0; i < catalog_nmodels; i++)
		if (strcmp(catalog_models[i], model) == 0)
			c->model = (int)i;
	return c->model >= 0 || refuse(why, "data model", model, strnlen(model, 32), catalog_models, catalog_nmodels);
}

/* --- the log ------------------------------------------------------------------------------------------------ */

/* State of trying layouts on a log. */
struct trial {
	struct file *file;
	void *record; /* host struct of the release's rawrecord */
	struct block block;
	bool starved; /* memory ran out during a trial */
};

/* Whether the first record and its first block have the layout. */
static bool
fits(struct trial *t, const struct layout *layout)
{
	const struct catalog_release *r = layout->release;
	const size_t header = r->rawheader->size[layout->model], size = r->rawrecord->size[layout->model];
	const struct frame_block *first;
	enum block_result result;
	struct frame frame;
	const unsigned char *p;
	size_t got;

	p = file_at(t->file, header, size, &got);
	if (got < size || frame_read(layout, p, size, header, t->record, &frame) != FRAME_OK)
		return false;
	first = &frame.blocks[0];
	result = block_begin(&t->block, t->file, first->offset, first->length, first->inflated);
	t->starved = t->starved || result == BLOCK_NO_MEMORY;
	return result == BLOCK_OK;
}

/* Whether the log is only a header that states the layout's lengths. */
static bool
is_empty_log(struct trial *t, const struct layout *layout)
{
	const size_t header = layout->release->rawheader->size[layout->model];
	const unsigned char *p;
	enum header_result result;
	struct layout stated;
	char message[HEADER_MESSAGE_MAX];
	size_t got;

	p = file_at(t->file, 0, header + 1, &got);
	if (got != header)
		return false;
	result = header_identify_as(p, got, layout->release, &stated, message);
	t->starved = t->starved || result == HEADER_NO_MEMORY;
	return result == HEADER_OK && stated.model == layout->model && stated.order == layout->order;
}

static bool
find(struct trial *t, const struct choice *c, struct layout *layout)
{
	static const enum byte_order orders[] = { ORDER_LITTLE, ORDER_BIG };

	layout->release = c->release;
	for (size_t o = 0; o < sizeof orders / sizeof orders[0]; o++)
		for (unsigned m = 0; m < catalog_nmodels; m++) {
			if (c->model >= 0 && m != (unsigned)c->model)
				continue;
			layout->model = m;
			layout->order = orders[o];
			if (fits(t, layout) || is_empty_log(t, layout))
				return true;
		}
	return false;
}

/* As choice_find, without a message. */
static enum header_result
try_choice(const struct choice *c, struct file *f, struct layout *layout)
{
	struct trial t = { .file = f };
	bool found;

	t.record = host_new(c->release->rawrecord);
	if (t.record == NULL)
		return HEADER_NO_MEMORY;
	block_init(&t.block);
	file_hold(f, 0);
	found = find(&t, c, layout);
	file_release(f);
	block_free(&t.block);
	free(t.record);
	return found ? HEADER_OK : t.starved ? HEADER_NO_MEMORY : HEADER_REFUSED;
}

enum header_result
choice_find(const struct choice *c, struct file *f, struct layout *layout, char *message)
{
	const enum header_result result = try_choice(c, f, layout);
	const unsigned char *p;
	size_t used, got;

	if (result != HEADER_REFUSED)
		return result;
	used = (size_t)snprintf(message, HEADER_MESSAGE_MAX, "it does not begin like a log of atop %s%s%s",
	    c->release->version, c->model >= 0 ? " on " : "", c->model >= 0 ? catalog_models[c->model] : "");
	p = file_at(f, 0, header_size_max(), &got);
	return header_differs(p, got, c->release, message + used) ? HEADER_REFUSED : HEADER_NO_MEMORY;
}

enum header_result
choice_suggest(struct file *f, char *message)
{
	const struct catalog_release **fits = calloc(catalog_nreleases + 1, sizeof *fits);
	const size_t used = strlen(message);
	enum header_result result = fits != NULL ? HEADER_REFUSED : HEADER_NO_MEMORY;
	char names[SUGGESTED_MAX];
	struct layout layout;
	size_t n = 0;

	for (size_t i = 0; result != HEADER_NO_MEMORY && i < catalog_nreleases; i++) {
		const struct choice c = { catalog_releases[i], -1 };

		result = try_choice(&c, f, &layout);
		if (result == HEADER_OK)
			fits[n++] = c.release;
	}
	if (result != HEADER_NO_MEMORY && n > 0) {
		alike_names(names, sizeof names, fits, n);
		snprintf(message + used, HEADER_MESSAGE_MAX - used,
		    "; records of atop %s follow: --schema=%s reads them", names, fits[0]->version);
	}
	free(fits);
	return result == HEADER_NO_MEMORY ? result : n > 0 ? HEADER_OK : HEADER_REFUSED;
}
