/*
 * verb_show: a release with all that it inherits, as a schema without a base. Its output compiles to the same model, and
 * shows the same again.
 */
#include "verb/verbs.h"

#include <string.h>
#include <strings.h>

#include "model/vocabulary.h"

/* --- words --------------------------------------------------------------------------------------------- */

static void
print_quoted(struct out *o, const char *text)
{
	out_printf(o, "\"");
	for (; *text != '\0'; text++)
		out_printf(o, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
	out_printf(o, "\"");
}

static void
print_list(struct out *o, const struct word *words, size_t n)
{
	out_printf(o, "[");
	for (size_t i = 0; i < n; i++) {
		out_printf(o, "%s", i > 0 ? ", " : "");
		print_quoted(o, words[i].text);
	}
	out_printf(o, "]");
}

static void
print_optional(struct out *o, const char *key, const struct word *word)
{
	if (word->text != NULL)
		out_printf(o, ", %s: %s", key, word->text);
}

/* In quotes if it has anything that means something to YAML. */
static void
print_condition(struct out *o, const char *key, const struct condition *c)
{
	if (c->word.text == NULL)
		return;
	out_printf(o, ", %s: ", key);
	if (strpbrk(c->word.text, "!&'\"[]{},:?#%-") == NULL)
		out_printf(o, "%s", c->word.text);
	else
		print_quoted(o, c->word.text);
}

/* Pads `text`, which is followed by a comma, to `width`. */
static void
print_padding(struct out *o, const char *text, size_t width)
{
	out_printf(o, "%*s", (int)(width - strlen(text)), "");
}

static size_t
longer(size_t width, const char *text)
{
	return strlen(text) > width ? strlen(text) : width;
}

/* --- members ------------------------------------------------------------------------------------------- */

static void
print_dims(struct out *o, const struct member *m)
{
	if (m->ndims == 0)
		return;
	out_printf(o, ", dims: [");
	for (size_t i = 0; i < m->ndims; i++)
		out_printf(o, "%s%s", i > 0 ? ", " : "", m->dims[i].text.text);
	out_printf(o, "]");
}

static void
print_count(struct out *o, const struct member *m)
{
	switch (m->count_rule) {
	case COUNT_NONE: break;
	case COUNT_MEMBER: out_printf(o, ", count: %s", m->count.text); break;
	case COUNT_CLAMP:
		out_printf(o, ", count: {of: %s, clamp: %llu}", m->count.text, (unsigned long long)m->clamp);
		break;
	case COUNT_UNTIL: out_printf(o, ", count: {until: %s}", m->count.text); break;
	}
}

static void
print_unfilled(struct out *o, const struct member *m)
{
	for (size_t i = 0; i < m->nunfilled; i++)
		out_printf(o, "%s%s", i == 0 ? ", unfilled: [" : ", ", m->unfilled[i].text);
	if (m->nunfilled > 0)
		out_printf(o, "]");
}

/* All keys but name, type and doc. */
static void
print_details(struct out *o, const struct member *m)
{
	print_dims(o, m);
	print_count(o, m);
	print_condition(o, "live", &m->live);
	print_condition(o, "when", &m->when);
	print_unfilled(o, m);
	print_optional(o, "unit", &m->unit);
	if (m->delta)
		out_printf(o, ", kind: delta");
	if (m->show != SHOW_DEFAULT)
		out_printf(o, ", show: %s", vocabulary_shows[m->show]);
	print_optional(o, "bits", &m->bits);
	if (m->has_absent)
		out_printf(o, ", absent: %lld", (long long)m->absent);
	if (m->reserved)
		out_printf(o, ", reserved: true");
}

/* The component of the names of columns, if it is not the key in lower case: what is shown has no older release to ask. */
static void
print_column(struct out *o, const struct field *f)
{
	if (strcasecmp(f->column, f->key) != 0)
		out_printf(o, ", column: %s", f->column);
}

static void
print_member(struct out *o, const struct field *f, size_t name_width, size_t type_width)
{
	const struct member *m = f->member;
	struct out details = { .arena = o->arena };

	out_printf(o, "    - {name: %s,", m->name.text);
	print_padding(o, m->name.text, name_width);
	out_printf(o, " type: %s", m->type.text);
	print_details(&details, m);
	print_column(&details, f);
	if (m->doc.text != NULL) {
		out_printf(&details, ", doc: ");
		print_quoted(&details, m->doc.text);
	}
	if (details.length > 0) {
		out_printf(o, ",");
		print_padding(o, m->type.text, type_width);
		out_printf(o, "%s", details.text + 1);
	}
	out_printf(o, "}\n");
}

static void
print_struct(struct out *o, const struct definition *d)
{
	const struct structure *s = d->structure;
	size_t name_width = 0, type_width = 0;

	for (size_t i = 0; i < s->nmembers; i++) {
		name_width = longer(name_width, s->members[i].name.text);
		type_width = longer(type_width, s->members[i].type.text);
	}
	out_printf(o, "  %s:\n", s->name.text);
	for (size_t i = 0; i < d->nfields; i++)
		print_member(o, &d->fields[i], name_width, type_width);
}

/* --- the rest ------------------------------------------------------------------------------------------ */

static void
print_head(struct out *o, const struct schema *s)
{
	out_printf(o, "# atop %s with all that it inherits\n", s->version.text);
	out_printf(o, "version: \"%s\"\n", s->version.text);
	out_printf(o, "releases: ");
	print_list(o, s->releases, s->nreleases);
	out_printf(o, "\naversion: 0x%04llx\n", (unsigned long long)s->aversion);
	out_printf(o, "source: {tag: ");
	print_quoted(o, s->tag.text);
	out_printf(o, ", files: ");
	print_list(o, s->files, s->nfiles);
	out_printf(o, "}\n");
}

/* Lengths stand in the order of their models, as they were read. */
static void
print_lengths(struct out *o, const struct schema *s)
{
	const char *model = NULL;

	if (s->nlengths > 0)
		out_printf(o, "lengths:\n");
	for (size_t i = 0; i < s->nlengths; i++) {
		const struct stated_length *length = &s->lengths[i];

		if (length->model.text != model)
			out_printf(o, "%s  %s: {", model != NULL ? "}\n" : "", length->model.text);
		else
			out_printf(o, ", ");
		out_printf(o, "%s: %llu", length->structure.text, (unsigned long long)length->bytes);
		model = length->model.text;
	}
	if (s->nlengths > 0)
		out_printf(o, "}\n");
}

static void
print_constants(struct out *o, const struct release *r)
{
	out_printf(o, "constants:\n");
	for (size_t i = 0; i < r->nconstants; i++)
		out_printf(o, "  %s: %s\n", r->constants[i]->name.text, r->constants[i]->text);
}

static void
print_bits(struct out *o, const struct release *r)
{
	if (r->nbit_tables > 0)
		out_printf(o, "bits:\n");
	for (size_t i = 0; i < r->nbit_tables; i++) {
		const struct bit_table *table = r->bit_tables[i];

		out_printf(o, "  %s:\n", table->name.text);
		for (size_t k = 0; k < table->nbits; k++) {
			const struct bit *bit = &table->bits[k];

			out_printf(o, "    - {name: %s, value: 0x%04llx", bit->name.text,
			    (unsigned long long)bit->value);
			if (bit->doc.text != NULL) {
				out_printf(o, ", doc: ");
				print_quoted(o, bit->doc.text);
			}
			out_printf(o, "}\n");
		}
	}
}

static void
print_blocks(struct out *o, const struct release *r)
{
	out_printf(o, "blocks:\n");
	for (size_t i = 0; i < r->nblocks; i++) {
		const struct block *b = r->blocks[i].block;

		out_printf(o, "  - {struct: %s", b->structure.text);
		print_optional(o, "role", &b->role);
		print_optional(o, "length", &b->length);
		print_optional(o, "count", &b->count);
		print_optional(o, "size", &b->size);
		print_optional(o, "stride", &b->stride);
		print_optional(o, "parent", &b->parent);
		print_optional(o, "tail", &b->tail);
		print_optional(o, "of", &b->of);
		print_optional(o, "share", &b->share);
		print_optional(o, "names", &b->names);
		print_optional(o, "process", &b->process);
		print_optional(o, "inactive", &b->inactive);
		out_printf(o, "}\n");
	}
}

static void
print_tell(struct out *o, const struct release *r)
{
	const struct tell *t = &r->schema->tell;

	if (t->begins.word.text == NULL)
		return;
	out_printf(o, "tell:\n  begins: ");
	print_quoted(o, t->begins.word.text);
	out_printf(o, "\n  counts:\n");
	for (size_t i = 0; i < t->ncounts; i++) {
		out_printf(o, "    - {of: %s", t->counts[i].of.text);
		print_condition(o, "where", &t->counts[i].where);
		print_condition(o, "has", &t->counts[i].has);
		out_printf(o, ", least: %llu", (unsigned long long)t->counts[i].least);
		print_optional(o, "own", &t->counts[i].own);
		print_optional(o, "other", &t->counts[i].other);
		out_printf(o, "}\n");
	}
}

static void
print_fault(struct out *o, const struct known_fault *f)
{
	out_printf(o, "  - name: %s\n    struct: %s\n    when: ", f->name.text, f->structure.text);
	print_quoted(o, f->when.word.text);
	for (size_t i = 0; i < f->nmoves; i++)
		out_printf(o, "%s{from: %s, to: %s, by: %d}", i == 0 ? "\n    moved: [" : ", ", f->moves[i].from.text,
		    f->moves[i].to.text, f->moves[i].by);
	out_printf(o, "%s", f->nmoves > 0 ? "]" : "");
	for (size_t i = 0; i < f->nnulls; i++)
		out_printf(o, "%s%s", i == 0 ? "\n    null: [" : ", ", f->nulls[i].text);
	out_printf(o, "%s\n    note: ", f->nnulls > 0 ? "]" : "");
	print_quoted(o, f->note.text);
	out_printf(o, "\n    source: ");
	print_quoted(o, f->source.text);
	out_printf(o, "\n");
}

static void
print_faults(struct out *o, const struct release *r)
{
	if (r->nfaults > 0)
		out_printf(o, "faults:\n");
	for (size_t i = 0; i < r->nfaults; i++)
		print_fault(o, &r->faults[i]);
}

static void
print_checks(struct out *o, const struct release *r)
{
	if (r->nchecks > 0)
		out_printf(o, "checks:\n");
	for (size_t i = 0; i < r->nchecks; i++) {
		const struct check *c = r->checks[i].check;

		out_printf(o, "  - {name: %s, of: %s", c->name.text, c->of.text);
		print_condition(o, "that", &c->that);
		print_condition(o, "sum", &c->sum);
		print_optional(o, "is", &c->is);
		if (c->doc.text != NULL) {
			out_printf(o, ", doc: ");
			print_quoted(o, c->doc.text);
		}
		out_printf(o, "}\n");
	}
}

static void
print_features(struct out *o, const struct release *r)
{
	if (r->nfeatures > 0)
		out_printf(o, "features:\n");
	for (size_t i = 0; i < r->nfeatures; i++) {
		const struct feature *f = r->features[i].feature;

		out_printf(o, "  - {name: %s", f->name.text);
		print_condition(o, "when", &f->when);
		if (f->doc.text != NULL) {
			out_printf(o, ", doc: ");
			print_quoted(o, f->doc.text);
		}
		out_printf(o, "}\n");
	}
}

/* Whether the struct is one of the list, or the list is empty. */
static bool
is_asked_for(const struct definition *d, const struct definition *const *only, size_t nonly)
{
	bool found = nonly == 0;

	for (size_t i = 0; i < nonly && !found; i++)
		found = only[i] == d;
	return found;
}

void
verb_show(struct out *o, const struct release *r, const struct definition *const *only, size_t nonly)
{
	if (nonly == 0) {
		print_head(o, r->schema);
		print_lengths(o, r->schema);
		print_constants(o, r);
		print_bits(o, r);
	}
	out_printf(o, "structs:\n");
	for (size_t i = 0; i < r->ndefinitions; i++)
		if (is_asked_for(r->definitions[i], only, nonly))
			print_struct(o, r->definitions[i]);
	if (nonly == 0) {
		print_blocks(o, r);
		print_tell(o, r);
		print_faults(o, r);
		print_checks(o, r);
		print_features(o, r);
	}
	if (nonly == 0 && r->host != NULL)
		out_printf(o, "host: %s\n", r->host->text);
	if (nonly == 0 && r->counts_since_boot != NULL) {
		out_printf(o, "since_boot: ");
		print_quoted(o, r->counts_since_boot->word.text);
		out_printf(o, "\n");
	}
}
