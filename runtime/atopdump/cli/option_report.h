/*
 * option_report: setters of options that only verbs other than dump and carve have. As `set` and `word` of option_table.h.
 */
#ifndef OPTION_REPORT_H
#define OPTION_REPORT_H

#include "atopdump/cli/option_table.h"

/* --format of a verb with forms of its own. */
bool option_set_form(struct options *o, const struct option_row *row, const char *value, char *why);

/* --as, and the name of engine `i` with what it is. */
bool option_set_engine(struct options *o, const struct option_row *row, const char *value, char *why);
const char *option_engine_word(const struct verb *verb, size_t i, const char **summary);

const char *option_host_word(const struct verb *verb, size_t i, const char **summary);
bool option_set_tree(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_host_by(struct options *o, const struct option_row *row, const char *value, char *why);

#endif
