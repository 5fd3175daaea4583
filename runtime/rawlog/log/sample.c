/*
 * sample: the buffers of a sample, which are made for one layout after the other.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/sample.h"
#include "rawlog/rawlog_pack.h"

/* Frees the buffers for structs of one release. */
static void
free_structs(struct rawlog_sample *sample)
{
	for (size_t i = 0; i < CATALOG_BLOCKS_MAX; i++) {
		free(sample->hosts[i]);
		sample->hosts[i] = NULL;
	}
	free(sample->record);
	free(sample->no_header);
	free(sample->held_host);
	sample->held_host = NULL;
	sample->held = NULL;
	sample->record = sample->no_header = NULL;
	cgroups_free(&sample->groups);
	sample->fits = NULL;
}

int
rawlog_sample_fit(struct rawlog_sample *sample, const struct layout *layout)
{
	if (sample->fits != layout->release) {
		free_structs(sample);
		sample->record = host_new(layout->release->rawrecord);
		sample->no_header = host_new(layout->release->rawheader);
		if (sample->record == NULL || sample->no_header == NULL)
			return ENOMEM;
		cgroups_init(&sample->groups, layout);
		sample->fits = layout->release;
	}
	sample->layout = layout;
	sample->groups.layout = layout;
	return 0;
}

void
rawlog_sample_free(struct rawlog_sample *sample)
{
	free_structs(sample);
	block_free(&sample->block);
	rawlog_pack_delete(sample->pack);
	sample->pack = NULL;
}

void
rawlog_sample_set_candidates(struct rawlog_sample *sample, const struct recorder_candidates *candidates)
{
	const struct catalog_release *held = recorder_first(candidates, sample->layout);

	if (sample->held != held) {
		free(sample->held_host);
		sample->held_host = NULL;
	}
	sample->held = held;
	sample->candidates = *candidates;
}

void
rawlog_sample_begin(struct rawlog_sample *sample, struct file *file, uint64_t number)
{
	sample->file = file;
	sample->number = number;
	sample->offset = sample->frame.offset;
	sample->finished = true;
	sample->has_groups = false;
	sample->of = NULL;
	sample->faults = sample->nulls = 0;
	sample->unverified = false;
}
