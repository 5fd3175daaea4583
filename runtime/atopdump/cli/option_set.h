/*
 * option_set: setters of options, and the words of those whose values are words. As `set` and `word` of option_table.h.
 */
#ifndef OPTION_SET_H
#define OPTION_SET_H

#include "atopdump/cli/option_table.h"

/* Of any option: set the member at row->to, a bool, a string or an unsigned. A path is not empty; a number is at most row->most. */
bool option_set_flag(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_text(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_path(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_number(struct options *o, const struct option_row *row, const char *value, char *why);

/* Of one option each. */
const char *option_format_word(const struct verb *verb, size_t i, const char **summary);
bool option_set_format(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_tables(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_schema(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_reserved(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_csv_safe(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_fields(struct options *o, const struct option_row *row, const char *value, char *why);
const char *option_time_word(const struct verb *verb, size_t i, const char **summary);
bool option_set_time(struct options *o, const struct option_row *row, const char *value, char *why);
const char *option_flags_word(const struct verb *verb, size_t i, const char **summary);
bool option_set_flags(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_with_file(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_without_file(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_no_sandbox(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_verb(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_version(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_list_views(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_help(struct options *o, const struct option_row *row, const char *value, char *why);

#endif
