/*
 * findings: an index of logs by file and part; messages in the order in which they come.
 */
#include "atopdump/page/findings.h"

#include <string.h>

void
findings_init(struct findings *f, struct strings *strings)
{
	*f = (struct findings){ .strings = strings,
		.logs = { .size = sizeof(struct finding_log) },
		.list = { .size = sizeof(struct finding) } };
}

void
findings_free(struct findings *f)
{
	chunks_free(&f->logs);
	chunks_free(&f->list);
	hash_index_free(&f->index);
}

static uint64_t
hash_of(uint32_t file, uint64_t part)
{
	return hash_mix(hash_mix(1, file), part);
}

static uint64_t
hash_of_item(const void *context, uint32_t item)
{
	const struct finding_log *log = findings_log_at(context, item);

	return hash_of(log->file, log->part);
}

/* Makes a log the current one, and adds it if it is new. */
static bool
find(struct findings *f, uint32_t file, uint64_t part)
{
	const uint64_t hash = hash_of(file, part);
	struct finding_log *added;
	struct hash_walk walk;

	for (f->current = hash_index_first(&walk, &f->index, hash); f->current != HASH_INDEX_END;
	     f->current = hash_index_next(&walk))
		if (findings_log_at(f, f->current)->file == file && findings_log_at(f, f->current)->part == part)
			return true;
	added = chunks_add(&f->logs);
	if (added == NULL)
		return false;
	*added = (struct finding_log){ .file = file, .part = part };
	f->current = f->logs.count - 1;
	if (hash_index_add(&f->index, hash, f->current, hash_of_item, f))
		return true;
	chunks_drop(&f->logs);
	return false;
}

bool
findings_begin(struct findings *f, const struct format_log *log)
{
	const uint32_t file = strings_add(f->strings, log->file, strlen(log->file));
	struct finding_log *current;

	if (file == STRING_NONE || !find(f, file, log->part))
		return false;
	current = findings_log_at(f, f->current);
	current->release = log->release;
	current->model = log->model;
	if (log->host != NULL)
		current->host = strings_add(f->strings, log->host, strnlen(log->host, log->host_size));
	return log->host == NULL || current->host != STRING_NONE;
}

void
findings_count(struct findings *f, int64_t time)
{
	struct finding_log *log = findings_log_at(f, f->current);

	if (log->nsamples == 0 || time < log->first)
		log->first = time;
	if (log->nsamples == 0 || time > log->last)
		log->last = time;
	log->nsamples++;
}

bool
findings_add(struct findings *f, enum finding_kind kind, const char *text)
{
	struct finding_log *log = findings_log_at(f, f->current);
	struct finding *added;
	uint32_t string;

	if (log->count[kind]++ >= FINDINGS_MAX)
		return true;
	string = strings_add(f->strings, text, strlen(text));
	added = string != STRING_NONE ? chunks_add(&f->list) : NULL;
	if (added == NULL)
		return false;
	*added = (struct finding){ f->current, kind, string };
	return true;
}

bool
findings_add_file(struct findings *f, const char *path, const char *text)
{
	const uint32_t current = f->current, file = strings_add(f->strings, path, strlen(path));
	bool done = file != STRING_NONE && find(f, file, 0);

	done = done && findings_add(f, FINDING_DAMAGE, text);
	f->current = current;
	return done;
}
