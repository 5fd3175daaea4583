/*
 * fault: which call of the program under test fails, and how; and what the run did meanwhile. The wrappers
 * ask here what becomes of each call. Until armed, everything passes: the driver is linked with the wrappers
 * too.
 */
#ifndef FAULT_H
#define FAULT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What a call is to the program. */
enum fault_class {
	FAULT_MEMORY, /* it allocates */
	FAULT_OPEN,
	FAULT_READ,
	FAULT_WRITE,
	FAULT_SCAN,   /* stdio reads */
	FAULT_PRINT,  /* a write that stdio makes for standard output */
	FAULT_WAIT,   /* until a descriptor is ready */
	FAULT_LOOK,   /* it asks about files, descriptors or the system */
	FAULT_CHANGE, /* it makes, names, closes or removes files */
	FAULT_THREAD, /* it makes a thread, or what threads need */
	FAULT_CLASSES
};

/* What becomes of a call. */
enum fault_way {
	FAULT_PASS, /* what always does */
	FAULT_FAIL, /* it fails with the errno */
	FAULT_ONE,  /* it moves one byte */
	FAULT_HALF, /* it moves half of the bytes, and all that follow fail */
	FAULT_END   /* it finds the end of the file */
};

enum fault_reach {
	FAULT_ONCE, /* the call alone */
	FAULT_FROM, /* it and all that follow */
	FAULT_EACH, /* every call */
	FAULT_OTHER /* every other call: each passes when tried again */
};

struct fault {
	enum fault_class class;
	enum fault_way way;
	int error;
	enum fault_reach reach;
	uint64_t stack;  /* only calls with this stack count; 0: all of the class */
	uint64_t number; /* of the call among those that count, from 1 on */
};

#define FAULT_TEXT_MAX  (24u << 20) /* bytes of a standard stream that are kept */
#define FAULT_FILES_MAX 256         /* descriptors that are watched */
#define FAULT_CALLS_MAX (1u << 17)  /* calls of a class whose stacks are kept */

/* What was written to a standard stream. */
struct fault_text {
	size_t size;
	char bytes[FAULT_TEXT_MAX];
};

/* What a run leaves behind, whatever becomes of it. Lies in memory shared with the driver. */
struct fault_report {
	_Atomic uint64_t calls[FAULT_CLASSES];
	_Atomic uint64_t foreign;           /* of the allocations those that libraries made */
	_Atomic bool hit;                   /* the fault came true */
	_Atomic long memory;                /* allocations not given back */
	_Atomic bool open[FAULT_FILES_MAX]; /* descriptors that were opened and not closed */
	bool ended;                         /* the program came to its end */
	bool exited;                        /* by exit, which gives nothing back */
	int status;
	struct fault_text out, err;
	uint64_t stacks[FAULT_CLASSES][FAULT_CALLS_MAX]; /* of each call, if no fault was given */
};

/* From now on calls are counted and fail as `fault` says, and output goes into `report`. */
void fault_arm(const struct fault *fault, struct fault_report *report);

/* The report that is being made; NULL: the calls are the driver's. */
struct fault_report *fault_report(void);

/* Counts a call and returns what becomes of it. With FAULT_FAIL, errno is set. */
enum fault_way fault_call(enum fault_class class);

/* Whether a call fails; errno is set then. For those that can do nothing else. */
bool fault_fails(enum fault_class class);

/* How many of the `size` bytes a call moves that goes this way. */
size_t fault_size(enum fault_way way, size_t size);

/* Keeps what is written to a standard stream. */
void fault_keep(struct fault_text *text, const void *bytes, size_t size);

/* Notes that so many allocations more, or fewer, are in use. */
void fault_count_memory(long more);

/* Notes that the allocation to come is one that a library makes. */
void fault_count_foreign(void);

/* Ends a run: its exit status is `status`. */
_Noreturn void fault_end(int status);

/* Whether a fault befell the reading of a file. */
bool scan_failed(const FILE *f);

/* Writes out what stdio holds for standard output, as the end of a program does. */
void stream_close(void);

#endif
