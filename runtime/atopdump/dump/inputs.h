/*
 * inputs: the files to read, opened before the first byte of any is looked at, as far as there are
 * descriptors. So that later nothing need be opened any more. Knows nothing of what they hold, and reads
 * none.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>
#include <sys/stat.h>

struct inputs {
	char	**paths;		/* the caller's */
	int	  count;
	int	  next;			/* the first that is not taken; `count`: they all are */
	int	 *fds;			/* descriptors or negative errnos; -1 when taken */
	int	  nopened;		/* the first so many, which are in `fds` */
};

/* The `count` files at `paths`, "-" being standard input; none is open yet. */
void	inputs_init(struct inputs *in, char **paths, int count);

/* Opens all of them, or the first ones, as many as can be opened so that `spare` files more can. */
void	inputs_open(struct inputs *in, int spare);

/*
 * Takes the next file, of which there is one: its descriptor, opened now if it is not, and the caller's from then on; or
 * a negative errno.
 */
int	inputs_take(struct inputs *in);

/*
 * Whether the file that `st` is of is one of the inputs that has not been taken: the same regular file or block device,
 * under whatever name.
 */
bool	inputs_have(const struct inputs *in, const struct stat *st);

/* Closes what has not been taken. */
void	inputs_close(struct inputs *in);

#endif
