/*
 * processes_ask: what is known of a process when all samples are added.
 */
#include <stdlib.h>

#include "atopdump/report/processes.h"
#include "atopdump/report/sort_numbers.h"

int64_t
process_start(const struct process *one)
{
	return one->start + (int64_t)one->shift - 1;
}

int
processes_compare(const struct processes *p, uint32_t a, uint32_t b)
{
	const struct process *x = processes_at(p, a), *y = processes_at(p, b);

	if (process_start(x) != process_start(y))
		return process_start(x) < process_start(y) ? -1 : 1;
	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	if (x->first_seen != y->first_seen)
		return x->first_seen < y->first_seen ? -1 : 1;
	return a < b ? -1 : 1;
}

/* --- traits ------------------------------------------------------------------------------------------------------ */

#define CANDIDATES 3 /* processes of one number that are looked at: older ones ended before */

static const struct process_change *
change_at(const struct processes *p, uint32_t number)
{
	return chunks_at(&p->changes, number);
}

uint32_t
process_value(const struct processes *p, const struct process *one, enum process_trait trait, int64_t time)
{
	uint32_t value = one->traits[trait];
	int64_t since = INT64_MIN;

	for (uint32_t i = one->changes; i != PROCESS_NONE; i = change_at(p, i)->next) {
		const struct process_change *change = change_at(p, i);

		if (change->trait == trait && change->since >= since && change->since <= time) {
			since = change->since;
			value = change->value;
		}
	}
	return value;
}

/* The change of the trait that follows `after` in time, and in the list if times are equal. PROCESS_NONE: none. */
static uint32_t
next_change(const struct processes *p, const struct process *one, enum process_trait trait, uint32_t after)
{
	uint32_t next = PROCESS_NONE;

	for (uint32_t i = one->changes; i != PROCESS_NONE; i = change_at(p, i)->next) {
		const struct process_change *c = change_at(p, i);

		if (c->trait != trait)
			continue;
		if (after != PROCESS_NONE &&
		    (c->since < change_at(p, after)->since || (c->since == change_at(p, after)->since && i <= after)))
			continue;
		if (next == PROCESS_NONE || c->since < change_at(p, next)->since ||
		    (c->since == change_at(p, next)->since && i < next))
			next = i;
	}
	return next;
}

void
process_each(const struct processes *p, const struct process *one, enum process_trait trait,
    void (*found)(void *context, uint32_t value, int64_t since), void *context)
{
	if (one->traits[trait] != STRING_NONE)
		found(context, one->traits[trait], one->first_seen);
	for (uint32_t i = next_change(p, one, trait, PROCESS_NONE); i != PROCESS_NONE;
	     i = next_change(p, one, trait, i))
		if (change_at(p, i)->value != one->traits[trait])
			found(context, change_at(p, i)->value, change_at(p, i)->since);
}

/* --- relations --------------------------------------------------------------------------------------------------- */

static int
compare_processes(const void *context, uint32_t a, uint32_t b)
{
	const struct process *x = processes_at(context, a), *y = processes_at(context, b);

	if (x->host != y->host)
		return x->host < y->host ? -1 : 1;
	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	if (process_start(x) != process_start(y))
		return process_start(x) < process_start(y) ? -1 : 1;
	if (x->first_seen != y->first_seen)
		return x->first_seen < y->first_seen ? -1 : 1;
	return a < b ? -1 : 1;
}

bool
processes_finish(struct processes *p)
{
	if (!hosts_finish(&p->hosts))
		return false;
	hash_index_free(&p->index);
	p->order = malloc((p->list.count + (size_t)1) * sizeof *p->order);
	for (uint32_t i = 0; p->order != NULL && i < p->list.count; i++)
		p->order[i] = i;
	if (p->order != NULL)
		sort_numbers(p->order, p->list.count, compare_processes, p);
	return p->order != NULL;
}

int64_t
process_vanished(const struct processes *p, const struct process *one)
{
	if (one->exit_time != PROCESS_NO_TIME)
		return PROCESS_NO_TIME;
	return host_next_time(hosts_at(&p->hosts, one->host), one->last_seen);
}

/* Where the processes begin that are behind (host, pid, start) in their order. */
static uint32_t
find_behind(const struct processes *p, uint32_t host, int32_t pid, int64_t start)
{
	uint32_t first = 0, end = p->list.count;

	while (first < end) {
		const uint32_t middle = first + (end - first) / 2;
		const struct process *one = processes_at(p, p->order[middle]);
		const bool behind = one->host != host ? one->host > host
		    : one->pid != pid                 ? one->pid > pid
						      : process_start(one) > start;

		if (behind)
			end = middle;
		else
			first = middle + 1;
	}
	return first;
}

/* Whether the process, which was started, may still have had its number at `time`. */
static bool
was_there(const struct processes *p, const struct process *one, int64_t time)
{
	const int64_t gone = one->exit_time != PROCESS_NO_TIME ? one->exit_time : process_vanished(p, one);

	return gone == PROCESS_NO_TIME || gone >= time;
}

uint32_t
process_parent(const struct processes *p, const struct process *one)
{
	uint32_t i, end;

	if (!one->has_ppid || one->ppid == 0)
		return PROCESS_NONE;
	i = find_behind(p, one->host, one->ppid, process_start(one) + 1);
	end = i > CANDIDATES ? i - CANDIDATES : 0;
	while (i > end) {
		const struct process *parent = processes_at(p, p->order[--i]);

		if (parent->host != one->host || parent->pid != one->ppid)
			break;
		if (parent != one && was_there(p, parent, one->first_seen))
			return p->order[i];
	}
	return PROCESS_NONE;
}
