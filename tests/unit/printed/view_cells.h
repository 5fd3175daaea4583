/*
 * view_cells: rows of views, written by their printers and by cells.
 */
#ifndef PRINTED_VIEW_CELLS_H
#define PRINTED_VIEW_CELLS_H

#include <stddef.h>

#include "print/format/view_printer.h"

/*
 * Holds both against each other for a row whose structs are all filled with `byte`, with any of its members null, in all ways of
 * printing: they agree, and no row is longer than the printer states. Returns how many columns were written.
 */
size_t view_cells_compare(const struct view_printer *p, unsigned char byte);

#endif
