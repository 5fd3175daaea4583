/*
 * yaml: the allocations that libyaml makes for atopgen. It calls its own functions for that, by names that a
 * program may define itself where the library is a shared one.
 */
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "fault.h"
#include "libraries.h"

void *yaml_malloc(size_t size);
void *yaml_realloc(void *old, size_t size);
void yaml_free(void *p);
yaml_char_t *yaml_strdup(const yaml_char_t *text);

void *
yaml_malloc(size_t size)
{
	fault_count_foreign();
	return malloc(size > 0 ? size : 1);
}

void *
yaml_realloc(void *old, size_t size)
{
	fault_count_foreign();
	return realloc(old, size > 0 ? size : 1);
}

void
yaml_free(void *p)
{
	free(p);
}

yaml_char_t *
yaml_strdup(const yaml_char_t *text)
{
	fault_count_foreign();
	return text != NULL ? (yaml_char_t *)strdup((const char *)text) : NULL;
}

void
libraries_take_over(void)
{
}
