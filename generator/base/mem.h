/*
 * mem: memory of the compiler. Everything lives in one arena from the first file read to the last file
 * written and is freed at once; running out is fatal. Nothing here knows about schemas.
 */
#ifndef MEM_H
#define MEM_H

#include <stdarg.h>
#include <stddef.h>

struct arena {
	struct arena_chunk *chunks;
};

/* Zeroed memory that lives as long as the arena; never NULL. */
void	*arena_alloc(struct arena *a, size_t size);

/* A NUL-terminated copy of `length` bytes. */
char	*arena_strndup(struct arena *a, const char *text, size_t length);

/* printf into the arena. */
char	*arena_printf(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char	*arena_vprintf(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/*
 * Room for one more element in an array that the arena holds: returns the array, moved if it had to grow.
 * `count` is the number of elements in use, `size` that of one element. Capacity doubles, so no one keeps it.
 */
void	*arena_grow(struct arena *a, void *array, size_t count, size_t size);

void	 arena_free(struct arena *a);

#endif
