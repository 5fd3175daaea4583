/*
 * memory: what allocates, wrapped. What realpath returns counts as an allocation too, since its caller frees
 * it.
 */
#include <stdlib.h>
#include <string.h>

#include "fault.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *p);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
int __real_setenv(const char *name, const char *value, int replace);
char *__real_realpath(const char *path, char *resolved);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *p);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);
int __wrap_setenv(const char *name, const char *value, int replace);
char *__wrap_realpath(const char *path, char *resolved);

/* Counts what an allocation gave. */
static void *
counted(void *p)
{
	if (p != NULL)
		fault_count_memory(1);
	return p;
}

void *
__wrap_malloc(size_t size)
{
	return fault_fails(FAULT_MEMORY) ? NULL : counted(__real_malloc(size));
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fault_fails(FAULT_MEMORY) ? NULL : counted(__real_calloc(count, size));
}

void *
__wrap_realloc(void *old, size_t size)
{
	if (fault_fails(FAULT_MEMORY))
		return NULL;
	return old != NULL ? __real_realloc(old, size) : counted(__real_realloc(old, size));
}

void *
__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return fault_fails(FAULT_MEMORY) ? NULL : counted(__real_aligned_alloc(alignment, size));
}

void
__wrap_free(void *p)
{
	if (p != NULL)
		fault_count_memory(-1);
	__real_free(p);
}

char *
__wrap_strdup(const char *text)
{
	return fault_fails(FAULT_MEMORY) ? NULL : counted(__real_strdup(text));
}

char *
__wrap_strndup(const char *text, size_t size)
{
	return fault_fails(FAULT_MEMORY) ? NULL : counted(__real_strndup(text, size));
}

/* The environment is never given back. */
int
__wrap_setenv(const char *name, const char *value, int replace)
{
	return fault_fails(FAULT_MEMORY) ? -1 : __real_setenv(name, value, replace);
}

char *
__wrap_realpath(const char *path, char *resolved)
{
	return fault_fails(FAULT_LOOK) ? NULL : counted(__real_realpath(path, resolved));
}
