/*
 * message: composes messages and writes them. stdio everywhere but in message_signal.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "print/text/put_text.h"

#define NAME_SHOWN_MAX 4096 /* bytes of a file's name in messages */
#define HINT           "Try 'atopdump --help'."

/* Held while a message is written. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Columns of the line of progress that is shown; 0: none is. */
static volatile sig_atomic_t shown;

/* --- the line of progress --------------------------------------------------------------------------------------- */

void
message_erase(void)
{
	char blank[MESSAGE_PROGRESS_COLUMNS + 2];
	const size_t columns = (size_t)shown;
	ssize_t written;

	if (columns == 0)
		return;
	shown = 0;
	memset(blank, ' ', sizeof blank);
	blank[0] = blank[columns + 1] = '\r';
	written = write(STDERR_FILENO, blank, columns + 2);
	(void)written; /* nothing can be reported about it */
}

/* Begins a message: no other one can be written before it ends. */
static void
begin(void)
{
	pthread_mutex_lock(&lock);
	message_erase();
}

static void
end(void)
{
	pthread_mutex_unlock(&lock);
}

void
message_progress(const char *line, unsigned columns)
{
	begin();
	if (*line != '\0' && columns <= MESSAGE_PROGRESS_COLUMNS) {
		shown = (sig_atomic_t)columns;
		fputs(line, stderr);
	}
	end();
}

/* --- messages --------------------------------------------------------------------------------------------------- */

void
message(const char *path, const char *text)
{
	char name[PUT_VISIBLE_MAX(NAME_SHOWN_MAX) + PUT_SLACK];

	*put_visible(name, path, strnlen(path, NAME_SHOWN_MAX)) = '\0';
	begin();
	fprintf(stderr, "atopdump: %s: %s\n", strcmp(path, "-") == 0 ? "standard input" : name, text);
	end();
}

void
message_run(const char *text)
{
	begin();
	fprintf(stderr, "atopdump: %s\n", text);
	end();
}

void
message_output(const char *path, int error)
{
	message(path != NULL ? path : "standard output",
	    error == EEXIST ? "exists already; --force replaces it" : strerror(error));
}

void
message_usage(const char *why, bool lines)
{
	char text[PUT_VISIBLE_MAX(OPTIONS_MESSAGE_MAX) + PUT_SLACK];
	const char *before = "atopdump: ";

	for (size_t size; *why != '\0'; why += size + (why[size] == '\n')) {
		size = strcspn(why, lines ? "\n" : "");
		*put_visible(text, why, size) = '\0';
		fprintf(stderr, "%s%s\n", before, text);
		before = "";
	}
	fputs(HINT "\n", stderr);
}

void
message_no_file(const char *usage)
{
	fprintf(stderr, "atopdump: no FILE, and standard input is a terminal\n%s\n" HINT "\n", usage);
}

void
message_no_sandbox(int error)
{
	begin();
	fprintf(stderr, "atopdump: the system refuses the sandbox (%s); going on without it\n", strerror(error));
	end();
}

static const char *
name_of_signal(int number)
{
	switch (number) {
	case SIGHUP: return "SIGHUP";
	case SIGINT: return "SIGINT";
	case SIGQUIT: return "SIGQUIT";
	case SIGTERM: return "SIGTERM";
	case SIGXCPU: return "SIGXCPU";
	default: return "a signal";
	}
}

/* Copies `word` to text + used. Returns the number of bytes used. */
static size_t
append(char *text, size_t used, const char *word)
{
	while (*word != '\0')
		text[used++] = *word++;
	return used;
}

void
message_signal(int number)
{
	char text[128];
	ssize_t written;
	size_t used;

	used = append(text, 0, "atopdump: ended by ");
	used = append(text, used, name_of_signal(number));
	used = append(text, used, "; the output was not whole, and is removed\n");
	written = write(STDERR_FILENO, text, used);
	(void)written; /* the run ends either way */
}
