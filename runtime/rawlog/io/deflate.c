/*
 * deflate: see deflate.h. Where each block ends is only known by decoding the one before it, so all but the last are
 * decoded, without output. Of a last block with codes of its own the codes alone are read: what is complete has no
 * codeword that means nothing. Nearly every stream of a log is one such block.
 */
#include <stdint.h>
#include <string.h>

#include "rawlog/base/load.h"
#include "rawlog/io/deflate.h"

#define LITERALS_MAX	286		/* symbols that are not reserved: literals, the end of the block, lengths */
#define DISTANCES_MAX	30
#define LENGTHS_CODES	19		/* symbols of the code that the lengths of codewords are written in */
#define END_OF_BLOCK	256
#define WORD_MAX	15		/* bits of a codeword */
#define TABLE_BITS	11		/* longer codewords are looked for one bit at a time */
#define LENGTHS_BITS	7
#define SHORT_BLOCK	256		/* pairs of entries before which joining some is not worth while */
#define REPEAT		16		/* the symbol of that code that stands for the length before, several times */
#define LENGTHS_AT_ONCE	4		/* lengths or repeats that 56 bits are enough for */

/*
 * An entry of a table that the next bits of the stream index: how many bits to drop, codewords and extra bits
 * together; how many of these are extra bits at the end; and what else there is to know.
 */
#define DROP		0x003f
#define EXTRA_SHIFT	6
#define EXTRA		0x000f
#define EXTRA_BITS(n)	((n) | (n) << EXTRA_SHIFT)
#define SYMBOL_SHIFT	10		/* in the table of lengths */
#define SYMBOL(n)	((n) << SYMBOL_SHIFT)
#define TO_DISTANCE	(1 << TABLE_BITS)	/* elsewhere: a distance follows; where the table for it begins */
#define LONG		0x2000		/* not an entry: the codeword is longer than TABLE_BITS */
#define END		0x4000		/* of the block */
#define LENGTH(n)	(TO_DISTANCE | EXTRA_BITS(n))

enum block_type {
	STORED, FIXED, DYNAMIC
};

/* The bits of a stream that are not dropped yet. */
struct bits {
	const unsigned char	*next, *end;
	uint64_t		 hold;		/* the next bit is the lowest */
	int			 count;		/* of bits in `hold`; below 0: more were dropped than there are */
};

/* A complete code. */
struct code {
	uint16_t	 symbols[LITERALS_MAX];		/* in the order of their codewords */
	uint16_t	 count[WORD_MAX + 1];		/* codewords of each length */
	const uint16_t	*meaning;			/* of each symbol: its entry, but for the codeword's bits */
};

/* The lengths of a block's codewords, literals first; 0: the symbol has none. */
struct lengths {
	unsigned	literals, distances;
	uint8_t		of[LITERALS_MAX + DISTANCES_MAX];
};

/* How a block is decoded. */
struct tables {
	struct code	literals, distances;
	uint16_t	entry[2 << TABLE_BITS];		/* for literals, then for distances */
};

static const uint16_t literal_meaning[LITERALS_MAX] = {
	[END_OF_BLOCK] = END,
	LENGTH(0), LENGTH(0), LENGTH(0), LENGTH(0), LENGTH(0), LENGTH(0), LENGTH(0), LENGTH(0), LENGTH(1), LENGTH(1),
	LENGTH(1), LENGTH(1), LENGTH(2), LENGTH(2), LENGTH(2), LENGTH(2), LENGTH(3), LENGTH(3), LENGTH(3), LENGTH(3),
	LENGTH(4), LENGTH(4), LENGTH(4), LENGTH(4), LENGTH(5), LENGTH(5), LENGTH(5), LENGTH(5), LENGTH(0),
};

static const uint16_t distance_meaning[DISTANCES_MAX] = {
	0, 0, 0, 0, EXTRA_BITS(1), EXTRA_BITS(1), EXTRA_BITS(2), EXTRA_BITS(2), EXTRA_BITS(3), EXTRA_BITS(3),
	EXTRA_BITS(4), EXTRA_BITS(4), EXTRA_BITS(5), EXTRA_BITS(5), EXTRA_BITS(6), EXTRA_BITS(6), EXTRA_BITS(7),
	EXTRA_BITS(7), EXTRA_BITS(8), EXTRA_BITS(8), EXTRA_BITS(9), EXTRA_BITS(9), EXTRA_BITS(10), EXTRA_BITS(10),
	EXTRA_BITS(11), EXTRA_BITS(11), EXTRA_BITS(12), EXTRA_BITS(12), EXTRA_BITS(13), EXTRA_BITS(13),
};

/* --- bits ------------------------------------------------------------------------------------------------------ */

/* Has 56 bits, or all that are left with zeros behind them. False if more were dropped than there are. */
static inline bool
refill(struct bits *b)
{
	if (b->count < 0)
		return false;
	if (b->end - b->next >= 8) {
		b->hold |= load_u64(b->next, ORDER_LITTLE) << b->count;
		b->next += (63 - b->count) >> 3;
		b->count |= 56;
		return true;
	}
	while (b->count < 56 && b->next < b->end) {
		b->hold |= (uint64_t)*b->next++ << b->count;
		b->count += 8;
	}
	return true;
}

static inline void
drop(struct bits *b, unsigned n)
{
	b->hold >>= n;
	b->count -= (int)n;
}

/* The next `n` bits as a number; they are there, or zero. */
static inline unsigned
take(struct bits *b, unsigned n)
{
	const unsigned value = (unsigned)(b->hold & ((1u << n) - 1));

	drop(b, n);
	return value;
}

/* --- codes ----------------------------------------------------------------------------------------------------- */

/*
 * Whether the codewords of these lengths are all that there can be: what each takes up of them, in parts of
 * 1 << WORD_MAX, adds up to that.
 */
static bool
is_complete(const uint8_t *length, unsigned n)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += (1u << WORD_MAX >> length[i]) & ((1u << WORD_MAX) - 1);		/* 0 has none */
	return sum == 1u << WORD_MAX;
}

/* The code whose codewords have these lengths. */
static void
make_code(struct code *c, const uint8_t *length, unsigned n, const uint16_t *meaning)
{
	unsigned next[WORD_MAX + 1], at = 0;

	memset(c->count, 0, sizeof c->count);
	for (unsigned i = 0; i < n; i++)
		c->count[length[i]]++;
	c->count[0] = 0;
	for (unsigned i = 0; i <= WORD_MAX; i++) {
		next[i] = at;
		at += c->count[i];
	}
	for (unsigned i = 0; i < n; i++)
		if (length[i] != 0)
			c->symbols[next[length[i]]++] = (uint16_t)i;
	c->meaning = meaning;
}

/* The codeword behind `word` of `length` bits, the first one of each lowest; of the last one, 0. */
static unsigned
next_word(unsigned word, unsigned length)
{
	unsigned bit = 1u << (length - 1);

	while (word & bit)
		bit >>= 1;
	return bit > 0 ? (word & (bit - 1)) | bit : 0;
}

/* The table of `bits` bits to decode the code with. What stands for a codeword stands for it whatever follows. */
static void
fill_table(uint16_t *table, unsigned bits, const struct code *c)
{
	const uint16_t *symbol = c->symbols;
	unsigned word = 0;

	table[0] = 0;
	for (unsigned length = 1; length <= WORD_MAX; length++) {
		const unsigned half = 1u << (length - 1);

		if (length <= bits)
			memcpy(table + half, table, half * sizeof *table);
		for (unsigned i = 0; i < c->count[length]; i++) {
			if (length <= bits)
				table[word] = (uint16_t)(c->meaning[*symbol++] + length);
			else
				table[word & ((1u << bits) - 1)] = LONG;
			word = next_word(word, length);
		}
	}
}

/*
 * Where the bits of an entry leave room for the codeword behind it, the entry is for both, so that a block is walked
 * in fewer steps. What the table means stays the same.
 */
static void
join_entries(uint16_t *table)
{
	for (unsigned i = 0; i < 1u << TABLE_BITS; i++) {
		const unsigned entry = table[i], used = entry & DROP;
		const unsigned next = table[(entry & TO_DISTANCE) + (i >> used)];
		const unsigned needed = (next & (DROP | LONG | END)) - (next >> EXTRA_SHIFT & EXTRA);

		if (!(entry & (LONG | END)) && used + needed <= TABLE_BITS)
			table[i] = (uint16_t)(next + used);
	}
}

/* The entry of a codeword that the table has no room for, which `hold` begins with. */
static unsigned
long_entry(const struct code *c, uint64_t hold)
{
	unsigned word = 0, first = 0, before = 0;

	for (unsigned length = 1; length <= WORD_MAX; length++) {
		word = word << 1 | (unsigned)(hold & 1);
		hold >>= 1;
		if (word - first < c->count[length])
			return c->meaning[c->symbols[before + word - first]] + length;
		before += c->count[length];
		first = (first + c->count[length]) << 1;
	}
	return END;	/* not of a complete code */
}

/* --- codes of a block's own ------------------------------------------------------------------------------------- */

/* The table to decode lengths with. False if its code is not complete. */
static bool
read_lengths_code(struct bits *b, uint16_t table[1 << LENGTHS_BITS])
{
	static const uint8_t order[LENGTHS_CODES] = {
		16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
	};
	static const uint16_t meaning[LENGTHS_CODES] = {
		SYMBOL(0), SYMBOL(1), SYMBOL(2), SYMBOL(3), SYMBOL(4), SYMBOL(5), SYMBOL(6), SYMBOL(7), SYMBOL(8),
		SYMBOL(9), SYMBOL(10), SYMBOL(11), SYMBOL(12), SYMBOL(13), SYMBOL(14), SYMBOL(15),
		SYMBOL(16), SYMBOL(17), SYMBOL(18)
	};
	const unsigned n = take(b, 4) + 4;
	uint8_t length[LENGTHS_CODES] = {0};
	struct code code;

	for (unsigned i = 0; i < n; i++) {
		if (i == LENGTHS_CODES / 2 && !refill(b))
			return false;
		length[order[i]] = (uint8_t)take(b, 3);
	}
	if (!is_complete(length, LENGTHS_CODES))
		return false;
	make_code(&code, length, LENGTHS_CODES, meaning);
	fill_table(table, LENGTHS_BITS, &code);
	return true;
}

/*
 * Repeats the last length, or says zeros, few or many: as often as the symbol and the bits behind it say. Returns how
 * many lengths there are now; more than `all`: that cannot be, and none is written.
 */
static unsigned
repeat(struct bits *b, unsigned symbol, uint8_t *length, unsigned have, unsigned all)
{
	static const uint8_t least[] = {3, 3, 11}, bits[] = {2, 3, 7};
	const unsigned n = least[symbol - REPEAT] + take(b, bits[symbol - REPEAT]);

	if (n > all - have || (symbol == REPEAT && have == 0))
		return all + 1;
	memset(length + have, symbol == REPEAT ? length[have - 1] : 0, n);
	return have + n;
}

/* The lengths of all codewords of a block. False if there are more of them than there are symbols. */
static bool
decode_lengths(struct bits *b, const uint16_t table[1 << LENGTHS_BITS], uint8_t *length, unsigned all)
{
	unsigned have = 0;

	while (have < all) {
		if (!refill(b))
			return false;
		for (unsigned i = 0; i < LENGTHS_AT_ONCE && have < all; i++) {
			const unsigned entry = table[b->hold & ((1u << LENGTHS_BITS) - 1)];
			const unsigned symbol = entry >> SYMBOL_SHIFT;

			drop(b, entry & DROP);
			if (symbol < REPEAT)
				length[have++] = (uint8_t)symbol;
			else
				have = repeat(b, symbol, length, have, all);
		}
	}
	return have == all && b->count >= 0;
}

/*
 * How long the codewords of a block are. False if a code is not complete, has none for the block's end, or has more
 * symbols than are not reserved.
 */
static bool
read_lengths(struct bits *in, struct lengths *l)
{
	uint16_t table[1 << LENGTHS_BITS];
	struct bits b = *in;

	l->literals = take(&b, 5) + 257;
	l->distances = take(&b, 5) + 1;
	if (l->literals > LITERALS_MAX || l->distances > DISTANCES_MAX || !read_lengths_code(&b, table) ||
	    !decode_lengths(&b, table, l->of, l->literals + l->distances))
		return false;
	*in = b;
	return is_complete(l->of, l->literals) && is_complete(l->of + l->literals, l->distances) &&
	    l->of[END_OF_BLOCK] != 0;
}

/* --- blocks ----------------------------------------------------------------------------------------------------- */

/* The entry for what the bits begin with, which are dropped. `table` is the one for it, then that for the next. */
static inline unsigned
step(struct bits *b, const struct tables *t, const uint16_t **table)
{
	unsigned entry = (*table)[b->hold & ((1u << TABLE_BITS) - 1)];

	if (entry == LONG)
		entry = long_entry(*table == t->entry ? &t->literals : &t->distances, b->hold);
	drop(b, entry & DROP);
	*table = t->entry + (entry & TO_DISTANCE);
	return entry;
}

/* Goes behind a block of these codes. Two entries drop 52 bits at most: a long distance 28, a joined entry 24. */
static bool
walk(struct bits *in, struct tables *t)
{
	const uint16_t *table = t->entry;
	struct bits b = *in;
	unsigned entry, n = 0;

	do {
		if (n++ == SHORT_BLOCK)
			join_entries(t->entry);
		if (!refill(&b))
			return false;
		entry = step(&b, t, &table);
		if (!(entry & END))
			entry = step(&b, t, &table);
	} while (!(entry & END));
	*in = b;
	return b.count >= 0;
}

static bool
walk_dynamic(struct bits *b, const struct lengths *l)
{
	struct tables t;

	make_code(&t.literals, l->of, l->literals, literal_meaning);
	make_code(&t.distances, l->of + l->literals, l->distances, distance_meaning);
	fill_table(t.entry, TABLE_BITS, &t.literals);
	fill_table(t.entry + (1 << TABLE_BITS), TABLE_BITS, &t.distances);
	return walk(b, &t);
}

/* The 16 lowest bits, the lowest of them first. */
static unsigned
reversed(uint64_t hold)
{
	unsigned v = (unsigned)hold & 0xffff;

	v = (v & 0x5555) << 1 | (v >> 1 & 0x5555);
	v = (v & 0x3333) << 2 | (v >> 2 & 0x3333);
	v = (v & 0x0f0f) << 4 | (v >> 4 & 0x0f0f);
	return (v & 0xff) << 8 | v >> 8;
}

/*
 * A symbol of the fixed code for literals, whose codewords are numbers of 7, 8 or 9 bits:
 * 0 to 23 are 256 to 279; 48 to 191 are 0 to 143; 192 to 199 are 280 to 287; 400 to 511 are 144 to 255.
 */
static unsigned
take_fixed_literal(struct bits *b)
{
	const unsigned word = reversed(b->hold) >> 7;

	if (word >> 2 < 24) {
		drop(b, 7);
		return END_OF_BLOCK + (word >> 2);
	}
	if (word >> 1 < 200) {
		drop(b, 8);
		return word >> 1 < 192 ? (word >> 1) - 48 : 280 + (word >> 1) - 192;
	}
	drop(b, 9);
	return 144 + word - 400;
}

/* Goes behind a block of the fixed codes, in which there are reserved symbols. */
static bool
walk_fixed(struct bits *b)
{
	for (;;) {
		unsigned literal, distance;

		if (!refill(b))
			return false;
		literal = take_fixed_literal(b);
		if (literal < END_OF_BLOCK)
			continue;
		if (literal == END_OF_BLOCK)
			return b->count >= 0;
		if (literal >= LITERALS_MAX)
			return false;
		drop(b, literal_meaning[literal] & DROP);
		distance = reversed(b->hold) >> 11;
		if (distance >= DISTANCES_MAX)
			return false;
		drop(b, 5 + (distance_meaning[distance] & DROP));
	}
}

static bool
skip_stored(struct bits *b)
{
	unsigned length;

	if (b->count < 0)
		return false;
	b->next -= b->count >> 3;
	b->hold = 0;
	b->count = 0;
	if (b->end - b->next < 4)
		return false;
	length = load_u16(b->next, ORDER_LITTLE);
	if ((length ^ load_u16(b->next + 2, ORDER_LITTLE)) != 0xffff || b->end - b->next - 4 < (ptrdiff_t)length)
		return false;
	b->next += 4 + length;
	return true;
}

static bool
read_dynamic(struct bits *b, bool last)
{
	struct lengths l = {0};

	return read_lengths(b, &l) && (last || walk_dynamic(b, &l));
}

bool
deflate_is_strict(const void *in, size_t size)
{
	struct bits b = {.next = in, .end = (const unsigned char *)in + size};
	bool last, good;

	do {
		if (!refill(&b))
			return false;
		last = take(&b, 1);
		switch (take(&b, 2)) {
		case STORED:	good = skip_stored(&b); break;
		case FIXED:	good = walk_fixed(&b); break;
		case DYNAMIC:	good = read_dynamic(&b, last); break;
		default:	good = false;
		}
	} while (good && !last);
	return good;
}
