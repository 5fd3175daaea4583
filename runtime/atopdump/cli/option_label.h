/*
 * option_label: the options of labels.
 */
#ifndef OPTION_LABEL_H
#define OPTION_LABEL_H

#include "atopdump/cli/option_table.h"

/* --labels; and --parseable and --atop-json, which are formats with a list of labels. */
bool option_set_labels(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_format_labels(struct options *o, const struct option_row *row, const char *value, char *why);

/* --as: a release for labels, or what the verb says it is. */
bool option_set_as(struct options *o, const struct option_row *row, const char *value, char *why);

#endif
