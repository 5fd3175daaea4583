/*
 * evidence: which files a run must not write to: the files that it reads, and files that exist unless it may replace
 * them. Checked before anything is opened for writing. Writes nothing.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>

#include "atopdump/dump/inputs.h"
#include "print/format/format.h"

/*
 * Whether output to `place` leaves the inputs and existing files unchanged. If `place` is a folder: output of `tables`, or of
 * all tables of the format if there are none. False: the reason goes to `report`, unless standard error itself is an input.
 */
bool evidence_is_spared(const struct inputs *in, const struct output_place *place, const struct format *format,
    const struct word_set *tables, void (*report)(const char *path, const char *text));

/*
 * Whether a manifest at `path` leaves them unchanged too, and the output to `place`. `format` is NULL if the place is a partition tree.
 */
bool evidence_spares_manifest(const struct inputs *in, const struct output_place *place, const struct format *format,
    const struct word_set *tables, const char *path, void (*report)(const char *path, const char *text));

/*
 * The same for a partition tree, whose files get names by content: partition.h compares them with the inputs. Here it is
 * refused to read what cannot be read twice. False: the reason goes to `report`, unless standard error itself is an input.
 */
bool evidence_can_be_partitioned(const struct inputs *in, void (*report)(const char *path, const char *text));

#endif
