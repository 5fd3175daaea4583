/*
 * mem: memory of the compiler. Everything is allocated from one arena and freed at the end of the run. If the system has
 * no memory left, the program ends with a message.
 */
#ifndef MEM_H
#define MEM_H

#include <stdarg.h>
#include <stddef.h>

struct arena {
	struct arena_chunk *chunks;
};

/* Zeroed memory that lives as long as the arena; never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* A NUL-terminated copy of `length` bytes. */
char *arena_strndup(struct arena *a, const char *text, size_t length);

/* printf into the arena. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/*
 * Makes space for one more element of an array in the arena. Returns the array, which moves when it grows. `count` is the
 * number of elements in use, `size` the bytes of one. Capacities are powers of two, so nobody stores them.
 */
void *arena_grow(struct arena *a, void *array, size_t count, size_t size);

void arena_free(struct arena *a);

#endif
