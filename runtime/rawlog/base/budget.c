/*
 * budget: accounts for units and attempts, and words the report about offsets that were skipped.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "rawlog/base/budget.h"

void
budget_init(struct budget *b)
{
	memset(b, 0, sizeof *b);
	b->credit = BUDGET_CREDIT_MAX;
	b->places = BUDGET_PLACES_MAX;
}

void
budget_reach(struct budget *b, uint64_t offset)
{
	const uint64_t way = offset > b->passed ? offset - b->passed : 0;

	b->passed += way;
	if (way <= (BUDGET_CREDIT_MAX - b->credit) / BUDGET_RATIO)
		b->credit += way * BUDGET_RATIO;
	else
		b->credit = BUDGET_CREDIT_MAX;
	b->places = way < BUDGET_PLACES_MAX - b->places ? b->places + way : BUDGET_PLACES_MAX;
}

bool
budget_pay(struct budget *b, uint64_t cost)
{
	if (cost > b->credit)
		return false;
	b->credit -= cost;
	b->spent += cost;
	return true;
}

bool
budget_look(struct budget *b, uint64_t cost)
{
	if (cost > b->places)
		return false;
	b->places -= cost;
	b->looked += cost;
	return true;
}

void
budget_miss(struct budget *b, uint64_t offset)
{
	if (!b->has_missed || offset < b->from)
		b->from = offset;
	if (!b->has_missed || offset >= b->to)
		b->to = offset + 1;
	b->has_missed = true;
}

bool
budget_tell_missed(struct budget *b, char *text, size_t size)
{
	if (!b->has_missed)
		return false;
	snprintf(text, size,
	    "not all places from byte %" PRIu64 " to %" PRIu64 " were tried: too many look like records", b->from,
	    b->to);
	b->has_missed = false;
	return true;
}
