/*
 * where_pattern: regular expressions of a condition. What can take regcomp or regexec more than memory and time in proportion
 * is refused: back-references, large repetitions, and endless repetitions of what can be empty. Each of the last can double the
 * time of regcomp.
 */
#include <stdlib.h>
#include <string.h>

#include "print/query/where_internal.h"

/* Behind the bracket expression that begins at `p`. */
static const char *
skip_bracket(const char *p)
{
	p += p[1] == '^' ? 2 : 1;
	if (*p == ']')
		p++;
	for (; *p != '\0' && *p != ']'; p++)
		if (*p == '[' && (p[1] == ':' || p[1] == '.' || p[1] == '=')) {
			const char close[] = { p[1], ']', '\0' };
			const char *end = strstr(p + 2, close);

			if (end != NULL)
				p = end + 1;
		}
	return *p != '\0' ? p + 1 : p;
}

/* What "{3,5}" at `p` multiplies the part before it by, at most. */
static size_t
most_repetitions(const char *p)
{
	const unsigned long least = strtoul(p + 1, NULL, 10);
	const char *comma = p + 1 + strspn(p + 1, "0123456789");
	const unsigned long most = *comma == ',' ? strtoul(comma + 1, NULL, 10) : 0;
	const unsigned long larger = most > least ? most : least;

	return larger < WHERE_PARTS_MAX ? larger + 1 : WHERE_PARTS_MAX + 1;
}

/* Whether what begins at `p` repeats the part before it without a limit. */
static bool
is_endless(const char *p)
{
	const char *comma = p + 1 + strspn(p + 1, "0123456789");

	return *p == '*' || *p == '+' || (*p == '{' && *comma == ',' && comma[1] == '}');
}

/*
 * A group, or the whole pattern, as far as it was read. `sum` counts its parts, operators among them, once "{n}" and "+", which
 * regcomp writes out, are written out.
 */
struct group {
	size_t sum;
	size_t last;      /* of the part that a repetition would repeat */
	bool last_empty;  /* that part can be empty */
	bool empty;       /* so can this alternative */
	bool other_empty; /* or one before it */
};

struct parts {
	struct group groups[WHERE_PATTERN_MAX + 1]; /* those that are open, the innermost last */
	size_t depth;
};

/* Adds a part of the group. */
static void
add_part(struct group *g, size_t count, bool empty)
{
	if (g->last > 0)
		g->empty &= g->last_empty;
	g->last = count;
	g->sum += count;
	g->last_empty = empty;
}

/* Whether the group can be empty. */
static bool
can_be_empty(const struct group *g)
{
	return g->other_empty || (g->empty && (g->last == 0 || g->last_empty));
}

/* What `p` does to the part before it. */
static void
repeat_part(struct group *g, const char *p)
{
	const bool written_out = *p == '+' || *p == '{';
	const size_t factor = *p == '+' ? 2 : *p == '{' ? most_repetitions(p) : 1;
	const size_t repeated = g->last * factor + !written_out;

	g->sum += repeated - g->last;
	g->last = repeated;
	g->last_empty |= *p == '*' || *p == '?' || (*p == '{' && strtoul(p + 1, NULL, 10) == 0);
}

static void
count_part(struct parts *n, const char *p)
{
	struct group *g = &n->groups[n->depth];

	if (*p == '(') {
		n->groups[++n->depth] = (struct group){ .empty = true };
	} else if (*p == ')' && n->depth > 0) {
		n->depth--;
		add_part(&n->groups[n->depth], g->sum + 1, can_be_empty(g));
	} else if (*p == '|') {
		*g = (struct group){ .sum = g->sum + 1, .empty = true, .other_empty = can_be_empty(g) };
	} else if (*p == '*' || *p == '?' || *p == '+' || *p == '{') {
		repeat_part(g, p);
	} else {
		/* "^", "$" and the escapes of GNU for places: they match no character. */
		add_part(g, 1,
		    *p == '^' || *p == '$' || (*p == '\\' && p[1] != '\0' && strchr("bB<>`'", p[1]) != NULL));
	}
}

/* Behind the character, bracket, escape or "{n,m}" at `p`. */
static const char *
skip_part(const char *p)
{
	if (*p == '[')
		return skip_bracket(p);
	if (*p == '{') {
		p += 1 + strspn(p + 1, "0123456789,");
		return *p == '}' ? p + 1 : p;
	}
	return p + (*p == '\\' && p[1] != '\0' ? 2 : 1);
}

/* Why the pattern is refused; NULL: it is not. */
static const char *
refuse(const char *pattern)
{
	struct parts n = { .groups[0].empty = true };
	const struct group *g;

	if (strlen(pattern) > WHERE_PATTERN_MAX)
		return "a regular expression has at most 256 bytes";
	for (const char *p = pattern; *p != '\0'; p = skip_part(p)) {
		if (*p == '\\' && p[1] >= '1' && p[1] <= '9')
			return "back-references cannot be used in a regular expression";
		g = &n.groups[n.depth];
		if (is_endless(p) && g->last > 0 && g->last_empty)
			return "the regular expression repeats without end what can be empty";
		count_part(&n, p);
		g = &n.groups[n.depth];
		if (g->sum > WHERE_PARTS_MAX || g->last > WHERE_PARTS_MAX)
			return "the regular expression repeats too much";
	}
	return NULL;
}

bool
where_pattern(struct where *w, const struct expr *e, struct expr_error *error)
{
	const char *refused = refuse(e->text);
	char reason[128];
	int status;

	if (refused != NULL) {
		expr_error_set(error, e->offset, e->length, "%s", refused);
		return false;
	}
	if (w->patterns == NULL)
		w->patterns = where_alloc(w, EXPR_NODES_MAX * sizeof *w->patterns);
	if (w->patterns == NULL) {
		expr_error_set(error, 0, 0, "out of memory");
		return false;
	}
	status = regcomp(&w->patterns[w->npatterns], e->text, REG_EXTENDED | REG_NOSUB);
	if (status == 0) {
		w->npatterns++;
		return true;
	}
	regerror(status, &w->patterns[w->npatterns], reason, sizeof reason);
	expr_error_set(error, e->offset, e->length, "not a regular expression: %s", reason);
	return false;
}
