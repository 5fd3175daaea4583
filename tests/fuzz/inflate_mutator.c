/*
 * The mutator of the target `inflate`: makes deflate streams of a few blocks whose codes are complete, or nearly so,
 * because changes of plain bytes hardly ever make one. Everything that a block may have is thrown with dice.
 */
#include <string.h>

#include "fuzz.h"
#include "stream.h"

#define END_OF_BLOCK 256
#define BLOCKS_MAX   4
#define SYMBOLS_MAX  24   /* written in most blocks */
#define MANY_SYMBOLS 2000 /* and in some */

static uint64_t dice;

static size_t
roll(size_t n)
{
	return fuzz_roll(&dice, n);
}

static bool
one_in(size_t n)
{
	return roll(n) == 0;
}

/* --- codes ------------------------------------------------------------------------------------------------------ */

/* The lengths of a complete code of `n` codewords of `longest` bits at most: one is made two until there are so many. */
static void
throw_lengths(uint8_t *length, unsigned n, unsigned longest)
{
	const bool skewed = one_in(3);
	unsigned have = 1;

	length[0] = 0;
	while (have < n) {
		size_t i = skewed ? have - 1 : roll(have);

		while (length[i] == longest)
			i = (i + 1) % have;
		length[have] = ++length[i];
		have++;
	}
}

/* Changes a length, or two, so that the code may be anything. */
static void
spoil(struct stream_code *c, unsigned longest)
{
	do
		c->length[roll(c->n)] = (uint8_t)roll(longest + 1);
	while (one_in(2));
}

/* A code of `n` symbols, some of which have codewords; `needed` has. */
static void
throw_code(struct stream_code *c, unsigned n, unsigned needed, unsigned longest)
{
	uint8_t length[STREAM_SYMBOLS_MAX];
	unsigned used = 2 + (unsigned)roll(one_in(2) ? 12 : n);
	size_t at = needed;

	if (used > n)
		used = n;
	memset(c, 0, sizeof *c);
	c->n = n;
	throw_lengths(length, used, longest);
	for (unsigned i = 0; i < used; i++) {
		c->length[at] = length[i];
		while (i + 1 < used && c->length[at] != 0)
			at = roll(n);
	}
	if (one_in(12))
		spoil(c, longest);
	if (one_in(16)) { /* one symbol, or none */
		memset(c->length, 0, sizeof c->length);
		c->length[needed] = !one_in(3);
	}
	stream_assign(c);
}

/* --- blocks ----------------------------------------------------------------------------------------------------- */

/* How often the length at `at` follows, itself included. */
static unsigned
run_at(const uint8_t *length, unsigned at, unsigned all)
{
	unsigned n = 1;

	while (at + n < all && length[at + n] == length[at])
		n++;
	return n;
}

/* Writes a symbol of the code for lengths that stands for `n` of them, or more than there are. Returns n. */
static unsigned
write_run(struct stream *s, const struct stream_code *code, unsigned symbol, unsigned n, unsigned least, unsigned bits)
{
	const unsigned most = least + (1u << bits) - 1;

	n = n > most ? most : n;
	stream_symbol(s, code, symbol);
	stream_put(s, one_in(60) ? (unsigned)roll(1u << bits) : n - least, bits);
	return n;
}

/* The lengths of both codes, with runs wherever dice say so. */
static void
write_lengths(struct stream *s, const struct stream_code *literals, const struct stream_code *distances)
{
	uint8_t length[2 * STREAM_SYMBOLS_MAX];
	const unsigned all = literals->n + distances->n;
	struct stream_code code;
	unsigned n;

	memcpy(length, literals->length, literals->n);
	memcpy(length + literals->n, distances->length, distances->n);
	throw_code(&code, STREAM_LENGTHS, 0, 7);
	if (!one_in(20)) { /* all have codewords */
		code.n = STREAM_LENGTHS;
		throw_lengths(code.length, STREAM_LENGTHS, 7);
		stream_assign(&code);
	}
	stream_codes(s, literals->n, distances->n, &code);
	for (unsigned at = 0; at < all; at += n) {
		n = run_at(length, at, all);
		if (n >= 11 && length[at] == 0 && !one_in(8))
			n = write_run(s, &code, 18, n, 11, 7);
		else if (n >= 3 && length[at] == 0 && !one_in(8))
			n = write_run(s, &code, 17, n, 3, 3);
		else if (n >= 3 && at > 0 && length[at] == length[at - 1] && !one_in(8))
			n = write_run(s, &code, 16, n, 3, 2);
		else {
			stream_symbol(s, &code, length[at]);
			n = 1;
		}
	}
}

/* A symbol with a codeword, from `first` on; or, if there is none, any. */
static unsigned
pick(const struct stream_code *c, unsigned first)
{
	unsigned symbol = first + (unsigned)roll(c->n - first);

	for (unsigned i = first; i < c->n && c->length[symbol] == 0; i++)
		symbol = symbol + 1 < c->n ? symbol + 1 : first;
	return symbol;
}

/* Extra bits: mostly zero, so that distances are near. */
static void
write_extra(struct stream *s, unsigned n)
{
	stream_put(s, one_in(4) ? (unsigned)roll(1u << n) : 0, n);
}

static void
write_symbols(struct stream *s, const struct stream_code *literals, const struct stream_code *distances)
{
	for (size_t i = roll(one_in(8) ? MANY_SYMBOLS : SYMBOLS_MAX); i > 0; i--) {
		const unsigned symbol = pick(literals, one_in(3) && literals->n > 257 ? 257 : 0);
		const unsigned distance = pick(distances, 0);

		if (symbol == END_OF_BLOCK)
			continue;
		stream_symbol(s, literals, symbol);
		if (symbol < END_OF_BLOCK)
			continue;
		write_extra(s, stream_length_extra(symbol));
		if (distances->length[distance] == 0 || one_in(30))
			stream_put(s, (unsigned)roll(2), 1);
		else
			stream_symbol(s, distances, distance);
		write_extra(s, stream_distance_extra(distance));
	}
	stream_symbol(s, literals, END_OF_BLOCK);
}

static void
write_fixed(struct stream *s, bool last)
{
	struct stream_code literals, distances;

	stream_fixed_codes(&literals, &distances);
	if (!one_in(4)) {
		literals.n = 286;
		distances.n = 30;
	}
	stream_block(s, last, STREAM_FIXED);
	write_symbols(s, &literals, &distances);
}

static void
write_dynamic(struct stream *s, bool last)
{
	struct stream_code literals, distances;

	throw_code(&literals, one_in(16) ? 257 + (unsigned)roll(32) : 257 + (unsigned)roll(30), END_OF_BLOCK, 15);
	throw_code(&distances, one_in(16) ? 1 + (unsigned)roll(32) : 2 + (unsigned)roll(29), 0, 15);
	stream_block(s, last, STREAM_DYNAMIC);
	write_lengths(s, &literals, &distances);
	write_symbols(s, &literals, &distances);
}

static void
write_stored(struct stream *s, bool last)
{
	static const unsigned char bytes[300] = "stored";

	stream_block(s, last, STREAM_STORED);
	stream_stored(s, bytes, (unsigned)roll(one_in(4) ? sizeof bytes : 8));
}

/* So many bytes that every distance is within them. */
static void
write_far(struct stream *s)
{
	struct stream_code literals, distances;

	stream_fixed_codes(&literals, &distances);
	stream_block(s, false, STREAM_FIXED);
	stream_symbol(s, &literals, 'a');
	for (unsigned i = 0; i < 32768 / 258 + 1; i++)
		stream_match(s, &literals, 285, &distances, 0);
	stream_symbol(s, &literals, END_OF_BLOCK);
}

static size_t
make_stream(uint8_t *data, size_t max)
{
	struct stream s;

	stream_begin(&s, data, max);
	if (one_in(2))
		write_far(&s);
	for (size_t left = 1 + roll(BLOCKS_MAX); left > 0; left--) {
		switch (roll(8)) {
		case 0: write_stored(&s, left == 1); break;
		case 1:
		case 2: write_fixed(&s, left == 1); break;
		default: write_dynamic(&s, left == 1); break;
		}
	}
	return stream_size(&s);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	dice = seed;
	return one_in(2) ? make_stream(data, max) : LLVMFuzzerMutate(data, size, max);
}
