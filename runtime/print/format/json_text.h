/*
 * json_text: texts and cgroups in lines of JSON.
 */
#ifndef JSON_TEXT_H
#define JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/io/writer.h"
#include "rawlog/log/damage.h"
#include "rawlog/log/row.h"

/* Writes a word of the catalog, which needs no escapes. Returns the new end. */
char *json_put_plain(char *w, const char *word);

/* A text, with its exact bytes beside it if they are not valid UTF-8; the keys are as in `,"key":`. */
void json_put_keyed_text(struct writer *out, const char *key, const char *hex_key, const char *text, size_t size);

/* The same for a key that is given by its name; null if the text is not known. */
void json_put_known_text(struct writer *out, const char *name, const char *text, size_t size, bool known);

/* The additional keys of a struct that describes a cgroup: its name, its path, and its processes. */
void json_put_group(struct writer *out, const struct row_cgroup *group);

/* Ends a line with the damage. */
void json_put_damage(struct writer *out, const struct rawlog_damage *damage);

#endif
