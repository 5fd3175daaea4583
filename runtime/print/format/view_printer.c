/*
 * view_printer: finds generated printers of views.
 */
#include "print/format/view_printer.h"

#include <string.h>

const struct view_printer *
view_printer_find(const struct catalog_release *release, const char *view)
{
	for (const struct view_printer *p = catalog_view_printers; p->release != NULL; p++)
		if (p->release == release && strcmp(p->view, view) == 0)
			return p;
	return NULL;
}
