/*
 * process: what the system hands to the program: standard descriptors and signals.
 */
#ifndef PROCESS_H
#define PROCESS_H

/*
 * Prepares the process before anything is opened. Standard descriptors that came closed are filled with ones that fail,
 * so that no file opened later takes their place and receives messages or output. SIGPIPE is ignored: a closed
 * pipe is an error of writing.
 */
void process_begin(void);

/*
 * From here on a signal that ends the run removes unfinished output first (unfinished.h). Signals that were ignored
 * stay ignored. Exceeding a file size limit becomes an error of writing.
 */
void process_handle_signals(void);

#endif
