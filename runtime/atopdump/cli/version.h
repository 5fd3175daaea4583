/*
 * version: what --version prints.
 */
#ifndef VERSION_H
#define VERSION_H

#include "atopdump/cli/status.h"

/* Prints the program's version, the libraries it was built with, and the releases of atop that it reads. */
enum exit_status version_print(void);

#endif
