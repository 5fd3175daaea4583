/*
 * flaw: see flaw.h.
 */
#include "flaw.h"

const char *
flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host)
{
	const struct catalog_release *r = layout->release;
	const char *flaw = r->rawheader_zeros != NULL ? r->rawheader_zeros(p, layout->model) : NULL;

	return flaw == NULL && r->rawheader_flaw != NULL ? r->rawheader_flaw(host, NULL) : flaw;
}

const char *
flaw_of_record(const struct layout *layout, const unsigned char *p, const void *host)
{
	const struct catalog_release *r = layout->release;
	const char *flaw = r->rawrecord_zeros != NULL ? r->rawrecord_zeros(p, layout->model) : NULL;

	return flaw == NULL && r->rawrecord_flaw != NULL ? r->rawrecord_flaw(host, host) : flaw;
}
