/*
 * The driver of damage.py: breaks a real log in memory in many ways, reads each broken one with the runtime, and holds
 * what comes out against what comes out of the whole log. Each case is said before it runs, so that after a crash the
 * last line names it; a failure is a line that begins with FAIL. Knows nothing of how records are found.
 *
 * 	driver LOG headers SEED			each byte of each record header, three other values for each
 * 	driver LOG random SEED COUNT		as many random faults of seven kinds
 * 	driver LOG cuts SEED STEP		the log cut at each byte of its header and of its first two records, at each
 * 					STEPth byte of the first sample's blocks and each STEP*16th of the second's
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mutate.h"
#include "print/text/printers.h"
#include "rawlog/io/writer.h"
#include "rawlog/log/reader.h"

#define SAMPLES_MAX 4 /* of the log, that are used */
#define FOUND_MAX   16
#define SECONDS_MAX 20 /* for one case */

/* A sample in what it prints. */
struct print {
	uint64_t record, blocks; /* hashes */
	uint64_t nstructs;
};

/* What came out of a log. */
struct outcome {
	enum rawlog_result opened;
	struct print prints[FOUND_MAX];
	size_t nprints, ndamages;
	size_t nstrange; /* structs that the whole log does not have */
};

/* The whole log. */
static unsigned char *whole;
static size_t whole_size, nsamples;
static size_t starts[SAMPLES_MAX + 1]; /* of the samples, and the end */
static struct outcome good;
static uint64_t *known; /* hashes of its structs, sorted once there are all */
static size_t nknown, room_known;
static bool is_learning;

static struct writer text;
static size_t ncases, nrefused, nfailed, nunseen;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "driver: %s\n", what);
	exit(2);
}

static void *
must(void *p)
{
	if (p == NULL)
		die("not enough memory");
	return p;
}

/* --- reading ------------------------------------------------------------------------------------------------ */

static uint64_t
hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static int
compare_hashes(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* A struct as it would be printed. */
static uint64_t
hash_struct(const struct rawlog_sample *sample, const struct catalog_struct *s, const void *host)
{
	const struct cgroups *g = &sample->groups;
	char path[CGROUP_PATH_MAX];
	uint64_t hash;

	writer_unput(&text, (size_t)(text.next - text.buffer));
	printer_of(s)->json(&text, host, 0, 0);
	hash = hash_bytes(UINT64_C(0xcbf29ce484222325), text.buffer, (size_t)(text.next - text.buffer));
	if (sample->of != NULL && sample->of->kind == CATALOG_CHAIN)
		hash = hash_bytes(hash, path, cgroups_path(g, sample->group, path));
	return hash;
}

static void
learn(uint64_t hash)
{
	if (nknown == room_known) {
		room_known = room_known > 0 ? 2 * room_known : 1024;
		known = must(realloc(known, room_known * sizeof *known));
	}
	known[nknown++] = hash;
}

static bool
is_known(uint64_t hash)
{
	return nknown > 0 && bsearch(&hash, known, nknown, sizeof *known, compare_hashes) != NULL;
}

/* A struct came out. One that is unverified may be anything. */
static void
count_struct(struct outcome *o, struct print *print, const struct rawlog_sample *sample, uint64_t hash)
{
	if (sample->unverified)
		return;
	if (is_learning)
		learn(hash);
	else if (!is_known(hash))
		o->nstrange++;
	print->blocks = (print->blocks ^ hash) * UINT64_C(0x100000001b3);
	print->nstructs++;
}

static void
read_sample(struct rawlog_sample *sample, struct outcome *o)
{
	const struct catalog_release *release = sample->layout->release;
	struct rawlog_damage damage;
	struct print print = { 0 };
	enum rawlog_result result;
	const void *host;
	int error;

	sample->header = NULL; /* what values mean depends on it too, and some faults hit it */
	if (rawlog_groups(sample, &error) != RAWLOG_OK)
		die("cgroups cannot be read");
	print.record = hash_struct(sample, release->rawrecord, sample->record);
	for (size_t i = 0; i < release->nblocks; i++) {
		rawlog_block(sample, i);
		while ((result = rawlog_struct(sample, &host, &damage, &error)) != RAWLOG_END) {
			if (result == RAWLOG_OK)
				count_struct(o, &print, sample, hash_struct(sample, release->blocks[i].entry, host));
			else if (result == RAWLOG_DAMAGED || result == RAWLOG_GAP)
				o->ndamages++;
			else
				die("a block cannot be read");
		}
	}
	if (o->nprints < FOUND_MAX)
		o->prints[o->nprints++] = print;
}

/* Reads a log. The offsets of its first samples are noted in `offsets`, unless NULL. */
static void
read_log(const void *bytes, size_t size, struct outcome *o, size_t *offsets)
{
	struct rawlog_sample sample = { 0 };
	struct rawlog_damage damage;
	struct rawlog_error refusal;
	enum rawlog_result result;
	struct rawlog *log;
	int error;

	memset(o, 0, sizeof *o);
	o->opened = rawlog_open_memory(&log, bytes, size, NULL, &refusal);
	if (o->opened != RAWLOG_OK)
		return;
	while ((result = rawlog_next(log, &sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_DAMAGED || result == RAWLOG_GAP) {
			o->ndamages++;
			continue;
		}
		if (result == RAWLOG_NEXT_LOG || result == RAWLOG_NEXT_RUN)
			continue;
		if (result != RAWLOG_OK)
			die("a record cannot be read");
		if (offsets != NULL && o->nprints <= SAMPLES_MAX)
			offsets[o->nprints] = (size_t)sample.offset;
		read_sample(&sample, o);
	}
	rawlog_sample_free(&sample);
	rawlog_close(log);
}

/* --- comparing ---------------------------------------------------------------------------------------------- */

/* Whether all bytes of sample `k` stand somewhere in the broken log. */
static bool
is_untouched(const struct mutation *m, size_t k)
{
	const size_t size = starts[k + 1] - starts[k];
	const unsigned char *p = m->bytes, *end = m->bytes + m->size;

	while ((size_t)(end - p) >= size) {
		p = memchr(p, whole[starts[k]], (size_t)(end - p) - size + 1);
		if (p == NULL)
			return false;
		if (memcmp(p, whole + starts[k], size) == 0)
			return true;
		p++;
	}
	return false;
}

/* Whether sample `k` came out whole; `record`: its record as well as its blocks. */
static bool
came_out(const struct outcome *o, size_t k, bool record)
{
	for (size_t i = 0; i < o->nprints; i++)
		if (o->prints[i].blocks == good.prints[k].blocks && o->prints[i].nstructs == good.prints[k].nstructs &&
		    (!record || o->prints[i].record == good.prints[k].record))
			return true;
	return false;
}

static void
fail(const struct mutation *m, const char *why, size_t sample)
{
	nfailed++;
	printf("FAIL %s: %s (sample %zu)\n", m->name, why, sample);
}

/*
 * A log may lose a sample without a trace only where whole samples were taken out. What is wrong in a record header
 * beside lengths and counts cannot be seen either.
 */
static void
judge(const struct mutation *m, const struct outcome *o)
{
	for (size_t k = 0; k < nsamples; k++) {
		if (came_out(o, k, true))
			continue;
		if (is_untouched(m, k))
			fail(m, "an untouched sample is missing", k);
		if (o->ndamages > 0 || (m->at <= starts[k] && m->at + m->removed >= starts[k + 1]))
			continue;
		if (came_out(o, k, false))
			nunseen++;
		else
			fail(m, "a loss without damage", k);
	}
	if (o->nstrange > 0)
		fail(m, "structs that the whole log does not have", 0);
}

static void
try_mutation(const struct mutation *m)
{
	struct outcome o;

	ncases++;
	printf("case %s\n", m->name);
	fflush(stdout);
	alarm(SECONDS_MAX);
	read_log(m->bytes, m->size, &o, NULL);
	alarm(0);
	if (o.opened == RAWLOG_OK)
		judge(m, &o);
	else if (o.opened == RAWLOG_REFUSED && m->at < starts[0])
		nrefused++;
	else
		fail(m, "it cannot be opened", 0);
}

/* --- cases -------------------------------------------------------------------------------------------------- */

static void
try_headers(struct mutation *m, size_t record_size)
{
	for (size_t k = 0; k < nsamples; k++)
		for (size_t at = starts[k]; at < starts[k] + record_size; at++)
			for (unsigned i = 0; i < 3; i++) {
				mutate_byte(m, whole, whole_size, at, i);
				try_mutation(m);
			}
}

static void
try_random(struct mutation *m, unsigned long count)
{
	for (unsigned long i = 0; i < count; i++) {
		mutate_random(m, whole, whole_size, starts, nsamples);
		try_mutation(m);
	}
}

/*
 * A cut in the blocks of the second sample is like one in those of the first, except that a whole sample is read before it:
 * there fewer cuts are made.
 */
static void
try_cuts(struct mutation *m, size_t record_size, size_t step)
{
	const size_t end = starts[nsamples < 2 ? nsamples : 2];

	for (size_t size = 0; size < end; size++) {
		if (size > starts[0] + record_size && size < starts[1] && size % step != 0)
			continue;
		if (size > starts[1] + record_size && size % (16 * step) != 0)
			continue;
		mutate_cut(m, whole, whole_size, size);
		try_mutation(m);
	}
}

/* Loads the log, cut behind its first samples, and what comes out of it. Returns the size of a record header. */
static size_t
load(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct outcome all;
	struct rawlog_error refusal;
	struct rawlog *log;
	size_t size, offsets[SAMPLES_MAX + 1] = { 0 };

	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		die("the log cannot be read");
	whole_size = (size_t)ftell(f);
	whole = must(malloc(whole_size));
	rewind(f);
	if (fread(whole, 1, whole_size, f) != whole_size)
		die("the log cannot be read");
	fclose(f);
	read_log(whole, whole_size, &all, offsets);
	nsamples = all.nprints < SAMPLES_MAX ? all.nprints : SAMPLES_MAX;
	if (all.nprints > SAMPLES_MAX)
		whole_size = offsets[SAMPLES_MAX];
	memcpy(starts, offsets, nsamples * sizeof *starts);
	starts[nsamples] = whole_size;
	is_learning = true;
	read_log(whole, whole_size, &good, NULL);
	is_learning = false;
	qsort(known, nknown, sizeof *known, compare_hashes);
	if (good.opened != RAWLOG_OK || good.ndamages > 0 || good.nprints != nsamples ||
	    rawlog_open_memory(&log, whole, whole_size, NULL, &refusal) != RAWLOG_OK)
		die("the log is damaged already");
	size = rawlog_layout(log)->release->rawrecord->size[rawlog_layout(log)->model];
	rawlog_close(log);
	return size;
}

int
main(int argc, char **argv)
{
	struct mutation m;
	size_t record_size;

	if (argc < 4 + (argc > 2 && strcmp(argv[2], "headers") != 0))
		die("LOG headers SEED, LOG random SEED COUNT, or LOG cuts SEED STEP");
	if (writer_open(&text, -1) != 0)
		die("not enough memory");
	record_size = load(argv[1]);
	mutate_begin(&m, strtoul(argv[3], NULL, 10), whole_size);
	if (strcmp(argv[2], "headers") == 0)
		try_headers(&m, record_size);
	else if (strcmp(argv[2], "cuts") == 0)
		try_cuts(&m, record_size, strtoul(argv[4], NULL, 10));
	else
		try_random(&m, strtoul(argv[4], NULL, 10));
	printf("end %zu cases, %zu refused, %zu unseen, %zu failed\n", ncases, nrefused, nunseen, nfailed);
	mutate_end(&m);
	writer_close(&text);
	free(known);
	free(whole);
	return nfailed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
