/*
 * check_member: rules on one member of a struct. Sizes of types are known here, offsets are not.
 */
#include "check/check_internal.h"

#include <stdint.h>
#include <string.h>

#include "model/tables.h"
#include "model/vocabulary.h"

/* The argument of a rule: a field of a definition in one release. */
struct subject {
	struct diag *diag;
	const struct release *release;
	const struct definition *def;
	const struct field *field;
	const struct member *member;
};

static bool
is_array_of_structs(const struct field *f)
{
	return f->def != NULL && f->ndims > 0;
}

/* The earlier member of that name in the same struct, or NULL. */
static const struct field *
find_earlier(const struct subject *s, const char *name)
{
	const struct field *f = definition_find(s->def, name);

	return f != NULL && f < s->field ? f : NULL;
}

/* A hint at the most similar name among the first `n` fields of `def` that `fits` accepts. */
static const char *
hint(const struct subject *s, const char *name, const struct definition *def, size_t n,
    bool (*fits)(const struct field *))
{
	const char **names = arena_alloc(s->diag->arena, (n + 1) * sizeof(*names));
	size_t nnames = 0;

	for (size_t i = 0; i < n; i++)
		if (fits(&def->fields[i]))
			names[nnames++] = def->fields[i].member->name.text;
	return diag_hint(s->diag, name, names, nnames);
}

static const char *
hint_earlier(const struct subject *s, const char *name)
{
	return hint(s, name, s->def, (size_t)(s->field - s->def->fields), field_is_integer);
}

/* --- names --------------------------------------------------------------------------------------------- */

static void
check_member_name(const struct subject *s)
{
	check_name(s->diag, "member", &s->member->name);
}

/* No two members have one name, or one key in the output. */
static void
check_key(const struct subject *s)
{
	for (const struct field *f = s->def->fields; f < s->field; f++) {
		const char *other = f->member->name.text;

		if (strcmp(other, s->member->name.text) == 0)
			diag_error(s->diag, s->member->name.at, "duplicate member '%s': line %u has it already", other,
			    f->member->name.at.line);
		else if (strcmp(f->key, s->field->key) == 0)
			diag_error(s->diag, s->member->name.at, "member '%s' has the output key '%s' of member '%s'",
			    s->member->name.text, f->key, other);
	}
}

/* The output adds KEY_hex to a text KEY that is not UTF-8: no other member may have that key. */
static void
check_hex_key(const struct subject *s)
{
	const char *sibling = arena_printf(s->diag->arena, "%s_hex", s->field->key);

	if (!field_is_text(s->field))
		return;
	for (size_t i = 0; i < s->def->nfields; i++)
		if (strcmp(s->def->fields[i].key, sibling) == 0)
			diag_error(s->diag, s->def->fields[i].member->name.at,
			    "the output key '%s' belongs to the text '%s'", sibling, s->member->name.text);
}

static void
check_doc(const struct subject *s)
{
	check_comment(s->diag, &s->member->doc);
}

/* --- arrays -------------------------------------------------------------------------------------------- */

/* `count` is on an array that is not a text. */
static void
check_count(const struct subject *s)
{
	const struct word *count = &s->member->count;
	const struct field *f;

	if (s->member->count_rule == COUNT_NONE)
		return;
	if (s->field->ndims == 0 || (field_is_text(s->field) && s->field->ndims == 1)) {
		diag_error(s->diag, count->at, "'count' is for arrays, and '%s' is not one", s->member->name.text);
		return;
	}
	if (s->member->count_rule == COUNT_UNTIL)
		return;
	f = find_earlier(s, count->text);
	if (s->member->clamp > s->field->dims[0])
		diag_error(s->diag, count->at, "'clamp' is more than '%s' has elements", s->member->name.text);
	if (f == NULL || !field_is_integer(f))
		diag_error(s->diag, count->at, "'%s' is not an earlier integer member of '%s'%s", count->text,
		    s->def->structure->name.text, hint_earlier(s, count->text));
}

static void
check_until(const struct subject *s)
{
	const struct word *until = &s->member->count;
	const struct definition *element = s->field->def;
	const struct field *f;

	if (s->member->count_rule != COUNT_UNTIL || s->field->ndims == 0)
		return;
	if (element == NULL) {
		diag_error(s->diag, until->at, "'until' is for arrays of structs, and '%s' is not one",
		    s->member->name.text);
		return;
	}
	f = definition_find(element, until->text);
	if (f == NULL || !field_is_text(f) || f->ndims != 1)
		diag_error(s->diag, until->at, "'%s' is not a text member of '%s'%s", until->text,
		    element->structure->name.text, hint(s, until->text, element, element->nfields, field_is_text));
}

/* `live` is on an array of structs. */
static void
check_live(const struct subject *s)
{
	const struct word *live = &s->member->live.word;

	if (live->text != NULL && !is_array_of_structs(s->field))
		diag_error(s->diag, live->at, "'live' is for arrays of structs, and '%s' is not one",
		    s->member->name.text);
}

/* `unfilled` is on a struct. */
static void
check_unfilled(const struct subject *s)
{
	if (s->member->nunfilled > 0 && s->field->def == NULL)
		diag_error(s->diag, s->member->unfilled[0].at, "'unfilled' is for structs, and '%s' is not one",
		    s->member->name.text);
}

/* An array of structs is a CSV table with one index: it has one dimension, and none within its elements. */
static void
check_nesting(const struct subject *s)
{
	const struct field *inner;

	if (!is_array_of_structs(s->field))
		return;
	if (s->field->ndims > 1)
		diag_error(s->diag, s->member->name.at, "array of structs '%s' has more than one dimension",
		    s->member->name.text);
	inner = s->field->def->struct_array;
	if (inner != NULL)
		diag_error(s->diag, s->member->name.at, "array of structs '%s' holds another one, '%s'",
		    s->member->name.text, inner->member->name.text);
}

/* The hex form of a text has a key beside the text. In an array of texts there is no place for it. */
static void
check_text(const struct subject *s)
{
	if (field_is_text(s->field) && s->field->ndims > 1)
		diag_error(s->diag, s->member->name.at, "'%s' is an array of texts: char arrays have one dimension",
		    s->member->name.text);
}

/* --- values -------------------------------------------------------------------------------------------- */

static bool
fits_hex(const struct field *f)
{
	return f->ctype != NULL && f->ctype->kind != TYPE_FLOAT;
}

static bool
fits_letter(const struct field *f)
{
	return field_is_number(f) && f->ctype->size[0] == 1;
}

static void
check_show(const struct subject *s)
{
	static const struct {
		bool (*fits)(const struct field *f);
		const char *needs;
	} shows[] = {
		[SHOW_DEFAULT] = { NULL, NULL },
		[SHOW_TEXT] = { field_is_text, "an array of char" },
		[SHOW_HEX] = { fits_hex, "an integer or char" },
		[SHOW_FLAG] = { field_is_number, "a single integer or char" },
		[SHOW_LETTER] = { fits_letter, "a single char or integer of one byte" },
		[SHOW_TIME] = { field_is_integer, "a single integer" },
		[SHOW_BITS] = { field_is_integer, "a single integer" },
	};
	const enum show show = s->member->show;

	if (shows[show].fits != NULL && !shows[show].fits(s->field))
		diag_error(s->diag, s->member->show_at, "'show: %s' needs %s", vocabulary_shows[show],
		    shows[show].needs);
}

/* `show: bits` and `bits` go together, and every bit of the table exists in the type. */
static void
check_bits(const struct subject *s)
{
	const struct bit_table *table = s->field->bits;
	unsigned width;

	if (s->member->show == SHOW_BITS && table == NULL)
		diag_error(s->diag, s->member->show_at, "'show: bits' needs the key 'bits'");
	if (s->member->show != SHOW_BITS && table != NULL)
		diag_error(s->diag, s->member->bits.at, "'bits' needs 'show: bits'");
	if (table == NULL || !field_is_integer(s->field))
		return;
	width = 8 * abi_narrowest(s->release->abi, s->field->ctype);
	for (size_t i = 0; i < table->nbits && width < 64; i++)
		if (table->bits[i].value >> width != 0)
			diag_error(s->diag, s->member->bits.at, "bit '%s' is beyond the %u bits of '%s'",
			    table->bits[i].name.text, width, s->member->type.text);
}

static void
check_absent(const struct subject *s)
{
	const struct member *m = s->member;
	bool is_signed, fits;
	unsigned bits;

	if (!m->has_absent)
		return;
	if (!field_is_integer(s->field)) {
		diag_error(s->diag, m->absent_at, "'absent' is for single integers, and '%s' is not one", m->name.text);
		return;
	}
	is_signed = s->field->ctype->kind == TYPE_SIGNED;
	bits = 8 * abi_narrowest(s->release->abi, s->field->ctype) - is_signed;
	fits = bits >= 63 || (m->absent < 0 ? -(m->absent + 1) : m->absent) >> bits == 0;
	if (!fits || (m->absent < 0 && !is_signed))
		diag_error(s->diag, m->absent_at, "%lld is not a value of '%s'", (long long)m->absent, m->type.text);
}

/* Printers compare with `absent` where they print numbers, and tables hold no unsigned number of 64 bits. */
static void
check_absent_shown(const struct subject *s)
{
	const enum show show = s->member->show;

	if (!s->member->has_absent || !field_is_integer(s->field))
		return;
	if (show == SHOW_FLAG || show == SHOW_LETTER || show == SHOW_TIME)
		diag_error(s->diag, s->member->absent_at, "'absent' does not go with 'show: %s': write 'when' instead",
		    vocabulary_shows[show]);
	else if (s->field->ctype->kind == TYPE_UNSIGNED && abi_widest(s->release->abi, s->field->ctype) == 8)
		diag_error(s->diag, s->member->absent_at,
		    "'absent' does not go with '%s', which is unsigned and has 64 bits: write 'when' instead",
		    s->member->type.text);
}

/* --- columns ------------------------------------------------------------------------------------------- */

/* `column` can be part of a column's name in every SQL engine. */
static void
check_column(const struct subject *s)
{
	const struct word *column = &s->member->column;

	if (column->text != NULL && !column_name_is_valid(column->text))
		diag_error(s->diag, column->at,
		    "'column' is lower case letters, digits and underscores after a letter; found '%s'", column->text);
}

static void
check_was(const struct subject *s)
{
	if (s->member->column.text != NULL && s->member->was.text != NULL)
		diag_error(s->diag, s->member->was.at, "'column' and 'was' both state the column of '%s'",
		    s->member->name.text);
}

/* --- all of them --------------------------------------------------------------------------------------- */

void
check_members(struct diag *d, const struct release *r, const struct definition *def)
{
	static void (*const rules[])(const struct subject *) = {
		check_member_name,
		check_key,
		check_hex_key,
		check_doc,
		check_count,
		check_until,
		check_live,
		check_unfilled,
		check_nesting,
		check_text,
		check_show,
		check_bits,
		check_absent,
		check_absent_shown,
		check_column,
		check_was,
	};

	for (size_t i = 0; i < def->nfields; i++) {
		const struct subject s = {
			.diag = d,
			.release = r,
			.def = def,
			.field = &def->fields[i],
			.member = def->fields[i].member,
		};

		for (size_t k = 0; k < sizeof(rules) / sizeof(rules[0]); k++)
			rules[k](&s);
	}
}
