/*
 * html_out: HTML, written piece by piece. Markup comes from the program alone; what a log or the user wrote becomes text by
 * html_text, in which no byte can begin markup or end an attribute. Failures of output stay in the writer.
 */
#ifndef HTML_OUT_H
#define HTML_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/writer.h"

#define HTML_TIME_MAX 24 /* bytes of a time as text, with its NUL */

/* Markup of the program. */
void html_markup(struct writer *out, const char *markup);

/* The same with numbers in it, and with words of the program: no text of a log. At most 512 bytes. */
void html_format(struct writer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Any `size` bytes as text, in an element or in an attribute with quotes: & < > " ' as references; controls, controls of writing
 * direction, and bytes that are no UTF-8, as \x1b.
 */
void html_text(struct writer *out, const char *bytes, size_t size);

/* The same, up to the NUL. */
void html_words(struct writer *out, const char *text);

/* The same; of more than `most` bytes the first, whole characters only, and an ellipsis. */
void html_cut_text(struct writer *out, const char *bytes, size_t size, size_t most);

/* "2022-11-11 19:51:50" in the zone of zone.h; "?" if the year has not four digits. */
void html_time_text(char text[HTML_TIME_MAX], int64_t time);
void html_time(struct writer *out, int64_t time);

#endif
