/*
 * tiny_catalog: the catalog of the made-up releases, by hand what generated code is for real ones. Offsets of
 * each data model stand side by side. tiny_columns has the tables, tiny_print the printers.
 */
#include <stddef.h>
#include <string.h>

#include "rawlog/catalog/codegen.h"
#include "rawlog/catalog/columns.h"
#include "tiny.h"
#include "tiny_alike.h"
#include "words.h"

#define AT(wide, narrow) ((model) == TINY_WIDE ? (wide) : (narrow))

const char *const catalog_models[] = { "wide", "narrow" };
const char *const catalog_machines[] = { "wide", "narrow" };
const size_t catalog_nmodels = 2;

static int64_t
load_long(const unsigned char *p, unsigned model, enum byte_order order)
{
	return model == TINY_WIDE ? load_i64(p, order) : load_i32(p, order);
}

static bool
is_short(size_t size, uint32_t needed, struct fault *fault)
{
	*fault = (struct fault){ NULL, (int64_t)size, needed };
	return size < needed;
}

/* --- rawheader ------------------------------------------------------------------------------------------ */

static const uint32_t header_size[] = { 36, 36 };

static bool
header_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct tiny_header *h = host;

	if (is_short(size, header_size[model], fault))
		return false;
	h->magic = load_u32(p, order);
	h->aversion = load_u16(p + 4, order);
	h->rawheadlen = load_u16(p + 6, order);
	h->rawreclen = load_u16(p + 8, order);
	h->sstatlen = load_u32(p + 12, order);
	h->tstatlen = load_u32(p + 16, order);
	memcpy(h->nodename, p + 20, sizeof h->nodename);
	return true;
}

#define MEMBER(s, m) .name = WORD(m), .key = WORD(m), .column = WORD(m), .offset = offsetof(struct s, m)

static const struct field header_fields[] = { { MEMBER(tiny_header, magic), .ctype = WORD(unsigned_int),
						  .type = FIELD_UNSIGNED, .size = 4 },
	{ MEMBER(tiny_header, aversion), .ctype = WORD(unsigned_short), .type = FIELD_UNSIGNED, .size = 2 },
	{ MEMBER(tiny_header, nodename), .ctype = WORD(char), .type = FIELD_CHAR, .show = FIELD_TEXT, .size = 1,
	    .ndims = 1, .dims = { 16 } } };

static const struct definition header_definition = { "rawheader", sizeof(struct tiny_header), 3, header_fields };

static const struct catalog_struct rawheader = { .role = "rawheader",
	.number = TINY_NUMBER_HEADER,
	.size = header_size,
	.definition = &header_definition,
	.decode = header_decode };

static void
header_facts(const void *host, struct header_facts *facts)
{
	const struct tiny_header *h = host;

	facts->magic = h->magic;
	facts->aversion = h->aversion;
	facts->rawheadlen = h->rawheadlen;
	facts->rawreclen = h->rawreclen;
	facts->block_size[0] = h->sstatlen;
	facts->block_size[1] = h->tstatlen;
	facts->host = h->nodename;
	facts->host_size = sizeof h->nodename;
}

/* --- rawrecord ------------------------------------------------------------------------------------------ */

static const uint32_t record_size[] = { 24, 16 };

static bool
record_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct tiny_record *r = host;

	if (is_short(size, record_size[model], fault))
		return false;
	r->curtime = load_long(p, model, order);
	r->scomplen = load_u32(p + AT(8, 4), order);
	r->pcomplen = load_u32(p + AT(12, 8), order);
	r->ndeviat = load_u32(p + AT(16, 12), order);
	return true;
}

static const struct field record_fields[] = { { MEMBER(tiny_record, curtime), .ctype = WORD(time_t),
						  .type = FIELD_SIGNED, .size = 8 },
	{ MEMBER(tiny_record, ndeviat), .ctype = WORD(unsigned_int), .type = FIELD_UNSIGNED, .size = 4 } };

static const struct definition record_definition = { "rawrecord", sizeof(struct tiny_record), 2, record_fields };

static const struct catalog_struct rawrecord = { .role = "rawrecord",
	.number = TINY_NUMBER_RECORD,
	.size = record_size,
	.definition = &record_definition,
	.decode = record_decode };

static void
record_facts(const void *host, struct record_facts *facts)
{
	const struct tiny_record *r = host;

	facts->curtime = r->curtime;
	facts->interval = 0;
	facts->since_boot = false;
	facts->block[0].length = r->scomplen;
	facts->block[0].count = 1;
	facts->block[1].length = r->pcomplen;
	facts->block[1].count = r->ndeviat;
}

/* --- sstat ---------------------------------------------------------------------------------------------- */

static const uint32_t sstat_size[] = { 48, 44 };

static bool
sstat_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct tiny_sstat *s = host;
	int32_t i;

	if (is_short(size, sstat_size[model], fault))
		return false;
	s->ncpu = load_i32(p, order);
	*fault = (struct fault){ "sstat.ncpu", s->ncpu, TINY_NCPU };
	if (s->ncpu < 0 || s->ncpu > TINY_NCPU)
		return false;
	for (i = 0; i < s->ncpu; i++) {
		s->cpu[i].id = load_i32(p + 4 + 8 * i, order);
		s->cpu[i].load = load_f32(p + 8 + 8 * i, order);
	}
	s->spare = load_u32(p + 36, order);
	s->uptime = load_long(p + 40, model, order);
	return true;
}

static const struct field cpu_fields[] = { { MEMBER(tiny_cpu, id), .ctype = WORD(int), .type = FIELD_SIGNED,
					       .size = 4 },
	{ MEMBER(tiny_cpu, load), .ctype = WORD(float), .type = FIELD_FLOAT, .size = 4 } };

const struct definition tiny_cpu_definition = { "cpu", sizeof(struct tiny_cpu), 2, cpu_fields };

static const struct field sstat_fields[] = { { MEMBER(tiny_sstat, cpu), .ctype = WORD(struct_cpu), .type = FIELD_STRUCT,
						 .size = sizeof(struct tiny_cpu), .of = OF_tiny_cpu, .ndims = 1,
						 .dims = { TINY_NCPU }, .count_rule = FIELD_COUNTED,
						 .count = { offsetof(struct tiny_sstat, ncpu), 4, true } },
	{ MEMBER(tiny_sstat, spare), .ctype = WORD(unsigned_int), .type = FIELD_UNSIGNED, .flags = FIELD_RESERVED,
	    .size = 4 },
	{ MEMBER(tiny_sstat, uptime), .ctype = WORD(long), .type = FIELD_SIGNED, .size = 8 } };

static const struct definition sstat_definition = { "sstat", sizeof(struct tiny_sstat), 3, sstat_fields };

static const struct catalog_struct sstat = { .role = "sstat",
	.number = TINY_NUMBER_SSTAT,
	.size = sstat_size,
	.definition = &sstat_definition,
	.decode = sstat_decode };

/* --- tstat ---------------------------------------------------------------------------------------------- */

static const uint32_t tstat_size_1[] = { 40, 36 };
static const uint32_t tstat_size_2[] = { 48, 40 };

static bool
tstat_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct tiny_tstat *t = host;

	if (is_short(size, tstat_size_1[model], fault))
		return false;
	t->gen.pid = load_i32(p, order);
	memcpy(t->gen.name, p + 4, sizeof t->gen.name);
	t->gen.state = (char)p[20];
	t->prio = load_i32(p + 24, order);
	t->gpu = load_u32(p + 28, order);
	t->btime = load_long(p + 32, model, order);
	return true;
}

static bool
tstat_decode_2(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct tiny_tstat *t = host;

	if (is_short(size, tstat_size_2[model], fault) || !tstat_decode(host, p, size, model, order, fault))
		return false;
	t->nice = load_i32(p + AT(40, 36), order);
	return true;
}

static const char *
tstat_flaw(const void *host, const void *record)
{
	const struct tiny_tstat *t = host;
	const struct tiny_record *r = record;

	return t->gen.pid < 1 || (uint32_t)t->gen.pid > r->ndeviat ? "gen.pid is no task of the record" : NULL;
}

bool
tiny_gpu_means(const void *host)
{
	const struct tiny_tstat *t = host;

	return t->gen.state != 0;
}

static const struct field gen_fields[] = { { MEMBER(tiny_gen, pid), .ctype = WORD(int), .type = FIELD_SIGNED,
					       .size = 4 },
	{ MEMBER(tiny_gen, name), .ctype = WORD(char), .type = FIELD_CHAR, .show = FIELD_TEXT, .size = 1, .ndims = 1,
	    .dims = { 16 } },
	{ MEMBER(tiny_gen, state), .ctype = WORD(char), .type = FIELD_CHAR, .size = 1 } };

const struct definition tiny_gen_definition = { "gen", sizeof(struct tiny_gen), 3, gen_fields };

static const struct field tstat_fields[] = { { MEMBER(tiny_tstat, gen), .ctype = WORD(struct_gen), .type = FIELD_STRUCT,
						 .size = sizeof(struct tiny_gen), .of = OF_tiny_gen },
	{ MEMBER(tiny_tstat, prio), .ctype = WORD(int), .type = FIELD_SIGNED, .flags = FIELD_ABSENT, .absent = -1,
	    .size = 4 },
	{ MEMBER(tiny_tstat, gpu), .ctype = WORD(unsigned_int), .type = FIELD_UNSIGNED, .when = IF_tiny_gpu_means,
	    .size = 4 },
	{ MEMBER(tiny_tstat, btime), .ctype = WORD(time_t), .type = FIELD_SIGNED, .size = 8 },
	{ MEMBER(tiny_tstat, nice), .ctype = WORD(int), .type = FIELD_SIGNED, .size = 4 } };

static const struct definition tstat_definition_1 = { "tstat", sizeof(struct tiny_tstat), 4, tstat_fields };
static const struct definition tstat_definition_2 = { "tstat", sizeof(struct tiny_tstat), 5, tstat_fields };

static const struct catalog_struct tstat_1 = { .role = "tstat",
	.number = TINY_NUMBER_TSTAT_1,
	.size = tstat_size_1,
	.definition = &tstat_definition_1,
	.decode = tstat_decode,
	.flaw = tstat_flaw };

static const struct catalog_struct tstat_2 = { .role = "tstat",
	.number = TINY_NUMBER_TSTAT_2,
	.size = tstat_size_2,
	.definition = &tstat_definition_2,
	.decode = tstat_decode_2,
	.flaw = tstat_flaw };

/* --- the releases --------------------------------------------------------------------------------------- */

static const struct catalog_block blocks_1[] = { { .entry = &sstat }, { .entry = &tstat_1, .flaw = tstat_flaw } };
static const struct catalog_block blocks_2[] = { { .entry = &sstat }, { .entry = &tstat_2, .flaw = tstat_flaw } };

static const struct catalog_release release_1 = { .version = "0.1",
	.covers = "0.1.0, 0.1.1",
	.source = "v0.1.1",
	.magic = TINY_MAGIC,
	.aversion = 0x8001,
	.rawheader = &rawheader,
	.rawrecord = &rawrecord,
	.blocks = blocks_1,
	.nblocks = 2,
	.header_facts = header_facts,
	.record_facts = record_facts };

static const struct catalog_release release_2 = { .version = "0.2",
	.covers = "0.2.0",
	.source = "v0.2.0",
	.magic = TINY_MAGIC,
	.aversion = 0x8002,
	.rawheader = &rawheader,
	.rawrecord = &rawrecord,
	.blocks = blocks_2,
	.nblocks = 2,
	.header_facts = header_facts,
	.record_facts = record_facts };

/* As 0.2, except its magic number. */
static const struct catalog_release release_3 = { .version = "0.3",
	.covers = "0.3.0",
	.source = "v0.3.0",
	.magic = TINY_MAGIC_3,
	.aversion = 0x8003,
	.rawheader = &rawheader,
	.rawrecord = &rawrecord,
	.blocks = blocks_2,
	.nblocks = 2,
	.header_facts = header_facts,
	.record_facts = record_facts };

const struct catalog_release *const catalog_releases[] = { &release_1, &release_2, &release_3, &alike_release_4,
	&alike_release_5 };
const size_t catalog_nreleases = 5;
const char catalog_digest[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
