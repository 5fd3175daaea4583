/*
 * The contract of runtime/rawlog/base/load.h that the analysis of decoders uses instead of its code: these bytes must exist,
 * and the result depends only on them. frame.c shows that a function reads no others.
 */
#ifndef PROVE_LOAD_H
#define PROVE_LOAD_H

#include "rawlog/base/load.h"

/*@ requires \valid_read(&p[0]) && \initialized(&p[0]);
    assigns \result \from p[0], o; */
static inline uint8_t load_u8(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(&p[0]) && \initialized(&p[0]);
    assigns \result \from p[0], o; */
static inline int8_t load_i8(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 1)) && \initialized(p + (0 .. 1));
    assigns \result \from p[0 .. 1], o; */
static inline uint16_t load_u16(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 1)) && \initialized(p + (0 .. 1));
    assigns \result \from p[0 .. 1], o; */
static inline int16_t load_i16(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 3)) && \initialized(p + (0 .. 3));
    assigns \result \from p[0 .. 3], o; */
static inline uint32_t load_u32(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 3)) && \initialized(p + (0 .. 3));
    assigns \result \from p[0 .. 3], o; */
static inline int32_t load_i32(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 7)) && \initialized(p + (0 .. 7));
    assigns \result \from p[0 .. 7], o; */
static inline uint64_t load_u64(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 7)) && \initialized(p + (0 .. 7));
    assigns \result \from p[0 .. 7], o; */
static inline int64_t load_i64(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 3)) && \initialized(p + (0 .. 3));
    assigns \result \from p[0 .. 3], o; */
static inline float load_f32(const unsigned char *p, enum byte_order o);

/*@ requires \valid_read(p + (0 .. 7)) && \initialized(p + (0 .. 7));
    assigns \result \from p[0 .. 7], o; */
static inline double load_f64(const unsigned char *p, enum byte_order o);

#endif
