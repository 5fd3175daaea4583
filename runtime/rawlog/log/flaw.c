/*
 * flaw: runs the checks of the schemas on a rawheader or a rawrecord.
 */
#include <stdlib.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/flaw.h"

const char *
flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host)
{
	const struct catalog_release *r = layout->release;
	const char *flaw = r->rawheader_zeros != NULL ? r->rawheader_zeros(p, layout->model) : NULL;

	return flaw == NULL && r->rawheader_flaw != NULL ? r->rawheader_flaw(host, NULL) : flaw;
}

/* The first check of the layout's release that fails for the record at `p`, whose host struct is `host`. NULL: none. */
static const char *
judge(const struct layout *layout, const unsigned char *p, const void *host)
{
	const struct catalog_release *r = layout->release;
	const char *flaw = r->rawrecord_zeros != NULL ? r->rawrecord_zeros(p, layout->model) : NULL;

	return flaw == NULL && r->rawrecord_flaw != NULL ? r->rawrecord_flaw(host, host) : flaw;
}

/* The same for another release, for which the record is decoded first. */
static enum flaw_result
decode_and_judge(const struct layout *layout, const unsigned char *p, const char **why)
{
	const struct catalog_struct *s = layout->release->rawrecord;
	void *host = host_new(s);
	struct fault fault;

	if (host == NULL)
		return FLAW_NO_MEMORY;
	*why = s->decode(host, p, s->size[layout->model], layout->model, layout->order, &fault)
	    ? judge(layout, p, host)
	    : "it cannot be decoded";
	free(host);
	return *why == NULL ? FLAW_NONE : FLAW_FOUND;
}

enum flaw_result
flaw_of_record(const struct layout *layout, const struct recorder_candidates *candidates, const unsigned char *p,
    const void *host, const char **why)
{
	const bool is_candidate = recorder_may_be(candidates, layout->release);
	enum flaw_result result;
	const char *other_why;

	*why = is_candidate ? judge(layout, p, host) : NULL;
	if (is_candidate && *why == NULL)
		return FLAW_NONE;
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct layout other = { catalog_releases[i], layout->model, layout->order };

		if (other.release == layout->release || !recorder_may_be(candidates, other.release) ||
		    !alike(&other, layout))
			continue;
		result = decode_and_judge(&other, p, &other_why);
		if (result == FLAW_NONE)
			*why = NULL;
		if (result != FLAW_FOUND)
			return result;
		if (*why == NULL)
			*why = other_why;
	}
	return *why == NULL ? FLAW_NONE : FLAW_FOUND;
}
