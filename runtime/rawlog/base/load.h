/*
 * load: reads integers and floats from a file's bytes, in the file's byte order. Uses no pointer casts: compilers turn
 * these functions into single loads where the machine allows it.
 */
#ifndef LOAD_H
#define LOAD_H

#include <stdint.h>
#include <string.h>

enum byte_order {
	ORDER_LITTLE,
	ORDER_BIG
};

static inline uint16_t
load_u16(const unsigned char *p, enum byte_order o)
{
	return o == ORDER_LITTLE ? (uint16_t)(p[0] | p[1] << 8) : (uint16_t)(p[1] | p[0] << 8);
}

static inline uint32_t
load_u32(const unsigned char *p, enum byte_order o)
{
	return o == ORDER_LITTLE ? (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24
				 : (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[0] << 24;
}

static inline uint64_t
load_u64(const unsigned char *p, enum byte_order o)
{
	return o == ORDER_LITTLE ? (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
		(uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56
				 : (uint64_t)p[7] | (uint64_t)p[6] << 8 | (uint64_t)p[5] << 16 | (uint64_t)p[4] << 24 |
		(uint64_t)p[3] << 32 | (uint64_t)p[2] << 40 | (uint64_t)p[1] << 48 | (uint64_t)p[0] << 56;
}

static inline uint8_t
load_u8(const unsigned char *p, enum byte_order o)
{
	(void)o;
	return p[0];
}

static inline int8_t
load_i8(const unsigned char *p, enum byte_order o)
{
	(void)o;
	return (int8_t)p[0];
}

static inline int16_t
load_i16(const unsigned char *p, enum byte_order o)
{
	return (int16_t)load_u16(p, o);
}

static inline int32_t
load_i32(const unsigned char *p, enum byte_order o)
{
	return (int32_t)load_u32(p, o);
}

static inline int64_t
load_i64(const unsigned char *p, enum byte_order o)
{
	return (int64_t)load_u64(p, o);
}

static inline float
load_f32(const unsigned char *p, enum byte_order o)
{
	uint32_t bits = load_u32(p, o);
	float value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

static inline double
load_f64(const unsigned char *p, enum byte_order o)
{
	uint64_t bits = load_u64(p, o);
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

#endif
