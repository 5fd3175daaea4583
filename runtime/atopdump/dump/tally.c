/*
 * tally: numbers, and their words.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/tally.h"
#include "rawlog/rawlog_rows.h"

#define BITS 64

void
tally_log(struct tally *t, const struct catalog_release *release)
{
	const size_t words = sizeof t->seen / sizeof t->seen[0];
	size_t number = 0;
	uint64_t bit;

	t->logs++;
	while (number < catalog_nreleases && catalog_releases[number] != release)
		number++;
	bit = UINT64_C(1) << number % BITS;
	if (number / BITS >= words || (t->seen[number / BITS] & bit) != 0)
		return;
	t->seen[number / BITS] |= bit;
	t->nreleases++;
}

void
tally_damage(struct tally *t, uint64_t log)
{
	t->losses++;
	t->damaged += t->last != log;
	t->last = log;
}

/* Appends ", N WORD" unless there are none. */
static void
add(char *text, uint64_t n, const char *word)
{
	const size_t used = strlen(text);

	if (n > 0)
		snprintf(text + used, TALLY_TEXT_MAX - used, ", %" PRIu64 " %s", n, word);
}

void
tally_describe(const struct tally *t, char text[TALLY_TEXT_MAX])
{
	size_t used;

	snprintf(text, TALLY_TEXT_MAX, "%" PRIu64 " log%s of %zu release%s", t->logs, t->logs == 1 ? "" : "s",
	    t->nreleases, t->nreleases == 1 ? "" : "s");
	add(text, t->passed, "passed over");
	add(text, t->refused, "refused");
	add(text, t->damaged, "damaged");
	used = strlen(text);
	if (t->losses > 0)
		snprintf(text + used, TALLY_TEXT_MAX - used, " (%" PRIu64 " loss%s)", t->losses,
		    t->losses == 1 ? "" : "es");
}
