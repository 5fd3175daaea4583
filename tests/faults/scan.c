/*
 * scan: what the programs use of stdio to read files, wrapped. An open file counts as an allocation, since it is given back.
 */
#include <stdio.h>

#include "fault.h"

#ifdef __GLIBC__
#define NAME_FOPEN(prefix) prefix##fopen64
#else
#define NAME_FOPEN(prefix) prefix##fopen
#endif

FILE *NAME_FOPEN(__real_)(const char *path, const char *mode);
size_t __real_fread(void *p, size_t size, size_t count, FILE *f);
int __real_fclose(FILE *f);

FILE *NAME_FOPEN(__wrap_)(const char *path, const char *mode);
size_t __wrap_fread(void *p, size_t size, size_t count, FILE *f);
size_t __wrap___fread_chk(void *p, size_t room, size_t size, size_t count, FILE *f);
int __wrap_fclose(FILE *f);

static const FILE *failed; /* the file whose reading failed last */

FILE *
NAME_FOPEN(__wrap_)(const char *path, const char *mode)
{
	FILE *f = fault_fails(FAULT_OPEN) ? NULL : NAME_FOPEN(__real_)(path, mode);

	if (f != NULL)
		fault_count_memory(1);
	return f;
}

size_t
__wrap_fread(void *p, size_t size, size_t count, FILE *f)
{
	if (!fault_fails(FAULT_SCAN))
		return __real_fread(p, size, count, f);
	failed = f;
	return 0;
}

/* What a build that defines _FORTIFY_SOURCE calls instead. */
size_t
__wrap___fread_chk(void *p, size_t room, size_t size, size_t count, FILE *f)
{
	(void)room;
	return __wrap_fread(p, size, count, f);
}

/* What is read is not lost if this fails, so it never does. */
int
__wrap_fclose(FILE *f)
{
	fault_count_memory(-1);
	return __real_fclose(f);
}

bool
scan_failed(const FILE *f)
{
	return f == failed;
}
