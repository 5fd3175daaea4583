/*
 * option_label: the labels and releases that there are, for messages, come from the generated tables.
 */
#include "atopdump/cli/option_label.h"

#include <string.h>

#include "atopdump/cli/option_report.h"
#include "atopdump/cli/refuse.h"

#define NAME_MAX_SHOWN 64

/* Refuses a label, and says which there are. */
static bool
refuse_label(const char *name, size_t length, char *why)
{
	struct word_set known = { NULL, 0 };
	char word[NAME_MAX_SHOWN];
	const char *nearest = NULL;

	refuse(why, "there is no label '%.*s'", (int)(length < NAME_MAX_SHOWN ? length : NAME_MAX_SHOWN), name);
	for (size_t i = 0; i < labels_count; i++)
		if (!word_set_add(&known, labels[i].name)) {
			word_set_free(&known);
			return refuse(why, "out of memory");
		}
	if (length < sizeof word) {
		memcpy(word, name, length);
		word[length] = '\0';
		nearest = word_set_nearest(&known, word);
	}
	if (nearest != NULL)
		refuse_add(why, "; did you mean '", nearest, "'?");
	for (size_t i = 0; i < labels_count; i++)
		refuse_add(why, i > 0 ? ", " : nearest != NULL ? " there are " : "; there are ", labels[i].name, "");
	refuse_add(why, " and ", "ALL", "");
	word_set_free(&known);
	return false;
}

/* Whether the verb takes the option; else option_check refuses it, whatever its value. */
static bool
is_taken(const struct options *o, const struct option_row *row)
{
	return (row->verbs & o->verb->bit) != 0;
}

bool
option_set_labels(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const char *name;
	size_t length;

	if (!is_taken(o, row))
		return true;
	switch (label_choice_add(&o->query.labels.labels, value, &name, &length)) {
	case LABEL_OK: return true;
	case LABEL_EMPTY: return refuse(why, "--%s has an empty label in '%s'", row->name, value);
	default: return refuse_label(name, length, why);
	}
}

/* The option has the name of the format. */
bool
option_set_format_labels(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const struct format *format = formats_find(row->name);

	if (!is_taken(o, row))
		return true;
	if (o->format_by != NULL && o->format != format)
		return refuse(why, "--%s does not go with --%s", row->name, o->format_by->name);
	o->format = format;
	o->format_by = row;
	return option_set_labels(o, row, value, why);
}

static bool
refuse_release(const char *value, char *why)
{
	refuse(why, "there is no release '%.64s' for --as; there are", value);
	for (size_t i = 0; i < catalog_nreleases; i++)
		refuse_add(why, i > 0 ? ", " : " ", catalog_releases[i]->version, "");
	return false;
}

bool
option_set_as(struct options *o, const struct option_row *row, const char *value, char *why)
{
	if (!is_taken(o, row))
		return true;
	if (o->verb->bit == VERB_SCHEMA)
		return option_set_engine(o, row, value, why);
	o->query.labels.as = label_choice_release(value);
	return o->query.labels.as != NULL || refuse_release(value, why);
}
