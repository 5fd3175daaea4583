/*
 * dump_walk: one sample of a log into one format, and what is said when it cannot be read. Knows neither how samples are
 * found nor who else is at work.
 */
#ifndef DUMP_WALK_H
#define DUMP_WALK_H

#include <stdbool.h>

#include "dump.h"

/* What of each sample is read. */
struct dump_plan {
	bool	blocks[CATALOG_BLOCKS_MAX];	/* is shown */
	bool	record;
	bool	groups;			/* the chain and the list are needed */
};

struct dump_walk {
	struct dump			*dump;		/* shows the samples */
	struct dump			*trunk;		/* shows the damage: the same, or what `dump` is a branch of */
	const struct dump_plan		*plan;
	const char			*path;
	void				(*tell)(const char *path, const char *text);
	/*
	 * Called before something is told: waits until all that comes before it in the log is shown. False: nothing is to
	 * be told any more. NULL: there is nobody to wait for.
	 */
	bool				(*wait)(struct dump_walk *w);
	void				*waits_for;	/* the caller's */
	struct rawlog_sample		 sample;
	enum dump_result		 result;
};

/* Works out what a format needs of the samples of a release. */
void	dump_plan_make(struct dump_plan *plan, const struct dump *d, const struct catalog_release *release);

/* Whether block `i` is to be read. */
bool	dump_plan_needs(const struct dump_plan *plan, const struct catalog_release *release, size_t i);

/* Shows w->sample. */
void	dump_walk_sample(struct dump_walk *w);

/* Tells and shows damage; tells that input or memory failed, an errno, which is the end. */
void	dump_walk_damage(struct dump_walk *w, const struct rawlog_damage *damage);
void	dump_walk_fail(struct dump_walk *w, int error);

/* Whether there is any sense in going on. */
bool	dump_walk_goes_on(const struct dump_walk *w);

#endif
