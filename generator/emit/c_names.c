/*
 * c_names: turns words of a schema into C identifiers. No other file does.
 */
#include "emit/c_names.h"

#include <ctype.h>
#include <string.h>

#include "model/field_facts.h"

/* Makes an identifier of a word: each character that cannot stand in one becomes an underscore. */
static const char *
identifier(char *word)
{
	for (char *c = word; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	return word;
}

static const char *
upper(char *word)
{
	for (char *c = word; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	return identifier(word);
}

const char *
c_release(struct arena *a, const struct release *r)
{
	return identifier(arena_printf(a, "atop_%s", r->schema->version.text));
}

const char *
c_file(struct arena *a, const struct release *r, const char *name)
{
	return arena_printf(a, "atop-%s/%s", r->schema->version.text, name);
}

const char *
c_json(struct arena *a, const struct definition *d)
{
	return arena_printf(a, "%s_json%s", c_struct(a, d), definition_has_struct_array(d) ? "_out" : "");
}

const char *
c_struct(struct arena *a, const struct definition *d)
{
	return c_own(a, d->code);
}

const char *
c_own(struct arena *a, const struct definition *d)
{
	return arena_printf(a, "%s_%s", c_release(a, d->origin), d->structure->name.text);
}

const char *
c_means(struct arena *a, const struct definition *d, const struct field *f)
{
	return arena_printf(a, "%s_%s_means", c_struct(a, d), f->key);
}

const char *
c_shows(struct arena *a, const struct definition *d, const struct field *f)
{
	return arena_printf(a, "%s_%s_shows", c_struct(a, d), f->key);
}

const char *
c_mask(struct arena *a, const char *variable, uint64_t bits)
{
	return arena_printf(a, bits > UINT32_MAX ? "%s & UINT64_C(0x%llx)" : "%s & 0x%llx", variable,
	    (unsigned long long)bits);
}

const char *
c_macro(struct arena *a, const struct definition *d)
{
	return upper(arena_printf(a, "%s", c_struct(a, d)));
}

const char *
c_model(struct arena *a, const struct data_model *m)
{
	return upper(arena_printf(a, "MODEL_%s", m->name.text));
}

const char *
c_host_ctype(struct arena *a, const struct abi *abi, const struct ctype *t)
{
	const unsigned width = abi_widest(abi, t);

	switch (t->kind) {
	case TYPE_CHAR: return "char";
	case TYPE_FLOAT: return width == 4 ? "float" : "double";
	case TYPE_SIGNED:
	case TYPE_UNSIGNED: break;
	}
	return arena_printf(a, "%sint%u_t", t->kind == TYPE_UNSIGNED ? "u" : "", width * 8);
}

const char *
c_host_type(struct arena *a, const struct abi *abi, const struct field *f)
{
	if (f->def != NULL)
		return arena_printf(a, "struct %s", c_struct(a, f->def));
	return c_host_ctype(a, abi, f->ctype);
}

const char *
c_dims(struct arena *a, const struct field *f)
{
	const char *text = "";

	for (size_t i = 0; i < f->ndims; i++)
		text = arena_printf(a, "%s[%llu]", text, (unsigned long long)f->dims[i]);
	return text;
}

const char *
c_index(size_t k)
{
	static const char *const names[DIMS_MAX] = { "i", "j", "k", "l" };

	return names[k % DIMS_MAX];
}

const char *
c_at(struct arena *a, const struct abi *abi, const uint64_t *values)
{
	const char *text = "AT(m";
	bool same = true;

	for (size_t m = 0; m < abi->nmodels; m++) {
		text = arena_printf(a, "%s, %llu", text, (unsigned long long)values[m]);
		same = same && values[m] == values[0];
	}
	return same ? arena_printf(a, "%llu", (unsigned long long)values[0]) : arena_printf(a, "%s)", text);
}

const char *
c_integer(struct arena *a, int64_t value)
{
	return value == INT64_MIN ? "INT64_MIN" : arena_printf(a, "%lld", (long long)value);
}

const char *
c_member(struct arena *a, const struct definition *d, const char *path)
{
	const char *text = "";

	for (;;) {
		const size_t length = strcspn(path, ".");
		const struct field *f = definition_walk(d, arena_strndup(a, path, length));

		text = arena_printf(a, "%s%s", text, f->key);
		if (path[length] == '\0')
			return text;
		text = arena_printf(a, "%s.", text);
		path += length + 1;
		d = f->def;
	}
}

const char *
c_int_ref(struct arena *a, const struct definition *d, const char *path, const struct field *f)
{
	const char *symbol = c_struct(a, d), *member = c_member(a, d, path);

	return arena_printf(a, "{offsetof(struct %s, %s), sizeof(((struct %s *)0)->%s), %s}", symbol, member, symbol,
	    member, f->ctype->kind == TYPE_SIGNED ? "true" : "false");
}

const char *
c_varying_load(struct arena *a, const struct ctype *t)
{
	return identifier(arena_printf(a, "load_%s", t->name.text));
}

const char *
c_load(struct arena *a, const struct abi *abi, const struct ctype *t, const char *place)
{
	const char letter = t->kind == TYPE_FLOAT ? 'f' : t->kind == TYPE_SIGNED ? 'i' : 'u';

	if (abi_size_varies(abi, t))
		return arena_printf(a, "%s(%s, m, o)", c_varying_load(a, t), place);
	if (t->kind == TYPE_CHAR)
		return arena_printf(a, "(char)load_u8(%s, o)", place);
	return arena_printf(a, "load_%c%u(%s, o)", letter, t->size[0] * 8, place);
}

const char *
c_nulls_parameter(const struct definition *d)
{
	return d->nbits > 0 ? ", uint64_t nulls" : "";
}

const char *
c_nulls_argument(struct arena *a, const struct field *f)
{
	if (f->def->nbits == 0)
		return "";
	return f->base == 0 ? ", nulls" : arena_printf(a, ", nulls >> %zu", f->base);
}

const char *
c_null(struct arena *a, const struct definition *d, const struct field *f)
{
	const char *guards = f->guards != 0 ? c_mask(a, "nulls", f->guards) : NULL;
	const char *when = f->when != NULL ? arena_printf(a, "!(print & PRINT_RESERVED || %s(v))", c_means(a, d, f))
					   : NULL;

	if (guards != NULL && when != NULL)
		return arena_printf(a, "%s || %s", guards, when);
	return guards != NULL ? guards : when;
}
