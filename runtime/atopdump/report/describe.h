/*
 * describe: entries of the dictionary, for people and as JSON.
 */
#ifndef REPORT_DESCRIBE_H
#define REPORT_DESCRIBE_H

#include "atopdump/report/dictionary.h"
#include "atopdump/report/suspect.h"
#include "rawlog/io/writer.h"

/* All that is known about an entry, in lines of 80 columns at most. */
void describe_put_details(struct writer *out, const struct dictionary_entry *entry);

/* One line or a few about it. */
void describe_put_line(struct writer *out, const struct dictionary_entry *entry);

/* The entry as an object in a line. */
void describe_put_json(struct writer *out, const struct dictionary_entry *entry);

/* What a hint of timelines means, for people and as an object in a line. */
void describe_put_hint(struct writer *out, const struct suspect_hint *hint);
void describe_put_hint_json(struct writer *out, const struct suspect_hint *hint);

#endif
