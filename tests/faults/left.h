/*
 * left: the files in a folder, as they were found there or as they are to be. Knows nothing of why they are
 * there.
 */
#ifndef LEFT_H
#define LEFT_H

#include <stdbool.h>
#include <stddef.h>

struct left_file {
	char	*path;			/* below the folder */
	char	*bytes;			/* NULL: it is a folder */
	size_t	 size;
	bool	 is_link;		/* the bytes are where it leads to */
};

struct left {
	struct left_file	*files;		/* a folder before what is in it */
	size_t			 count;
};

/* Takes all that there is out of the folder. Ends the program if that cannot be. */
void	left_take(struct left *l, const char *folder);

/* Puts it there again. */
void	left_put(const struct left *l, const char *folder);

void	left_free(struct left *l);

/* The same files, with the same in them, whatever their order. */
bool	left_equal(const struct left *a, const struct left *b);

/* The first file of `l` that stands neither in `a` nor in `b` (which may be NULL) as it is; or NULL. */
const struct left_file	*left_stranger(const struct left *l, const struct left *a, const struct left *b);

#endif
