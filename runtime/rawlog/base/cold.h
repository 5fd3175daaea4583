/*
 * cold: how a function is compiled that is called once a sample.
 */
#ifndef COLD_H
#define COLD_H

/* For a long function that is called once a sample: small code is worth more than fast code. */
#if defined(__GNUC__)
#define COLD __attribute__((cold))
#else
#define COLD
#endif

#endif
