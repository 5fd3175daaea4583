/*
 * report: a page about logs, as a format whose output is written when all logs are read.
 */
#ifndef REPORT_H
#define REPORT_H

#include "atopdump/page/page.h"

/* What is asked for. */
struct report_options {
	enum host_by by;
	struct sample_choice *samples; /* which samples are read */
	struct page_about about;
};

extern const struct format report_format;

/* Says what is asked for, of an open formatter. */
void report_set(struct formatter *f, const struct report_options *options);

#endif
