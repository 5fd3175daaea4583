/*
 * test_deflate: streams made by hand with codes that decoders differ about are never strict, wherever the block with
 * them is; what zlib makes is always. Any bytes are safe.
 */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "rawlog/io/deflate.h"
#include "stream.h"
#include "suites.h"

#define ROOM		4096
#define CONTENT_SIZE	40000
#define END_OF_BLOCK	256
#define COUNT(array)	((int)(sizeof(array) / sizeof(array)[0]))

/* A way to write a block behind its first bit. */
struct block {
	void	(*write)(struct stream *s, bool last, unsigned variant);
	unsigned  variant;
};

static unsigned char room[ROOM];

/* --- codes ----------------------------------------------------------------------------------------------------- */

/* A code of which only two symbols have codewords. */
static struct stream_code
pair_code(unsigned n, unsigned a, unsigned b)
{
	struct stream_code c = {.n = n};

	c.length[a] = c.length[b] = 1;
	stream_assign(&c);
	return c;
}

/* One with codewords of every length, for every `step`th symbol from `first` on. */
static struct stream_code
skewed_code(unsigned n, unsigned first, unsigned step)
{
	struct stream_code c = {.n = n};

	for (unsigned i = 0; i < 16; i++)
		c.length[first + i * step] = (uint8_t)(i < 15 ? i + 1 : 15);
	stream_assign(&c);
	return c;
}

/* A block of these codes that holds a literal and matches of the first and last length and distance. */
static void
write_block(struct stream *s, bool last, const struct stream_code *literals, const struct stream_code *distances)
{
	stream_block(s, last, STREAM_DYNAMIC);
	stream_plain_codes(s, literals, distances);
	stream_symbol(s, literals, 'a');
	if (literals->n >= 286 && distances->n >= 30) {
		stream_match(s, literals, 257, distances, 0);
		stream_match(s, literals, literals->n - 1, distances, distances->n - 1);
	}
	stream_symbol(s, literals, END_OF_BLOCK);
}

/* --- blocks that are right -------------------------------------------------------------------------------------- */

static void
write_even(struct stream *s, bool last, unsigned variant)
{
	const struct stream_code literals = stream_even_code(286), distances = stream_even_code(30);

	(void)variant;
	write_block(s, last, &literals, &distances);
}

static void
write_pairs(struct stream *s, bool last, unsigned variant)
{
	const struct stream_code literals = pair_code(257, 'a', END_OF_BLOCK), distances = pair_code(2, 0, 1);

	(void)variant;
	write_block(s, last, &literals, &distances);
}

/* Each symbol of codes that no table is large enough for, a few times in different order. */
static void
write_skewed(struct stream *s, bool last, unsigned variant)
{
	const struct stream_code literals = skewed_code(286, END_OF_BLOCK - 8, 1);
	const struct stream_code distances = skewed_code(30, 0, 1 + variant / 2);

	stream_block(s, last, STREAM_DYNAMIC);
	stream_plain_codes(s, &literals, &distances);
	for (unsigned i = 0; i < 16; i++) {
		const unsigned distance = (i * 7 + variant) % 16 * (1 + variant / 2);

		stream_symbol(s, &literals, END_OF_BLOCK - 1 - i % 8);
		if (distance < distances.n && distances.length[distance] > 0)
			stream_match(s, &literals, END_OF_BLOCK + 1 + i * 3 % 7, &distances, distance);
	}
	stream_symbol(s, &literals, END_OF_BLOCK);
}

static void
write_fixed(struct stream *s, bool last, unsigned variant)
{
	struct stream_code literals, distances;

	(void)variant;
	stream_fixed_codes(&literals, &distances);
	stream_block(s, last, STREAM_FIXED);
	for (unsigned i = 0; i < 286; i++)
		if (i < END_OF_BLOCK)
			stream_symbol(s, &literals, i);
		else if (i > END_OF_BLOCK)
			stream_match(s, &literals, i, &distances, 286 - i);
	stream_match(s, &literals, 285, &distances, 0);
	stream_symbol(s, &literals, END_OF_BLOCK);
}

static void
write_empty_fixed(struct stream *s, bool last, unsigned variant)
{
	(void)variant;
	stream_block(s, last, STREAM_FIXED);
	stream_put(s, 0, 7);
}

static void
write_stored(struct stream *s, bool last, unsigned size)
{
	stream_block(s, last, STREAM_STORED);
	stream_stored(s, "seventeen letters", size);
}

/* --- repeats ---------------------------------------------------------------------------------------------------- */

/* Says a length, or 16, 17 or 18, with so many times of the repeat beyond the fewest. */
static void
say(struct stream *s, const struct stream_code *lengths, unsigned symbol, unsigned times)
{
	stream_symbol(s, lengths, symbol);
	stream_put(s, times, symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0);
}

/* The lengths of 257 literals, two of which have codewords. */
static void
say_pair_of_literals(struct stream *s, const struct stream_code *lengths)
{
	say(s, lengths, 18, 'a' - 11);
	say(s, lengths, 1, 0);
	say(s, lengths, 18, 138 - 11);
	say(s, lengths, 18, END_OF_BLOCK - 'a' - 1 - 138 - 11);
	say(s, lengths, 1, 0);
}

/* Begins a block of that code, up to the lengths of so many distances. Returns the code to write these in. */
static struct stream_code
begin_pair_block(struct stream *s, bool last, unsigned distances)
{
	const struct stream_code lengths = stream_even_code(STREAM_LENGTHS);

	stream_block(s, last, STREAM_DYNAMIC);
	stream_codes(s, 257, distances, &lengths);
	say_pair_of_literals(s, &lengths);
	return lengths;
}

static void
end_pair_block(struct stream *s)
{
	stream_put(s, 0, 1);
	stream_put(s, 1, 1);
}

/* The last length of a distance is repeated up to the last one, or `beyond` it. */
static void
write_repeat_of_length(struct stream *s, bool last, unsigned beyond)
{
	const struct stream_code lengths = begin_pair_block(s, last, 8);

	say(s, &lengths, 3, 0);
	say(s, &lengths, 16, 0);
	say(s, &lengths, 16, 1 + beyond);
	end_pair_block(s);
}

/* The same for zeros behind two lengths, by either symbol. */
static void
write_zeros(struct stream *s, bool last, unsigned distances, unsigned symbol, unsigned extra)
{
	const struct stream_code lengths = begin_pair_block(s, last, distances);

	say(s, &lengths, 1, 0);
	say(s, &lengths, 1, 0);
	say(s, &lengths, symbol, extra);
	end_pair_block(s);
}

static void
write_few_zeros(struct stream *s, bool last, unsigned beyond)
{
	write_zeros(s, last, 9, 17, 7 - 3 + beyond);
}

static void
write_many_zeros(struct stream *s, bool last, unsigned beyond)
{
	write_zeros(s, last, 30, 18, 28 - 11 + beyond);
}

/* A repeat that begins with literals and ends with distances. */
static void
write_repeat_across(struct stream *s, bool last, unsigned variant)
{
	const struct stream_code lengths = stream_even_code(STREAM_LENGTHS);

	(void)variant;
	stream_block(s, last, STREAM_DYNAMIC);
	stream_codes(s, 258, 2, &lengths);
	say(s, &lengths, 18, 138 - 11);
	say(s, &lengths, 18, END_OF_BLOCK - 138 - 11);
	say(s, &lengths, 1, 0);
	say(s, &lengths, 16, 0);
	stream_put(s, 0, 1);
}

static const struct block right[] = {
	{write_even, 0}, {write_pairs, 0}, {write_skewed, 0}, {write_skewed, 1}, {write_fixed, 0},
	{write_empty_fixed, 0}, {write_stored, 0}, {write_stored, 17}, {write_repeat_of_length, 0},
	{write_few_zeros, 0}, {write_many_zeros, 0}, {write_repeat_across, 0}
};

/* --- blocks that are not ---------------------------------------------------------------------------------------- */

static void
write_many_literals(struct stream *s, bool last, unsigned n)
{
	const struct stream_code literals = stream_even_code(n), distances = stream_even_code(30);

	write_block(s, last, &literals, &distances);
}

static void
write_many_distances(struct stream *s, bool last, unsigned n)
{
	const struct stream_code literals = stream_even_code(286), distances = stream_even_code(n);

	write_block(s, last, &literals, &distances);
}

static void
write_fixed_literal(struct stream *s, bool last, unsigned symbol)
{
	struct stream_code literals, distances;

	stream_fixed_codes(&literals, &distances);
	stream_block(s, last, STREAM_FIXED);
	stream_symbol(s, &literals, 'a');
	stream_match(s, &literals, symbol, &distances, 0);
	stream_symbol(s, &literals, END_OF_BLOCK);
}

static void
write_fixed_distance(struct stream *s, bool last, unsigned symbol)
{
	struct stream_code literals, distances;

	stream_fixed_codes(&literals, &distances);
	stream_block(s, last, STREAM_FIXED);
	stream_symbol(s, &literals, 'a');
	stream_match(s, &literals, 257, &distances, symbol);
	stream_symbol(s, &literals, END_OF_BLOCK);
}

/* One literal has a codeword shorter or longer than it should be. */
static void
write_wrong_literal(struct stream *s, bool last, unsigned length)
{
	const struct stream_code distances = stream_even_code(30);
	struct stream_code literals = stream_even_code(286);

	literals.length['b'] = (uint8_t)length;
	stream_assign(&literals);
	write_block(s, last, &literals, &distances);
}

static void
write_wrong_distance(struct stream *s, bool last, unsigned length)
{
	const struct stream_code literals = stream_even_code(286);
	struct stream_code distances = stream_even_code(30);

	distances.length[3] = (uint8_t)length;
	stream_assign(&distances);
	write_block(s, last, &literals, &distances);
}

/* Too little of one code and as much too much of the other. */
static void
write_shifted(struct stream *s, bool last, unsigned variant)
{
	struct stream_code literals = pair_code(258, 'a', END_OF_BLOCK), distances = pair_code(3, 0, 1);

	literals.length[variant ? 'a' : 257] = !variant;
	distances.length[variant ? 2 : 1] = (uint8_t)variant;
	stream_assign(&literals);
	stream_assign(&distances);
	write_block(s, last, &literals, &distances);
}

/* Nothing but the end of the block has a codeword; the other one that there is may stand for it. */
static void
write_lone_end(struct stream *s, bool last, unsigned bit)
{
	const struct stream_code literals = {.n = 257, .length = {[END_OF_BLOCK] = 1}};
	const struct stream_code distances = stream_even_code(2);

	stream_block(s, last, STREAM_DYNAMIC);
	stream_plain_codes(s, &literals, &distances);
	stream_put(s, bit, 1);
}

/* A distance code of one symbol, with a codeword of one bit or none; used as its codeword is, as it is not, or not. */
static void
write_lone_distance(struct stream *s, bool last, unsigned variant)
{
	const struct stream_code distances = {.n = 1, .length = {(uint8_t)(variant & 1)}};
	struct stream_code literals = stream_even_code(286);

	stream_block(s, last, STREAM_DYNAMIC);
	stream_plain_codes(s, &literals, &distances);
	stream_symbol(s, &literals, 'a');
	if (variant & 2) {
		stream_symbol(s, &literals, 257);
		stream_put(s, variant >> 2, 1);
	}
	stream_symbol(s, &literals, END_OF_BLOCK);
}

static void
write_endless(struct stream *s, bool last, unsigned variant)
{
	struct stream_code literals = stream_even_code(256), distances = stream_even_code(30);

	(void)variant;
	literals.n = 257;
	write_block(s, last, &literals, &distances);
}

static void
write_repeat_of_nothing(struct stream *s, bool last, unsigned variant)
{
	const struct stream_code lengths = stream_even_code(STREAM_LENGTHS);

	(void)variant;
	stream_block(s, last, STREAM_DYNAMIC);
	stream_codes(s, 257, 2, &lengths);
	say(s, &lengths, 16, 0);
	say(s, &lengths, 18, 'a' - 3 - 11);
	say(s, &lengths, 1, 0);
	say(s, &lengths, 18, 138 - 11);
	say(s, &lengths, 18, END_OF_BLOCK - 'a' - 1 - 138 - 11);
	say(s, &lengths, 1, 0);
	say(s, &lengths, 1, 0);
	say(s, &lengths, 1, 0);
	end_pair_block(s);
}

/* The code for lengths has codewords for these symbols only, of as many bits. */
static void
write_wrong_lengths(struct stream *s, bool last, unsigned variant)
{
	struct stream_code lengths = {.n = STREAM_LENGTHS};

	lengths.length[18] = lengths.length[1] = lengths.length[0] = (uint8_t)variant;
	lengths.length[0] = variant == 1;
	stream_assign(&lengths);
	stream_block(s, last, STREAM_DYNAMIC);
	stream_codes(s, 257, 2, &lengths);
	say_pair_of_literals(s, &lengths);
	say(s, &lengths, 1, 0);
	say(s, &lengths, 1, 0);
	end_pair_block(s);
}

/* Just this one, which all codewords have for their length. */
static void
write_lone_length(struct stream *s, bool last, unsigned symbol)
{
	struct stream_code lengths = {.n = STREAM_LENGTHS};

	lengths.length[symbol] = 1;
	stream_block(s, last, STREAM_DYNAMIC);
	stream_codes(s, 257, 1, &lengths);
	for (unsigned i = 0; i < 300; i++)
		stream_put(s, 0, 1);
}

static void
write_no_type(struct stream *s, bool last, unsigned variant)
{
	stream_block(s, last, variant);
	stream_put(s, 0, 32);
}

static void
write_wrong_stored(struct stream *s, bool last, unsigned size)
{
	stream_block(s, last, STREAM_STORED);
	stream_align(s);
	stream_put(s, size, 16);
	stream_put(s, size, 16);
}

static void
write_long_stored(struct stream *s, bool last, unsigned size)
{
	stream_block(s, last, STREAM_STORED);
	stream_align(s);
	stream_put(s, size, 16);
	stream_put(s, ~size, 16);
}

static const struct block wrong[] = {
	{write_many_literals, 287}, {write_many_literals, 288}, {write_many_distances, 31},
	{write_many_distances, 32}, {write_fixed_literal, 286}, {write_fixed_literal, 287},
	{write_fixed_distance, 30}, {write_fixed_distance, 31},
	{write_wrong_literal, 0}, {write_wrong_literal, 7}, {write_wrong_literal, 9}, {write_wrong_literal, 15},
	{write_wrong_distance, 0}, {write_wrong_distance, 4}, {write_wrong_distance, 6}, {write_wrong_distance, 15},
	{write_shifted, 0}, {write_shifted, 1}, {write_lone_end, 0}, {write_lone_end, 1},
	{write_lone_distance, 0}, {write_lone_distance, 1}, {write_lone_distance, 2}, {write_lone_distance, 3},
	{write_lone_distance, 6}, {write_lone_distance, 7}, {write_endless, 0}, {write_repeat_of_nothing, 0},
	{write_repeat_of_length, 1}, {write_few_zeros, 1}, {write_many_zeros, 1}, {write_many_zeros, 110},
	{write_wrong_lengths, 1}, {write_wrong_lengths, 2}, {write_wrong_lengths, 7}, {write_lone_length, 0},
	{write_lone_length, 8}, {write_no_type, 3}, {write_wrong_stored, 0}, {write_wrong_stored, 17},
	{write_long_stored, 65535}
};

/* --- tests ------------------------------------------------------------------------------------------------------ */

static bool
is_strict(const struct block *first, const struct block *second)
{
	struct stream s;

	stream_begin(&s, room, sizeof room);
	first->write(&s, second == NULL, first->variant);
	if (second != NULL)
		second->write(&s, true, second->variant);
	return deflate_is_strict(room, stream_size(&s));
}

START_TEST(what_is_right)
{
	ck_assert(is_strict(&right[_i], NULL));
	for (int i = 0; i < COUNT(right); i++)
		ck_assert_msg(is_strict(&right[_i], &right[i]), "behind %d: %d", _i, i);
}
END_TEST

START_TEST(what_is_not)
{
	ck_assert(!is_strict(&wrong[_i], NULL));
	for (int i = 0; i < COUNT(right); i++) {
		ck_assert_msg(!is_strict(&right[i], &wrong[_i]), "%d behind %d", _i, i);
		ck_assert_msg(!is_strict(&wrong[_i], &right[i]), "%d before %d", _i, i);
	}
}
END_TEST

/* A copy of just that size, so that a sanitizer sees the first byte too many. */
static bool
copy_is_strict(const unsigned char *bytes, size_t size)
{
	unsigned char *copy = malloc(size > 0 ? size : 1);
	bool strict;

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, bytes, size);
	strict = deflate_is_strict(copy, size);
	free(copy);
	return strict;
}

/* Only of a last block with codes of its own need no more than these be there. */
START_TEST(what_is_cut)
{
	const struct block *last = &right[_i];

	for (int i = 0; i < COUNT(right); i++) {
		struct stream s;
		size_t before;

		stream_begin(&s, room, sizeof room);
		right[i].write(&s, false, right[i].variant);
		before = stream_size(&s);
		last->write(&s, true, last->variant);
		for (size_t size = 0; size < stream_size(&s); size++) {
			const bool strict = copy_is_strict(room, size);

			if (size < before || last->write == write_fixed || last->write == write_stored)
				ck_assert(!strict);
		}
	}
}
END_TEST

START_TEST(what_is_noise)
{
	unsigned long dice = 1;

	for (int i = 0; i < 20000; i++) {
		const size_t size = (size_t)i % 200;

		for (size_t k = 0; k < size; k++) {
			dice = dice * 69069 + 1;
			room[k] = (unsigned char)(dice >> 16);
		}
		room[0] = (unsigned char)((room[0] & ~7u) | (unsigned)i % 8);
		copy_is_strict(room, size);
	}
}
END_TEST

/* Bytes of few kinds or many, with matches near or far. */
static void
fill(unsigned char *p, size_t size, int kind)
{
	unsigned long dice = 1;

	for (size_t i = 0; i < size; i++) {
		dice = dice * 69069 + 1;
		switch (kind) {
		case 0:		p[i] = 0; break;
		case 1:		p[i] = (unsigned char)(dice >> 24); break;
		case 2:		p[i] = (unsigned char)(dice >> 16 & dice >> 24 & 0x1f); break;
		default:	p[i] = dice >> 20 & 15 && i > 1000 ? p[i - 900] : (unsigned char)(dice >> 24); break;
		}
	}
}

/* What parts a stream into blocks: a little memory, and each flush. */
static const struct parting {
	int	memory, flush;
} partings[] = {
	{9, Z_NO_FLUSH}, {1, Z_NO_FLUSH}, {1, Z_PARTIAL_FLUSH}, {9, Z_SYNC_FLUSH}, {1, Z_FULL_FLUSH}, {9, Z_BLOCK}
};

/* What zlib makes of the content in pieces. */
static size_t
deflated(unsigned char *packed, size_t size, unsigned char *content, int level, int strategy,
    const struct parting *p)
{
	const uInt piece = 7001;
	z_stream z = {0};
	uInt left = CONTENT_SIZE;

	ck_assert_int_eq(deflateInit2(&z, level, Z_DEFLATED, -15, p->memory, strategy), Z_OK);
	z.next_in = content;
	z.next_out = packed;
	z.avail_out = (uInt)size;
	for (; left > 0; left -= z.avail_in) {
		z.avail_in = left < piece ? left : piece;
		left -= z.avail_in;
		ck_assert_int_eq(deflate(&z, p->flush), Z_OK);
	}
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	size = z.total_out;
	deflateEnd(&z);
	return size;
}

/* Of each level and strategy, in few blocks and in many. */
START_TEST(what_zlib_makes)
{
	const size_t most = 2 * CONTENT_SIZE;
	unsigned char *content = malloc(CONTENT_SIZE), *packed = malloc(most);

	ck_assert(content != NULL && packed != NULL);
	for (int kind = 0; kind < 4; kind++) {
		fill(content, CONTENT_SIZE, kind);
		for (int strategy = Z_DEFAULT_STRATEGY; strategy <= Z_FIXED; strategy++)
			for (int i = 0; i < COUNT(partings); i++)
				ck_assert(deflate_is_strict(packed, deflated(packed, most, content, _i, strategy,
				    &partings[i])));
	}
	free(content);
	free(packed);
}
END_TEST

TCase *
test_deflate(void)
{
	TCase *t = tcase_create("deflate");

	tcase_add_loop_test(t, what_is_right, 0, COUNT(right));
	tcase_add_loop_test(t, what_is_not, 0, COUNT(wrong));
	tcase_add_loop_test(t, what_is_cut, 0, COUNT(right));
	tcase_add_test(t, what_is_noise);
	tcase_add_loop_test(t, what_zlib_makes, 0, 10);
	return t;
}
