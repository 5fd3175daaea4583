/*
 * sample_choice: counts and compares.
 */
#include "atopdump/dump/sample_choice.h"

bool
sample_choice_takes(struct sample_choice *c, int64_t time, bool since_boot)
{
	const bool inside = window_has(&c->window, time);

	if (c->nseen == 0 || time < c->first)
		c->first = time;
	if (c->nseen == 0 || time > c->latest)
		c->latest = time;
	c->nseen++;
	c->ninside += inside;
	return inside && !(c->skip_since_boot && since_boot);
}
