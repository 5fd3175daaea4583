/*
 * option_window: --begin, --end and --tz as a window, and what is reported if no sample is in it.
 */
#ifndef OPTION_WINDOW_H
#define OPTION_WINDOW_H

#include "atopdump/cli/options.h"
#include "atopdump/dump/sample_choice.h"

/*
 * Loads the zone and makes the window of the options. Relative times count from one moment, the time of this call. False:
 * `why` (OPTIONS_MESSAGE_MAX bytes) says what is wrong.
 */
bool option_window_make(struct options *o, char *why);

#define OPTION_WINDOW_TEXT_MAX 320

/*
 * Writes what is reported about a run without a sample in its window into `text` (OPTION_WINDOW_TEXT_MAX bytes). False:
 * there is nothing to report.
 */
bool option_window_is_empty(const struct sample_choice *c, char *text);

#endif
