/*
 * json_schema: the lines of nested JSON that logs of a release give, as a JSON Schema (draft 2020-12).
 */
#ifndef JSON_SCHEMA_H
#define JSON_SCHEMA_H

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/writer.h"

/* Writes the schema. `model`: the data model that the header's line must state; NULL: any. No object may have other keys. */
void json_schema_put(struct writer *out, const struct catalog_release *release, const char *model);

#endif
