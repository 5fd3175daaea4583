/*
 * intake: looks at the first bytes of each file, and opens it as what they say.
 */
#include "atopdump/dump/intake.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GLANCE 8 /* bytes that tell compressed data, but not tar; read from a pipe first, whose writer may then wait */

void
intake_begin(struct intake *it, struct inputs *in, bool carves)
{
	*it = (struct intake){ .in = in, .carves = carves };
}

bool
intake_keep(struct intake *it)
{
	char **names;

	if (it->name == NULL)
		return true;
	names = realloc(it->names, (it->nnames + 1) * sizeof *names);
	if (names == NULL)
		return false;
	it->names = names;
	names[it->nnames++] = it->name;
	it->name = NULL;
	return true;
}

/* --- the first bytes ---------------------------------------------------------------------------------------- */

/* Reads up to `size` bytes of a stream, waiting for them. Returns how many; a failure comes again when it is read on. */
static size_t
read_on(int fd, unsigned char *buffer, size_t size)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t have = 0;
	ssize_t n;

	while (have < size) {
		n = read(fd, buffer + have, size - have);
		if (n > 0)
			have += (size_t)n;
		else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			poll(&p, 1, -1);
		else if (n == 0 || errno != EINTR)
			break;
	}
	return have;
}

/* Whether the name of a tar archive's first member can begin with this byte: a log does not. */
static bool
may_be_tar(unsigned char first)
{
	return first > ' ' && first < 0x7f;
}

/* Reads up to FILEKIND_SIZE bytes of a regular file from where it stands. Returns how many. */
static size_t
glance(int fd, unsigned char *buffer)
{
	const off_t at = lseek(fd, 0, SEEK_CUR);
	const ssize_t n = at < 0 ? -1 : pread(fd, buffer, FILEKIND_SIZE, at);

	return n > 0 ? (size_t)n : 0;
}

/* Whether input number `i`, which is not taken, can be packed. */
static bool
can_be_packed(const struct inputs *in, int i)
{
	unsigned char start[FILEKIND_SIZE];
	struct stat st;

	if (i >= in->nopened)
		return true;
	if (in->fds[i] < 0 || fstat(in->fds[i], &st) < 0 || S_ISDIR(st.st_mode))
		return false;
	return !S_ISREG(st.st_mode) || filekind_packing(start, glance(in->fds[i], start)) != FILEKIND_PLAIN;
}

void
intake_prepare(const struct inputs *in)
{
	for (int i = 0; i < in->count; i++)
		if (can_be_packed(in, i)) {
			archive_load();
			return;
		}
}

/* Looks at the first bytes of the file, and keeps those that cannot be read again. Returns how many there are. */
static size_t
look(struct intake *it, int fd)
{
	struct stat st;
	size_t have;

	if (fd < 0 || fstat(fd, &st) < 0 || S_ISDIR(st.st_mode))
		return 0;
	if (S_ISREG(st.st_mode))
		return glance(fd, it->start);
	have = read_on(fd, it->start, GLANCE);
	if (have == GLANCE && may_be_tar(it->start[0]) && filekind_packing(it->start, have) != FILEKIND_COMPRESSED)
		have += read_on(fd, it->start + have, sizeof it->start - have);
	it->offer.source.start = it->start;
	it->offer.source.size = have;
	return have;
}

/* --- archives ----------------------------------------------------------------------------------------------- */

/* Words the end of a file that is corrupt, for the reason `flaw` if that is known. */
static void
describe_break(struct intake *it, const char *flaw)
{
	struct intake_offer *o = &it->offer;

	if (it->kind->packing == FILEKIND_COMPRESSED)
		snprintf(o->why, sizeof o->why, "%s; %s may read more of it",
		    flaw != NULL ? flaw : "its compressed data is corrupt or ends early", it->kind->tool);
	else
		snprintf(o->why, sizeof o->why, "%s%s", flaw != NULL ? flaw : "the archive is corrupt",
		    it->nmembers > 0 ? "; files behind that are not read" : "");
}

static void
close_file(int fd)
{
	if (fd > STDIN_FILENO)
		close(fd);
}

/* Opens the file as an archive, if it is one that can be read. */
static void
open_archive(struct intake *it, int fd, size_t size)
{
	const struct filekind *kind = filekind_find(it->start, size);
	struct intake_offer *o = &it->offer;
	enum archive_result result = ARCHIVE_READER_NONE;

	if (kind != NULL)
		result = archive_open(&it->archive, fd, kind, it->start, size, &it->in->watch);
	if (result == ARCHIVE_READER_NONE)
		return;
	it->fd = fd;
	it->nmembers = 0;
	it->members = (struct inputs_folder){ .path = o->path };
	it->kind = kind;
	if (result == ARCHIVE_READER_OK)
		return;
	close_file(fd);
	o->end = result == ARCHIVE_READER_BROKEN ? RAWLOG_REFUSED : RAWLOG_FAILED;
	snprintf(o->why, sizeof o->why, "%s", result == ARCHIVE_READER_BROKEN ? "" : strerror(ENOMEM));
	if (result == ARCHIVE_READER_BROKEN)
		describe_break(it, NULL);
}

/* Ends the current archive with a last offer, if there is something to report of it as a whole. */
static bool
leave_archive(struct intake *it, bool broken)
{
	const char *flaw = broken ? archive_flaw(it->archive) : NULL;
	struct intake_offer *o = &it->offer;

	o->path = it->members.path;
	o->folder = it->outer;
	o->source = (struct rawlog_source){ .fd = -1 };
	if (broken) {
		describe_break(it, flaw);
		o->end = it->nmembers > 0 ? RAWLOG_DAMAGED : RAWLOG_REFUSED;
	} else if (!it->members.answers) {
		snprintf(o->why, sizeof o->why, "no atop log in it (%" PRIu64 " file%s passed over)",
		    it->members.passed, it->members.passed == 1 ? "" : "s");
		o->end = RAWLOG_REFUSED;
		o->strange = true;
	}
	if (it->outer != NULL && it->members.answers)
		it->outer->answers = true;
	archive_close(it->archive);
	it->archive = NULL;
	close_file(it->fd);
	return o->end != RAWLOG_OK;
}

/* The name of the current member; NULL: out of memory. */
static char *
join_name(const char *path, const char *member)
{
	const size_t size = strlen(path) + strlen(member) + 2;
	char *name = malloc(size);

	if (name != NULL)
		snprintf(name, size, "%s:%s", path, member);
	return name;
}

/* Offers the current member. */
static void
offer_member(struct intake *it)
{
	struct intake_offer *o = &it->offer;
	const bool named = archive_has_names(it->archive);
	const char *hindrance = archive_hindrance(it->archive);

	it->nmembers++;
	it->feed = archive_feed(it->archive);
	o->source = (struct rawlog_source){ .fd = -1, .feed = &it->feed };
	o->member = named;
	o->folder = named ? &it->members : it->outer;
	o->path = it->members.path;
	if (!named) {
		it->members.answers = true;
		return;
	}
	it->name = join_name(it->members.path, archive_name(it->archive));
	if (it->name != NULL)
		o->path = it->name;
	if (hindrance != NULL || it->name == NULL) {
		snprintf(o->why, sizeof o->why, "%s", it->name == NULL ? strerror(ENOMEM) : hindrance);
		o->end = it->name == NULL ? RAWLOG_FAILED : RAWLOG_REFUSED;
		o->strange = true;
	}
}

/* Goes to the next member. False: there are none, and there is nothing to report. */
static bool
next_member(struct intake *it)
{
	switch (archive_next(it->archive)) {
	case ARCHIVE_READER_OK: offer_member(it); return true;
	case ARCHIVE_READER_END: return leave_archive(it, false);
	default: return leave_archive(it, true);
	}
}

bool
intake_next(struct intake *it)
{
	struct inputs *in = it->in;
	struct intake_offer *o = &it->offer;
	size_t size;
	int fd;

	free(it->name);
	it->name = NULL;
	for (;;) {
		*o = (struct intake_offer){ .number = o->number + 1 };
		if (it->archive != NULL && next_member(it))
			return true;
		if (in->next == in->count)
			return false;
		o->path = in->paths[in->next];
		o->folder = it->outer = inputs_folder_of(in, in->next);
		fd = inputs_take(in);
		o->source.fd = fd;
		o->source.watch = in->watch;
		size = it->carves ? 0 : look(it, fd);
		if (size > 0)
			open_archive(it, fd, size);
		if (it->archive == NULL)
			return true;
	}
}

void
intake_end(struct intake *it)
{
	for (size_t i = 0; i < it->nnames; i++)
		free(it->names[i]);
	free(it->names);
	free(it->name);
	archive_close(it->archive);
	if (it->archive != NULL)
		close_file(it->fd);
	*it = (struct intake){ .in = it->in };
}

/* --- messages ----------------------------------------------------------------------------------------------- */

/* Whether a shell takes the path as it is, and the message can hold it. */
static bool
is_plain(const char *path)
{
	return strlen(path) < 128 && path[0] != '-' &&
	    path[strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./,:@%+=-")] == '\0';
}

void
intake_explain(const struct intake *it, const struct rawlog_error *error, char *text)
{
	const struct intake_offer *o = &it->offer;

	if (error->unpack == NULL)
		snprintf(text, INTAKE_TEXT_MAX, "%s", error->text);
	else if (o->member)
		snprintf(text, INTAKE_TEXT_MAX, "%s; inside an archive it is not opened", error->text);
	else
		snprintf(text, INTAKE_TEXT_MAX, "%s; try: %s %s | atopdump", error->text, error->unpack,
		    is_plain(o->path) ? o->path : "FILE");
}
