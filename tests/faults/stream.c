/*
 * stream: what the programs use of stdio to print, wrapped: standard output with a buffer that is written
 * when it is full and is lost when that fails, and standard error. A failed write is remembered, as ferror
 * tells; fflush tells only of its own. Streams of the driver pass.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

#define ROOM 1024 /* of the buffer; small, so that there are many writes */
#define LINE 8192 /* bytes that one call may print */

static struct {
	char bytes[ROOM];
	size_t used;
	bool failed;
} out;

int __real_fflush(FILE *f);
int __real_ferror(FILE *f);
int __real_fputs(const char *text, FILE *f);
int __real_fputc(int c, FILE *f);
size_t __real_fwrite(const void *p, size_t size, size_t count, FILE *f);

int __wrap_fflush(FILE *f);
int __wrap_ferror(FILE *f);
int __wrap_fputs(const char *text, FILE *f);
int __wrap_fputc(int c, FILE *f);
int __wrap_putchar(int c);
int __wrap_puts(const char *text);
size_t __wrap_fwrite(const void *p, size_t size, size_t count, FILE *f);
int __wrap_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int __wrap_fprintf(FILE *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
int __wrap___printf_chk(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));
int __wrap___fprintf_chk(FILE *f, int level, const char *format, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void __wrap_exit(int status);
_Noreturn void __real_exit(int status);

/* Writes out the buffer. 0, or EOF: then what it held is lost. */
static int
flush(struct fault_report *report)
{
	const char *p = out.bytes;
	size_t left = out.used, size;
	enum fault_way way;

	out.used = 0;
	for (; left > 0; left -= size) {
		way = fault_call(FAULT_PRINT);
		if (way == FAULT_FAIL) {
			out.failed = true;
			return EOF;
		}
		size = fault_size(way, left);
		fault_keep(&report->out, p, size);
		p += size;
	}
	return 0;
}

/* 0 or EOF. */
static int
put(FILE *f, const char *bytes, size_t size)
{
	struct fault_report *report = fault_report();
	int result = 0;

	if (report == NULL)
		return __real_fwrite(bytes, 1, size, f) == size ? 0 : EOF;
	if (f != stdout) {
		fault_keep(&report->err, bytes, size);
		return 0;
	}
	for (size_t i = 0; i < size && result == 0; i++) {
		out.bytes[out.used++] = bytes[i];
		if (out.used == sizeof out.bytes)
			result = flush(report);
	}
	return result;
}

static int __attribute__((format(printf, 2, 0))) print(FILE *f, const char *format, va_list args)
{
	char line[LINE];
	int size = vsnprintf(line, sizeof line, format, args);

	if (size < 0 || (size_t)size >= sizeof line)
		abort();
	return put(f, line, (size_t)size) == 0 ? size : -1;
}

int
__wrap_fflush(FILE *f)
{
	struct fault_report *report = fault_report();

	if (report == NULL)
		return __real_fflush(f);
	return f == stderr ? 0 : flush(report);
}

int
__wrap_ferror(FILE *f)
{
	if (fault_report() == NULL || f != stdout)
		return __real_ferror(f) != 0 || scan_failed(f);
	return out.failed;
}

int
__wrap_fputs(const char *text, FILE *f)
{
	return put(f, text, strlen(text));
}

int
__wrap_fputc(int c, FILE *f)
{
	const char byte = (char)c;

	return put(f, &byte, 1) == 0 ? (unsigned char)c : EOF;
}

int
__wrap_putchar(int c)
{
	return __wrap_fputc(c, stdout);
}

int
__wrap_puts(const char *text)
{
	return __wrap_fputs(text, stdout) == 0 ? __wrap_fputc('\n', stdout) : EOF;
}

size_t
__wrap_fwrite(const void *p, size_t size, size_t count, FILE *f)
{
	return put(f, p, size * count) == 0 ? count : 0;
}

int
__wrap_printf(const char *format, ...)
{
	va_list args;
	int result;

	va_start(args, format);
	result = print(stdout, format, args);
	va_end(args);
	return result;
}

int
__wrap_fprintf(FILE *f, const char *format, ...)
{
	va_list args;
	int result;

	va_start(args, format);
	result = print(f, format, args);
	va_end(args);
	return result;
}

/* The functions that compilers call instead of the two with _FORTIFY_SOURCE. */
int
__wrap___printf_chk(int level, const char *format, ...)
{
	va_list args;
	int result;

	(void)level;
	va_start(args, format);
	result = print(stdout, format, args);
	va_end(args);
	return result;
}

int
__wrap___fprintf_chk(FILE *f, int level, const char *format, ...)
{
	va_list args;
	int result;

	(void)level;
	va_start(args, format);
	result = print(f, format, args);
	va_end(args);
	return result;
}

void
stream_close(void)
{
	if (fault_report() != NULL)
		flush(fault_report());
}

_Noreturn void
__wrap_exit(int status)
{
	if (fault_report() == NULL)
		__real_exit(status);
	stream_close();
	fault_report()->exited = true;
	fault_end(status);
}
