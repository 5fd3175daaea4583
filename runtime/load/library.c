/*
 * library: dlopen and dlsym. All functions are bound at once: a library that lacks one fails here and not later.
 */
#include "load/library.h"

#include <dlfcn.h>
#include <string.h>

bool
library_load(const char *soname, const struct library_function *functions, size_t count, void *table)
{
	void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL), *address;

	if (handle == NULL)
		return false;
	for (size_t i = 0; i < count; i++)
		if (dlsym(handle, functions[i].name) == NULL) {
			dlclose(handle);
			return false;
		}
	for (size_t i = 0; i < count; i++) {
		address = dlsym(handle, functions[i].name);
		memcpy((char *)table + functions[i].offset, &address, sizeof address);
	}
	return true;
}
