/*
 * fault: see fault.h. Must not call anything that is wrapped.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "stack.h"

static struct {
	struct fault fault;
	struct fault_report *report;
	_Atomic uint64_t nsame; /* calls that count, if their stack matters */
	_Atomic bool reached;   /* the call that the fault names was made */
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

/* Keeps how call `n` of a class was reached. Here and below, `frame` is that of the wrappers' question. */
static void
keep_stack(enum fault_class kind, uint64_t n, const void *frame)
{
	if (n > FAULT_CALLS_MAX)
		abort();
	armed.report->stacks[kind][n - 1] = stack_here(frame);
}

/* What becomes of call `n` of the fault's class, if one call is named. */
static enum fault_way
way_by_number(const struct fault *f, uint64_t n, const void *frame)
{
	if (atomic_load(&armed.reached)) {
		if (f->way == FAULT_HALF)
			return FAULT_FAIL;
		return f->reach == FAULT_FROM ? f->way : FAULT_PASS;
	}
	if (f->stack != 0) {
		if (stack_here(frame) != f->stack)
			return FAULT_PASS;
		n = atomic_fetch_add(&armed.nsame, 1) + 1;
	}
	if (n != f->number)
		return FAULT_PASS;
	atomic_store(&armed.reached, true);
	return f->way;
}

static enum fault_way
way_of(const struct fault *f, uint64_t n, const void *frame)
{
	switch (f->reach) {
	case FAULT_ONCE:
	case FAULT_FROM: return way_by_number(f, n, frame);
	case FAULT_EACH: return f->way;
	case FAULT_OTHER: break;
	}
	return n % 2 == 1 ? f->way : FAULT_PASS;
}

enum fault_way
fault_call(enum fault_class kind)
{
	const struct fault *f = &armed.fault;
	const void *frame = __builtin_frame_address(0);
	enum fault_way way = FAULT_PASS;
	uint64_t n;

	if (armed.report == NULL)
		return FAULT_PASS;
	n = atomic_fetch_add(&armed.report->calls[kind], 1) + 1;
	if (f->way == FAULT_PASS)
		keep_stack(kind, n, frame);
	else if (kind == f->class)
		way = way_of(f, n, frame);
	if (way != FAULT_PASS)
		atomic_store(&armed.report->hit, true);
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
