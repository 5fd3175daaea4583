/*
 * style: how the page looks. Its bytes are those that STYLE_HASH is of, so that a browser takes no other style.
 */
#ifndef STYLE_H
#define STYLE_H

#include "rawlog/io/writer.h"

/* The SHA-256 of what style_put writes, as Content-Security-Policy states it. tests/report.py says what it must be. */
#define STYLE_HASH "sha256-T1KqwIs4N/o6mmcCc6IQQRjcCMacmhvUUCT0iviMv/c="

void style_put(struct writer *out);

#endif
