/*
 * resolve_block: the blocks of a release: their structs, and the members that hold their lengths and counts.
 */
#include "read/resolve_internal.h"

#include <string.h>

/* The member at `path` in the struct; NULL if either is missing. */
static const struct field *
walk_word(const struct definition *def, const struct word *path)
{
	return def != NULL && path->text != NULL ? definition_walk(def, path->text) : NULL;
}

/* The block before `end` whose role is the `length` first characters of `role`. */
static const struct resolved_block *
find_block(const struct release *r, const struct resolved_block *end, const char *role, size_t length)
{
	for (const struct resolved_block *b = r->blocks; b < end; b++)
		if (strlen(b->role) == length && memcmp(b->role, role, length) == 0)
			return b;
	return NULL;
}

/* Looks up the keys of a chain, a list or tasks. */
static void
resolve_links(const struct release *r, struct resolved_block *resolved)
{
	const struct block *block = resolved->block;
	const char *dot;

	resolved->size = walk_word(r->rawrecord, &block->size);
	resolved->stride = walk_word(resolved->def, &block->stride);
	resolved->parent = walk_word(resolved->def, &block->parent);
	resolved->process = walk_word(resolved->def, &block->process);
	resolved->inactive = walk_word(resolved->def, &block->inactive);
	if (block->of.text != NULL)
		resolved->of = find_block(r, resolved, block->of.text, strlen(block->of.text));
	if (resolved->of != NULL)
		resolved->share = walk_word(resolved->of->def, &block->share);
	dot = block->names.text != NULL ? strchr(block->names.text, '.') : NULL;
	if (dot == NULL)
		return;
	resolved->named = find_block(r, resolved, block->names.text, (size_t)(dot - block->names.text));
	resolved->named_path = dot + 1;
	if (resolved->named != NULL)
		resolved->named_field = definition_walk(resolved->named->def, resolved->named_path);
}

/* A missing member stays NULL; check reports it. */
static bool
resolve_block(struct resolver *rs, const struct block *block, struct resolved_block *resolved)
{
	const struct release *r = rs->release;

	resolved->block = block;
	resolved->role = block->role.text != NULL ? block->role.text : block->structure.text;
	resolved->def = release_find(r, block->structure.text);
	if (resolved->def == NULL) {
		resolve_report_unknown(rs, block->structure.at, "struct", block->structure.text, &rs->structs);
		return false;
	}
	if (r->rawrecord != NULL) {
		resolved->length = definition_find(r->rawrecord, block->length.text);
		if (block->count.text != NULL)
			resolved->count = definition_find(r->rawrecord, block->count.text);
	}
	if (r->rawheader != NULL)
		resolved->header_length = definition_find(r->rawheader,
		    arena_printf(rs->arena, "%slen", block->structure.text));
	resolve_links(r, resolved);
	return true;
}

void
resolve_blocks(struct resolver *rs, const struct schema *s)
{
	struct release *r = rs->release;
	const bool own = s->nblocks > 0 || r->base == NULL;
	const size_t n = own ? s->nblocks : r->base->nblocks;

	r->blocks = arena_alloc(rs->arena, n * sizeof(*r->blocks));
	for (size_t i = 0; i < n; i++)
		if (resolve_block(rs, own ? &s->blocks[i] : r->base->blocks[i].block, &r->blocks[r->nblocks]))
			r->nblocks++;
}
