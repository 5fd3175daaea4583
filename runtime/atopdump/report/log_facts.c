/*
 * log_facts: a walk over the records, which adds each to the facts.
 */
#include "atopdump/report/log_facts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "atopdump/dump/intake.h"
#include "print/format/describe.h"
#include "rawlog/log/damage.h"

#define BOOT_WOBBLE 2 /* seconds by which the boot times of one boot differ */

/* The reading of one file. */
struct reading {
	const struct facts_options *options;
	struct rawlog *log;
	struct rawlog_sample *sample;
	struct log_facts facts; /* of the current log */
	const char *packed;     /* how the file is compressed, if an archive reader undoes it; NULL: it does not */
	enum rawlog_result result;
};

/* --- a log -------------------------------------------------------------------------------------------------- */

static void
set_text(struct facts_text *text, const char *bytes, size_t size)
{
	const char *end = memchr(bytes, '\0', size);

	text->known = true;
	text->size = end != NULL ? (size_t)(end - bytes) : size;
	if (text->size > FACTS_TEXT_MAX)
		text->size = FACTS_TEXT_MAX;
	memcpy(text->bytes, bytes, text->size);
}

/* A text of the header. */
static void
set_member(struct facts_text *text, const struct rawlog *log, const char *path)
{
	struct rawlog_value value;

	if (rawlog_header(log) != NULL && rawlog_value(rawlog_header_type(log), rawlog_header(log), 0, path, &value) &&
	    value.kind == RAWLOG_TEXT)
		set_text(text, value.bytes, value.size);
}

static void
add_release(struct log_facts *f, const struct rawlog *log)
{
	for (size_t i = 0; i < f->nreleases; i++)
		if (strcmp(f->releases[i], rawlog_release(log)) == 0)
			return;
	if (f->nreleases < FACTS_RELEASES_MAX)
		f->releases[f->nreleases++] = rawlog_release(log);
}

/* Begins the facts of the current log; those of the file stay. */
static void
begin_log(struct reading *r)
{
	struct log_facts *f = &r->facts;
	const char *host;
	size_t size;

	*f = (struct log_facts){
		.file = f->file,
		.has_size = f->has_size,
		.size = f->size,
		.compression = r->packed != NULL ? r->packed : rawlog_compression(r->log),
		.member = f->member,
		.part = rawlog_number(r->log),
		.model = rawlog_model(r->log),
		.is_big_endian = rawlog_is_big_endian(r->log),
		.checked = r->options->check,
	};
	add_release(f, r->log);
	size = rawlog_host(r->log, &host);
	if (size > 0)
		set_text(&f->host, host, size);
	set_member(&f->kernel, r->log, "utsname.release");
	set_member(&f->machine, r->log, "utsname.machine");
}

/* --- a sample ----------------------------------------------------------------------------------------------- */

static void
add_boot(struct log_facts *f, int64_t time)
{
	const size_t listed = f->nboots < FACTS_BOOTS_MAX ? (size_t)f->nboots : FACTS_BOOTS_MAX;

	for (size_t i = 0; i < listed; i++)
		if (f->boots[i] <= time + BOOT_WOBBLE && time <= f->boots[i] + BOOT_WOBBLE)
			return;
	if (listed < FACTS_BOOTS_MAX)
		f->boots[listed] = time;
	f->nboots++;
}

static void
add_interval(struct log_facts *f, uint64_t seconds)
{
	if (f->nlengths == 0 || seconds < f->shortest)
		f->shortest = seconds;
	if (seconds > f->longest)
		f->longest = seconds;
	for (size_t i = 0; i < f->nlengths; i++)
		if (f->lengths[i].seconds == seconds) {
			f->lengths[i].count++;
			return;
		}
	if (f->nlengths < FACTS_LENGTHS_MAX)
		f->lengths[f->nlengths++] = (struct facts_length){ seconds, 1 };
}

static void
add_features(struct log_facts *f, const struct rawlog_sample *sample)
{
	const char *name;
	size_t k;
	bool has;

	for (size_t i = 0; (name = rawlog_feature(sample, i, &has)) != NULL; i++) {
		for (k = 0; k < f->nfeatures && strcmp(f->features[k].name, name) != 0; k++)
			continue;
		if (k == FACTS_FEATURES_MAX)
			continue;
		if (k == f->nfeatures)
			f->features[f->nfeatures++] = (struct facts_feature){ name, 0 };
		f->features[k].count += has;
	}
}

/* The structs that the record counts in the block of that role. False: the release has no such block. */
static bool
add_count(uint64_t *sum, const struct rawlog_sample *sample, const char *role)
{
	const size_t block = rawlog_find_block(sample, role);
	struct rawlog_extent extent;

	if (block == RAWLOG_NONE)
		return false;
	rawlog_block_extent(sample, block, &extent);
	*sum += extent.count;
	return true;
}

static void
add_sample(struct log_facts *f, const struct rawlog_sample *sample)
{
	const int64_t time = rawlog_sample_time(sample);
	const uint64_t interval = rawlog_sample_interval(sample);

	if (f->samples == 0)
		f->first = time;
	f->last = time;
	f->runs += f->samples == 0 || rawlog_sample_since_boot(sample);
	f->samples++;
	if (!rawlog_sample_since_boot(sample))
		add_interval(f, interval);
	else if (interval <= INT32_MAX && time > INT32_MIN)
		add_boot(f, time - (int64_t)interval);
	add_count(&f->tasks, sample, "tstat");
	f->has_cgroups = add_count(&f->cgroups, sample, "cstat");
	add_features(f, sample);
}

/* --- the walk ----------------------------------------------------------------------------------------------- */

static void
note_damage(struct reading *r, const struct rawlog_damage *damage)
{
	char text[DESCRIBE_MAX];

	r->facts.damages++;
	if (r->result == RAWLOG_OK)
		r->result = RAWLOG_DAMAGED;
	describe_damage(text, damage);
	r->options->report(r->facts.file, text);
	if (r->options->take_loss != NULL)
		r->options->take_loss(r->options->context, &r->facts, damage);
}

static void
note_gap(struct reading *r, const struct rawlog_damage *gap)
{
	struct log_facts *f = &r->facts;
	struct facts_gap *to;

	if (r->options->take_loss != NULL)
		r->options->take_loss(r->options->context, f, gap);
	if (f->gaps++ >= FACTS_GAPS_MAX)
		return;
	to = &f->gap_list[f->gaps - 1];
	*to = (struct facts_gap){ gap->offset, gap->sample, gap->from, gap->to, gap->interval, "" };
	memcpy(to->reason, gap->reason, sizeof to->reason);
}

static void
note_failure(struct reading *r, int error)
{
	r->result = RAWLOG_FAILED;
	r->options->report(r->facts.file, strerror(error));
}

/* Inflates and decodes all structs of a block. */
static void
check_block(struct reading *r, size_t block)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	const void *host;
	int error;

	rawlog_block(r->sample, block);
	while (
	    r->result != RAWLOG_FAILED && (result = rawlog_struct(r->sample, &host, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_DAMAGED)
			note_damage(r, &damage);
		else if (result == RAWLOG_GAP)
			note_gap(r, &damage);
		else if (result != RAWLOG_OK)
			note_failure(r, error);
	}
}

static void
check_sample(struct reading *r)
{
	int error;

	if (rawlog_groups(r->sample, &error) != RAWLOG_OK)
		note_failure(r, error);
	for (size_t i = 0; i < rawlog_nblocks(r->sample) && r->result != RAWLOG_FAILED; i++)
		check_block(r, i);
}

static void
take_log(struct reading *r)
{
	r->options->take(r->options->context, &r->facts);
}

static void
read_all(struct reading *r)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	begin_log(r);
	while (r->result != RAWLOG_FAILED && (result = rawlog_next(r->log, r->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK) {
			add_sample(&r->facts, r->sample);
			if (r->options->take_sample != NULL)
				r->options->take_sample(r->options->context, &r->facts, r->sample);
			if (r->options->check)
				check_sample(r);
		} else if (result == RAWLOG_DAMAGED) {
			note_damage(r, &damage);
		} else if (result == RAWLOG_GAP) {
			note_gap(r, &damage);
		} else if (result == RAWLOG_NEXT_LOG) {
			take_log(r);
			begin_log(r);
		} else if (result == RAWLOG_NEXT_RUN) {
			add_release(&r->facts, r->log);
		} else {
			note_failure(r, error);
		}
	}
	if (r->result != RAWLOG_FAILED)
		take_log(r);
}

/* Notes the size of the file that the offer is, and how it is compressed; a member of an archive is no file. */
static void
look_at_file(struct reading *r, const struct intake *intake)
{
	const struct intake_offer *offer = &intake->offer;
	const bool packed = offer->source.feed != NULL && !offer->member;
	const int fd = packed ? intake->fd : offer->source.fd;
	struct stat st;

	r->facts.file = offer->path;
	r->facts.member = offer->member;
	r->packed = packed ? intake->kind->name : NULL;
	r->facts.has_size = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (r->facts.has_size)
		r->facts.size = (uint64_t)st.st_size;
}

/* Counts the offer among the files of its folder that are passed over. */
static void
pass_over(struct reading *r, const struct intake *intake, const char *why, bool packed)
{
	char text[INTAKE_TEXT_MAX + 16];

	intake->offer.folder->passed++;
	if (r->options->quiet || (!packed && !r->options->verbose))
		return;
	snprintf(text, sizeof text, "passed over: %s", why);
	r->options->report(intake->offer.path, text);
}

/* Reports why the offer is not read. `packed`: what is in it may be a log. RAWLOG_END: it is passed over. */
static enum rawlog_result
refuse(struct reading *r, const struct intake *intake, enum rawlog_result result, const char *why, bool strange,
    bool packed)
{
	struct inputs_folder *folder = intake->offer.folder;

	if (folder != NULL && result == RAWLOG_REFUSED && (strange || packed)) {
		pass_over(r, intake, why, packed);
		return RAWLOG_END;
	}
	if (folder != NULL)
		folder->answers = true;
	r->options->report(intake->offer.path, why);
	return result;
}

/* Opens the log. RAWLOG_END: it is passed over. */
static enum rawlog_result
open_log(struct reading *r, const struct intake *intake)
{
	const struct intake_offer *offer = &intake->offer;
	struct rawlog_error error;
	char text[INTAKE_TEXT_MAX];
	enum rawlog_result result;

	if (offer->end != RAWLOG_OK)
		return refuse(r, intake, offer->end, offer->why, offer->strange, false);
	look_at_file(r, intake);
	result = rawlog_open_source(&r->log, &offer->source, false, r->options->layout, &error);
	if (result == RAWLOG_REFUSED) {
		intake_explain(intake, &error, text);
		return refuse(r, intake, result, text, error.strange, error.unpack != NULL);
	}
	if (result != RAWLOG_OK)
		return refuse(r, intake, result, strerror(error.code), false, false);
	if (offer->folder != NULL)
		offer->folder->answers = true;
	return RAWLOG_OK;
}

enum rawlog_result
log_facts_read(struct intake *intake, const struct facts_options *options)
{
	struct reading r = { .options = options, .result = RAWLOG_OK };
	const enum rawlog_result opened = open_log(&r, intake);

	if (opened != RAWLOG_OK)
		return opened == RAWLOG_END ? RAWLOG_OK : opened;
	r.sample = rawlog_sample_new();
	if (r.sample != NULL)
		read_all(&r);
	else
		note_failure(&r, ENOMEM);
	rawlog_sample_delete(r.sample);
	rawlog_close(r.log);
	return r.result;
}

uint64_t
log_facts_interval(const struct log_facts *facts)
{
	struct facts_length best = { 0, 0 };

	for (size_t i = 0; i < facts->nlengths; i++)
		if (facts->lengths[i].count > best.count)
			best = facts->lengths[i];
	return best.seconds;
}
