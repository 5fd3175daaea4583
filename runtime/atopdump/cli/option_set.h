/*
 * option_set: setters of options, and the words of those whose values are words. As `set` and `word` of option_table.h.
 */
#ifndef OPTION_SET_H
#define OPTION_SET_H

#include "atopdump/cli/option_table.h"

bool option_set_flag(struct options *o, const struct option_row *row, const char *value, char *why);
const char *option_format_word(size_t i, const char **summary);
bool option_set_format(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_tables(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_output(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_partition(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_jobs(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_limit(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_part(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_schema(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_reserved(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_csv_safe(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_fields(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_where(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_top(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_by(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_begin(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_end(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_tz(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_files_from(struct options *o, const struct option_row *row, const char *value, char *why);
const char *option_time_word(size_t i, const char **summary);
bool option_set_time(struct options *o, const struct option_row *row, const char *value, char *why);
const char *option_flags_word(size_t i, const char **summary);
bool option_set_flags(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_with_file(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_without_file(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_no_sandbox(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_verb(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_version(struct options *o, const struct option_row *row, const char *value, char *why);
bool option_set_help(struct options *o, const struct option_row *row, const char *value, char *why);

#endif
