/*
 * process: the one place that sets signal handlers.
 */
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/process.h"
#include "print/format/unfinished.h"

void
process_begin(void)
{
	int fd;

	do
		fd = open("/dev/null", fcntl(STDIN_FILENO, F_GETFD) < 0 ? O_WRONLY : O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
	signal(SIGPIPE, SIG_IGN);
}

/* Removes unfinished output and raises the signal again, which has its default effect now (SA_RESETHAND). */
static void
end_by_signal(int number)
{
	message_erase();
	if (unfinished_clean())
		message_signal(number);
	raise(number);
}

void
process_handle_signals(void)
{
	struct sigaction handled = { .sa_handler = end_by_signal, .sa_flags = (int)SA_RESETHAND | SA_NODEFER }, old;
	const int *numbers;
	size_t count;

	signal(SIGXFSZ, SIG_IGN);
	numbers = unfinished_signals(&count);
	for (size_t i = 0; i < count; i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(numbers[i], &handled, NULL);
}
