/*
 * carve: searches for records and headers, and groups the records found into extents.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/carve.h"

#define PIECE (256u << 10) /* bytes searched for records, then for headers */

static const enum byte_order orders[] = { ORDER_LITTLE, ORDER_BIG };

#define NORDERS (sizeof orders / sizeof orders[0])

/* Drops the current header: the host of the next records is unknown. */
static void
forget_header(struct carve *c)
{
	free(c->header);
	c->header = NULL;
	memset(&c->facts, 0, sizeof c->facts);
}

/* --- opening -------------------------------------------------------------------------------------------- */

/* All layouts of the catalog, or the chosen ones, oldest release first. */
static bool
list_layouts(struct carve *c, const struct choice *choice)
{
	c->layouts = calloc(catalog_nreleases * catalog_nmodels * NORDERS, sizeof *c->layouts);
	c->fits = calloc(catalog_nreleases + 1, sizeof *c->fits);
	if (c->layouts == NULL || c->fits == NULL)
		return false;
	for (size_t i = 0; i < catalog_nreleases; i++)
		for (unsigned m = 0; m < catalog_nmodels; m++)
			for (size_t o = 0; o < NORDERS; o++)
				if ((choice->release == NULL || choice->release == catalog_releases[i]) &&
				    (choice->release == NULL || choice->model < 0 || (unsigned)choice->model == m))
					c->layouts[c->nlayouts++] = (struct layout){ catalog_releases[i], m,
						orders[o] };
	return true;
}

struct carve *
carve_new(struct file *file, const struct choice *choice)
{
	struct carve *c = calloc(1, sizeof *c);

	if (c == NULL)
		return NULL;
	c->file = file;
	if (!headers_init(&c->headers, NULL) || !list_layouts(c, choice) ||
	    !search_init(&c->search, c->layouts, c->nlayouts)) {
		carve_free(c);
		return NULL;
	}
	c->search.preferred = c->nlayouts - 1;
	return c;
}

void
carve_free(struct carve *c)
{
	if (c == NULL)
		return;
	records_free(&c->records);
	search_free(&c->search);
	headers_free(&c->headers);
	free(c->layouts);
	free(c->fits);
	free(c->header);
	free(c);
}

/* --- headers -------------------------------------------------------------------------------------------- */

/* Sets `place` to the index of `layout` in c->layouts. False: records of this layout are not searched for. */
static bool
find_layout(const struct carve *c, const struct layout *layout, size_t *place)
{
	for (size_t i = 0; i < c->nlayouts; i++)
		if (c->layouts[i].release == layout->release && c->layouts[i].model == layout->model &&
		    c->layouts[i].order == layout->order) {
			*place = i;
			return true;
		}
	return false;
}

/* Makes the header of `layout` at `offset` that of the records behind it. False: out of memory. */
static bool
take_header(struct carve *c, uint64_t offset, const struct layout *layout)
{
	const struct catalog_struct *rawheader = layout->release->rawheader;
	const unsigned char *p;
	struct fault fault;
	size_t got, place;
	void *host;

	if (!find_layout(c, layout, &place))
		return true;
	host = host_new(rawheader);
	if (host == NULL)
		return false;
	p = file_at(c->file, offset, rawheader->size[layout->model], &got);
	rawheader->decode(host, p, got, layout->model, layout->order, &fault);
	free(c->header);
	c->header = host;
	c->header_offset = offset;
	layout->release->header_facts(host, &c->facts);
	c->search.preferred = place;
	c->header_layout = *layout;
	c->is_new = true;
	return true;
}

/* Searches for headers up to `end`, as far as records have been searched for. False: out of memory. */
static bool
look_for_headers(struct carve *c, uint64_t end)
{
	enum headers_result result;
	struct layout layout;
	uint64_t offset;

	while (c->headed < end) {
		result = headers_find(&c->headers, c->file, c->headed, end, &offset, &layout, &c->search.budget);
		if (result == HEADERS_NO_MEMORY)
			return false;
		c->headed = result == HEADERS_FOUND ? offset + 1 : end;
		if (result == HEADERS_FOUND && !take_header(c, offset, &layout))
			return false;
	}
	return true;
}

/* --- records -------------------------------------------------------------------------------------------- */

/* Whether the last header found is directly in front of the record, which has the layout `found`, and the two agree. */
static bool
is_headed(struct carve *c, const struct layout *found)
{
	const struct layout *l = &c->header_layout;
	uint64_t offset;

	if (!c->is_new || !search_fits(&c->search, c->search.preferred))
		return false;
	offset = c->offset + search_record_size(found) - search_record_size(l);
	if (c->header_offset + l->release->rawheader->size[l->model] != offset)
		return false;
	c->offset = offset; /* both layouts end it at the same offset */
	c->layout = *l;
	c->fits[0] = l->release;
	c->nfits = 1;
	c->sure = CARVE_HEADED;
	return true;
}

/* Lists the releases that fit and have the sizes of the record found; selects the one that defines the fewest members. */
static void
choose_least(struct carve *c, const struct layout *found)
{
	size_t least = SIZE_MAX, claims;

	c->nfits = 0;
	for (size_t i = 0; i < c->nlayouts; i++) {
		if (!search_fits(&c->search, i) || !alike(&c->layouts[i], found))
			continue;
		if (c->nfits == 0 || c->fits[c->nfits - 1] != c->layouts[i].release)
			c->fits[c->nfits++] = c->layouts[i].release;
		claims = alike_claims(c->layouts[i].release);
		if (claims < least) {
			least = claims;
			c->layout = c->layouts[i];
			c->search.preferred = i;
		}
	}
	c->sure = c->nfits > 1 ? CARVE_ALIKE : CARVE_RELEASE;
}

/* Decides which extent the record found belongs to, and its layout. The layout number `place` fits. */
static void
settle(struct carve *c, size_t place)
{
	const struct layout found = c->layouts[place];
	const size_t size = search_record_size(&found);

	c->begins = true;
	if (is_headed(c, &found))
		return;
	if (!c->is_new && c->count > 0 && alike(&c->layout, &found) && search_fits(&c->search, c->search.preferred) &&
	    c->offset == c->follows) {
		c->begins = false;
		return;
	}
	forget_header(c);
	choose_least(c, &found);
	c->offset = c->offset + size - search_record_size(&c->layout);
}

/* Reports offsets that were not tried, once there are records. False: all were tried. */
static bool
tell_missed(struct carve *c, struct rawlog_damage *damage)
{
	const struct budget b = c->search.budget;
	char text[RAWLOG_REASON_MAX];

	if (c->count == 0 || !budget_tell_missed(&c->search.budget, text, sizeof text))
		return false;
	damage_describe(damage, DAMAGE_UNTRIED, b.from, b.to - b.from, c->count, "%s", text);
	return true;
}

/* Describes that there is no record up to `end`. */
static enum rawlog_result
refuse(struct carve *c, uint64_t end, struct rawlog_damage *damage)
{
	char text[RAWLOG_REASON_MAX];

	damage_describe(damage, DAMAGE_NO_RECORD, 0, end, 0, "there are no records in it");
	if (budget_tell_missed(&c->search.budget, text, sizeof text))
		damage_add(damage, "; %s", text);
	return RAWLOG_REFUSED;
}

/* The search is complete. Reports once what is wrong with the end of the input. */
static enum rawlog_result
finish(struct carve *c, struct rawlog_damage *damage, int *error)
{
	const uint64_t end = file_end(c->file);
	const uint64_t lost = file_lost(c->file);
	const bool early = file_flaw(c->file) != NULL || lost > 0;

	c->ended = true;
	if (c->file->error != 0) {
		*error = c->file->error;
		return RAWLOG_FAILED;
	}
	if (c->count == 0)
		return refuse(c, end, damage);
	if (records_end(&c->records) > end)
		records_describe_cut(&c->records, end, damage);
	else if (early)
		damage_describe(damage, DAMAGE_TRUNCATED, end, file_is_packed(c->file) ? 0 : lost, c->count,
		    "the file ends here");
	else
		return tell_missed(c, damage) ? RAWLOG_DAMAGED : RAWLOG_END;
	records_describe_end(&c->records, damage);
	return RAWLOG_DAMAGED;
}

static enum rawlog_result
fail(int *error)
{
	*error = ENOMEM;
	return RAWLOG_FAILED;
}

enum rawlog_result
carve_next(struct carve *c, struct rawlog_damage *damage, int *error)
{
	enum search_result result = SEARCH_NONE;
	uint64_t until, searched;
	size_t place, got;

	if (records_take_fault(&c->records, damage))
		return RAWLOG_DAMAGED;
	if (tell_missed(c, damage))
		return RAWLOG_DAMAGED;
	if (c->ended)
		return RAWLOG_END;
	while (result == SEARCH_NONE) {
		until = c->next + PIECE;
		c->search.keep = c->headed < c->next ? c->headed : c->next;
		file_hold(c->file, c->search.keep);
		file_at(c->file, c->next, PIECE, &got);
		result = search_next(&c->search, c->file, c->next, until, &c->offset, &place);
		if (result == SEARCH_NO_MEMORY)
			return fail(error);
		searched = result == SEARCH_FOUND ? c->offset : until - c->search.record_max;
		if (!look_for_headers(c, searched))
			return fail(error);
		if (result == SEARCH_NONE && got < PIECE)
			return finish(c, damage, error);
		c->next = searched;
	}
	settle(c, place);
	return RAWLOG_OK;
}

/* Moves `records` to the current record, with the remaining budget. */
static bool
go_to_record(struct carve *c)
{
	struct records *r = &c->records;

	if (!c->has_records || c->begins) {
		records_free(r);
		c->has_records = true;
		if (records_init(r, c->file, &c->layout, &c->headers, c->offset, c->offset) != 0)
			return false;
	}
	records_go_to(r, c->offset, c->count, &c->search);
	return true;
}

void
carve_begin(struct carve *c, struct part *part)
{
	part_lose(part, c->offset);
	part->layout = c->layout;
	alike_names(c->names, sizeof c->names, c->fits, c->nfits);
	if (c->header != NULL)
		part->offset = c->header_offset;
	part->header = c->header;
	part->facts = c->facts;
	c->header = NULL;
}

enum rawlog_result
carve_take(struct carve *c, struct rawlog_sample *sample, int *error)
{
	struct rawlog_damage damage;
	enum rawlog_result result;

	if (!go_to_record(c))
		return fail(error);
	result = records_find(&c->records, sample->record, &sample->frame, &damage, error);
	if (result != RAWLOG_OK) {
		*error = result == RAWLOG_FAILED ? *error : EIO; /* it was there a moment ago */
		return RAWLOG_FAILED;
	}
	c->is_new = false;
	c->next = records_leave(&c->records, &c->search, &c->follows);
	c->headed = c->headed < c->next ? c->next : c->headed;
	sample->header_fault = records_has_fault(&c->records);
	rawlog_sample_set_candidates(sample, records_candidates(&c->records));
	rawlog_sample_begin(sample, c->file, c->count++);
	return RAWLOG_OK;
}
