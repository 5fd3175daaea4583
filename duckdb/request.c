/*
 * request: texts of parameters are parsed as atopdump parses its options.
 */
#include "duckdb/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "print/query/timepoint.h"

void
request_declare(duckdb_table_function function, bool tables)
{
	static const char *const texts[] = { "begin", "end", "schema", "table", "where" };
	duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
	duckdb_logical_type boolean = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
	duckdb_logical_type any = duckdb_create_logical_type(DUCKDB_TYPE_ANY);

	duckdb_table_function_add_parameter(function, any);
	for (size_t i = 0; i < (tables ? 5 : 3); i++)
		duckdb_table_function_add_named_parameter(function, texts[i], text);
	duckdb_table_function_add_named_parameter(function, "ignore_errors", boolean);
	duckdb_destroy_logical_type(&any);
	duckdb_destroy_logical_type(&boolean);
	duckdb_destroy_logical_type(&text);
}

void
request_free(void *freed)
{
	struct request *r = freed;

	if (r == NULL)
		return;
	files_free(&r->files);
	if (r->where != NULL)
		selection_free(&r->selection);
	free(r->condition);
	free(r->layout);
	free(r);
}

/* --- parameters --------------------------------------------------------------------------------------------------- */

/* The text of a parameter, the caller's to free; NULL: it is not given, or null. */
static char *
get_text(duckdb_bind_info info, const char *name)
{
	duckdb_value value = duckdb_bind_get_named_parameter(info, name);
	char *text = NULL, *own;

	if (value != NULL && !duckdb_is_null_value(value))
		text = duckdb_get_varchar(value);
	if (value != NULL)
		duckdb_destroy_value(&value);
	if (text == NULL)
		return NULL;
	own = strdup(text);
	duckdb_free(text);
	return own;
}

static bool
add_pattern(struct files *files, duckdb_value value, char *why)
{
	char *pattern = duckdb_get_varchar(value);
	const bool done = pattern != NULL && files_add(files, pattern, why);

	if (pattern == NULL)
		snprintf(why, FILES_WHY_MAX, "a file is null");
	duckdb_free(pattern);
	return done;
}

/* The files of the first parameter: a pattern, or a list of patterns. */
static bool
read_files(struct request *r, duckdb_bind_info info, char *why)
{
	duckdb_value value = duckdb_bind_get_parameter(info, 0);
	const bool is_list = duckdb_get_type_id(duckdb_get_value_type(value)) == DUCKDB_TYPE_LIST;
	bool done = true;

	if (!is_list) {
		done = add_pattern(&r->files, value, why);
	} else {
		for (idx_t i = 0; i < duckdb_get_list_size(value) && done; i++) {
			duckdb_value child = duckdb_get_list_child(value, i);

			done = add_pattern(&r->files, child, why);
			duckdb_destroy_value(&child);
		}
	}
	duckdb_destroy_value(&value);
	return done;
}

static bool
read_end(duckdb_bind_info info, const char *name, struct timepoint *point, bool *given, char *why)
{
	char *text = get_text(info, name);
	bool done = true;

	*given = text != NULL;
	if (text != NULL && timepoint_parse(point, text, (int64_t)time(NULL)) != TIMEPOINT_OK) {
		snprintf(why, REQUEST_WHY_MAX, "%s takes a time, not '%.64s': " TIMEPOINT_FORMS, name, text);
		done = false;
	}
	free(text);
	return done;
}

static bool
read_window(struct request *r, duckdb_bind_info info, char *why)
{
	struct timepoint begin, end;
	bool begins, ends;

	if (!read_end(info, "begin", &begin, &begins, why) || !read_end(info, "end", &end, &ends, why))
		return false;
	if (window_make(&r->window, begins ? &begin : NULL, ends ? &end : NULL) == WINDOW_OK)
		return true;
	snprintf(why, REQUEST_WHY_MAX, "\"end\" is before \"begin\", or one of them has no date");
	return false;
}

static bool
read_layout(struct request *r, duckdb_bind_info info, char *why)
{
	struct rawlog_error error;

	r->layout = get_text(info, "schema");
	if (r->layout == NULL || rawlog_is_layout(r->layout, &error))
		return true;
	snprintf(why, REQUEST_WHY_MAX, "%s", error.text);
	return false;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

static bool
find_table(struct request *r, const char *name, char *why)
{
	struct word_set words = { NULL, 0 };
	const char *near = NULL;

	for (size_t i = 0; i < catalog_ntables; i++) {
		if (strcmp(catalog_tables[i].name, name) == 0) {
			r->table = &catalog_tables[i];
			word_set_free(&words);
			return true;
		}
		word_set_add(&words, catalog_tables[i].name);
	}
	near = word_set_nearest(&words, name);
	snprintf(why, REQUEST_WHY_MAX, "there is no table '%.64s'%s%s%s", name, near != NULL ? "; did you mean '" : "",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
	word_set_free(&words);
	return false;
}

static bool
read_table(struct request *r, duckdb_bind_info info, const char *table, char *why)
{
	char *name = get_text(info, "table");
	const bool done = find_table(r, name != NULL ? name : table, why);

	free(name);
	if (done && r->table->kind == TABLE_DAMAGE) {
		snprintf(why, REQUEST_WHY_MAX, "the table damage is read_atop_damage(…)");
		return false;
	}
	return done;
}

static bool
read_condition(struct request *r, duckdb_bind_info info, char *why)
{
	struct word_set tables = { NULL, 0 };
	struct selection_options options;
	bool done;

	r->condition = get_text(info, "where");
	if (r->condition == NULL)
		return true;
	options = (struct selection_options){ .condition = r->condition };
	done = word_set_add(&tables, r->table->name) && selection_make(&r->selection, &tables, &options, why);
	if (done)
		r->where = r->selection.tables[0].where;
	word_set_free(&tables);
	return done;
}

struct request *
request_read(duckdb_bind_info info, const char *table, bool tables)
{
	struct request *r = calloc(1, sizeof *r);
	duckdb_value ignores = duckdb_bind_get_named_parameter(info, "ignore_errors");
	char why[REQUEST_WHY_MAX] = "out of memory";
	bool done = r != NULL;

	if (done)
		r->ignores = ignores != NULL && !duckdb_is_null_value(ignores) && duckdb_get_bool(ignores);
	if (ignores != NULL)
		duckdb_destroy_value(&ignores);
	done = done && read_files(r, info, why) && read_window(r, info, why) && read_layout(r, info, why);
	done = done &&
	    (tables ? read_table(r, info, table, why) && read_condition(r, info, why) : find_table(r, table, why));
	if (done)
		return r;
	duckdb_bind_set_error(info, why);
	request_free(r);
	return NULL;
}
