/*
 * dictionary_search: compares the words with each entry.
 */
#include "atopdump/report/dictionary_search.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/query/word_set.h"

#define TEXT_MAX 1024 /* bytes of what is said about an entry */

/* Copies `path` without []. */
static void
flatten(char to[DICTIONARY_PATH_MAX], const char *path)
{
	size_t n = 0;

	for (; *path != '\0' && n + 1 < DICTIONARY_PATH_MAX; path++)
		if (*path != '[' && *path != ']')
			to[n++] = *path;
	to[n] = '\0';
}

/* --- names and patterns ------------------------------------------------------------------------------------- */

static bool
matches(const char *name, const char *word, bool pattern)
{
	return pattern ? fnmatch(word, name, 0) == 0 : strcmp(word, name) == 0;
}

/* Whether the word is the path, or what follows one of its dots. */
static bool
matches_path(const char *path, const char *word, bool pattern)
{
	for (; path != NULL; path = strchr(path, '.')) {
		path += *path == '.';
		if (matches(path, word, pattern))
			return true;
	}
	return false;
}

static bool
matches_column(const struct dictionary_entry *entry, const char *word, bool pattern)
{
	char name[SEARCH_NEAR_MAX];

	if (entry->column == NULL)
		return false;
	snprintf(name, sizeof name, "%s.%s", entry->table->name, column_name(entry->column));
	return matches(column_name(entry->column), word, pattern) || matches(name, word, pattern);
}

static bool
is_named(const struct dictionary_entry *entry, const char *word)
{
	const bool pattern = strpbrk(word, "*?") != NULL;
	char path[DICTIONARY_PATH_MAX], plain[DICTIONARY_PATH_MAX];

	flatten(path, entry->path);
	flatten(plain, word);
	return matches_path(path, plain, pattern) || matches_column(entry, word, pattern);
}

/* --- words -------------------------------------------------------------------------------------------------- */

/* All that is said about an entry, in lower case. */
static void
describe(char text[TEXT_MAX], const struct dictionary_entry *entry)
{
	const struct column *c = entry->column;
	const char *doc = dictionary_doc(entry), *unit = dictionary_unit(entry);

	snprintf(text, TEXT_MAX, "%s %s %s %s %s", entry->path, c != NULL ? column_name(c) : "", doc != NULL ? doc : "",
	    unit != NULL ? unit : "", entry->table != NULL && entry->table->doc != NULL ? entry->table->doc : "");
	for (char *p = text; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
}

static bool
has_word(const char *text, const char *word)
{
	char lower[SEARCH_NEAR_MAX];
	size_t n = 0;

	for (; word[n] != '\0' && n + 1 < sizeof lower; n++)
		lower[n] = (char)tolower((unsigned char)word[n]);
	lower[n] = '\0';
	return strstr(text, lower) != NULL;
}

static bool
has_words(const struct dictionary_entry *entry, char *const *words, size_t nwords)
{
	char text[TEXT_MAX];

	if (dictionary_is_reserved(entry))
		return false;
	describe(text, entry);
	for (size_t i = 0; i < nwords; i++)
		if (!has_word(text, words[i]))
			return false;
	return true;
}

/* --- both --------------------------------------------------------------------------------------------------- */

/* Whether all that is named is views, not columns of views. */
static bool
are_views(const struct search_result *result)
{
	for (size_t i = 0; i < result->nnamed; i++)
		if (result->entries[i]->view == NULL || result->entries[i]->column != NULL)
			return false;
	return true;
}

/* Whether the entry is a view that is named, or a column of one, which the view lists. */
static bool
is_of_named_view(const struct search_result *result, const struct dictionary_entry *entry)
{
	for (size_t i = 0; i < result->nnamed; i++)
		if (result->entries[i]->view == entry->view)
			return true;
	return false;
}

bool
dictionary_search(const struct dictionary *d, char *const *words, size_t nwords, struct search_result *result)
{
	*result = (struct search_result){ .entries = calloc(d->count, sizeof *result->entries) };
	if (result->entries == NULL)
		return false;
	for (size_t i = 0; i < d->count && nwords == 1; i++)
		if (is_named(&d->entries[i], words[0]))
			result->entries[result->count++] = &d->entries[i];
	result->nnamed = result->count;
	for (size_t i = 0; i < d->count && are_views(result); i++)
		if (!is_of_named_view(result, &d->entries[i]) && has_words(&d->entries[i], words, nwords))
			result->entries[result->count++] = &d->entries[i];
	return true;
}

void
search_result_free(struct search_result *result)
{
	free(result->entries);
	result->entries = NULL;
	result->count = 0;
}

/* Adds what the entry can be called. */
static bool
add_names(struct word_set *set, const struct dictionary_entry *entry)
{
	return word_set_add(set, entry->path) &&
	    (entry->column == NULL || word_set_add(set, column_name(entry->column)));
}

bool
dictionary_nearest(const struct dictionary *d, const char *word, char near[SEARCH_NEAR_MAX])
{
	struct word_set set = { NULL, 0 };
	const char *nearest = NULL;
	bool complete = true;

	for (size_t i = 0; i < d->count && complete; i++)
		complete = add_names(&set, &d->entries[i]);
	if (complete)
		nearest = word_set_nearest(&set, word);
	if (nearest != NULL)
		snprintf(near, SEARCH_NEAR_MAX, "%s", nearest);
	word_set_free(&set);
	return nearest != NULL;
}
