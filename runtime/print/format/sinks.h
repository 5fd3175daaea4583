/*
 * sinks: where the rows of tables go, whatever logs they come from: a file for each table in a folder, or one place for
 * all. Owns these files, and header rows. What a row is, is not its business.
 */
#ifndef SINKS_H
#define SINKS_H

#include <stdbool.h>
#include <stddef.h>

#include "atopdump/dump/dump.h"
#include "print/format/output.h"

#define SINKS_DAMAGE	"damage"	/* the name of the table of damage */

/* The place of one table. */
struct sink {
	const char	*name;			/* of the table */
	char		*columns;		/* as in the header row, which is written; of a branch: NULL */
	struct output	 output;		/* of a branch: nothing but a writer */
};

struct sinks {
	const struct dump_options *options;
	struct sink		**list;
	size_t			 count;
	struct sink		*damage;	/* made when there is some */
	int			 failure;	/* errno of what failed beside the sinks; 0 */
	struct sink		*place;		/* not a folder: the one place, until a table has it; then NULL */
	int			 folder, parent;	/* descriptors of the folder, and of where it was made; -1 */
	struct unfinished	 made_folder;	/* the folder, if it was made here */
	struct sinks		*trunk;		/* a branch: what it is a branch of; else NULL */
	struct writer_turn	*turn;		/* a branch: its turn */
};

/* Opens the one place, or makes the folder, if options->path is to be one; `options` must outlive it. 0, or an errno. */
int	sinks_open(struct sinks *s, const struct dump_options *options);

/* A branch of `trunk`, in memory; `trunk` and `turn` must outlive it. */
void	sinks_branch(struct sinks *s, struct sinks *trunk, struct writer_turn *turn);

/* The columns that stand in the header row of a table; NULL: none is written yet. */
const char	*sinks_columns(const struct sinks *s, const char *name);

/*
 * The sink of a table. One that there is not yet gets its header row: the cells named `first`, then `columns`; a branch
 * waits for its turn to have that written. NULL: the sinks have failed, or the turn will never come.
 */
struct sink	*sinks_get(struct sinks *s, const char *name, const char *first, const char *columns);

/* The same for the table of damage; of a branch, it is the trunk's own, and the turn has come. */
struct sink	*sinks_get_damage(struct sinks *s, const char *first);

/* Writes out what is buffered; the trunk's. */
void	sinks_flush(struct sinks *s);

/* The errno of the first failure; 0. */
int	sinks_error(const struct sinks *s);

/* Append what the branch keeps to its trunk; forget it; end the branch. */
void	sinks_join(struct sinks *branch);
void	sinks_drop(struct sinks *branch);
void	sinks_prune(struct sinks *branch);

/* The path of the file for a table in a folder: the caller's. NULL: no memory. */
char	*sinks_path(const char *folder, const char *name);

/* Ends all files, kept or thrown away. The errno of the first failure; 0. */
int	sinks_finish(struct sinks *s, bool keep);

#endif
