/*
 * timeline_tree: the processes that were there in the last sample of each host, each below its parent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/report/timeline.h"
#include "print/text/put_text.h"

#define DEPTH_SHOWN 64 /* levels that are indented; deeper ones stand as deep as the last of them */

/* A process that is drawn; PROCESS_NONE: there is none. */
struct node {
	uint32_t parent, first, last, next; /* its first and last child, and its next sibling */
	bool is_there, drawn;
};

static bool
is_there(const struct processes *p, const struct process *one)
{
	const int64_t latest = hosts_at(&p->hosts, one->host)->latest;

	return one->exit_time == PROCESS_NO_TIME && process_vanished(p, one) == PROCESS_NO_TIME &&
	    one->last_seen <= latest;
}

/* Puts each process below its parent, if that is drawn. */
static void
link_nodes(struct node *nodes, const struct processes *p, const uint32_t *order, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct node *node = &nodes[order[i]], *parent;

		if (!node->is_there)
			continue;
		node->parent = process_parent(p, processes_at(p, order[i]));
		if (node->parent == PROCESS_NONE || !nodes[node->parent].is_there) {
			node->parent = PROCESS_NONE;
			continue;
		}
		parent = &nodes[node->parent];
		if (parent->first == PROCESS_NONE)
			parent->first = order[i];
		else
			nodes[parent->last].next = order[i];
		parent->last = order[i];
	}
}

static void
put_text(struct writer *out, const struct processes *p, uint32_t string)
{
	size_t size;
	const char *text;

	if (string == STRING_NONE)
		return;
	text = strings_get(&p->strings, string, &size);
	writer_commit(out, put_visible(writer_room(out, PUT_VISIBLE_MAX(size) + PUT_SLACK), text, size));
}

/* "  sshd (812) 0: /usr/sbin/sshd -D" */
static void
put_node(struct writer *out, const struct processes *p, const struct process *one, unsigned depth)
{
	const uint32_t cmdline = process_last(p, one, TRAIT_CMDLINE);
	char pid[32];
	size_t size = 0;

	for (unsigned i = 0; i < depth && i < DEPTH_SHOWN; i++)
		writer_put(out, "  ", 2);
	put_text(out, p, process_last(p, one, TRAIT_NAME));
	snprintf(pid, sizeof pid, " (%d)", one->pid);
	writer_put(out, pid, strlen(pid));
	if (cmdline != STRING_NONE)
		strings_get(&p->strings, cmdline, &size);
	if (size > 0) {
		writer_put(out, ": ", 2);
		put_text(out, p, cmdline);
	}
	writer_put(out, "\n", 1);
}

/* Draws a process and all below it. */
static void
put_branch(struct writer *out, const struct processes *p, struct node *nodes, uint32_t root)
{
	uint32_t at = root;
	unsigned depth = 0;

	while (at != PROCESS_NONE && out->error == 0) {
		if (!nodes[at].drawn)
			put_node(out, p, processes_at(p, at), depth);
		if (!nodes[at].drawn && nodes[at].first != PROCESS_NONE) {
			nodes[at].drawn = true;
			at = nodes[at].first;
			depth++;
			continue;
		}
		nodes[at].drawn = true;
		while (at != root && nodes[at].next == PROCESS_NONE) {
			at = nodes[at].parent;
			depth--;
		}
		at = at != root ? nodes[at].next : PROCESS_NONE;
	}
}

/* The line above the processes of a host: its name and the time of the sample. */
static void
put_host(struct writer *out, const struct processes *p, const struct host *host, unsigned print)
{
	char *w;

	put_text(out, p, host->name);
	w = PUT(writer_room(out, 2 + PUT_TIME_MAX + PUT_SLACK), " at ");
	w = (print & PRINT_EPOCH) != 0 ? put_i64(w, host->latest) : put_utc(w, host->latest);
	writer_commit(out, PUT(w, "\n"));
}

/* Draws the roots; then what is below none of them, since processes of damaged logs can be below one another. */
static void
put_roots(struct timeline *t, struct node *nodes, const uint32_t *order, uint32_t from, uint32_t until, bool all)
{
	for (uint32_t i = from; i < until; i++) {
		const struct node *node = &nodes[order[i]];

		if (node->is_there && !node->drawn && (all || node->parent == PROCESS_NONE))
			put_branch(timeline_out(t), &t->processes, nodes, order[i]);
	}
}

static void
put_hosts(struct timeline *t, struct node *nodes, const uint32_t *order, uint32_t count)
{
	const struct processes *p = &t->processes;

	for (uint32_t from = 0, until = 0; from < count; from = until) {
		const uint32_t host = processes_at(p, order[from])->host;

		while (until < count && processes_at(p, order[until])->host == host)
			until++;
		put_host(timeline_out(t), p, hosts_at(&p->hosts, host), t->formatter.query->print);
		put_roots(t, nodes, order, from, until, false);
		put_roots(t, nodes, order, from, until, true);
	}
}

static bool
put_tree(struct timeline *t, struct timeline_row *row, const uint32_t *order, uint32_t count)
{
	struct node *nodes = malloc((count + (size_t)1) * sizeof *nodes);

	if (nodes == NULL)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		row->process = processes_at(&t->processes, i);
		nodes[i] = (struct node){ PROCESS_NONE, PROCESS_NONE, PROCESS_NONE, PROCESS_NONE,
			is_there(&t->processes, row->process) && timeline_passes(t, row), false };
	}
	link_nodes(nodes, &t->processes, order, count);
	put_hosts(t, nodes, order, count);
	free(nodes);
	return true;
}

const struct timeline_form timeline_tree = { .put_all = put_tree };
