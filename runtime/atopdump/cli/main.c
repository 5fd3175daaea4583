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

#include "atopdump/cli/options.h"
#include "atopdump/cli/sandbox.h"
#include "atopdump/dump/dump.h"
#include "atopdump/dump/evidence.h"
#include "atopdump/dump/inputs.h"
#include "atopdump/report/releases.h"
#include "print/format/output.h"
#include "print/format/unfinished.h"
#include "print/text/put.h"
#include "rawlog/catalog/catalog.h"
#include "rawlog/io/inflate.h"
#include "rawlog/write/repair.h"

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
status_of(enum rawlog_result result)
{
	switch (result) {
	case RAWLOG_OK:		return STATUS_OK;
	case RAWLOG_DAMAGED:	return STATUS_DAMAGED;
	case RAWLOG_REFUSED:	return STATUS_REFUSED;
	default:		return STATUS_FAILED;
	}
}

/* The place for all output, in words. */
static const char *
name_of_output(const struct options *o)
{
	return o->place.path != NULL ? o->place.path : "standard output";
}

static void
tell_of_output(const struct options *o, int error)
{
	tell(name_of_output(o), error == EEXIST ? "exists already; --force replaces it" : strerror(error));
}

/* Ends the output. It is kept if all that was asked for is in it, damage aside. */
static enum exit_status
finish(struct formatter *f, const struct options *o, enum exit_status status)
{
	int error = formatter_finish(f, status == STATUS_OK || status == STATUS_DAMAGED);

	if (error == 0 || error == EPIPE)		/* who reads has enough: no reason to complain */
		return status;
	tell_of_output(o, error);
	return STATUS_FAILED;
}

/* --- signals ------------------------------------------------------------------------------------------------ */

static const char *
name_of_signal(int number)
{
	switch (number) {
	case SIGHUP:	return "SIGHUP";
	case SIGINT:	return "SIGINT";
	case SIGQUIT:	return "SIGQUIT";
	case SIGTERM:	return "SIGTERM";
	case SIGXCPU:	return "SIGXCPU";
	default:	return "a signal";
	}
}

/* Appends to `text`, of which `used` bytes are used. */
static size_t
append(char *text, size_t used, const char *word)
{
	while (*word != '\0')
		text[used++] = *word++;
	return used;
}

/* A signal ends the run: so it does, but leaves no file that is not whole. */
static void
end_by_signal(int number)
{
	char text[128];
	ssize_t told;
	size_t used;

	if (unfinished_clean()) {
		used = append(text, 0, "atopdump: ended by ");
		used = append(text, used, name_of_signal(number));
		used = append(text, used, "; the output was not whole, and is removed\n");
		told = write(STDERR_FILENO, text, used);
		(void)told;			/* whoever is not there to be told need not be */
	}
	raise(number);				/* which is handled as by default again */
}

/* A signal that is ignored stays so. What becomes too large for a limit of the system is an error of writing. */
static void
handle_signals(void)
{
	struct sigaction handled = {.sa_handler = end_by_signal, .sa_flags = (int)SA_RESETHAND | SA_NODEFER}, old;
	const int *numbers;
	size_t count;

	signal(SIGXFSZ, SIG_IGN);
	numbers = unfinished_signals(&count);
	for (size_t i = 0; i < count; i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(numbers[i], &handled, NULL);
}

/* --- what it does --------------------------------------------------------------------------------------------- */

/* Gives up, once the files are open, what is not needed any more. */
static void
confine(const struct inputs *in, const struct options *o)
{
	unsigned needs = 0;
	int error;

	if (!o->sandbox || !sandbox_is_built_in())
		return;
	if (in->nopened < in->count)
		needs |= SANDBOX_READ;
	if (o->place.path != NULL)
		needs |= o->place.folder ? SANDBOX_NAMES | SANDBOX_CREATE : SANDBOX_NAMES;
	error = sandbox_enter(needs);
	if (error != 0)
		fprintf(stderr, "atopdump: the system refuses the sandbox (%s); going on without it\n", strerror(error));
}

static enum exit_status
repair(const struct options *o, struct inputs *in)
{
	struct output output;
	enum exit_status status;
	int error = output_open(&output, o->place.path, o->place.force);

	if (error != 0) {
		tell_of_output(o, error);
		return STATUS_FAILED;
	}
	confine(in, o);
	status = status_of(repair_file(&output.writer, o->files[0], inputs_take(in), &o->choice, o->part, tell));
	error = output_finish(&output, status == STATUS_OK || status == STATUS_DAMAGED);
	if (error == 0 || error == EPIPE)
		return status;
	tell_of_output(o, error);
	return STATUS_FAILED;
}

static enum exit_status
dump(const struct options *o, struct inputs *in)
{
	enum exit_status status;
	struct formatter *f;
	int error;

	error = formatter_open(&f, o->format, &o->query, &o->place);
	if (error != 0) {
		tell_of_output(o, error);
		return STATUS_FAILED;
	}
	confine(in, o);
	status = status_of(dump_logs(f, &o->dump, in, &o->choice, tell));
	return finish(f, o, status);
}

/* Reads logs, and writes what is asked for: all of it, or nothing. */
static enum exit_status
run(const struct options *o)
{
	enum exit_status status = STATUS_FAILED;
	struct inputs in;

	if (o->unnamed && isatty(STDIN_FILENO)) {
		fprintf(stderr, "atopdump: no FILE, and standard input is a terminal\n%.*s\nTry 'atopdump --help'.\n",
		    (int)strcspn(options_usage, "\n"), options_usage);
		return STATUS_FAILED;
	}
	inputs_init(&in, o->files, o->nfiles);
	inputs_open(&in, o->place.folder ? SPARE_FOLDER : 0);
	handle_signals();
	if (evidence_is_spared(&in, &o->place, o->format, &o->tables, tell))
		status = o->action == OPTIONS_REPAIR ? repair(o, &in) : dump(o, &in);
	inputs_close(&in);
	return status;
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
	} else {
		status = run(&o);
	}
	options_free(&o);
	return (int)status;
}
