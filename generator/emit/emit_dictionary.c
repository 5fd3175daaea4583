/*
 * emit_dictionary: a text that is an identifier has its own name in the struct of texts. Another is named by a hash, so that
 * a new text changes no row of another member.
 */
#include "emit/emit_dictionary.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"
#include "emit/emit_plan.h"

struct text {
	const char *text;
	const char *name; /* of its member in the struct of texts: "n_utime", "t_0123abcd" */
	uint32_t hash;    /* for an identifier that of its text, else that in the name */
	bool is_word;
};

/* A name and what it stands for: a definition, or a member of one. */
struct item {
	const char *name;
	const struct definition *of;
	const struct field *field;
	size_t at; /* of names of bits: the index of the first one */
};

struct items {
	struct item *list;
	size_t count;
};

struct dictionary {
	struct arena *arena;
	struct text *texts;
	size_t ntexts;
	struct items definitions, whens, lives, bits;
	size_t nbits; /* of all lists, with their ends */
};

struct dictionary *
dictionary_make(struct arena *a)
{
	struct dictionary *dict = arena_alloc(a, sizeof(*dict));

	dict->arena = a;
	dict->nbits = 1;
	return dict;
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

/* FNV-1a. */
static uint32_t
hash_of(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

/* Whether the text can be the end of an identifier. */
static bool
is_word(const char *text)
{
	return text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

/* The text, which is added if the dictionary lacks it. Texts with equal hashes get different names. */
static const struct text *
find_text(struct dictionary *dict, const char *text)
{
	struct text new = { .text = text, .hash = hash_of(text), .is_word = is_word(text) };

	for (size_t i = 0; i < dict->ntexts; i++) {
		if (dict->texts[i].hash != new.hash || dict->texts[i].is_word != new.is_word)
			continue;
		if (strcmp(dict->texts[i].text, text) == 0)
			return &dict->texts[i];
		if (!new.is_word) {
			new.hash++;
			i = SIZE_MAX; /* from the first text again */
		}
	}
	new.name = new.is_word ? arena_printf(dict->arena, "n_%s", text)
			       : arena_printf(dict->arena, "t_%08" PRIx32, new.hash);
	dict->texts = arena_grow(dict->arena, dict->texts, dict->ntexts, sizeof(*dict->texts));
	dict->texts[dict->ntexts] = new;
	return &dict->texts[dict->ntexts++];
}

const char *
dictionary_text(struct dictionary *dict, const char *text)
{
	const struct text *t = find_text(dict, text);
	struct out o = { .arena = dict->arena };

	if (t->is_word)
		return arena_printf(dict->arena, "WORD(%s)", text);
	out_printf(&o, "WORDS(%s, \"", t->name + strlen("t_"));
	out_c_string(&o, text);
	out_printf(&o, "\")");
	return o.text;
}

/* --- the other tables ----------------------------------------------------------------------------------------- */

/* The item of that name; a new one has no definition yet. */
static struct item *
find_item(struct dictionary *dict, struct items *items, const char *name)
{
	for (size_t i = 0; i < items->count; i++)
		if (strcmp(items->list[i].name, name) == 0)
			return &items->list[i];
	items->list = arena_grow(dict->arena, items->list, items->count, sizeof(*items->list));
	items->list[items->count] = (struct item){ .name = name };
	return &items->list[items->count++];
}

/* The enumerator of the item. */
static const char *
refer(struct dictionary *dict, struct items *items, const char *name, const struct definition *d, const struct field *f)
{
	struct item *item = find_item(dict, items, name);

	item->of = d;
	item->field = f;
	return name;
}

const char *
dictionary_definition(struct dictionary *dict, const struct definition *d)
{
	return refer(dict, &dict->definitions, arena_printf(dict->arena, "OF_%s", c_own(dict->arena, d)), d, NULL);
}

const char *
dictionary_when(struct dictionary *dict, const struct definition *d, const struct field *f)
{
	return refer(dict, &dict->whens, arena_printf(dict->arena, "IF_%s", c_means(dict->arena, d, f)), d, f);
}

const char *
dictionary_live(struct dictionary *dict, const struct definition *d, const struct field *f)
{
	return refer(dict, &dict->lives, arena_printf(dict->arena, "IF_%s", c_shows(dict->arena, d, f)), d, f);
}

const char *
dictionary_bits(struct dictionary *dict, const struct definition *d, const struct field *f)
{
	const char *name = arena_printf(dict->arena, "BITS_%s_%s", c_own(dict->arena, d), f->key);
	struct item *item = find_item(dict, &dict->bits, name);

	if (item->of == NULL) {
		*item = (struct item){ .name = name, .of = d, .field = f, .at = dict->nbits };
		dict->nbits += f->bits->nbits + 1;
		for (size_t i = 0; i < f->bits->nbits; i++)
			find_text(dict, f->bits->bits[i].name.text);
	}
	return name;
}

/* --- dictionary.h --------------------------------------------------------------------------------------------- */

static void
emit_enumerators(struct out *o, const char *what, const struct items *items)
{
	if (items->count == 0)
		return;
	out_printf(o, "/* %s */\nenum {\n", what);
	for (size_t i = 0; i < items->count; i++)
		out_printf(o, "\t%s%s,\n", items->list[i].name,
		    items->list[i].at > 0 ? arena_printf(o->arena, " = %zu", items->list[i].at)
			: i == 0          ? " = 1"
					  : "");
	out_printf(o, "};\n\n");
}

void
emit_dictionary_header(struct out *o, const struct dictionary *dict)
{
	out_printf(o, "#ifndef DICTIONARY_TEXTS_H\n#define DICTIONARY_TEXTS_H\n\n#include <stddef.h>\n\n");
	emit_enumerators(o, "Indices of catalog_definitions.", &dict->definitions);
	emit_enumerators(o, "Indices of catalog_conditions.", &dict->whens);
	emit_enumerators(o, "Indices of catalog_filters.", &dict->lives);
	emit_enumerators(o, "Indices of catalog_bits.", &dict->bits);
	out_printf(o,
	    "/* The offset in catalog_texts of a text that is an identifier; of another one, named by its hash. */\n");
	out_printf(o, "#define WORD(word) offsetof(struct dictionary_texts, n_##word)\n");
	out_printf(o, "#define WORDS(hash, text) offsetof(struct dictionary_texts, t_##hash)\n\n");
	out_printf(o, "struct dictionary_texts {\n\tchar none[1];\n");
	for (size_t i = 0; i < dict->ntexts; i++)
		out_printf(o, "\tchar %s[%zu];\n", dict->texts[i].name, strlen(dict->texts[i].text) + 1);
	out_printf(o, "};\n\n#endif\n");
}

/* --- dictionary.c --------------------------------------------------------------------------------------------- */

static void
emit_texts(struct out *o, const struct dictionary *dict)
{
	out_printf(o, "static const struct dictionary_texts texts = {\n\t\"\",\n");
	for (size_t i = 0; i < dict->ntexts; i++) {
		out_printf(o, "\t\"");
		out_c_string(o, dict->texts[i].text);
		out_printf(o, "\",\n");
	}
	out_printf(o, "};\nconst char *const catalog_texts = (const char *)&texts;\n\n");
}

static void
emit_definitions(struct out *o, const struct items *items)
{
	out_printf(o, "const struct definition *const catalog_definitions[] = {\n\tNULL,\n");
	for (size_t i = 0; i < items->count; i++)
		out_printf(o, "\t&%s_definition,\n", c_own(o->arena, items->list[i].of));
	out_printf(o, "};\n\n");
}

static void
emit_bits(struct out *o, const struct items *items)
{
	out_printf(o, "const struct bit_name catalog_bits[] = {\n\t{ 0, 0 },\n");
	for (size_t i = 0; i < items->count; i++) {
		const struct bit_table *table = items->list[i].field->bits;

		out_printf(o, "\t/* %s */\n", items->list[i].name);
		for (size_t k = 0; k < table->nbits; k++)
			out_printf(o, "\t{ WORD(%s), 0x%" PRIx64 " },\n", table->bits[k].name.text,
			    table->bits[k].value);
		out_printf(o, "\t{ 0, 0 },\n");
	}
	out_printf(o, "};\n\n");
}

/* The functions that take void pointers. */
static void
emit_adapters(struct out *o, const struct items *whens, const struct items *lives)
{
	struct arena *a = o->arena;

	for (size_t i = 0; i < whens->count; i++) {
		const char *means = c_means(a, whens->list[i].of, whens->list[i].field);

		out_printf(o, "static bool\n%s_any(const void *v)\n{\n\treturn %s(v);\n}\n\n", means, means);
	}
	for (size_t i = 0; i < lives->count; i++) {
		const char *shows = c_shows(a, lives->list[i].of, lives->list[i].field);

		out_printf(o, "static bool\n%s_any(const void *v, size_t i)\n{\n\treturn %s(v, i);\n}\n\n", shows,
		    shows);
	}
}

static void
emit_conditions(struct out *o, const struct items *whens, const struct items *lives)
{
	struct arena *a = o->arena;

	emit_adapters(o, whens, lives);
	out_printf(o, "bool (*const catalog_conditions[])(const void *host) = {\n\tNULL,\n");
	for (size_t i = 0; i < whens->count; i++)
		out_printf(o, "\t%s_any,\n", c_means(a, whens->list[i].of, whens->list[i].field));
	out_printf(o, "};\n\nbool (*const catalog_filters[])(const void *element, size_t i) = {\n\tNULL,\n");
	for (size_t i = 0; i < lives->count; i++)
		out_printf(o, "\t%s_any,\n", c_shows(a, lives->list[i].of, lives->list[i].field));
	out_printf(o, "};\n");
}

void
emit_dictionary(struct out *o, const struct emit_plan *p)
{
	const struct dictionary *dict = p->dictionary;

	out_printf(o, "#include \"dictionary.h\"\n");
	emit_definition_includes(o, p);
	out_printf(o, "\n");
	emit_texts(o, dict);
	emit_definitions(o, &dict->definitions);
	emit_bits(o, &dict->bits);
	emit_conditions(o, &dict->whens, &dict->lives);
}
