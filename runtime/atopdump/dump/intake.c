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

#define TAR_KNOWN 263 /* bytes of a tar archive that tell it */
#define GLANCE    8 /* bytes that tell compressed data, but not tar; read from a pipe first, whose writer may then wait */

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

/* Reads up to `size` bytes of a stream, waiting for the first; `got` is how many, and `tap` gets them. 0, or an errno. */
static int
read_some(int fd, const struct tap *tap, unsigned char *buffer, size_t size, size_t *got)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	ssize_t n;

	*got = 0;
	for (;;) {
		n = read(fd, buffer, size);
		if (n >= 0) {
			*got = (size_t)n;
			tap_bytes(tap, buffer, *got);
			return 0;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			poll(&p, 1, -1);
		else if (errno != EINTR)
			return errno;
	}
}

/* Reads on, from `have` bytes to `size`, waiting for all of them. 0, or an errno. */
static int
read_on(int fd, const struct tap *tap, unsigned char *buffer, size_t size, size_t *have)
{
	int error = 0;

	for (size_t got = 1; error == 0 && got > 0 && *have < size; *have += got)
		error = read_some(fd, tap, buffer + *have, size - *have, &got);
	return error;
}

static bool
is_gzip(const struct filekind *kind)
{
	return kind != NULL && strcmp(kind->name, "gzip") == 0;
}

/* Reads on until a gzip file, if the first bytes begin one, is known to have a tar archive in it, or none. 0, or an errno. */
static int
read_gzip(int fd, const struct tap *tap, unsigned char *start, size_t *have)
{
	unsigned char inside[FILEKIND_SIZE];
	size_t got = 1, known;
	int error = 0;

	if (!is_gzip(filekind_find(start, *have)))
		return 0;
	while (error == 0 && got > 0 && *have < FILEKIND_SIZE) {
		if (!rawlog_inside_gzip(start, *have, inside, &known))
			return ENOMEM;
		if (known >= TAR_KNOWN)
			return 0;
		error = read_some(fd, tap, start + *have, FILEKIND_SIZE - *have, &got);
		*have += got;
	}
	return error;
}

/*
 * What archive_open undoes of the file that begins with these bytes; NULL: nothing. gzip is, if a tar archive is in it. False: out
 * of memory.
 */
static bool
find_archive(const unsigned char *start, size_t size, const struct filekind **kind)
{
	unsigned char inside[FILEKIND_SIZE];
	const struct filekind *inner;
	size_t got;

	*kind = filekind_find(start, size);
	if (!is_gzip(*kind))
		return true;
	if (!rawlog_inside_gzip(start, size, inside, &got))
		return false;
	inner = filekind_find(inside, got);
	if (inner == NULL || strcmp(inner->name, "tar") != 0)
		*kind = NULL;
	return true;
}

/* Whether the name of a tar archive's first member can begin with this byte: a log does not. */
static bool
may_be_tar(unsigned char first)
{
	return first > ' ' && first < 0x7f;
}

/* Reads up to FILEKIND_SIZE bytes of a regular file from where it stands; `have` is how many. 0, or an errno. */
static int
glance(int fd, unsigned char *buffer, size_t *have)
{
	const off_t at = lseek(fd, 0, SEEK_CUR);
	ssize_t n = 1;

	*have = 0;
	if (at < 0)
		return errno;
	while (n > 0 && *have < FILEKIND_SIZE) {
		do
			n = pread(fd, buffer + *have, FILEKIND_SIZE - *have, at + (off_t)*have);
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return errno;
		*have += (size_t)n;
	}
	return 0;
}

/* Whether input number `i`, which is not taken, can be packed. */
static bool
can_be_packed(const struct inputs *in, int i)
{
	unsigned char start[FILEKIND_SIZE];
	struct stat st;
	size_t have;

	if (i >= in->nopened)
		return true;
	if (in->fds[i] < 0 || fstat(in->fds[i], &st) < 0 || S_ISDIR(st.st_mode))
		return false;
	return !S_ISREG(st.st_mode) || glance(in->fds[i], start, &have) != 0 ||
	    filekind_packing(start, have) != FILEKIND_PLAIN;
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

/* Looks at the first bytes of the file, `have` of them, and keeps those that cannot be read again. 0, or an errno. */
static int
look(struct intake *it, int fd, size_t *have)
{
	const struct tap *tap = &it->in->watch.tap;
	struct stat st;
	int error;

	*have = 0;
	if (fd < 0)
		return 0; /* opening it as a log fails too */
	if (fstat(fd, &st) < 0)
		return errno;
	if (S_ISDIR(st.st_mode))
		return 0;
	if (S_ISREG(st.st_mode))
		return glance(fd, it->start, have);
	error = read_on(fd, tap, it->start, GLANCE, have);
	if (error == 0 && *have == GLANCE && may_be_tar(it->start[0]) &&
	    filekind_packing(it->start, *have) != FILEKIND_COMPRESSED)
		error = read_on(fd, tap, it->start, sizeof it->start, have);
	if (error == 0)
		error = read_gzip(fd, tap, it->start, have);
	it->offer.source.start = it->start;
	it->offer.source.size = *have;
	return error;
}

/* --- archives ----------------------------------------------------------------------------------------------- */

/* Words the end of a file that is corrupt, for the reason `flaw` if that is known. */
static void
describe_break(struct intake *it, const char *flaw)
{
	struct intake_offer *o = &it->offer;

	if (it->kind->packing == FILEKIND_COMPRESSED && (it->archive == NULL || !archive_has_names(it->archive)))
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

/* Offers a file that cannot be read, because of an errno. */
static void
offer_failure(struct intake *it, int fd, int error)
{
	struct intake_offer *o = &it->offer;

	close_file(fd);
	o->source = (struct rawlog_source){ .fd = -1 };
	o->end = RAWLOG_FAILED;
	snprintf(o->why, sizeof o->why, "%s", strerror(error));
}

/* Opens the file as an archive, if it is one that can be read. */
static void
open_archive(struct intake *it, int fd, size_t size)
{
	struct intake_offer *o = &it->offer;
	enum archive_result result = ARCHIVE_READER_NONE;
	const struct filekind *kind;
	int error = ENOMEM;

	if (!find_archive(it->start, size, &kind))
		result = ARCHIVE_READER_FAILED;
	else if (kind != NULL)
		result = archive_open(&it->archive, fd, kind, it->start, size, &it->in->watch, &error);
	if (result == ARCHIVE_READER_NONE)
		return;
	it->fd = fd;
	it->nmembers = 0;
	it->members = (struct inputs_folder){ .path = o->path };
	it->kind = kind;
	if (result == ARCHIVE_READER_OK)
		return;
	if (result == ARCHIVE_READER_FAILED) {
		offer_failure(it, fd, error);
		return;
	}
	close_file(fd);
	o->end = RAWLOG_REFUSED;
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
	if (broken && archive_error(it->archive) != 0) {
		snprintf(o->why, sizeof o->why, "%s", strerror(archive_error(it->archive)));
		o->end = RAWLOG_FAILED;
	} else if (broken) {
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
	size_t size = 0;
	int fd, error;

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
		error = it->carves ? 0 : look(it, fd, &size);
		if (error != 0)
			offer_failure(it, fd, error);
		else if (size > 0)
			open_archive(it, fd, size);
		if (it->archive == NULL)
			return true;
	}
}

void
intake_drop(struct intake *it)
{
	if (it->offer.end == RAWLOG_OK)
		close_file(it->offer.source.fd);
	it->offer.source.fd = -1;
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
