/*
 * dictionary: a walk over the structs of each release, and the same walk along one path.
 */
#include "atopdump/report/dictionary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/array.h"
#include "rawlog/catalog/role.h"

#define NAME_ROOM 256

/* A struct on the way, its path and the names of tables and columns so far. */
struct way {
	char path[DICTIONARY_PATH_MAX];
	char table[NAME_ROOM]; /* the table of its members */
	char column[NAME_ROOM];
	size_t release;
};

/* --- an entry ----------------------------------------------------------------------------------------------- */

const char *
dictionary_doc(const struct dictionary_entry *entry)
{
	return entry->field != NULL ? field_doc(entry->field)
	    : entry->column != NULL ? column_doc(entry->column)
				    : entry->view->table.doc;
}

const char *
dictionary_unit(const struct dictionary_entry *entry)
{
	return entry->field != NULL ? field_unit(entry->field)
	    : entry->column != NULL ? column_unit(entry->column)
				    : NULL;
}

bool
dictionary_is_delta(const struct dictionary_entry *entry)
{
	return entry->field != NULL ? (entry->field->flags & FIELD_DELTA) != 0
				    : entry->column != NULL && entry->column->delta;
}

bool
dictionary_is_reserved(const struct dictionary_entry *entry)
{
	return entry->field != NULL && (entry->field->flags & FIELD_RESERVED) != 0;
}

void
dictionary_releases(const struct dictionary_entry *entry, const char **first, const char **last)
{
	*first = *last = NULL;
	if (entry->field != NULL) {
		*first = catalog_releases[entry->oldest]->version;
		*last = catalog_releases[entry->newest]->version;
	} else if (entry->view != NULL && entry->column == NULL) {
		for (const struct view_code *code = entry->view->code; code->release != NULL; code++) {
			*first = *first != NULL ? *first : code->release->version;
			*last = code->release->version;
		}
	} else if (entry->column != NULL) {
		*first = column_first(entry->column);
		*last = column_last(entry->column);
	}
}

/* --- entries ------------------------------------------------------------------------------------------------ */

static void
find_column(struct dictionary_entry *entry, const char *table, const char *column)
{
	for (size_t i = 0; i < catalog_ntables; i++) {
		const struct column_table *t = &catalog_tables[i];

		if (strcmp(t->name, table) != 0)
			continue;
		for (size_t k = 0; k < t->ncolumns; k++)
			if (t->columns[k].source == COLUMN_MEMBER && strcmp(column_name(&t->columns[k]), column) == 0) {
				entry->table = t;
				entry->column = &t->columns[k];
				return;
			}
	}
}

/* The entry of that path; NULL: there is none. Most stand behind the one found before. */
static struct dictionary_entry *
find_entry(struct dictionary *d, const char *path)
{
	for (size_t i = 0; i < d->count; i++) {
		const size_t k = (d->expected + i) % d->count;

		if (strcmp(d->entries[k].path, path) == 0) {
			d->expected = k + 1;
			return &d->entries[k];
		}
	}
	return NULL;
}

static struct dictionary_entry *
add_entry(struct dictionary *d, const char *path)
{
	struct dictionary_entry *entry;

	if (d->count == d->room) {
		struct dictionary_entry *grown = realloc(d->entries, (2 * d->room + 512) * sizeof *grown);

		if (grown == NULL) {
			d->failed = true;
			return NULL;
		}
		d->entries = grown;
		d->room = 2 * d->room + 512;
	}
	entry = &d->entries[d->count++];
	*entry = (struct dictionary_entry){ .field = NULL };
	snprintf(entry->path, sizeof entry->path, "%s", path);
	return entry;
}

/* A member without members. Releases come newest first. */
static void
add_member(struct dictionary *d, const struct way *way, const struct field *f)
{
	struct dictionary_entry *entry = find_entry(d, way->path);

	if (entry == NULL) {
		entry = add_entry(d, way->path);
		if (entry == NULL)
			return;
		entry->field = f;
		entry->newest = way->release;
		find_column(entry, way->table, way->column);
	}
	entry->oldest = way->release;
}

/* Appends `separator`, unless `to` is empty, and `name`; what does not fit into `room` bytes is cut. */
static void
append(char *to, size_t room, const char *separator, const char *name)
{
	size_t used = strlen(to);

	for (const char *p = used > 0 ? separator : ""; *p != '\0' && used + 1 < room; p++)
		to[used++] = *p;
	for (; *name != '\0' && used + 1 < room; name++)
		to[used++] = *name;
	to[used] = '\0';
}

static void
add_members(struct dictionary *d, const struct way *way, const struct definition *def)
{
	for (uint32_t i = 0; i < def->nfields && !d->failed; i++) {
		const struct field *f = &def->fields[i];
		struct way to = *way;

		append(to.path, sizeof to.path, ".", field_key(f));
		append(to.column, sizeof to.column, "_", field_column(f));
		if (array_dims(f) > 0)
			append(to.path, sizeof to.path, "", "[]");
		if (f->of != 0 && array_dims(f) > 0) {
			append(to.table, sizeof to.table, "_", to.column);
			to.column[0] = '\0';
		}
		if (f->of != 0)
			add_members(d, &to, field_of(f));
		else
			add_member(d, &to, f);
	}
}

static void
add_struct(struct dictionary *d, const struct catalog_struct *s, size_t release)
{
	struct way way = { .release = release };

	append(way.path, sizeof way.path, "", s->role);
	append(way.table, sizeof way.table, "", s->role);
	add_members(d, &way, s->definition);
}

/* Columns that are not members; those of several tables once. */
static void
add_columns(struct dictionary *d, const struct column_table *t)
{
	for (size_t i = 0; i < t->ncolumns && !d->failed; i++) {
		struct dictionary_entry *entry;

		if (t->columns[i].source != COLUMN_CONTEXT || find_entry(d, column_name(&t->columns[i])) != NULL)
			continue;
		entry = add_entry(d, column_name(&t->columns[i]));
		if (entry != NULL) {
			entry->table = t;
			entry->column = &t->columns[i];
		}
	}
}

/* A view and its columns, except those that every table begins with. */
static void
add_view(struct dictionary *d, const struct view *v)
{
	struct dictionary_entry *entry = add_entry(d, v->table.name);
	char path[DICTIONARY_PATH_MAX];

	if (entry == NULL)
		return;
	entry->view = v;
	entry->table = &v->table;
	for (size_t i = 0; i < v->table.ncolumns && !d->failed; i++) {
		if (v->table.columns[i].source == COLUMN_CONTEXT)
			continue;
		snprintf(path, sizeof path, "%s.%s", v->table.name, column_name(&v->table.columns[i]));
		entry = add_entry(d, path);
		if (entry == NULL)
			return;
		entry->view = v;
		entry->table = &v->table;
		entry->column = &v->table.columns[i];
	}
}

bool
dictionary_make(struct dictionary *d)
{
	*d = (struct dictionary){ .entries = NULL };
	for (size_t i = catalog_nreleases; i-- > 0 && !d->failed;) {
		const struct catalog_release *r = catalog_releases[i];

		add_struct(d, r->rawheader, i);
		add_struct(d, r->rawrecord, i);
		for (size_t b = 0; b < r->nblocks; b++)
			if (r->blocks[b].kind != CATALOG_LIST)
				add_struct(d, r->blocks[b].entry, i);
	}
	for (size_t i = 0; i < catalog_ntables && !d->failed; i++)
		add_columns(d, &catalog_tables[i]);
	for (size_t i = 0; i < catalog_nviews && !d->failed; i++)
		add_view(d, &catalog_views[i]);
	if (d->failed)
		dictionary_free(d);
	return !d->failed;
}

void
dictionary_free(struct dictionary *d)
{
	free(d->entries);
	d->entries = NULL;
	d->count = d->room = 0;
}

/* --- views ---------------------------------------------------------------------------------------------------- */

/* Whether the list of paths, a blank before each, has the path. */
static bool
has_path(const char *list, const char *path)
{
	const size_t length = strlen(path);

	for (const char *p = list; (p = strstr(p, path)) != NULL; p += length)
		if (p > list && p[-1] == ' ' && (p[length] == ' ' || p[length] == '\0'))
			return true;
	return false;
}

void
dictionary_each_use(const struct dictionary_entry *entry,
    void (*found)(void *context, const struct view *view, const struct column *column), void *context)
{
	for (size_t i = 0; i < catalog_nviews && entry->field != NULL; i++) {
		const struct view *v = &catalog_views[i];

		if (has_path(v->chosen_by, entry->path))
			found(context, v, NULL);
		for (size_t k = 0; k < v->table.ncolumns; k++)
			if (has_path(v->uses[k], entry->path))
				found(context, v, &v->table.columns[k]);
	}
}

/* --- a member in a release ---------------------------------------------------------------------------------- */

static const struct reference *
find_reference(const struct definition *def)
{
	for (size_t i = 0; i < catalog_nreferences; i++)
		if (catalog_references[i].of == def)
			return &catalog_references[i];
	return NULL;
}

/* Goes to the member of `def` that `path` begins with. False: there is none. */
static bool
step(struct dictionary_place *place, const struct definition *def, const char *path, size_t length)
{
	for (uint32_t i = 0; i < def->nfields; i++) {
		const struct field *f = &def->fields[i];

		if (strlen(field_key(f)) != length || memcmp(field_key(f), path, length) != 0)
			continue;
		place->field = f;
		place->reference = find_reference(def);
		if (place->reference == NULL || place->nway == DICTIONARY_WAY_MAX)
			return false;
		place->member = &place->reference->members[i];
		place->way[place->nway++] = place->member;
		for (size_t m = 0; m < catalog_nmodels && m < REFERENCE_MODELS; m++)
			place->offset[m] += place->member->offset[m];
		return true;
	}
	return false;
}

bool
dictionary_place(const struct dictionary_entry *entry, const struct catalog_release *release,
    struct dictionary_place *place)
{
	const char *path = entry->path;
	size_t length = strcspn(path, ".");
	const struct catalog_struct *s = entry->field != NULL ? role_find(release, path, length) : NULL;
	const struct definition *def = s != NULL ? s->definition : NULL;

	*place = (struct dictionary_place){ .field = NULL };
	while (def != NULL && path[length] == '.') {
		path += length + 1;
		length = strcspn(path, ".[");
		if (!step(place, def, path, length))
			return false;
		if ((array_dims(place->field) > 0) != (path[length] == '['))
			return false;
		def = field_of(place->field);
		length += strspn(path + length, "[]");
	}
	return place->field != NULL && place->field->of == 0 && path[length] == '\0';
}
