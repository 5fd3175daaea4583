/*
 * view_list: the views that there are, as text.
 */
#ifndef VIEW_LIST_H
#define VIEW_LIST_H

#include <stdio.h>

/* Prints each view: its name, what a row of it is, and its columns. */
void view_list_print(FILE *out);

#endif
