/*
 * atopdump: the program: options in, logs through, messages and an exit status out. All else is in the
 * library beside it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "catalog.h"
#include "dump.h"
#include "inflate.h"
#include "inputs.h"
#include "list.h"
#include "options.h"
#include "output.h"
#include "put.h"
#include "repair.h"
#include "sandbox.h"

#define SPARE_FOLDER	256		/* descriptors for a folder of tables */
#define NAME_SHOWN_MAX	4096		/* bytes of a file's name in messages */

#ifndef ATOPDUMP_VERSION
#define ATOPDUMP_VERSION	"unversioned"
#endif

enum exit_status {
	STATUS_OK = 0,
	STATUS_FAILED = 1,
	STATUS_REFUSED = 2,
	STATUS_DAMAGED = 3
};

/* Prints a message. Names of files may be somebody else's choice: nothing in them reaches a terminal raw. */
static void
tell(const char *path, const char *text)
{
	char name[PUT_VISIBLE_MAX(NAME_SHOWN_MAX) + PUT_SLACK];

	*put_visible(name, path, strnlen(path, NAME_SHOWN_MAX)) = '\0';
	fprintf(stderr, "atopdump: %s: %s\n", strcmp(path, "-") == 0 ? "standard input" : name, text);
}

/* The same for a mistake in the command line, which `why` may quote. */
static void
tell_usage(const char *why)
{
	char text[PUT_VISIBLE_MAX(OPTIONS_MESSAGE_MAX) + PUT_SLACK];

	*put_visible(text, why, strlen(why)) = '\0';
	fprintf(stderr, "atopdump: %s\nTry 'atopdump --help'.\n", text);
}

static enum exit_status
status_of(enum dump_result result)
{
	switch (result) {
	case DUMP_OK:		return STATUS_OK;
	case DUMP_DAMAGED:	return STATUS_DAMAGED;
	case DUMP_REFUSED:	return STATUS_REFUSED;
	case DUMP_FAILED:	break;
	}
	return STATUS_FAILED;
}

/* The place for all output, in words. */
static const char *
name_of_output(const struct options *o)
{
	return o->dump.path != NULL ? o->dump.path : "standard output";
}

/* Ends the output. It is kept if all that was asked for is in it, damage aside. */
static enum exit_status
finish(struct dump *d, const struct options *o, enum exit_status status)
{
	int error = d->format->finish(d, status == STATUS_OK || status == STATUS_DAMAGED);

	if (error == 0 || error == EPIPE)		/* who reads has enough: no reason to complain */
		return status;
	tell(name_of_output(o), strerror(error));
	return STATUS_FAILED;
}

/* Opens what is to be read, as far as it can be, and then gives up what is not needed any more. */
static void
confine(struct inputs *in, const struct options *o, bool opens_late)
{
	unsigned needs = 0;

	inputs_init(in, o->files, o->nfiles);
	if (!o->sandbox || !sandbox_is_built_in())
		return;
	inputs_open(in, o->dump.folder ? SPARE_FOLDER : 0);
	if (in->nopened < o->nfiles)
		needs |= SANDBOX_READ;
	if (o->dump.path != NULL)
		needs |= opens_late ? SANDBOX_NAMES | SANDBOX_CREATE : SANDBOX_NAMES;
	sandbox_enter(needs);
}

static enum exit_status
repair(const struct options *o)
{
	struct output output;
	struct inputs in;
	enum exit_status status;
	int error = output_open(&output, o->dump.path);

	if (error != 0) {
		tell(name_of_output(o), strerror(error));
		return STATUS_FAILED;
	}
	confine(&in, o, false);
	status = status_of(repair_file(&output.writer, o->files[0], inputs_take(&in), &o->choice, tell));
	inputs_close(&in);
	error = output_finish(&output, status == STATUS_OK || status == STATUS_DAMAGED);
	if (error == 0 || error == EPIPE)
		return status;
	tell(name_of_output(o), strerror(error));
	return STATUS_FAILED;
}

static enum exit_status
dump(const struct options *o)
{
	enum exit_status status;
	struct inputs in;
	struct dump *d;
	int error;

	error = o->open(&d, &o->dump);
	if (error != 0) {
		tell(name_of_output(o), strerror(error));
		return STATUS_FAILED;
	}
	confine(&in, o, d->format->opens_late);
	status = status_of(dump_logs(d, &in, &o->choice, tell));
	inputs_close(&in);
	return finish(d, o, status);
}

/* Ends what was printed with stdio. */
static enum exit_status
flush_stdout(void)
{
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return STATUS_OK;
	tell("standard output", strerror(errno));
	return STATUS_FAILED;
}

static enum exit_status
print_version(void)
{
	char sandbox[SANDBOX_WORDS_MAX];
	size_t i;

	sandbox_describe(sandbox);
	printf("atopdump %s, %s\n%s\nreads logs of atop", ATOPDUMP_VERSION, inflate_libraries(), sandbox);
	for (i = 0; i < catalog_nreleases; i++)
		printf("%s %s", i > 0 ? "," : "", catalog_releases[i]->covers);
	printf("\n");
	return flush_stdout();
}

/*
 * Fills standard descriptors that came closed with ones that fail, so that no file opened later takes their
 * place and gets the messages.
 */
static void
occupy_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", fcntl(STDIN_FILENO, F_GETFD) < 0 ? O_WRONLY : O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct options o;
	char why[OPTIONS_MESSAGE_MAX];
	enum exit_status status = STATUS_FAILED;

	occupy_descriptors();
	signal(SIGPIPE, SIG_IGN);
	if (!options_parse(&o, argc, argv, why)) {
		tell_usage(why);
	} else if (o.action == OPTIONS_VERSION) {
		status = print_version();
	} else if (o.action == OPTIONS_LIST) {
		list_catalog(stdout);
		status = flush_stdout();
	} else if (o.action == OPTIONS_HELP) {
		fputs(options_usage, stdout);
		status = flush_stdout();
	} else if (o.action == OPTIONS_REPAIR) {
		status = repair(&o);
	} else {
		status = dump(&o);
	}
	options_free(&o);
	return (int)status;
}
