/*
 * label_choice: names are compared as upstream does, with their case: CPU and cpu are two labels.
 */
#include "print/label/label_choice.h"

#include <string.h>

static bool
is_word(const char *name, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(name, word, length) == 0;
}

/* The number of the label of that name; labels_count: none. */
static size_t
find_label(const char *name, size_t length)
{
	size_t i = 0;

	while (i < labels_count && !is_word(name, length, labels[i].name))
		i++;
	return i;
}

enum label_result
label_choice_add(uint64_t *chosen, const char *list, const char **name, size_t *length)
{
	for (*name = list; **name != '\0' || *name == list; *name += *length + ((*name)[*length] == ',')) {
		size_t label;

		*length = strcspn(*name, ",");
		if (*length == 0)
			return LABEL_EMPTY;
		if (is_word(*name, *length, "ALL")) {
			*chosen = UINT64_MAX;
			return LABEL_OK;
		}
		label = find_label(*name, *length);
		if (label == labels_count)
			return LABEL_UNKNOWN;
		*chosen |= UINT64_C(1) << label;
	}
	return LABEL_OK;
}

bool
label_choice_has(const struct label_choice *choice, size_t label)
{
	return choice->labels == 0 || (choice->labels >> label & 1) != 0;
}

/* Whether "2.7.0, 2.7.1" has the version. */
static bool
covers(const char *list, const char *version)
{
	for (const char *name = list; *name != '\0'; name += strspn(name, ", ")) {
		const size_t length = strcspn(name, ",");

		if (is_word(name, length, version))
			return true;
		name += length;
	}
	return false;
}

const struct label_release *
label_choice_release(const char *version)
{
	for (size_t i = 0; i < catalog_nreleases; i++)
		if (strcmp(catalog_releases[i]->version, version) == 0 || covers(catalog_releases[i]->covers, version))
			return label_releases[i];
	return NULL;
}
