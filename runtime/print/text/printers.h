/*
 * printers: how the structs of the catalog are printed, all of it generated. A program that only reads logs need not link
 * this.
 */
#ifndef PRINTERS_H
#define PRINTERS_H

#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/writer.h"

/*
 * A CSV table of a struct: its name, which is the struct's role ("tstat") or leads from there to an array of structs in it
 * ("sstat.cpu.cpu"), and the function that writes its rows: one for the struct, or one for each live element.
 */
struct table {
	const char *name;
	/* Each row begins with the `prefix_size` bytes at `prefix` and ends with CR LF. `nulls` as for json. */
	void (*rows)(struct writer *out, const void *host, const char *prefix, size_t prefix_size, unsigned print,
	    uint64_t nulls);
};

struct printer {
	/* Writes the host struct as one JSON object. `print`: PRINT_*; `nulls`: what catalog_block.nulls says of the struct. */
	void (*json)(struct writer *out, const void *host, unsigned print, uint64_t nulls);
	const struct table *tables; /* the struct's own, then one for each array of structs in it */
	size_t ntables;
};

extern const struct printer catalog_printers[]; /* by catalog_struct.number */

static inline const struct printer *
printer_of(const struct catalog_struct *s)
{
	return &catalog_printers[s->number];
}

#endif
