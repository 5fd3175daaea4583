/*
 * deflate: numbers of the compressed format (RFC 1951). Declares nothing.
 */
#ifndef DEFLATE_H
#define DEFLATE_H

/* The most bytes that one compressed byte inflates to: a match takes at least two bits and gives at most 258 bytes. */
#define DEFLATE_RATIO_MAX 1032

#endif
