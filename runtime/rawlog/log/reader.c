/*
 * reader: opens a file, and walks over the logs, runs and samples in it. headers and part know the logs, records the
 * samples, and recorder the releases that wrote the runs.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/catalog/host.h"
#include "rawlog/io/filekind.h"
#include "rawlog/log/headers.h"
#include "rawlog/log/reader.h"
#include "rawlog/log/records.h"

struct rawlog {
	struct file file;
	struct carve *carve; /* looks for records among any bytes; NULL: the log is read from its beginning */
	struct headers headers;
	struct part part; /* the current one */
	struct records records;
	struct recorder recorder;
	struct recorder_run run; /* the current one */
	struct layout layout;    /* that the run is read as */
	void *record;            /* host struct of a rawrecord, of the layout that the header states */
	uint64_t restarts;       /* runs of atop that began in the log before that of the sample returned last */
	bool pending;            /* the record found last has not been returned */
	bool chosen;             /* the caller chose the release; runs are not judged */
};

/* Prepares an open file for its first sample. RAWLOG_OK, _REFUSED or _FAILED, as opening then does. */
typedef enum rawlog_result opener(struct rawlog *log, const struct choice *choice, struct rawlog_error *error);

/* Prepares for the runs of the current log. 0, or an errno. */
static int
begin_runs(struct rawlog *log)
{
	free(log->record);
	log->record = host_new(log->part.layout.release->rawrecord);
	log->layout = log->part.layout;
	log->run = (struct recorder_run){ .number = log->run.number + 1,
		.stated = log->layout.release,
		.shown = log->layout.release };
	if (log->record == NULL)
		return ENOMEM;
	return log->chosen ? 0 : recorder_init(&log->recorder, &log->part.layout);
}

static bool
has_magic(struct file *file)
{
	const unsigned char *p;
	size_t got;

	p = file_at(file, 0, HEADERS_MAGIC_SIZE, &got);
	return header_has_magic(p, got);
}

/* Adds to the refusal of a file that its bytes are inside gzip. */
static void
say_packed(struct rawlog_error *error)
{
	struct rawlog_error inner = *error;

	snprintf(error->text, sizeof error->text, "inside gzip: %.*s", (int)(sizeof error->text - 16), inner.text);
}

/* Finds the layout: the chosen one, or the one that the header states. */
static enum rawlog_result
recognise(struct rawlog *log, const struct choice *choice, struct layout *layout, struct rawlog_error *error)
{
	const unsigned char *p;
	enum header_result result;
	const struct filekind *kind;
	size_t got;

	p = file_at(&log->file, 0, header_size_max(), &got);
	result = log->chosen ? choice_find(choice, &log->file, layout, error->text)
			     : header_identify(p, got, layout, error->text);
	if (result == HEADER_STRANGE && file_is_packed(&log->file))
		say_packed(error);
	kind = result == HEADER_STRANGE ? filekind_find(p, got) : NULL;
	error->unpack = kind != NULL && kind->packing != FILEKIND_PLAIN ? kind->tool : NULL;
	if (error->unpack != NULL && file_is_packed(&log->file))
		error->unpack = "gzip -dc";
	if (result == HEADER_REFUSED || result == HEADER_STRANGE) {
		const enum header_result others = choice_suggest(&log->file, error->text);

		error->strange = others == HEADER_REFUSED && !has_magic(&log->file);
		result = others == HEADER_NO_MEMORY ? others : result;
	}
	if (log->file.error != 0 || result == HEADER_NO_MEMORY) {
		error->code = log->file.error != 0 ? log->file.error : ENOMEM;
		return RAWLOG_FAILED;
	}
	return result == HEADER_OK ? RAWLOG_OK : RAWLOG_REFUSED;
}

/* Finds the layout, reads the header, and prepares for the records. */
static enum rawlog_result
read_header(struct rawlog *log, const struct choice *choice, struct rawlog_error *error)
{
	struct layout layout;
	const enum rawlog_result result = recognise(log, choice, &layout, error);

	if (result != RAWLOG_OK)
		return result;
	error->code = part_read(&log->part, &log->file, 0, &layout);
	if (error->code == 0 && !headers_init(&log->headers, choice))
		error->code = ENOMEM;
	if (error->code == 0)
		error->code = records_init(&log->records, &log->file, &log->part.layout, &log->headers, 0,
		    log->part.begin);
	if (error->code == 0)
		error->code = begin_runs(log);
	return error->code == 0 ? RAWLOG_OK : RAWLOG_FAILED;
}

/* Prepares to look for records. */
static enum rawlog_result
begin_carving(struct rawlog *log, const struct choice *choice, struct rawlog_error *error)
{
	log->carve = carve_new(&log->file, choice);
	error->code = log->carve == NULL ? ENOMEM : 0;
	return log->carve == NULL ? RAWLOG_FAILED : RAWLOG_OK;
}

/*
 * Finishes opening with `begin`: `opened` is 0 if the file of `log` is open, or an errno. Frees `log` after failure.
 */
static enum rawlog_result
finish_open(struct rawlog **made, struct rawlog *log, int opened, const struct choice *choice,
    struct rawlog_error *error, opener *begin)
{
	enum rawlog_result result;

	if (opened != 0) {
		error->code = opened;
		free(log);
		return RAWLOG_FAILED;
	}
	log->chosen = choice != NULL && choice->release != NULL;
	result = begin(log, choice, error);
	if (result != RAWLOG_OK) {
		rawlog_close(log);
		return result;
	}
	*made = log;
	return RAWLOG_OK;
}

/* Opens the file of a log. 0, or an errno; the descriptor is closed then. */
static int
open_source(struct file *file, const struct rawlog_source *source)
{
	const void *start = source->size > 0 ? source->start : "";

	return source->feed != NULL ? file_open_feed(file, source->feed)
				    : file_open_begun(file, source->fd, start, source->size, &source->watch);
}

enum rawlog_result
rawlog_open_from(struct rawlog **log, const struct rawlog_source *source, bool carve, const struct choice *choice,
    struct rawlog_error *error)
{
	struct rawlog *l = calloc(1, sizeof *l);

	if (l == NULL && source->feed == NULL && source->fd > STDIN_FILENO)
		close(source->fd);
	return finish_open(log, l, l == NULL ? ENOMEM : open_source(&l->file, source), choice, error,
	    carve ? begin_carving : read_header);
}

enum rawlog_result
rawlog_open_bytes(struct rawlog **log, const void *bytes, size_t size, const struct choice *choice,
    struct rawlog_error *error)
{
	struct rawlog *l = calloc(1, sizeof *l);

	return finish_open(log, l, l == NULL ? ENOMEM : file_open_memory(&l->file, bytes, size), choice, error,
	    read_header);
}

void
rawlog_close(struct rawlog *log)
{
	records_free(&log->records);
	headers_free(&log->headers);
	carve_free(log->carve);
	part_free(&log->part);
	recorder_free(&log->recorder);
	free(log->record);
	file_close(&log->file);
	free(log);
}

const struct layout *
rawlog_layout(const struct rawlog *log)
{
	return &log->layout;
}

const struct recorder_run *
rawlog_run(const struct rawlog *log)
{
	return &log->run;
}

const struct carve *
rawlog_carving(const struct rawlog *log)
{
	return log->carve;
}

struct file *
rawlog_file(struct rawlog *log)
{
	return &log->file;
}

void
rawlog_on_wait(struct rawlog *log, void (*waits)(void *context), void *context)
{
	file_on_wait(&log->file, waits, context);
}

const void *
rawlog_header(const struct rawlog *log)
{
	return log->part.header;
}

const struct header_facts *
rawlog_facts(const struct rawlog *log)
{
	return &log->part.facts;
}

const struct part *
rawlog_part(const struct rawlog *log)
{
	return &log->part;
}

/* Makes the log at which the record walk has arrived the current one. */
static enum rawlog_result
enter_log(struct rawlog *log, int *error)
{
	struct records *r = &log->records;

	*error = 0;
	if (r->begins == RECORDS_HEADED_LOG)
		*error = part_read(&log->part, &log->file, r->next, &r->next_layout);
	else
		part_lose(&log->part, r->next);
	if (*error == 0)
		*error = records_turn(r);
	if (*error == 0)
		*error = begin_runs(log);
	log->restarts = 0;
	return *error == 0 ? RAWLOG_NEXT_LOG : RAWLOG_FAILED;
}

/*
 * Finds the release that the run is read as, which the record just found begins. RAWLOG_OK; _NEXT_RUN: it is another
 * release than before, or contradicts the header; _FAILED.
 */
static enum rawlog_result
judge_run(struct rawlog *log, int *error)
{
	const struct catalog_release *before = log->run.shown;

	*error = recorder_judge_run(&log->recorder, &log->file, &log->records.last, &log->run);
	if (*error == 0)
		*error = records_set_run(&log->records, log->record, &log->run.candidates);
	if (*error != 0)
		return RAWLOG_FAILED;
	log->run.sample = log->records.count - 1;
	log->layout.release = log->run.shown;
	if (log->run.shown == before && !log->run.contradicts)
		return RAWLOG_OK;
	log->run.number++;
	log->pending = true;
	return RAWLOG_NEXT_RUN;
}

/* Counts the runs of atop in the log: each begins with a sample that counts since boot. */
static void
count_run(struct rawlog *log, struct rawlog_sample *sample, uint64_t number)
{
	if (number > 0 && sample->frame.facts.since_boot)
		log->restarts++;
	sample->run = log->restarts;
}

/* Makes `host` the record found last, decoded by the layout of the run. False: its bytes cannot be read any more. */
static bool
copy_record(struct rawlog *log, void *host)
{
	const struct catalog_struct *rawrecord = log->layout.release->rawrecord;
	struct fault fault;
	const unsigned char *p;
	size_t got;

	if (rawrecord == log->part.layout.release->rawrecord) {
		memcpy(host, log->record, rawrecord->definition->size);
		return true;
	}
	p = file_at(&log->file, log->records.last.offset, rawrecord->size[log->layout.model], &got);
	return rawrecord->decode(host, p, got, log->layout.model, log->layout.order, &fault);
}

/* Returns the record found last in `sample`. */
static enum rawlog_result
hand_out(struct rawlog *log, struct rawlog_sample *sample, int *error)
{
	*error = rawlog_sample_fit(sample, &log->layout);
	if (*error != 0)
		return RAWLOG_FAILED;
	if (!copy_record(log, sample->record)) {
		*error = log->file.error != 0 ? log->file.error : EIO; /* it was there a moment ago */
		return RAWLOG_FAILED;
	}
	sample->header = rawlog_header(log);
	log->pending = false;
	sample->frame = log->records.last;
	sample->header_fault = records_has_fault(&log->records);
	rawlog_sample_set_candidates(sample, records_candidates(&log->records));
	count_run(log, sample, log->records.count - 1);
	rawlog_sample_begin(sample, &log->file, log->records.count - 1);
	return RAWLOG_OK;
}

/* Makes the extent that begins with the record found the current log. */
static enum rawlog_result
enter_extent(struct rawlog *log)
{
	carve_begin(log->carve, &log->part);
	log->layout = log->part.layout;
	log->run.number++;
	log->pending = true;
	return RAWLOG_NEXT_LOG;
}

/* rawlog_next of a file that is carved. */
static enum rawlog_result
next_carved(struct rawlog *log, struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	enum rawlog_result result = log->pending ? RAWLOG_OK : carve_next(log->carve, damage, error);

	if (result != RAWLOG_OK)
		return result;
	if (log->carve->begins && !log->pending)
		return enter_extent(log);
	log->pending = false;
	*error = rawlog_sample_fit(sample, &log->layout);
	if (*error != 0)
		return RAWLOG_FAILED;
	sample->header = log->part.header;
	result = carve_take(log->carve, sample, error);
	if (result == RAWLOG_OK)
		count_run(log, sample, sample->number);
	return result;
}

enum rawlog_result
rawlog_next(struct rawlog *log, struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	struct frame frame;
	enum rawlog_result result;

	if (log->carve != NULL)
		return next_carved(log, sample, damage, error);
	if (log->part.flaw != NULL) {
		damage_describe(damage, DAMAGE_HEADER, log->part.offset, log->part.begin - log->part.offset, 0,
		    "the header is wrong: %s", log->part.flaw);
		log->part.flaw = NULL;
		return RAWLOG_DAMAGED;
	}
	if (log->pending)
		return hand_out(log, sample, error);
	result = records_next(&log->records, log->record, &frame, damage, error);
	if (result == RAWLOG_NEXT_LOG)
		return enter_log(log, error);
	if (result == RAWLOG_OK && log->recorder.layout.release != NULL &&
	    (log->records.count == 1 || recorder_begins_run(&log->recorder, log->record)))
		result = judge_run(log, error);
	return result == RAWLOG_OK ? hand_out(log, sample, error) : result;
}
