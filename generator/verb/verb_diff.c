/*
 * verb_diff: the differences of two releases. Sizes and offsets are those of the first data model.
 */
#include "verb/verbs.h"

#include <string.h>

#include "model/layout.h"
#include "model/vocabulary.h"

/* --- what a member says, aspect by aspect -------------------------------------------------------------- */

static const char *
number_text(struct arena *a, uint64_t number)
{
	return arena_printf(a, "%llu", (unsigned long long)number);
}

static const char *
word_text(const struct word *word)
{
	return word->text != NULL ? word->text : "none";
}

static const char *
dims_text(struct arena *a, const struct field *f)
{
	const char *text = "none";

	for (size_t i = 0; i < f->ndims; i++)
		text = i == 0 ? number_text(a, f->dims[i]) : arena_printf(a, "%sx%s", text, number_text(a, f->dims[i]));
	return text;
}

static const char *
type_text(struct arena *a, const struct field *f)
{
	return arena_printf(a, "%s%s", f->def != NULL ? "struct " : "", f->member->type.text);
}

static const char *
count_text(struct arena *a, const struct member *m)
{
	static const char *const rules[] = {
		[COUNT_NONE] = "",
		[COUNT_MEMBER] = "",
		[COUNT_CLAMP] = "clamped ",
		[COUNT_UNTIL] = "until ",
	};

	return arena_printf(a, "%s%s", rules[m->count_rule], word_text(&m->count));
}

static const char *
show_text(struct arena *a, const struct member *m)
{
	if (m->show == SHOW_DEFAULT)
		return "default";
	return m->bits.text == NULL ? vocabulary_shows[m->show]
				    : arena_printf(a, "%s %s", vocabulary_shows[m->show], m->bits.text);
}

enum aspect {
	ASPECT_TYPE,
	ASPECT_DIMS,
	ASPECT_SIZE,
	ASPECT_COUNT,
	ASPECT_LIVE,
	ASPECT_WHEN,
	ASPECT_UNFILLED,
	ASPECT_UNIT,
	ASPECT_KIND,
	ASPECT_SHOW,
	ASPECT_ABSENT,
	ASPECT_RESERVED,
	ASPECT_COLUMN,
	NASPECTS
};

static const char *const aspect_names[] = {
	"type",
	"dims",
	"size",
	"count",
	"live",
	"when",
	"unfilled",
	"unit",
	"kind",
	"show",
	"absent",
	"reserved",
	"column",
};

static const char *
words_text(struct arena *a, const struct word *words, size_t n)
{
	const char *text = n == 0 ? "none" : "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 ? ", " : "", words[i].text);
	return text;
}

static const char *
aspect_text(struct arena *a, const struct field *f, enum aspect aspect)
{
	const struct member *m = f->member;

	switch (aspect) {
	case ASPECT_TYPE: return type_text(a, f);
	case ASPECT_DIMS: return dims_text(a, f);
	case ASPECT_SIZE: return number_text(a, layout_element_size(f, 0));
	case ASPECT_COUNT: return count_text(a, m);
	case ASPECT_LIVE: return word_text(&m->live.word);
	case ASPECT_WHEN: return word_text(&m->when.word);
	case ASPECT_UNFILLED: return words_text(a, m->unfilled, m->nunfilled);
	case ASPECT_UNIT: return word_text(&m->unit);
	case ASPECT_KIND: return m->delta ? "delta" : "gauge";
	case ASPECT_SHOW: return show_text(a, m);
	case ASPECT_ABSENT: return m->has_absent ? arena_printf(a, "%lld", (long long)m->absent) : "none";
	case ASPECT_RESERVED: return m->reserved ? "true" : "false";
	case ASPECT_COLUMN: return f->column;
	case NASPECTS: break;
	}
	return "";
}

/* --- structs ------------------------------------------------------------------------------------------- */

static void
print_member(struct out *o, char sign, const struct field *f)
{
	out_printf(o, "  %c %s: %s", sign, f->member->name.text, type_text(o->arena, f));
	if (f->ndims > 0)
		out_printf(o, " [%s]", dims_text(o->arena, f));
	out_printf(o, " at %llu\n", (unsigned long long)f->offset[0]);
}

static void
diff_aspects(struct out *o, const struct field *from, const struct field *to)
{
	const char *separator = "";

	for (enum aspect i = 0; i < NASPECTS; i++) {
		const char *before = aspect_text(o->arena, from, i);
		const char *after = aspect_text(o->arena, to, i);

		if (strcmp(before, after) == 0)
			continue;
		if (separator[0] == '\0')
			out_printf(o, "  ~ %s: ", to->member->name.text);
		out_printf(o, "%s%s %s -> %s", separator, aspect_names[i], before, after);
		separator = ", ";
	}
	if (separator[0] != '\0')
		out_printf(o, "\n");
}

/* How far the member has moved, as a difference modulo 2^64; 0 for a new one. */
static uint64_t
moved_by(const struct definition *from, const struct field *f)
{
	const struct field *before = definition_find(from, f->member->name.text);

	return before != NULL ? f->offset[0] - before->offset[0] : 0;
}

/* Neighbouring members that moved by the same distance make one line. */
static void
diff_places(struct out *o, const struct definition *from, const struct definition *to)
{
	for (size_t i = 0, next; i < to->nfields; i = next) {
		const struct field *first = &to->fields[i];
		const uint64_t by = moved_by(from, first);

		for (next = i + 1; next < to->nfields && by != 0 && moved_by(from, &to->fields[next]) == by; next++)
			;
		if (by == 0)
			continue;
		out_printf(o, "  > %s", first->member->name.text);
		if (next > i + 1)
			out_printf(o, " to %s", to->fields[next - 1].member->name.text);
		out_printf(o, ": moved by %+lld, to %llu\n", (long long)by, (unsigned long long)first->offset[0]);
	}
}

/* The lines below the heading of a struct that both releases have. */
static void
diff_members(struct out *o, const struct definition *from, const struct definition *to)
{
	for (size_t i = 0; i < from->nfields; i++)
		if (definition_find(to, from->fields[i].member->name.text) == NULL)
			print_member(o, '-', &from->fields[i]);
	for (size_t i = 0; i < to->nfields; i++) {
		const struct field *before = definition_find(from, to->fields[i].member->name.text);

		if (before == NULL)
			print_member(o, '+', &to->fields[i]);
		else
			diff_aspects(o, before, &to->fields[i]);
	}
	diff_places(o, from, to);
}

static void
diff_struct(struct out *o, const struct definition *from, const struct definition *to)
{
	struct out lines = { .arena = o->arena };

	diff_members(&lines, from, to);
	if (lines.length == 0 && from->size[0] == to->size[0])
		return;
	out_printf(o, "struct %s: ", to->structure->name.text);
	if (from->size[0] != to->size[0])
		out_printf(o, "%llu -> ", (unsigned long long)from->size[0]);
	out_printf(o, "%llu bytes\n%s", (unsigned long long)to->size[0], lines.length > 0 ? lines.text : "");
}

static void
diff_structs(struct out *o, const struct release *from, const struct release *to)
{
	for (size_t i = 0; i < from->ndefinitions; i++) {
		const char *name = from->definitions[i]->structure->name.text;

		if (release_find(to, name) == NULL)
			out_printf(o, "struct %s: removed\n", name);
	}
	for (size_t i = 0; i < to->ndefinitions; i++) {
		const struct definition *def = to->definitions[i];
		const struct definition *before = release_find(from, def->structure->name.text);

		if (before != NULL)
			diff_struct(o, before, def);
		else
			out_printf(o, "struct %s: new, %zu members, %llu bytes\n", def->structure->name.text,
			    def->nfields, (unsigned long long)def->size[0]);
	}
}

/* --- the rest ------------------------------------------------------------------------------------------ */

static void
diff_constants(struct out *o, const struct release *from, const struct release *to)
{
	for (size_t i = 0; i < from->nconstants; i++)
		if (release_find_constant(to, from->constants[i]->name.text) == NULL)
			out_printf(o, "constant %s: removed\n", from->constants[i]->name.text);
	for (size_t i = 0; i < to->nconstants; i++) {
		const struct constant *c = to->constants[i];
		const struct constant *before = release_find_constant(from, c->name.text);

		if (before == NULL)
			out_printf(o, "constant %s: new, %s\n", c->name.text, c->text);
		else if (before->value != c->value)
			out_printf(o, "constant %s: %s -> %s\n", c->name.text, before->text, c->text);
	}
}

static const struct bit *
find_bit(const struct bit_table *table, const char *name)
{
	for (size_t i = 0; i < table->nbits; i++)
		if (strcmp(table->bits[i].name.text, name) == 0)
			return &table->bits[i];
	return NULL;
}

static void
diff_bit_table(struct out *o, const struct bit_table *from, const struct bit_table *to)
{
	for (size_t i = 0; i < from->nbits; i++)
		if (find_bit(to, from->bits[i].name.text) == NULL)
			out_printf(o, "bit %s.%s: removed\n", to->name.text, from->bits[i].name.text);
	for (size_t i = 0; i < to->nbits; i++) {
		const struct bit *bit = &to->bits[i];
		const struct bit *before = find_bit(from, bit->name.text);

		if (before == NULL)
			out_printf(o, "bit %s.%s: new, 0x%04llx\n", to->name.text, bit->name.text,
			    (unsigned long long)bit->value);
		else if (before->value != bit->value)
			out_printf(o, "bit %s.%s: 0x%04llx -> 0x%04llx\n", to->name.text, bit->name.text,
			    (unsigned long long)before->value, (unsigned long long)bit->value);
	}
}

static void
diff_bits(struct out *o, const struct release *from, const struct release *to)
{
	for (size_t i = 0; i < from->nbit_tables; i++)
		if (release_find_bits(to, from->bit_tables[i]->name.text) == NULL)
			out_printf(o, "bits %s: removed\n", from->bit_tables[i]->name.text);
	for (size_t i = 0; i < to->nbit_tables; i++) {
		const struct bit_table *before = release_find_bits(from, to->bit_tables[i]->name.text);

		if (before != NULL)
			diff_bit_table(o, before, to->bit_tables[i]);
		else
			out_printf(o, "bits %s: new, %zu of them\n", to->bit_tables[i]->name.text,
			    to->bit_tables[i]->nbits);
	}
}

/* "sstat by scomplen, tstat by pcomplen times ndeviat" */
static const char *
blocks_text(struct arena *a, const struct release *r)
{
	const char *text = "";

	for (size_t i = 0; i < r->nblocks; i++) {
		const struct resolved_block *b = &r->blocks[i];

		text = arena_printf(a, "%s%s%s by %s", text, i > 0 ? ", " : "", b->role, b->block->length.text);
		if (b->count != NULL)
			text = arena_printf(a, "%s times %s", text, b->block->count.text);
		if (b->size != NULL)
			text = arena_printf(a, "%s in steps of %s", text, b->block->stride.text);
		if (b->of != NULL)
			text = arena_printf(a, "%s, %s of it to each %s", text, b->block->share.text, b->of->role);
		if (b->process != NULL)
			text = arena_printf(a, "%s, a process if %s", text, b->block->process.text);
		if (b->inactive != NULL)
			text = arena_printf(a, "%s, inactive if %s", text, b->block->inactive.text);
	}
	return text;
}

static const char *
faults_text(struct arena *a, const struct release *r)
{
	const char *text = r->nfaults == 0 ? "none" : "";

	for (size_t i = 0; i < r->nfaults; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 ? ", " : "", r->faults[i].name.text);
	return text;
}

static const char *
since_boot_text(const struct release *r)
{
	return r->counts_since_boot != NULL ? r->counts_since_boot->word.text : "none";
}

static const char *
host_text(const struct release *r)
{
	return r->host != NULL ? r->host->text : "none";
}

/* The condition of a check, or its sum. */
static const char *
check_text(struct arena *a, const struct check *c)
{
	if (c->that.word.text != NULL)
		return arena_printf(a, "%s: %s", c->of.text, c->that.word.text);
	return arena_printf(a, "%s: %s is the sum of %s", c->of.text, c->is.text, c->sum.word.text);
}

static const struct check *
find_check(const struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nchecks; i++)
		if (strcmp(r->checks[i].check->name.text, name) == 0)
			return r->checks[i].check;
	return NULL;
}

static void
diff_checks(struct out *o, const struct release *from, const struct release *to)
{
	for (size_t i = 0; i < from->nchecks; i++)
		if (find_check(to, from->checks[i].check->name.text) == NULL)
			out_printf(o, "check %s: removed\n", from->checks[i].check->name.text);
	for (size_t i = 0; i < to->nchecks; i++) {
		const struct check *c = to->checks[i].check, *before = find_check(from, c->name.text);
		const char *text = check_text(o->arena, c);

		if (before == NULL)
			out_printf(o, "check %s: new, %s\n", c->name.text, text);
		else if (strcmp(check_text(o->arena, before), text) != 0)
			out_printf(o, "check %s: %s -> %s\n", c->name.text, check_text(o->arena, before), text);
	}
}

/* Prints a line if the texts differ. */
static void
diff_text(struct out *o, const char *what, const char *before, const char *after)
{
	if (strcmp(before, after) != 0)
		out_printf(o, "%s: %s -> %s\n", what, before, after);
}

/* The condition of the feature of that name. */
static const char *
feature_text(const struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nfeatures; i++)
		if (strcmp(r->features[i].feature->name.text, name) == 0)
			return r->features[i].feature->when.word.text;
	return "none";
}

/* A feature of the base cannot vanish. */
static void
diff_features(struct out *o, const struct release *from, const struct release *to)
{
	for (size_t i = 0; i < to->nfeatures; i++) {
		const char *name = to->features[i].feature->name.text;

		diff_text(o, arena_printf(o->arena, "feature %s", name), feature_text(from, name),
		    feature_text(to, name));
	}
}

void
verb_diff(struct out *o, const struct release *from, const struct release *to)
{
	out_printf(o, "atop %s -> %s, sizes and offsets in %s\n", from->schema->version.text, to->schema->version.text,
	    to->abi->models[0].name.text);
	if (from->schema->aversion != to->schema->aversion)
		out_printf(o, "aversion 0x%04llx -> 0x%04llx\n", (unsigned long long)from->schema->aversion,
		    (unsigned long long)to->schema->aversion);
	diff_constants(o, from, to);
	diff_bits(o, from, to);
	diff_structs(o, from, to);
	diff_text(o, "blocks", blocks_text(o->arena, from), blocks_text(o->arena, to));
	diff_text(o, "faults", faults_text(o->arena, from), faults_text(o->arena, to));
	diff_text(o, "host", host_text(from), host_text(to));
	diff_text(o, "since_boot", since_boot_text(from), since_boot_text(to));
	diff_checks(o, from, to);
	diff_features(o, from, to);
}
