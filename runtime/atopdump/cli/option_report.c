/*
 * option_report: the setters.
 */
#include "atopdump/cli/option_report.h"

#include <string.h>

#include "atopdump/cli/option_set.h"
#include "atopdump/cli/refuse.h"
#include "atopdump/cli/verbs.h"

bool
option_set_form(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const struct verb_form *forms = o->verb->forms;

	for (unsigned i = 0; forms[i].name != NULL; i++)
		if (strcmp(forms[i].name, value) == 0) {
			o->form = i;
			return true;
		}
	refuse(why, "there is no %s '%s' of %s; there are", row->name, value, o->verb->name);
	for (size_t i = 0; forms[i].name != NULL; i++)
		refuse_add(why, i > 0 ? ", " : " ", forms[i].name, "");
	return false;
}

const char *
option_engine_word(const struct verb *verb, size_t i, const char **summary)
{
	static const char *const summaries[] = { "statements of DuckDB (the default)", "of ClickHouse", "of PostgreSQL",
		"of SQLite", "of Spark", "an array of Avro schemas, one a table" };

	if (verb->bit != VERB_SCHEMA || ddl_engines[i] == NULL)
		return NULL;
	*summary = summaries[i];
	return ddl_engines[i];
}

bool
option_set_engine(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const int engine = ddl_find_engine(value);

	if (engine < 0) {
		refuse(why, "there is no engine '%s' for --%s; there are", value, row->name);
		for (size_t i = 0; ddl_engines[i] != NULL; i++)
			refuse_add(why, i > 0 ? ", " : " ", ddl_engines[i], "");
		return false;
	}
	o->engine = (enum ddl_engine)engine;
	o->as_given = true;
	return true;
}

/* By number of enum host_by. */
static const char *const hosts[] = { "boot", "name", "dir" };

const char *
option_host_word(const struct verb *verb, size_t i, const char **summary)
{
	static const char *const summaries[] = {
		"logs are of one host if name, hardware, kernel and boot time (within 2 s) are equal (the default)",
		"if the name is equal: boots are joined", "if they are in one folder"
	};

	(void)verb;
	if (i >= sizeof hosts / sizeof hosts[0])
		return NULL;
	*summary = summaries[i];
	return hosts[i];
}

bool
option_set_tree(struct options *o, const struct option_row *row, const char *value, char *why)
{
	if ((row->verbs & o->verb->bit) == 0) /* which option_check refuses */
		return true;
	o->tree_time = value;
	return option_set_format(o, row, row->name, why);
}

bool
option_set_host_by(struct options *o, const struct option_row *row, const char *value, char *why)
{
	for (unsigned i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
		if (strcmp(hosts[i], value) == 0) {
			o->host_by = (enum host_by)i;
			return true;
		}
	return refuse(why, "--%s takes boot, name or dir, not '%.64s'", row->name, value);
}
