/*
 * fault: see fault.h. Must not call anything that is wrapped.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"

static struct {
	struct fault fault;
	struct fault_report *report;
} armed;

void
fault_arm(const struct fault *fault, struct fault_report *report)
{
	armed.fault = *fault;
	armed.report = report;
}

struct fault_report *
fault_report(void)
{
	return armed.report;
}

/* Whether call `n` of the fault's class is one that fails. */
static bool
is_hit(const struct fault *f, uint64_t n)
{
	switch (f->reach) {
	case FAULT_ONCE: return n == f->number || (f->way == FAULT_HALF && n > f->number);
	case FAULT_FROM: return n >= f->number;
	case FAULT_EACH: return true;
	case FAULT_OTHER: break;
	}
	return n % 2 == 1;
}

enum fault_way
fault_call(enum fault_class kind)
{
	const struct fault *f = &armed.fault;
	enum fault_way way;
	uint64_t n;

	if (armed.report == NULL)
		return FAULT_PASS;
	n = atomic_fetch_add(&armed.report->calls[kind], 1) + 1;
	if (kind != f->class || f->way == FAULT_PASS || !is_hit(f, n))
		return FAULT_PASS;
	atomic_store(&armed.report->hit, true);
	way = f->way == FAULT_HALF && n > f->number ? FAULT_FAIL : f->way;
	if (way == FAULT_FAIL)
		errno = f->error;
	return way;
}

bool
fault_fails(enum fault_class kind)
{
	return fault_call(kind) == FAULT_FAIL;
}

size_t
fault_size(enum fault_way way, size_t size)
{
	switch (way) {
	case FAULT_ONE: return size > 1 ? 1 : size;
	case FAULT_HALF: return size > 1 ? size / 2 : size;
	case FAULT_END: return 0;
	default: return size;
	}
}

void
fault_keep(struct fault_text *text, const void *bytes, size_t size)
{
	const size_t room = sizeof text->bytes - text->size;

	if (size > room)
		size = room;
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
}

void
fault_count_memory(long more)
{
	if (armed.report != NULL)
		atomic_fetch_add(&armed.report->memory, more);
}

void
fault_count_foreign(void)
{
	if (armed.report != NULL)
		atomic_fetch_add(&armed.report->foreign, 1);
}

_Noreturn void
fault_end(int status)
{
	armed.report->status = status;
	armed.report->ended = true;
	_exit(0);
}
