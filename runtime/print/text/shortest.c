/*
 * shortest: exact integer arithmetic. A double is f * 2^e, and the decimals that read back to it are those between the middles
 * to its neighbours. These limits are scaled by a power of ten to integers of 17 or 18 digits; for numbers of usual size the
 * products have at most 118 bits.
 */
#include "print/text/shortest.h"

#include <string.h>

#define FRACTION_BITS 52
#define FRACTION_MASK ((UINT64_C(1) << FRACTION_BITS) - 1)
#define BIAS          1075 /* of an exponent, for a fraction that is an integer */
#define POWERS_MAX    27   /* 5^27 has 63 bits */
#define DIGITS        16   /* digits of a scaled value, at least, less one */

/* A number of 128 bits. */
struct wide {
	uint64_t high, low;
};

static struct wide
multiply(uint64_t a, uint64_t b)
{
	const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
	const uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;

	return (struct wide){ a1 * b1 + (middle >> 32) + (other >> 32), other << 32 | (uint32_t)low };
}

/* The number without its lowest `shift` bits, 1 to 127, which are stored in `rest`. */
static uint64_t
shift_right(struct wide w, unsigned shift, struct wide *rest)
{
	if (shift >= 64) {
		*rest = (struct wide){ shift == 64 ? 0 : w.high & ((UINT64_C(1) << (shift - 64)) - 1), w.low };
		return w.high >> (shift - 64);
	}
	*rest = (struct wide){ 0, w.low & ((UINT64_C(1) << shift) - 1) };
	return w.high << (64 - shift) | w.low >> shift;
}

static bool
is_zero(struct wide w)
{
	return w.high == 0 && w.low == 0;
}

/* Less than, equal to or greater than 0, as `rest` is to half of 2^shift. */
static int
compare_half(struct wide rest, unsigned shift)
{
	const struct wide half = shift > 64 ? (struct wide){ UINT64_C(1) << (shift - 65), 0 }
					    : (struct wide){ 0, UINT64_C(1) << (shift - 1) };

	if (rest.high != half.high)
		return rest.high < half.high ? -1 : 1;
	return (rest.low > half.low) - (rest.low < half.low);
}

static const uint64_t powers_of_5[POWERS_MAX + 1] = {
	UINT64_C(1),
	UINT64_C(5),
	UINT64_C(25),
	UINT64_C(125),
	UINT64_C(625),
	UINT64_C(3125),
	UINT64_C(15625),
	UINT64_C(78125),
	UINT64_C(390625),
	UINT64_C(1953125),
	UINT64_C(9765625),
	UINT64_C(48828125),
	UINT64_C(244140625),
	UINT64_C(1220703125),
	UINT64_C(6103515625),
	UINT64_C(30517578125),
	UINT64_C(152587890625),
	UINT64_C(762939453125),
	UINT64_C(3814697265625),
	UINT64_C(19073486328125),
	UINT64_C(95367431640625),
	UINT64_C(476837158203125),
	UINT64_C(2384185791015625),
	UINT64_C(11920928955078125),
	UINT64_C(59604644775390625),
	UINT64_C(298023223876953125),
	UINT64_C(1490116119384765625),
	UINT64_C(7450580596923828125),
};

/* The value as it is scaled: the integers that read back to it, from `low` to `high`; its integer part, and the rest. */
struct scaled {
	uint64_t low, high, middle;
	int half; /* the rest, compared with one half */
	bool exact;
};

static struct scaled
scale(uint64_t f, uint64_t factor, unsigned shift)
{
	const bool inclusive = f % 2 == 0;
	struct wide rest;
	struct scaled s;

	s.low = shift_right(multiply(4 * f - 2, factor), shift, &rest);
	s.low += !is_zero(rest) || !inclusive;
	s.high = shift_right(multiply(4 * f + 2, factor), shift, &rest);
	s.high -= is_zero(rest) && !inclusive;
	s.middle = shift_right(multiply(4 * f, factor), shift, &rest);
	s.half = compare_half(rest, shift);
	s.exact = is_zero(rest);
	return s;
}

/* The multiple of `unit` that is nearest to the value, divided by it. Of two that are as near it is the even one. */
static uint64_t
nearest(const struct scaled *s, uint64_t unit)
{
	const uint64_t quotient = s->middle / unit, rest = s->middle % unit;
	int half = s->half;

	if (unit > 1)
		half = rest != unit / 2 ? (rest > unit / 2 ? 1 : -1) : !s->exact;
	return quotient + (half > 0 || (half == 0 && quotient % 2 == 1));
}

bool
shortest_find(double value, uint64_t *digits, int *power)
{
	uint64_t bits, f, unit = 1, low, high;
	int exponent, scale10, shift;
	struct scaled s;

	memcpy(&bits, &value, sizeof bits);
	f = bits & FRACTION_MASK;
	exponent = (int)(bits >> FRACTION_BITS) - BIAS;
	scale10 = DIGITS - (((exponent + FRACTION_BITS) * 78913) >> 18); /* log10(2) * 2^18 */
	shift = 2 - exponent - scale10;
	if (f == 0 || scale10 < 0 || scale10 > POWERS_MAX || shift < 1 || shift > 127)
		return false;
	s = scale(f | (FRACTION_MASK + 1), powers_of_5[scale10], (unsigned)shift);
	if (s.low > s.high)
		return false;
	*power = -scale10;
	for (low = s.low, high = s.high; (low + 9) / 10 <= high / 10; ++*power) {
		low = (low + 9) / 10;
		high /= 10;
		unit *= 10;
	}
	*digits = nearest(&s, unit);
	*digits = *digits < low ? low : *digits > high ? high : *digits;
	return true;
}
