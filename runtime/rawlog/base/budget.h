/*
 * budget: limits the work of failed attempts while records are searched, for any input bytes.
 *
 * The unit is a byte that inflating reads or writes. Failed attempts may use BUDGET_CREDIT_MAX units, and BUDGET_RATIO more
 * for each byte passed. Each offset that is tried also costs: their number is limited by BUDGET_PLACES_MAX and the bytes
 * passed. Offsets that are skipped because of the budget are counted, and reported later.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUDGET_CREDIT_MAX (UINT64_C(1) << 27)
#define BUDGET_RATIO      64
#define BUDGET_PLACES_MAX (UINT64_C(1) << 19)

struct budget {
	uint64_t credit;   /* units that failed attempts may still use */
	uint64_t passed;   /* offset up to which bytes have added to the budget */
	uint64_t places;   /* bytes passed and not yet spent on trying offsets */
	uint64_t spent;    /* units used by failed attempts so far */
	uint64_t looked;   /* bytes spent on trying offsets so far */
	bool has_missed;   /* some offsets were not tried */
	uint64_t from, to; /* the first of them, and the end of the last */
};

void budget_init(struct budget *b);

/* Adds to the budget for the bytes up to `offset`, which the search or the walk has passed. */
void budget_reach(struct budget *b, uint64_t offset);

/* Pays for a failed attempt. False: the budget does not suffice, and the work must not be done. */
bool budget_pay(struct budget *b, uint64_t cost);

/* The same for trying an offset. */
bool budget_look(struct budget *b, uint64_t cost);

/* Records that `offset` is not tried. */
void budget_miss(struct budget *b, uint64_t offset);

/* Writes which offsets were not tried since the last call, as a part of a sentence. False: none, and no text. */
bool budget_tell_missed(struct budget *b, char *text, size_t size);

#endif
