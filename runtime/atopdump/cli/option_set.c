/*
 * option_set: each setter.
 */
#include "atopdump/cli/option_set.h"

#include <stdlib.h>
#include <string.h>

#include "atopdump/cli/option_report.h"
#include "atopdump/cli/refuse.h"
#include "print/query/word_set.h"
#include "print/text/put.h"

/* What the option sets. */
static void *
member_of(struct options *o, const struct option_row *row)
{
	return (char *)o + row->to;
}

bool
option_set_flag(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)value, (void)why;
	*(bool *)member_of(o, row) = true;
	return true;
}

bool
option_set_text(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)why;
	*(const char **)member_of(o, row) = value;
	return true;
}

bool
option_set_path(struct options *o, const struct option_row *row, const char *value, char *why)
{
	if (*value == '\0')
		return refuse(why, "--%s needs a path", row->name);
	return option_set_text(o, row, value, why);
}

bool
option_set_number(struct options *o, const struct option_row *row, const char *value, char *why)
{
	char *end;
	const unsigned long number = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || number < 1 || number > row->most)
		return refuse(why, "--%s takes a number from 1 to %u, not '%.64s'", row->name, row->most, value);
	*(unsigned *)member_of(o, row) = (unsigned)number;
	return true;
}

/* The verb's own formats, or those of logs; NULL: there are no more. */
static const struct format *
format_of(const struct verb *verb, size_t i)
{
	if (verb->formats != NULL)
		return verb->formats(i);
	return i < formats_count ? formats[i] : NULL;
}

/* The verb's own forms, or formats. */
const char *
option_format_word(const struct verb *verb, size_t i, const char **summary)
{
	const struct format *format;

	if (verb->forms != NULL) {
		*summary = verb->forms[i].summary;
		return verb->forms[i].name;
	}
	format = format_of(verb, i);
	*summary = format != NULL ? format->summary : NULL;
	return format != NULL ? format->name : NULL;
}

/* Refuses a word, and says which there are. */
static bool
refuse_word(const struct options *o, const struct option_row *row, const char *value, char *why)
{
	struct word_set words = { NULL, 0 };
	const char *word, *summary, *nearest;

	for (size_t i = 0; (word = row->word(o->verb, i, &summary)) != NULL; i++)
		if (!word_set_add(&words, word)) {
			word_set_free(&words);
			return refuse(why, "out of memory");
		}
	nearest = word_set_nearest(&words, value);
	refuse(why, "there is no %s '%.64s'", row->name, value);
	if (nearest != NULL)
		refuse_add(why, "; did you mean '", nearest, "'?");
	for (size_t i = 0; i < words.count; i++)
		refuse_add(why, i > 0 ? ", " : nearest != NULL ? " there are " : "; there are ", words.words[i], "");
	word_set_free(&words);
	return false;
}

bool
option_set_format(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const char *missing = formats_explain(value);

	if ((row->verbs & o->verb->bit) == 0)
		return true; /* option_check refuses it, as other options that the verb does not take */
	if (o->verb->forms != NULL)
		return option_set_form(o, row, value, why);
	if (o->format_by != NULL)
		return refuse(why, "--%s does not go with --%s", row->name, o->format_by->name);
	for (o->form = 0; (o->format = format_of(o->verb, o->form)) != NULL; o->form++)
		if (strcmp(o->format->name, value) == 0)
			break;
	if (o->format != NULL && o->format->load != NULL && !o->format->load())
		return refuse(why, "--%s=%s needs the library of %s, which is not installed", row->name, value,
		    o->format->library);
	o->format_by = row;
	if (o->format != NULL)
		return true;
	return missing != NULL ? refuse(why, "--%s=%s: %s", row->name, value, missing)
			       : refuse_word(o, row, value, why);
}

/* Appends `value` to the list, after a comma if the list exists. False: out of memory. */
static bool
append_list(char **list, const char *value)
{
	const size_t used = *list != NULL ? strlen(*list) + 1 : 0, size = strlen(value) + 1;
	char *joined = realloc(*list, used + size);

	if (joined == NULL)
		return false;
	*list = joined;
	if (used > 0)
		joined[used - 1] = ',';
	memcpy(joined + used, value, size);
	return true;
}

bool
option_set_tables(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const size_t length = strlen(value);

	if (length == 0 || value[0] == ',' || value[length - 1] == ',' || strstr(value, ",,") != NULL)
		return refuse(why, "--%s has an empty name in '%s'", row->name, value);
	return append_list(row->to == 0 ? &o->words : (char **)member_of(o, row), value) ||
	    refuse(why, "out of memory");
}

bool
option_set_schema(struct options *o, const struct option_row *row, const char *value, char *why)
{
	struct rawlog_error error;

	(void)row;
	o->layout = value;
	return rawlog_is_layout(value, &error) || refuse(why, "%s", error.text);
}

bool
option_set_reserved(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.print |= PRINT_RESERVED;
	return true;
}

bool
option_set_csv_safe(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.print |= PRINT_CSV_SAFE;
	return true;
}

bool
option_set_fields(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row;
	if (!append_list(&o->fields, value))
		return refuse(why, "out of memory");
	o->selects.fields = o->fields;
	return true;
}

/* The words of --time, of which the first is the default. */
const char *
option_time_word(const struct verb *verb, size_t i, const char **summary)
{
	static const char *const words[] = { "iso", "epoch" };
	static const char *const summaries[] = { "times of lines as 2022-11-11T19:51:50Z (the default)",
		"as seconds since 1970" };

	(void)verb;
	if (i >= sizeof words / sizeof words[0])
		return NULL;
	*summary = summaries[i];
	return words[i];
}

/* Sets `print` if the value is the second of two words, of which the first is the default. */
static bool
set_word(struct options *o, const struct option_row *row, const char *value, unsigned print, char *why)
{
	const char *words[2], *summary;

	for (size_t i = 0; i < 2; i++) {
		words[i] = row->word(o->verb, i, &summary);
		if (strcmp(words[i], value) == 0) {
			o->query.print = (o->query.print & ~print) | (i > 0 ? print : 0);
			return true;
		}
	}
	return refuse(why, "--%s takes %s or %s, not '%.64s'", row->name, words[0], words[1], value);
}

bool
option_set_time(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_word(o, row, value, PRINT_EPOCH, why);
}

/* The words of --flags, of which the first is the default. */
const char *
option_flags_word(const struct verb *verb, size_t i, const char **summary)
{
	static const char *const words[] = { "number", "names" };
	static const char *const summaries[] = { "columns of flags in tables as they are stored (the default)",
		"as upstream's names, RRBOOT|RRNETATOP, and in hex what has none; not with json" };

	(void)verb;
	if (i >= sizeof words / sizeof words[0])
		return NULL;
	*summary = summaries[i];
	return words[i];
}

bool
option_set_flags(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_word(o, row, value, PRINT_NAMES, why);
}

/* Of these two the last one counts. */
bool
option_set_with_file(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.with_file = true;
	o->query.without_file = false;
	return true;
}

bool
option_set_without_file(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.with_file = false;
	o->query.without_file = true;
	return true;
}

bool
option_set_no_sandbox(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->sandbox = false;
	return true;
}

/* An old spelling: the option has the name of the verb. */
bool
option_set_verb(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const struct verb *verb = verbs_find(row->name);

	(void)value;
	if (o->verb_named && o->verb != verb)
		return refuse(why, "--%s does not go with %s", row->name, o->verb->name);
	o->verb = verb;
	o->verb_named = true;
	return true;
}

bool
option_set_version(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->request = OPTIONS_VERSION;
	return true;
}

bool
option_set_list_views(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->request = OPTIONS_VIEWS;
	return true;
}

bool
option_set_help(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->request = OPTIONS_HELP;
	return true;
}
