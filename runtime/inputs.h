/*
 * inputs: the files to read, opened before the first byte of any is looked at, as far as there are
 * descriptors. So that later nothing need be opened any more. Knows nothing of what they hold, and reads
 * none.
 */
#ifndef INPUTS_H
#define INPUTS_H

struct inputs {
	char	**paths;		/* the caller's */
	int	 *fds;			/* descriptors or negative errnos; -1 when taken */
	int	  nopened;		/* the first so many, which are in `fds` */
};

/* The files at `paths`, "-" being standard input; none is open yet. */
void	inputs_init(struct inputs *in, char **paths);

/* Opens the first `count`, or as many as can be opened so that `spare` files more can. */
void	inputs_open(struct inputs *in, int count, int spare);

/*
 * The descriptor of file `i`, opened now if it is not, and the caller's from then on; or a negative errno.
 * Each is taken once.
 */
int	inputs_take(struct inputs *in, int i);

/* Closes what has not been taken. */
void	inputs_close(struct inputs *in);

#endif
