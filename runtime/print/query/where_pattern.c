/*
 * where_pattern: regular expressions of a condition. What can take regcomp or regexec more than memory and time in proportion
 * is refused: back-references, and large repetitions.
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
repetitions(const char *p)
{
	const unsigned long least = strtoul(p + 1, NULL, 10);
	const char *comma = p + 1 + strspn(p + 1, "0123456789");
	const unsigned long most = *comma == ',' ? strtoul(comma + 1, NULL, 10) : 0;
	const unsigned long larger = most > least ? most : least;

	return larger < WHERE_PARTS_MAX ? larger + 1 : WHERE_PARTS_MAX + 1;
}

/* The parts of a pattern, operators among them, once "{n}" and "+", which regcomp writes out, are written out. */
struct parts {
	size_t outer[WHERE_PATTERN_MAX + 1]; /* before each group that is open */
	size_t depth;
	size_t sum;  /* of the innermost group */
	size_t last; /* of the part that a repetition would repeat */
};

static void
count_part(struct parts *n, const char *p)
{
	if (*p == '(') {
		n->outer[n->depth++] = n->sum;
		n->sum = n->last = 0;
	} else if (*p == ')' && n->depth > 0) {
		n->last = n->sum + 1;
		n->sum = n->outer[--n->depth] + n->last;
	} else if (*p == '+' || *p == '{') {
		const size_t factor = *p == '+' ? 2 : repetitions(p);

		n->sum += n->last * (factor - 1);
		n->last *= factor;
	} else {
		n->last = *p == '*' || *p == '?' ? n->last + 1 : 1;
		n->sum++;
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
	struct parts n = { .depth = 0 };

	if (strlen(pattern) > WHERE_PATTERN_MAX)
		return "a regular expression has at most 256 bytes";
	for (const char *p = pattern; *p != '\0'; p = skip_part(p)) {
		if (*p == '\\' && p[1] >= '1' && p[1] <= '9')
			return "back-references cannot be used in a regular expression";
		count_part(&n, p);
		if (n.sum > WHERE_PARTS_MAX || n.last > WHERE_PARTS_MAX)
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
