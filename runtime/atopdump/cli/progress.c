/*
 * progress: called for each read of a file; looks at the clock, and composes the line.
 */
#include "atopdump/cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "atopdump/cli/message.h"
#include "print/text/put_text.h"

#define PATIENCE    1000 /* milliseconds before the line appears */
#define PAUSE       100  /* milliseconds between two lines */
#define WIDTH       80   /* columns, if the terminal does not say */
#define NAME_MAX_IN 4096 /* bytes of a name that are looked at */
#define FACTS_MAX   96   /* bytes before the name */
#define DOTS        "..."

/* Milliseconds from a clock that only goes forward. False: there is none. */
static bool
now(uint64_t *ms)
{
	struct timespec time;

	if (clock_gettime(CLOCK_MONOTONIC, &time) < 0)
		return false;
	*ms = (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
	return true;
}

/* --- the line ------------------------------------------------------------------------------------------------- */

/* The columns that the character of UTF-8 at `p` takes at most, and its bytes. */
static size_t
measure(const char *p, size_t *bytes)
{
	const unsigned char c = (unsigned char)*p;

	*bytes = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	return *bytes < 3 ? 1 : 2;
}

static size_t
columns_of(const char *text)
{
	size_t columns = 0;

	for (size_t bytes; *text != '\0'; text += bytes)
		columns += measure(text, &bytes);
	return columns;
}

/* The end of the name that takes `room` columns at most; `cut`: that is not all of it. */
static const char *
fit(const char *name, size_t room, bool *cut)
{
	size_t columns = columns_of(name), bytes;

	*cut = columns > room;
	if (*cut)
		room -= room < sizeof DOTS ? room : sizeof DOTS - 1;
	for (; columns > room; name += bytes)
		columns -= measure(name, &bytes);
	return name;
}

/* What is known besides the name. */
static void
put_facts(const struct progress *p, char *text)
{
	const uint64_t done = p->before + (p->position < p->size ? p->position : p->size);
	int used = snprintf(text, FACTS_MAX, "atopdump: ");

	if (p->in->several)
		used += snprintf(text + used, FACTS_MAX - (size_t)used, "%d of %d files, ", p->number, p->in->count);
	if (p->known && p->total > 0)
		snprintf(text + used, FACTS_MAX - (size_t)used, "%d %%, ",
		    (int)((double)done / (double)p->total * 100));
	else
		snprintf(text + used, FACTS_MAX - (size_t)used, "%" PRIu64 " MiB, ", p->position >> 20);
}

static void
show(const struct progress *p)
{
	char name[PUT_VISIBLE_MAX(NAME_MAX_IN) + PUT_SLACK], line[MESSAGE_PROGRESS_MAX], facts[FACTS_MAX];
	const bool is_input = strcmp(p->path, "-") == 0;
	const char *end = is_input ? "standard input" : name;
	size_t columns;
	bool cut;

	*put_visible(name, p->path, strnlen(p->path, NAME_MAX_IN)) = '\0';
	put_facts(p, facts);
	columns = strlen(facts);
	end = fit(end, columns + 1 < p->width ? p->width - columns - 1 : 0, &cut);
	snprintf(line, sizeof line, "%s%s%.1600s", facts, cut ? DOTS : "", end);
	message_progress(line, (unsigned)columns_of(line));
}

/* --- what happens ----------------------------------------------------------------------------------------------- */

/* The size of a regular file; false: it is none. */
static bool
find_size(int fd, uint64_t *size)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	*size = (uint64_t)st.st_size;
	return true;
}

static void
take(void *context, int number, int fd)
{
	struct progress *p = context;

	p->path = p->in->paths[number];
	p->number = number;
	p->before += p->size;
	p->position = 0;
	if (!find_size(fd, &p->size))
		p->size = 0;
}

static void
read_to(void *context, uint64_t position)
{
	struct progress *p = context;
	uint64_t ms;

	if (position > p->position)
		p->position = position;
	if (p->path == NULL || !now(&ms) || ms - p->began < PATIENCE || ms - p->shown < PAUSE)
		return;
	p->shown = ms;
	show(p);
}

/* Whether standard error is a terminal, and standard output is not the same one. */
static bool
has_terminal(void)
{
	struct stat out, err;

	if (!isatty(STDERR_FILENO) || fstat(STDERR_FILENO, &err) < 0)
		return false;
	return !isatty(STDOUT_FILENO) || fstat(STDOUT_FILENO, &out) < 0 || out.st_rdev != err.st_rdev;
}

/* The columns of the terminal. Asked for once: the sandbox does not let the program ask. */
static unsigned
find_width(void)
{
	struct winsize size;
	unsigned width = WIDTH;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	return width < MESSAGE_PROGRESS_COLUMNS ? width : MESSAGE_PROGRESS_COLUMNS;
}

void
progress_begin(struct progress *p, const struct options *o, struct inputs *in)
{
	uint64_t size;

	*p = (struct progress){ .in = in,
		.shows = !o->dump.quiet && has_terminal(),
		.known = in->nopened == in->count };
	if (!p->shows || !now(&p->began)) {
		p->shows = false;
		return;
	}
	p->width = find_width();
	for (int i = 0; i < in->nopened; i++)
		if (find_size(in->fds[i], &size))
			p->total += size;
		else if (in->fds[i] >= 0)
			p->known = false;
	in->takes = take;
	in->watch.at = read_to;
	in->watch.context = p;
}

void
progress_end(struct progress *p)
{
	if (p->shows)
		message_progress("", 0);
}
