/*
 * tiny_alike: the catalog of 0.4 and 0.5, by hand what generated code is for real releases.
 */
#include "tiny_alike.h"
#include "rawlog/catalog/codegen.h"
#include "words.h"

#define MEMBER(s, m) .name = WORD(m), .key = WORD(m), .column = WORD(m), .offset = offsetof(struct s, m), .size = 4
#define UNSIGNED     .ctype = WORD(unsigned_int), .type = FIELD_UNSIGNED
#define SIGNED       .ctype = WORD(int), .type = FIELD_SIGNED
#define COUNT(a)     (sizeof(a) / sizeof(a)[0])

static bool
has(size_t size, uint32_t needed, struct fault *fault)
{
	*fault = (struct fault){ NULL, (int64_t)size, needed };
	return size >= needed;
}

/* --- rawheader ---------------------------------------------------------------------------------------------- */

static const uint32_t header_size[] = { ALIKE_HEADER, ALIKE_HEADER };

static bool
header_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct alike_header *v = host;

	if (!has(size, header_size[model], fault))
		return false;
	v->magic = load_u32(p, order);
	v->aversion = load_u16(p + 4, order);
	v->rawheadlen = load_u16(p + 6, order);
	v->rawreclen = load_u16(p + 8, order);
	v->sstatlen = load_u32(p + 12, order);
	v->tstatlen = load_u32(p + 16, order);
	memcpy(v->nodename, p + 20, sizeof v->nodename);
	v->kernel = load_u16(p + ALIKE_HEADER_KERNEL, order);
	v->future = load_u16(p + ALIKE_HEADER_FUTURE, order);
	v->flags = load_u32(p + ALIKE_HEADER_FLAGS, order);
	return true;
}

static void
header_facts(const void *host, struct header_facts *facts)
{
	const struct alike_header *v = host;

	facts->magic = v->magic;
	facts->aversion = v->aversion;
	facts->rawheadlen = v->rawheadlen;
	facts->rawreclen = v->rawreclen;
	facts->block_size[0] = v->sstatlen;
	facts->block_size[1] = v->tstatlen;
	facts->host = v->nodename;
	facts->host_size = sizeof v->nodename;
}

static const char *
header_zeros(const unsigned char *p, unsigned model)
{
	(void)model;
	if (!is_zero(p + ALIKE_HEADER_PADDING, 2))
		return "the padding before sstatlen is not 0";
	if (!is_zero(p + ALIKE_HEADER_FUTURE, 2))
		return "future is not 0";
	return NULL;
}

static const char *
header_flaw(const void *host, const void *record)
{
	const struct alike_header *v = host;

	(void)record;
	if ((v->flags & ~(ALIKE_HAS_HISTORY | ALIKE_HAS_GPU)) != 0)
		return "flags has flags that no atop sets";
	if (!(v->kernel <= 99))
		return "'kernel <= 99' does not hold";
	return NULL;
}

static const struct field header_fields[] = { { .name = WORD(kernel),
						  .key = WORD(kernel),
						  .column = WORD(kernel),
						  UNSIGNED,
						  .offset = offsetof(struct alike_header, kernel),
						  .size = 2 },
	{ .name = WORD(future),
	    .key = WORD(future),
	    .column = WORD(future),
	    UNSIGNED,
	    .flags = FIELD_RESERVED,
	    .offset = offsetof(struct alike_header, future),
	    .size = 2 },
	{ MEMBER(alike_header, flags), UNSIGNED } };

static const struct definition header_definition = { "rawheader", sizeof(struct alike_header), COUNT(header_fields),
	header_fields };

static const struct catalog_struct header_entry = { .role = "rawheader",
	.number = ALIKE_NUMBER_HEADER,
	.size = header_size,
	.definition = &header_definition,
	.decode = header_decode };

/* --- rawrecord ---------------------------------------------------------------------------------------------- */

static const uint32_t record_size[] = { ALIKE_RECORD, 28 };

/* Behind curtime, which is a long, the members stand at the same distances in both data models. */
static const unsigned char *
behind_time(const unsigned char *p, unsigned model)
{
	return p + (model == TINY_WIDE ? 8 : 4);
}

static bool
record_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct alike_record *v = host;

	if (!has(size, record_size[model], fault))
		return false;
	v->curtime = model == TINY_WIDE ? load_i64(p, order) : load_i32(p, order);
	p = behind_time(p, model);
	v->scomplen = load_u32(p, order);
	v->pcomplen = load_u32(p + 4, order);
	v->ndeviat = load_u32(p + 8, order);
	v->flags = load_u16(p + 12, order);
	v->spare = load_u32(p + 16, order);
	return true;
}

static bool
record_5_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct alike_record_5 *v = host;
	struct alike_record same = { 0 };

	if (!record_decode(&same, p, size, model, order, fault))
		return false;
	v->curtime = same.curtime;
	v->scomplen = same.scomplen;
	v->pcomplen = same.pcomplen;
	v->ndeviat = same.ndeviat;
	v->flags = same.flags;
	v->level = same.spare;
	return true;
}

static void
record_facts(const void *host, struct record_facts *facts)
{
	const struct alike_record *v = host;

	facts->curtime = v->curtime;
	facts->block[0].length = v->scomplen;
	facts->block[0].count = 1;
	facts->block[1].length = v->pcomplen;
	facts->block[1].count = v->ndeviat;
}

static void
record_5_facts(const void *host, struct record_facts *facts)
{
	const struct alike_record_5 *v = host;

	facts->curtime = v->curtime;
	facts->block[0].length = v->scomplen;
	facts->block[0].count = 1;
	facts->block[1].length = v->pcomplen;
	facts->block[1].count = v->ndeviat;
}

static const char *
record_5_zeros(const unsigned char *p, unsigned model)
{
	return is_zero(behind_time(p, model) + 14, 2) ? NULL : "the padding behind flags is not 0";
}

static const char *
record_zeros(const unsigned char *p, unsigned model)
{
	const char *flaw = record_5_zeros(p, model);

	if (flaw == NULL && !is_zero(behind_time(p, model) + 16, 4))
		flaw = "spare is not 0";
	return flaw;
}

static const char *
record_flaw(const void *host, const void *record)
{
	const struct alike_record *v = host;

	(void)record;
	if ((v->flags & ~ALIKE_FLAGS_4) != 0)
		return "flags has flags that no atop sets";
	if (!(v->curtime > 0))
		return "curtime is no time of a sample";
	return NULL;
}

static const char *
record_5_flaw(const void *host, const void *record)
{
	const struct alike_record_5 *v = host;

	(void)record;
	if ((v->flags & ~ALIKE_FLAGS_5) != 0)
		return "flags has flags that no 0.5 sets";
	if (!(v->curtime > 0))
		return "curtime is no time of 0.5";
	if (!(v->ndeviat <= 1000))
		return "'ndeviat <= 1000' does not hold";
	if (!(v->level <= 9))
		return "'level <= 9' does not hold";
	return NULL;
}

static const struct field record_fields[] = { { .name = WORD(flags),
						  .key = WORD(flags),
						  .column = WORD(flags),
						  UNSIGNED,
						  .offset = offsetof(struct alike_record, flags),
						  .size = 2 },
	{ MEMBER(alike_record, spare), UNSIGNED, .flags = FIELD_RESERVED } };

static const struct field record_5_fields[] = { { .name = WORD(flags),
						    .key = WORD(flags),
						    .column = WORD(flags),
						    UNSIGNED,
						    .offset = offsetof(struct alike_record_5, flags),
						    .size = 2 },
	{ MEMBER(alike_record_5, level), UNSIGNED } };

static const struct definition record_definition = { "rawrecord", sizeof(struct alike_record), COUNT(record_fields),
	record_fields };

static const struct definition record_5_definition = { "rawrecord", sizeof(struct alike_record_5),
	COUNT(record_5_fields), record_5_fields };

static const struct catalog_struct record_entry = { .role = "rawrecord",
	.number = ALIKE_NUMBER_RECORD,
	.size = record_size,
	.definition = &record_definition,
	.decode = record_decode };

static const struct catalog_struct record_5_entry = { .role = "rawrecord",
	.number = ALIKE_NUMBER_RECORD_5,
	.size = record_size,
	.definition = &record_5_definition,
	.decode = record_5_decode };

/* --- sstat -------------------------------------------------------------------------------------------------- */

static const uint32_t sstat_size[] = { 72, 64 };

static bool
sstat_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct alike_sstat *v = host;

	if (!has(size, sstat_size[model], fault))
		return false;
	v->ncpu = load_i32(p, order);
	*fault = (struct fault){ "sstat.ncpu", v->ncpu, COUNT(v->cpu) };
	if (v->ncpu < 0 || v->ncpu > (int32_t)COUNT(v->cpu))
		return false;
	for (int32_t i = 0; i < v->ncpu; i++) {
		v->cpu[i].id = load_i32(p + 4 + 12 * i, order);
		v->cpu[i].ticks = load_u32(p + 8 + 12 * i, order);
		v->cpu[i].temp = load_u32(p + 12 + 12 * i, order);
	}
	v->net.in = load_u32(p + 28, order);
	v->net.err = load_u32(p + 32, order);
	v->net.out = load_u32(p + 36, order);
	v->net.lost = load_u32(p + 40, order);
	for (size_t i = 0; i < COUNT(v->hist); i++)
		v->hist[i] = load_u32(p + 44 + 4 * i, order);
	v->spare = load_u32(p + 56, order);
	return true;
}

static uint64_t
sstat_faults(const void *header, const void *record, const void *host)
{
	uint64_t faults = 0;
	const struct alike_header *rawheader = header;
	const struct alike_sstat *v = host;

	(void)record;
	if (rawheader->kernel == 6 && v->net.err != 0)
		faults |= UINT64_C(1) << 0;
	if (rawheader->kernel == 0)
		faults |= UINT64_C(1) << 1;
	return faults;
}

static void
sstat_mend(void *host, uint64_t faults)
{
	struct alike_sstat *v = host;

	if (faults & UINT64_C(1) << 0) {
		v->net.err = v->net.out;
		v->net.out = v->net.lost;
	}
}

static uint64_t
sstat_nulls(const void *header, const void *record, const void *host, uint64_t faults)
{
	uint64_t nulls = 0;
	const struct alike_header *rawheader = header;
	const struct alike_record *rawrecord = record;

	(void)host;
	if (!((rawrecord->flags & ALIKE_TEMPERATURE) != 0))
		nulls |= ALIKE_NO_TEMP;
	if (!((rawheader->flags & ALIKE_HAS_HISTORY) != 0))
		nulls |= ALIKE_NO_HISTORY;
	if (faults & UINT64_C(1) << 0)
		nulls |= ALIKE_NET_SHIFTED << ALIKE_NET_BASE;
	if (faults & UINT64_C(1) << 1)
		nulls |= ALIKE_NET_UNKNOWN << ALIKE_NET_BASE;
	return nulls;
}

static const struct field cpu_fields[] = { { MEMBER(alike_cpu, id), SIGNED }, { MEMBER(alike_cpu, ticks), UNSIGNED },
	{ MEMBER(alike_cpu, temp), UNSIGNED, .guards = ALIKE_NO_TEMP } };

static const struct field net_fields[] = { { MEMBER(alike_net, in), UNSIGNED },
	{ MEMBER(alike_net, err), UNSIGNED, .guards = ALIKE_NET_UNKNOWN },
	{ MEMBER(alike_net, out), UNSIGNED, .guards = ALIKE_NET_UNKNOWN },
	{ MEMBER(alike_net, lost), UNSIGNED, .guards = ALIKE_NET_SHIFTED | ALIKE_NET_UNKNOWN } };

const struct definition alike_cpu_definition = { "cpu", sizeof(struct alike_cpu), COUNT(cpu_fields), cpu_fields };
const struct definition alike_net_definition = { "net", sizeof(struct alike_net), COUNT(net_fields), net_fields };

static const struct field sstat_fields[] = { { .name = WORD(cpu),
						 .key = WORD(cpu),
						 .column = WORD(cpu),
						 .ctype = WORD(struct_cpu),
						 .type = FIELD_STRUCT,
						 .size = sizeof(struct alike_cpu),
						 .offset = offsetof(struct alike_sstat, cpu),
						 .of = OF_alike_cpu,
						 .ndims = 1,
						 .dims = { 2 },
						 .count_rule = FIELD_COUNTED,
						 .count = { offsetof(struct alike_sstat, ncpu), 4, true } },
	{ .name = WORD(net),
	    .key = WORD(net),
	    .column = WORD(net),
	    .ctype = WORD(struct_net),
	    .type = FIELD_STRUCT,
	    .size = sizeof(struct alike_net),
	    .offset = offsetof(struct alike_sstat, net),
	    .of = OF_alike_net,
	    .base = ALIKE_NET_BASE },
	{ MEMBER(alike_sstat, hist), UNSIGNED, .ndims = 1, .dims = { 3 }, .guards = ALIKE_NO_HISTORY },
	{ MEMBER(alike_sstat, spare), UNSIGNED, .flags = FIELD_RESERVED } };

static const struct definition sstat_definition = { "sstat", sizeof(struct alike_sstat), COUNT(sstat_fields),
	sstat_fields };

static const struct catalog_struct sstat = { .role = "sstat",
	.number = ALIKE_NUMBER_SSTAT,
	.size = sstat_size,
	.definition = &sstat_definition,
	.decode = sstat_decode };

/* --- tstat -------------------------------------------------------------------------------------------------- */

static const uint32_t tstat_size[] = { 32, 28 };

static bool
tstat_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct alike_tstat *v = host;

	if (!has(size, tstat_size[model], fault))
		return false;
	v->pid = load_i32(p, order);
	v->gpu = load_u32(p + 4, order);
	v->state = (char)p[8];
	v->io[0] = load_u32(p + 12, order);
	v->io[1] = load_u32(p + 16, order);
	return true;
}

static uint64_t
tstat_nulls(const void *header, const void *record, const void *host, uint64_t faults)
{
	uint64_t nulls = 0;
	const struct alike_header *rawheader = header;
	const struct alike_record *rawrecord = record;
	const struct alike_tstat *v = host;

	(void)faults;
	if (!((rawheader->flags & ALIKE_HAS_GPU) != 0 && (rawrecord->flags & ALIKE_GPU) != 0))
		nulls |= ALIKE_NO_GPU;
	if (!(v->state != 'E'))
		nulls |= ALIKE_NO_IO;
	return nulls;
}

static const struct field tstat_fields[] = { { .name = WORD(pid),
						 .key = WORD(pid),
						 .column = WORD(gen_pid),
						 SIGNED,
						 .offset = offsetof(struct alike_tstat, pid),
						 .size = 4 },
	{ MEMBER(alike_tstat, gpu), UNSIGNED, .guards = ALIKE_NO_GPU },
	{ MEMBER(alike_tstat, io), UNSIGNED, .ndims = 1, .dims = { 2 }, .guards = ALIKE_NO_IO } };

static const struct definition tstat_definition = { "tstat", sizeof(struct alike_tstat), COUNT(tstat_fields),
	tstat_fields };

static const struct catalog_struct tstat = { .role = "tstat",
	.number = ALIKE_NUMBER_TSTAT,
	.size = tstat_size,
	.definition = &tstat_definition,
	.decode = tstat_decode };

/* --- the releases ------------------------------------------------------------------------------------------- */

static const struct catalog_fault faults[] = {
	{ "shifted", "sstat.net",
	    "kernel 6 has a counter that atop does not know: out and lost were read one place later",
	    (const char *const[]){ "err", "out", "lost", NULL } },
	{ "kernel-unknown", "sstat.net", "the kernel is not known: err, out and lost are unknown",
	    (const char *const[]){ "err - lost", NULL } }
};

/* The conditions of 0.4 read its record; 0.5 has none. */
static const struct catalog_block blocks_4[] = {
	{ .entry = &sstat, .faults = sstat_faults, .mend = sstat_mend, .nulls = sstat_nulls },
	{ .entry = &tstat, .nulls = tstat_nulls }
};

static const struct catalog_block blocks_5[] = { { .entry = &sstat }, { .entry = &tstat } };

const struct catalog_release alike_release_4 = { .version = "0.4",
	.covers = "0.4.0",
	.source = "v0.4.0",
	.magic = TINY_MAGIC,
	.aversion = 0x8004,
	.rawheader = &header_entry,
	.rawrecord = &record_entry,
	.blocks = blocks_4,
	.nblocks = COUNT(blocks_4),
	.faults = faults,
	.nfaults = COUNT(faults),
	.header_facts = header_facts,
	.record_facts = record_facts,
	.rawheader_zeros = header_zeros,
	.rawheader_flaw = header_flaw,
	.rawrecord_zeros = record_zeros,
	.rawrecord_flaw = record_flaw };

const struct catalog_release alike_release_5 = { .version = "0.5",
	.covers = "0.5.0",
	.source = "v0.5.0",
	.magic = TINY_MAGIC,
	.aversion = 0x8005,
	.rawheader = &header_entry,
	.rawrecord = &record_5_entry,
	.blocks = blocks_5,
	.nblocks = COUNT(blocks_5),
	.header_facts = header_facts,
	.record_facts = record_5_facts,
	.rawheader_zeros = header_zeros,
	.rawheader_flaw = header_flaw,
	.rawrecord_zeros = record_5_zeros,
	.rawrecord_flaw = record_5_flaw };
