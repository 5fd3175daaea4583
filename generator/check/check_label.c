/*
 * check_label: rules on labels that need no release: their names and orders, what goes with what, formats.
 */
#include "check/check.h"

#include <stdio.h>
#include <string.h>

#include "model/label.h"

/* --- columns ------------------------------------------------------------------------------------------------------ */

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A name is a key of JSON, and no longer than the runtime has room for. */
static void
check_name(struct diag *d, const struct word *name)
{
	const char *text = name->text;
	size_t i = 0;

	while (is_name_byte(text[i]))
		i++;
	if (text[i] != '\0' || i > LABEL_NAME_MAX)
		diag_error(d, name->at, "a name has at most %d letters, digits and underscores; found '%s'",
		    LABEL_NAME_MAX, text);
}

static void
check_format(struct diag *d, const struct label_column *c, const struct word *format)
{
	struct label_format parsed;
	size_t at;

	if (!label_format_parse(d->arena, format->text, &parsed, &at))
		diag_error(d, diag_within(format->at, format->text, at),
		    "there is no such conversion: a format has text and %%d, %%5d, %%05d, %%u, %%x, %%hd, %%ld, %%lld, %%llu, %%c, "
		    "%%s, %%.9s, %%.2f and %%4.1f");
	else if (parsed.nconversions != c->nvalues)
		diag_error(d, format->at, "the format '%s' has %zu conversions; values: %zu", format->text,
		    parsed.nconversions, c->nvalues);
}

static void
check_column(struct diag *d, const struct label_line *line, const struct label_column *c)
{
	check_name(d, &c->name);
	check_format(d, c, &c->format);
	if (c->compat_format.text != NULL)
		check_format(d, c, &c->compat_format);
	if (c->compat.word.text != NULL && c->nvalues != 1)
		diag_error(d, c->compat.word.at, "'compat' goes with one value; values: %zu", c->nvalues);
	if (c->separator.text == NULL)
		return;
	if (!line->json)
		diag_error(d, c->separator.at, "'separator' goes with 'as: json'");
	if (strlen(c->separator.text) > 3 || strpbrk(c->separator.text, "\"\\") != NULL)
		diag_error(d, c->separator.at, "a separator has at most 3 bytes, and no quotes; found '%s'",
		    c->separator.text);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static void
check_line(struct diag *d, const struct label_line *line)
{
	if (line->json && line->form.text == NULL)
		diag_error(d, line->as_at, "a line as json needs the key 'form'");
	if (!line->json && line->form.text != NULL)
		diag_error(d, line->form.at, "'form' goes with 'as: json'");
	if (!line->json && line->key.text != NULL)
		diag_error(d, line->key.at, "'key' goes with 'as: json'");
	if (line->json && line->form.text != NULL && line->list != (line->each.text != NULL))
		diag_error(d, line->form.at,
		    "an array has the elements of 'each', and an object is one without 'each'");
	if (line->only.word.text != NULL && line->each.text == NULL)
		diag_error(d, line->only.word.at, "'if' goes with 'each'");
	if (line->key.text != NULL)
		check_name(d, &line->key);
	for (size_t i = 0; i < line->ncolumns; i++)
		check_column(d, line, &line->columns[i]);
}

/* --- labels ------------------------------------------------------------------------------------------------------- */

static void
check_twice(struct diag *d, const struct label *const *labels, size_t i)
{
	const struct label *l = labels[i];

	for (size_t k = 0; k < i; k++) {
		if (labels[k]->name.text != NULL && strcmp(labels[k]->name.text, l->name.text) == 0)
			diag_error(d, l->name.at, "'%s' has label '%s' already", labels[k]->source->name, l->name.text);
		if (labels[k]->order == l->order)
			diag_error(d, l->order_at, "label '%s' has order %llu already", labels[k]->name.text,
			    (unsigned long long)l->order);
	}
}

static void
check_array(struct diag *d, const struct label_array *a)
{
	const bool is_block = strchr(a->of.text, '.') == NULL;

	if (is_block && (a->count.word.text != NULL || a->until.word.text != NULL || a->only.word.text != NULL))
		diag_error(d, a->at,
		    "the structs of a block are counted by its record: 'count', 'until' and 'if' go "
		    "with arrays in a struct");
	if (!is_block && (a->count.word.text == NULL) == (a->until.word.text == NULL))
		diag_error(d, a->at, "an array in a struct needs one of 'count' and 'until'");
	if (!is_block && a->group.at.source != NULL)
		diag_error(d, a->group.at, "'group' goes with the structs of a block");
}

static void
check_frame(struct diag *d, const struct label_number *n)
{
	static const char *const known[] = { "year_modulo" };

	if (strcmp(n->name.text, known[0]) != 0)
		diag_error(d, n->name.at, "unknown number '%s' of 'frame'%s (known: %s)", n->name.text,
		    diag_hint(d, n->name.text, known, 1), known[0]);
}

void
check_labels(struct diag *d, const struct label *const *labels, size_t nlabels, const struct label_common *common)
{
	diag_context(d, NULL, NULL);
	if (nlabels > LABELS_MAX)
		diag_error(d, labels[LABELS_MAX]->at, "more than %d labels", LABELS_MAX);
	for (size_t i = 0; i < nlabels; i++) {
		if (labels[i]->name.text == NULL)
			continue;
		check_name(d, &labels[i]->name);
		check_twice(d, labels, i);
		for (size_t k = 0; k < labels[i]->nlines; k++)
			check_line(d, &labels[i]->lines[k]);
	}
	for (size_t i = 0; common != NULL && i < common->narrays; i++)
		check_array(d, &common->arrays[i]);
	for (size_t i = 0; common != NULL && i < common->nframe; i++)
		check_frame(d, &common->frame[i]);
}
