/*
 * header: see header.h. What releases there are and what their headers hold comes from the catalog alone.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "header.h"

#define PARTS_MAX	(3 + CATALOG_BLOCKS_MAX)
#define PART_NAME_MAX	64

/* One of the numbers that a layout is recognised by. */
struct part {
	char	name[PART_NAME_MAX];
	int64_t	is, should;
};

/* A row of the catalog held against a header. */
struct match {
	struct layout	layout;
	struct part	parts[PARTS_MAX];
	size_t		nparts;
	size_t		nequal;
};

size_t
header_size_max(void)
{
	size_t i, model, max = 0;

	for (i = 0; i < catalog_nreleases; i++)
		for (model = 0; model < catalog_nmodels; model++)
			if (catalog_releases[i]->rawheader->size[model] > max)
				max = catalog_releases[i]->rawheader->size[model];
	return max;
}

/* Room that any release's rawheader can be decoded into. */
static void *
header_room(void)
{
	size_t i, max = 1;

	for (i = 0; i < catalog_nreleases; i++)
		if (catalog_releases[i]->rawheader->definition->size > max)
			max = catalog_releases[i]->rawheader->definition->size;
	return calloc(1, max);
}

static void
add_part(struct match *m, const char *name, const char *suffix, int64_t is, int64_t should)
{
	struct part *part = &m->parts[m->nparts++];

	snprintf(part->name, sizeof part->name, "%s%s", name, suffix);
	part->is = is;
	part->should = should;
	m->nequal += is == should;
}

/*
 * Holds the header at `p` against the row `m->layout`, but for its aversion if the release is `chosen`. False if it is
 * too short, or has not that row's magic.
 */
static bool
compare(const unsigned char *p, size_t size, const struct catalog_release *chosen, void *host, struct match *m)
{
	const struct catalog_release *release = m->layout.release;
	unsigned model = m->layout.model;
	struct header_facts facts;
	struct fault fault;
	size_t i;

	if (size < release->rawheader->size[model] ||
	    !release->rawheader->decode(host, p, size, model, m->layout.order, &fault))
		return false;
	memset(&facts, 0, sizeof facts);
	release->header_facts(host, &facts);
	if (facts.magic != release->magic)
		return false;
	m->nparts = m->nequal = 0;
	if (chosen == NULL)
		add_part(m, "aversion", "", facts.aversion, release->aversion);
	add_part(m, "rawheadlen", "", facts.rawheadlen, release->rawheader->size[model]);
	add_part(m, "rawreclen", "", facts.rawreclen, release->rawrecord->size[model]);
	for (i = 0; i < release->nblocks && i < CATALOG_BLOCKS_MAX; i++)
		if (release->blocks[i].share.size == 0)		/* a list has no length in the header */
			add_part(m, release->blocks[i].entry->definition->name, "len", facts.block_size[i],
			    release->blocks[i].entry->size[model]);
	return true;
}

/*
 * The row with most parts equal, a later release before an earlier one, or of those of the `chosen` release; nparts is
 * 0 if none has the log's magic.
 */
static void
find_nearest(const unsigned char *p, size_t size, const struct catalog_release *chosen, void *host,
    struct match *nearest)
{
	static const enum byte_order orders[] = {ORDER_LITTLE, ORDER_BIG};
	struct match m;
	size_t o, i, model;

	memset(&m, 0, sizeof m);
	memset(nearest, 0, sizeof *nearest);
	for (o = 0; o < 2; o++)
		for (i = catalog_nreleases; i-- > 0;)
			for (model = 0; model < catalog_nmodels; model++) {
				if (chosen != NULL && chosen != catalog_releases[i])
					continue;
				m.layout.release = catalog_releases[i];
				m.layout.model = (unsigned)model;
				m.layout.order = orders[o];
				if (compare(p, size, chosen, host, &m) && m.nequal > nearest->nequal)
					*nearest = m;
			}
}

/* --- refusals ------------------------------------------------------------------------------------------- */

/* Appends to `message`, which has HEADER_MESSAGE_MAX bytes. */
static void __attribute__((format(printf, 2, 3)))
say(char *message, const char *format, ...)
{
	size_t used = strlen(message);
	va_list args;

	va_start(args, format);
	vsnprintf(message + used, HEADER_MESSAGE_MAX - used, format, args);
	va_end(args);
}

static void
say_no_log(char *message, const unsigned char *p, size_t size)
{
	size_t i;

	say(message, "not an atop log: ");
	if (size == 0) {
		say(message, "it is empty");
		return;
	}
	say(message, "it begins with");
	for (i = 0; i < size && i < 4; i++)
		say(message, " %02x", p[i]);
	if (size < header_size_max())
		say(message, " and has %zu bytes, fewer than a header", size);
	else
		say(message, ", which is no magic number");
}

static void
say_value(char *message, const struct part *part, int64_t value)
{
	if (strcmp(part->name, "aversion") == 0)
		say(message, "0x%04" PRIx64, (uint64_t)value);
	else
		say(message, "%" PRId64, value);
}

static void
say_unknown(char *message, const struct match *nearest)
{
	const struct part *part;
	const char *before = "(";
	size_t i;

	say(message, "not a layout that any schema describes:");
	for (i = 0; i < nearest->nparts; i++) {
		part = &nearest->parts[i];
		say(message, " %s ", part->name);
		say_value(message, part, part->is);
		say(message, ",");
	}
	say(message, " %s-endian; nearest: %s %s ", nearest->layout.order == ORDER_BIG ? "big" : "little",
	    nearest->layout.release->version, catalog_models[nearest->layout.model]);
	for (i = 0; i < nearest->nparts; i++) {
		part = &nearest->parts[i];
		if (part->is == part->should)
			continue;
		say(message, "%s%s is ", before, part->name);
		say_value(message, part, part->is);
		say(message, ", should be ");
		say_value(message, part, part->should);
		before = "; ";
	}
	say(message, ")");
}

enum header_result
header_identify_as(const unsigned char *p, size_t size, const struct catalog_release *chosen, struct layout *layout,
    char *message)
{
	struct match nearest;
	void *host = header_room();

	if (host == NULL)
		return HEADER_NO_MEMORY;
	find_nearest(p, size, chosen, host, &nearest);
	free(host);
	message[0] = '\0';
	if (nearest.nparts > 0 && nearest.nequal == nearest.nparts) {
		*layout = nearest.layout;
		return HEADER_OK;
	}
	if (nearest.nparts == 0)
		say_no_log(message, p, size);
	else
		say_unknown(message, &nearest);
	return HEADER_REFUSED;
}

enum header_result
header_identify(const unsigned char *p, size_t size, struct layout *layout, char *message)
{
	return header_identify_as(p, size, NULL, layout, message);
}
