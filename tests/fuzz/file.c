/*
 * The target `file`: a whole log from its bytes to its output, through everything of the program but the
 * command line. The input is a plain log, so that atopdump can be given what is found. Owns standard output,
 * which is a file of its own here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZLIB_CONST
#include <zlib.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/inputs.h"
#include "fuzz.h"
#include "meter.h"
#include "print/format/formats.h"
#include "print/text/put.h"
#include "rawlog/base/budget.h"
#include "rawlog/io/filekind.h"
#include "rawlog/write/repair.h"
#include "text.h"

#define GZIP_BITS (15 + 16)
#define TIMES     2 /* that a log is given, to have several */

/*
 * What a run may take, as SECURITY.md has it: bytes inflated, bytes allocated, bytes printed. An input inflates to DEFLATE
 * times its size at most.
 */
#define DEFLATE      1032
#define PASSES       4           /* times that a block is inflated */
#define MEMORY_BASE  (16u << 20) /* with few buffers, for each thread */
#define BUFFERS      8           /* that hold what one sample inflates to */
#define PRINTED      32          /* bytes of output for each inflated byte, a line's beginning included */
#define PRINTED_BASE (64u << 10)

/* An output format, and what it should look like. */
struct shape {
	const struct format *format;
	bool (*is_well_formed)(const char *p, size_t size);
};

static const struct shape json = { &format_json, text_is_json_lines };
static const struct shape csv = { &format_csv, text_is_csv };
static const struct shape rows = { &format_rows, text_is_json_lines };
static const struct shape seed = { &format_atopdump, text_is_json_lines };

/* One way to run the program. */
struct way {
	const struct shape *shape;
	const char *table; /* NULL: all */
	unsigned print;
	bool strict, carve, several;
	bool chosen; /* a release is, whichever */
};

static const struct way ways[] = {
	{ .shape = &json },
	{ .shape = &json, .print = PRINT_RESERVED, .several = true },
	{ .shape = &json, .table = "tstat", .strict = true },
	{ .shape = &json, .carve = true },
	{ .shape = &json, .chosen = true },
	{ .shape = &json, .table = "tstat", .carve = true, .chosen = true },
	{ .shape = &csv, .table = "tstat" },
	{ .shape = &csv, .table = "tstat", .print = PRINT_CSV_SAFE },
	{ .shape = &csv, .table = "sstat_cpu_cpu", .print = PRINT_RESERVED },
	{ .shape = &rows, .table = "tstat", .print = PRINT_EPOCH },
	{ .shape = &seed },
};

#define NWAYS (sizeof ways / sizeof ways[0])

/* What came of a run. */
struct outcome {
	enum rawlog_result result;
	char *text;
	size_t size;
	size_t told, damages; /* messages, and those of damage */
	bool kept;            /* repair has kept a header that is wrong */
	uint64_t words;       /* hash of the messages */
};

static char name[] = "log";

static struct outcome now;
static int input = -1; /* a file that the program reads… */
static size_t fed;     /* …and its size */

/* --- input and output ----------------------------------------------------------------------------------- */

/* A file that has no name. */
static int
open_temporary(void)
{
	FILE *f = tmpfile();
	int fd = f != NULL ? dup(fileno(f)) : -1;

	fuzz_require(fd >= 0, "there is a temporary file");
	fclose(f);
	return fd;
}

static void
set_up(void)
{
	int output;

	if (input >= 0)
		return;
	input = open_temporary();
	output = open_temporary();
	fuzz_require(dup2(output, STDOUT_FILENO) == STDOUT_FILENO, "standard output can be replaced");
	close(output);
}

/* The input is these bytes, standard output is empty. */
static void
feed(const void *bytes, size_t size)
{
	fed = size;
	fuzz_require(pwrite(input, bytes, size, 0) == (ssize_t)size && ftruncate(input, (off_t)size) == 0 &&
		lseek(input, 0, SEEK_SET) == 0 && ftruncate(STDOUT_FILENO, 0) == 0 &&
		lseek(STDOUT_FILENO, 0, SEEK_SET) == 0,
	    "files can be written");
}

/* What stands on standard output goes into `o`. */
static void
collect(struct outcome *o)
{
	struct stat st;

	fuzz_require(fstat(STDOUT_FILENO, &st) == 0, "output has a size");
	o->size = (size_t)st.st_size;
	o->text = fuzz_alloc(o->size);
	fuzz_require(pread(STDOUT_FILENO, o->text, o->size, 0) == (ssize_t)o->size, "output can be read");
}

/* A message. That gzip was undone is not part of what is compared. */
static void
tell(const char *path, const char *text)
{
	static const char packed[] = "inside gzip: ";
	size_t size;

	fuzz_require(strcmp(path, name) == 0, "a message names its file");
	if (strncmp(text, packed, sizeof packed - 1) == 0)
		text += sizeof packed - 1;
	size = strlen(text);
	for (size_t i = 0; i < size; i++)
		fuzz_require(text[i] >= ' ' && text[i] <= '~', "a message is a line of plain characters");
	fuzz_require(size > 0, "a message says something");
	now.words = now.words * 31 + fuzz_hash(text, size);
	now.damages += strncmp(text, "damage at byte ", strlen("damage at byte ")) == 0;
	now.kept |= strncmp(text, "kept byte ", strlen("kept byte ")) == 0;
	now.told++;
}

/* --- running -------------------------------------------------------------------------------------------- */

/* What came of `size` bytes has not cost more than it may. */
static void
check_budget(size_t size, unsigned jobs, size_t printed)
{
	const uint64_t inflated = (uint64_t)DEFLATE * size;

	fuzz_require(meter_work() <= BUDGET_CREDIT_MAX + BUDGET_RATIO * size + PASSES * (inflated + size),
	    "work is bounded");
	fuzz_require(meter_memory() <= jobs * (MEMORY_BASE + BUFFERS * inflated), "memory is bounded");
	fuzz_require(printed <= PRINTED_BASE + PRINTED * (inflated + size), "output is bounded");
}

/*
 * Runs the program with so many threads on the input, given to it `times` times. The text of what is returned is the
 * caller's.
 */
static struct outcome
run(const struct way *way, const char *layout, unsigned jobs, int times)
{
	const char *list[] = { way->table };
	const struct word_set tables = { list, way->table != NULL };
	const struct query query = {
		.tables = &tables,
		.print = way->print,
		.several = way->several,
		.offsets = way->carve,
	};
	const struct output_place place = { .path = NULL };
	const struct dump_options options = { .jobs = jobs,
		.strict = way->strict,
		.carve = way->carve,
		.layout = layout };
	char *paths[TIMES] = { name, name };
	int fds[TIMES] = { dup(input), times > 1 ? dup(input) : -1 };
	struct inputs in = { .paths = paths, .count = times, .fds = fds, .nopened = times };
	struct formatter *f;

	now = (struct outcome){ 0 };
	meter_begin();
	fuzz_require(formatter_open(&f, way->shape->format, &query, &place) == 0, "a format opens");
	now.result = dump_logs(f, &options, &in, tell);
	for (; in.next < times; in.next++)
		close(fds[in.next]);
	fuzz_require(formatter_finish(f, true) == 0, "output does not fail");
	collect(&now);
	check_budget((size_t)times * fed, jobs + 1, now.size);
	return now;
}

/* The result, the messages and what is printed of damage say the same. */
static void
check_damage(const struct way *way, const struct outcome *o)
{
	const size_t said = text_count(o->text, o->size, ",\"damage\":{\"offset\":");

	fuzz_require((o->result == RAWLOG_DAMAGED) == (said > 0), "there is damage where it is printed");
	fuzz_require(!way->strict || said <= 1, "the first damage is the end");
	if (!way->carve && o->result != RAWLOG_REFUSED)
		fuzz_require(said == o->damages, "each damage is reported and printed");
}

static void
check(const struct way *way, const struct outcome *o)
{
	fuzz_require(way->shape->is_well_formed(o->text, o->size), "output is well-formed");
	fuzz_require(o->told > 0 || o->result == RAWLOG_OK, "every fault is reported");
	if (o->result == RAWLOG_REFUSED)
		fuzz_require(o->size == 0 && o->told == 1, "what is refused is not shown");
	fuzz_require(o->result != RAWLOG_FAILED, "nothing fails");
	if (way->shape == &json)
		check_damage(way, o);
}

/* The layout that the way forces; NULL: none. */
static const char *
choose(const struct way *way, uint64_t hash)
{
	return way->chosen ? catalog_releases[hash / NWAYS % catalog_nreleases]->version : NULL;
}

/* --- more than one run ---------------------------------------------------------------------------------- */

static void
require_same(const struct outcome *a, const struct outcome *b, const char *what)
{
	fuzz_require(a->result == b->result && a->told == b->told && a->words == b->words, what);
	fuzz_require(a->size == b->size && memcmp(a->text, b->text, a->size) == 0, what);
}

/* Threads change nothing. */
static void
compare_with_threads(const uint8_t *data, size_t size, const struct way *way, const char *layout)
{
	struct outcome one, many;

	feed(data, size);
	one = run(way, layout, 1, TIMES);
	feed(data, size);
	many = run(way, layout, 3, TIMES);
	require_same(&one, &many, "threads come to the same");
	free(one.text);
	free(many.text);
}

/* The input as a gzip file that is not compressed; the caller's. */
static unsigned char *
gzip(const uint8_t *data, size_t size, size_t *packed)
{
	z_stream z = { .next_in = data, .avail_in = (uInt)size };
	unsigned char *bytes;

	fuzz_require(deflateInit2(&z, 0, Z_DEFLATED, GZIP_BITS, 1, Z_DEFAULT_STRATEGY) == Z_OK, "there is memory");
	*packed = deflateBound(&z, size);
	bytes = fuzz_alloc(*packed);
	z.next_out = bytes;
	z.avail_out = (uInt)*packed;
	fuzz_require(deflate(&z, Z_FINISH) == Z_STREAM_END, "bytes can be gzipped");
	*packed -= z.avail_out;
	deflateEnd(&z);
	return bytes;
}

/* What cannot seek is read as well as what can. */
static void
compare_with_gzip(const uint8_t *data, size_t size, const struct way *way, const char *layout)
{
	struct outcome plain, zipped;
	unsigned char *bytes;
	size_t packed;

	feed(data, size);
	plain = run(way, layout, 1, 1);
	bytes = gzip(data, size, &packed);
	feed(bytes, packed);
	zipped = run(way, layout, 1, 1);
	require_same(&plain, &zipped, "a gzipped log comes to the same");
	free(plain.text);
	free(zipped.text);
	free(bytes);
}

/* Repairs these bytes into `out`. */
static enum rawlog_result
repair(const void *data, size_t size, struct writer *out)
{
	struct rawlog_error error;
	enum rawlog_result result;
	struct rawlog *log;

	now = (struct outcome){ 0 };
	feed(data, size);
	meter_begin();
	fuzz_require(writer_open(out, -1) == 0, "there is memory");
	result = rawlog_open_fd(&log, dup(input), NULL, &error);
	if (result == RAWLOG_OK) {
		result = repair_logs(out, name, log, 0, tell);
		rawlog_close(log);
	} else if (result == RAWLOG_REFUSED) {
		tell(name, error.text);
	}
	fuzz_require(result == RAWLOG_OK || now.told > 0, "bytes left out are reported");
	fuzz_require(result != RAWLOG_FAILED, "repairing does not fail");
	check_budget(size, 1, (size_t)(out->next - out->buffer));
	return result;
}

static bool
holds(const struct writer *w, const void *data, size_t size)
{
	return (size_t)(w->next - w->buffer) == size && memcmp(w->buffer, data, size) == 0;
}

/* What is intact stays as it is, what is repaired is intact. */
static void
check_repair(const uint8_t *data, size_t size)
{
	struct writer once, twice;
	enum rawlog_result result = repair(data, size, &once);

	if (result == RAWLOG_OK)
		fuzz_require(holds(&once, data, size), "what is intact stays as it is");
	if (result == RAWLOG_DAMAGED) {
		size = (size_t)(once.next - once.buffer);
		fuzz_require(repair(once.buffer, size, &twice) == RAWLOG_OK || now.kept, "what is repaired is intact");
		fuzz_require(holds(&twice, once.buffer, size), "what is repaired stays as it is");
		writer_close(&twice);
	}
	writer_close(&once);
}

/* The input in one way, and perhaps with threads, too. */
static void
run_way(size_t i, uint64_t hash, const uint8_t *data, size_t size)
{
	const char *layout = choose(&ways[i], hash);
	struct outcome o;

	feed(data, size);
	o = run(&ways[i], layout, 1, 1);
	check(&ways[i], &o);
	free(o.text);
	if (fuzz_all_ways || hash / NWAYS % 16 == 2)
		compare_with_threads(data, size, &ways[i], layout);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint64_t hash = fuzz_hash(data, size);
	const bool is_gzip = size > 1 && data[0] == 0x1f && data[1] == 0x8b;
	/* A message says how to unpack it, and says something else with gzip around it. */
	const bool is_packed = filekind_packing(data, size) != FILEKIND_PLAIN;
	const size_t picked = hash % NWAYS, extra = hash / NWAYS % 16;

	set_up();
	for (size_t i = 0; i < NWAYS; i++)
		if (fuzz_all_ways || i == picked)
			run_way(i, hash, data, size);
	if ((fuzz_all_ways || extra == 0) && !is_packed)
		compare_with_gzip(data, size, &ways[0], NULL);
	if ((fuzz_all_ways || extra == 1) && !is_gzip)
		check_repair(data, size);
	return 0;
}
