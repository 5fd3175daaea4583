/*
 * info: the facts of logs in each of the forms that `atopdump info` prints.
 */
#ifndef INFO_H
#define INFO_H

#include "atopdump/report/log_facts.h"
#include "rawlog/io/writer.h"

enum info_form {
	INFO_TEXT, /* for people: a row for each log; if `detailed`, some lines for each */
	INFO_JSON, /* an object in a line for each log */
	INFO_CSV   /* RFC 4180: a row of names, then a row for each log */
};

struct info {
	struct writer *out;
	enum info_form form;
	bool detailed;
	bool checked;   /* what the facts say: all blocks are verified */
	uint64_t nlogs; /* so far */
};

/* Writes one log. */
void info_put(struct info *info, const struct log_facts *facts);

/* Ends the output. */
void info_end(struct info *info);

/* For info.c alone: info_text.c and info_data.c write one log in one form. */
void info_put_row(struct writer *out, const struct log_facts *facts);
void info_put_details(struct writer *out, const struct log_facts *facts);
void info_put_json(struct writer *out, const struct log_facts *facts);
void info_put_csv(struct writer *out, const struct log_facts *facts);

/* The line above the rows of each. */
extern const char info_row_titles[], info_csv_titles[];

#endif
