/*
 * rawlog_feature: which optional data a sample has. The catalog's functions read its record and the log's header.
 */
#include "rawlog/log/sample.h"
#include "rawlog/rawlog.h"

const char *
rawlog_feature(const struct rawlog_sample *sample, size_t i, bool *has)
{
	const struct catalog_release *release = sample->layout->release;
	const void *header = sample->header != NULL ? sample->header : sample->no_header;

	if (i >= release->nfeatures)
		return NULL;
	*has = (release->has(header, sample->record) >> i & 1) != 0;
	return release->features[i].name;
}
