/*
 * page_section: a machine on the page: what it is, its charts, top processes, lanes, gaps and boots.
 */
#ifndef PAGE_SECTION_H
#define PAGE_SECTION_H

#include "atopdump/page/sections.h"

/* Writes section `number`, from 0 on, without its heading. False: out of memory. */
bool page_section_put(struct writer *out, struct gather *g, const struct sections *sections, size_t number);

#endif
