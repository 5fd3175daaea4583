/*
 * stream: see stream.h. Names and numbers are those of RFC 1951.
 */
#include <string.h>

#include "stream.h"

#define WORD_MAX 15

void
stream_begin(struct stream *s, unsigned char *bytes, size_t room)
{
	s->bytes = bytes;
	s->room = room;
	s->bits = 0;
	memset(bytes, 0, room);
}

size_t
stream_size(const struct stream *s)
{
	return s->bits / 8 + (s->bits % 8 > 0);
}

void
stream_put(struct stream *s, unsigned value, unsigned n)
{
	for (unsigned i = 0; i < n && s->bits < 8 * s->room; i++) {
		s->bytes[s->bits / 8] |= (unsigned char)((value >> i & 1) << s->bits % 8);
		s->bits++;
	}
}

void
stream_align(struct stream *s)
{
	s->bits = 8 * stream_size(s);
}

void
stream_symbol(struct stream *s, const struct stream_code *c, unsigned symbol)
{
	for (unsigned i = c->length[symbol]; i > 0; i--)
		stream_put(s, c->word[symbol] >> (i - 1) & 1u, 1);
}

void
stream_assign(struct stream_code *c)
{
	unsigned word = 0;

	for (unsigned length = 1; length <= WORD_MAX; length++) {
		for (unsigned i = 0; i < c->n; i++)
			if (c->length[i] == length)
				c->word[i] = (uint16_t)word++;
		word <<= 1;
	}
}

struct stream_code
stream_even_code(unsigned n)
{
	struct stream_code c = { .n = n };
	unsigned bits = 1;

	while (1u << bits < n)
		bits++;
	for (unsigned i = 0; i < n; i++)
		c.length[i] = (uint8_t)(i < (1u << bits) - n ? bits - 1 : bits);
	stream_assign(&c);
	return c;
}

void
stream_fixed_codes(struct stream_code *literals, struct stream_code *distances)
{
	literals->n = 288;
	for (unsigned i = 0; i < literals->n; i++)
		literals->length[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	stream_assign(literals);
	distances->n = 32;
	memset(distances->length, 5, distances->n);
	stream_assign(distances);
}

void
stream_block(struct stream *s, bool last, unsigned type)
{
	stream_put(s, last, 1);
	stream_put(s, type, 2);
}

void
stream_stored(struct stream *s, const void *bytes, unsigned size)
{
	const unsigned char *p = bytes;

	stream_align(s);
	stream_put(s, size, 16);
	stream_put(s, ~size, 16);
	for (unsigned i = 0; i < size; i++)
		stream_put(s, p[i], 8);
}

void
stream_codes(struct stream *s, unsigned literals, unsigned distances, const struct stream_code *lengths)
{
	static const unsigned order[STREAM_LENGTHS] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1,
		15 };

	stream_put(s, literals - 257, 5);
	stream_put(s, distances - 1, 5);
	stream_put(s, STREAM_LENGTHS - 4, 4);
	for (unsigned i = 0; i < STREAM_LENGTHS; i++)
		stream_put(s, lengths->length[order[i]], 3);
}

void
stream_plain_codes(struct stream *s, const struct stream_code *literals, const struct stream_code *distances)
{
	struct stream_code lengths = { .n = STREAM_LENGTHS };

	memset(lengths.length, 4, 16);
	stream_assign(&lengths);
	stream_codes(s, literals->n, distances->n, &lengths);
	for (unsigned i = 0; i < literals->n; i++)
		stream_symbol(s, &lengths, literals->length[i]);
	for (unsigned i = 0; i < distances->n; i++)
		stream_symbol(s, &lengths, distances->length[i]);
}

unsigned
stream_length_extra(unsigned symbol)
{
	return symbol < 265 || symbol > 284 ? 0 : (symbol - 261) / 4;
}

unsigned
stream_distance_extra(unsigned symbol)
{
	return symbol < 4 ? 0 : symbol < 30 ? symbol / 2 - 1 : 13;
}

void
stream_match(struct stream *s, const struct stream_code *literals, unsigned length, const struct stream_code *distances,
    unsigned distance)
{
	stream_symbol(s, literals, length);
	stream_put(s, 0, stream_length_extra(length));
	stream_symbol(s, distances, distance);
	stream_put(s, 0, stream_distance_extra(distance));
}
