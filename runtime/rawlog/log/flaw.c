/*
 * flaw: see flaw.h.
 */
#include <stdlib.h>

#include "rawlog/log/alike.h"
#include "rawlog/log/flaw.h"

const char *
flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host)
{
	const struct catalog_release *r = layout->release;
	const char *flaw = r->rawheader_zeros != NULL ? r->rawheader_zeros(p, layout->model) : NULL;

	return flaw == NULL && r->rawheader_flaw != NULL ? r->rawheader_flaw(host, NULL) : flaw;
}

/* What the release of `layout` finds wrong with the record at `p`, whose host struct is `host`. NULL: nothing. */
static const char *
judge(const struct layout *layout, const unsigned char *p, const void *host)
{
	const struct catalog_release *r = layout->release;
	const char *flaw = r->rawrecord_zeros != NULL ? r->rawrecord_zeros(p, layout->model) : NULL;

	return flaw == NULL && r->rawrecord_flaw != NULL ? r->rawrecord_flaw(host, host) : flaw;
}

/* Whether the release of `layout` can have written the record at `p`: FLAW_NONE, _FOUND or _NO_MEMORY. */
static enum flaw_result
accepts(const struct layout *layout, const unsigned char *p)
{
	const struct catalog_struct *s = layout->release->rawrecord;
	void *host = calloc(1, s->definition->size > 0 ? s->definition->size : 1);
	struct fault fault;
	bool good;

	if (host == NULL)
		return FLAW_NO_MEMORY;
	good = s->decode(host, p, s->size[layout->model], layout->model, layout->order, &fault) &&
	    judge(layout, p, host) == NULL;
	free(host);
	return good ? FLAW_NONE : FLAW_FOUND;
}

enum flaw_result
flaw_of_record(const struct layout *layout, const unsigned char *p, const void *host, const char **why)
{
	enum flaw_result result;

	*why = judge(layout, p, host);
	if (*why == NULL)
		return FLAW_NONE;
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct layout other = {catalog_releases[i], layout->model, layout->order};

		if (other.release == layout->release || !alike(&other, layout))
			continue;
		result = accepts(&other, p);
		if (result != FLAW_FOUND)
			return result == FLAW_NONE ? FLAW_FOREIGN : result;
	}
	return FLAW_FOUND;
}
