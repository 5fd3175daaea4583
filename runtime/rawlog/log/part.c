/*
 * part: decodes and checks the header of each log in a file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/flaw.h"
#include "rawlog/log/part.h"

void
part_free(struct part *part)
{
	free(part->header);
	part->header = NULL;
	part->flaw = NULL;
	memset(&part->facts, 0, sizeof part->facts);
}

void
part_lose(struct part *part, uint64_t offset)
{
	part_free(part);
	part->number++;
	part->offset = part->begin = offset;
}

int
part_read(struct part *part, struct file *file, uint64_t offset, const struct layout *layout)
{
	const struct catalog_struct *rawheader = layout->release->rawheader;
	struct fault fault;
	const unsigned char *p;
	size_t got;

	part_lose(part, offset);
	part->layout = *layout;
	part->begin = offset + rawheader->size[layout->model];
	part->header = host_new(rawheader);
	if (part->header == NULL)
		return ENOMEM;
	p = file_at(file, offset, rawheader->size[layout->model], &got);
	if (rawheader->decode(part->header, p, got, layout->model, layout->order, &fault))
		layout->release->header_facts(part->header, &part->facts);
	if (part->facts.magic != layout->release->magic)
		part_free(part);
	else if (part->facts.aversion == layout->release->aversion) /* else the layout is one that was chosen */
		part->flaw = flaw_of_header(layout, p, part->header);
	if (file->error != 0)
		part_free(part);
	return file->error;
}
