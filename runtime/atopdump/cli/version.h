/*
 * version: what --version prints.
 */
#ifndef VERSION_H
#define VERSION_H

#include "atopdump/cli/status.h"

/* The commit that the sources were of, "+changes" behind it if they differed from it; NULL: not known. */
const char *version_commit(void);

/* Prints the program's version and commit, the digest of its catalog, the libraries it was built with, and the releases of atop that it reads. */
enum exit_status version_print(void);

#endif
