/*
 * json_schema_view: the lines of views.
 */
#ifndef JSON_SCHEMA_VIEW_H
#define JSON_SCHEMA_VIEW_H

#include "atopdump/report/json_out.h"
#include "rawlog/catalog/catalog.h"

/* The line of each view that logs of the release have, as an element of the array. */
void json_schema_put_views(struct json_out *j, const struct catalog_release *release);

#endif
