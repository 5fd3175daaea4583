/*
 * budget: how much work may be done in vain while records are searched, whatever the bytes are. It counts, and decides
 * nothing else.
 *
 * The unit is a byte that inflating takes in or gives out. Work done in vain is at most BUDGET_CREDIT_MAX units, and
 * BUDGET_RATIO more for each byte passed. Places at which something may begin cost besides: as many of them are looked at
 * as BUDGET_PLACES_MAX and the bytes passed pay for. What is not done because of that is noted, to be told.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUDGET_CREDIT_MAX	(UINT64_C(1) << 27)
#define BUDGET_RATIO		64
#define BUDGET_PLACES_MAX	(UINT64_C(1) << 19)

struct budget {
	uint64_t	credit;		/* units that may be spent in vain */
	uint64_t	passed;		/* offset up to which there has been credit */
	uint64_t	places;		/* bytes passed that looking at places has not used up */
	uint64_t	spent;		/* units so far, of work in vain… */
	uint64_t	looked;		/* …and bytes used up by looking at places */
	bool		has_missed;	/* there are places that were not tried… */
	uint64_t	from, to;	/* …the first of them, and behind the last */
};

void	budget_init(struct budget *b);

/* The search, or the walk, has come to `offset`. */
void	budget_reach(struct budget *b, uint64_t offset);

/* Pays for work that is done in vain. False: there is not credit enough, and it must not be done. */
bool	budget_pay(struct budget *b, uint64_t cost);

/* The same for looking at a place. */
bool	budget_look(struct budget *b, uint64_t cost);

/* The place at `offset` is not tried. */
void	budget_miss(struct budget *b, uint64_t offset);

/* Tells which places were not tried since the last time, as text that goes on a sentence. False: none, and no text. */
bool	budget_tell_missed(struct budget *b, char *text, size_t size);

#endif
