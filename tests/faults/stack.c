/*
 * stack: hashes what the unwinder of the compiler finds. It allocates nothing and makes no system call.
 */
#include <stdbool.h>
#include <unwind.h>

#include "stack.h"

#define DEPTH_MAX 64 /* addresses that count; a deeper recursion looks like a shallower one */

static uintptr_t outermost; /* the frame that runs the program */

void
stack_begin(const void *frame)
{
	outermost = (uintptr_t)frame;
}

/* The hash so far: FNV-1a over addresses instead of bytes. */
struct walk {
	uintptr_t inner; /* frames inside of this one do not count */
	uint64_t hash;
	unsigned depth;
};

/* Where the linker puts the program. */
extern const char __executable_start[], _end[];

/* Whether an address is the program's. What libraries do between two calls of the program does not tell stacks apart. */
static bool
is_own(uintptr_t ip)
{
	return ip >= (uintptr_t)__executable_start && ip < (uintptr_t)_end;
}

static _Unwind_Reason_Code
add(struct _Unwind_Context *context, void *state)
{
	struct walk *walk = state;

	if (_Unwind_GetCFA(context) > outermost) /* the stacks of threads lie below */
		return _URC_END_OF_STACK;
	if (_Unwind_GetCFA(context) <= walk->inner)
		return _URC_NO_REASON;
	if (!is_own(_Unwind_GetIP(context)))
		return _URC_NO_REASON;
	/* relative, since the kernel moves the program as a whole */
	walk->hash = (walk->hash ^ (_Unwind_GetIP(context) - (uintptr_t)__executable_start)) * 0x100000001b3u;
	walk->hash ^= walk->hash >> 32;
	return ++walk->depth < DEPTH_MAX ? _URC_NO_REASON : _URC_END_OF_STACK;
}

uint64_t
stack_here(const void *frame)
{
	struct walk walk = { .inner = (uintptr_t)frame, .hash = 0xcbf29ce484222325u };

	_Unwind_Backtrace(add, &walk);
	return walk.hash != 0 ? walk.hash : 1;
}
