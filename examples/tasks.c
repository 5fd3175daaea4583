/*
 * tasks: the tasks of each sample of a log of atop 2.8, by the generated types of that release: their number, the CPU time
 * of all in clock ticks, and the task that used most.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <rawlog.h>

#include "atop-2.8/types.h" /* in generated/ */

/* Adds up the tasks of the sample. Returns 0, or an errno value. */
static int
print_tasks(struct rawlog_sample *sample, struct rawlog_damage *damage)
{
	const struct atop_2_8_tstat *task;
	int64_t ticks, all = 0, most = -1;
	enum rawlog_result result;
	const void *host;
	char name[16] = "";
	int error = 0;
	size_t n = 0;

	rawlog_block(sample, rawlog_find_block(sample, "tstat"));
	while ((result = rawlog_struct(sample, &host, damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_FAILED)
			return error;
		if (result != RAWLOG_OK || rawlog_is_unverified(sample))
			continue;
		task = host;
		ticks = task->cpu.utime + task->cpu.stime;
		all += ticks;
		n++;
		if (ticks <= most)
			continue;
		most = ticks;
		snprintf(name, sizeof name, "%.15s", task->gen.name);
	}
	printf("%" PRId64 " %zu tasks, %" PRId64 " ticks, most: %s\n", rawlog_sample_time(sample), n, all, name);
	return 0;
}

int
main(int argc, char **argv)
{
	struct rawlog_sample *sample = rawlog_sample_new();
	struct rawlog_damage *damage = rawlog_damage_new();
	struct rawlog_error why = { 0 };
	enum rawlog_result result;
	struct rawlog *log;
	int error = 0, status = 0;

	if (argc != 2 || sample == NULL || damage == NULL)
		return 1;
	if (rawlog_open(&log, argv[1], NULL, &why) != RAWLOG_OK) {
		fprintf(stderr, "%s: %s\n", argv[1], why.code != 0 ? strerror(why.code) : why.text);
		return 1;
	}
	if (strcmp(rawlog_release(log), "2.8") != 0) {
		fprintf(stderr, "%s: a log of atop %s, not 2.8\n", argv[1], rawlog_release(log));
		status = 2;
	}
	while (error == 0 && status == 0 && (result = rawlog_next(log, sample, damage, &error)) != RAWLOG_END)
		if (result == RAWLOG_OK)
			error = print_tasks(sample, damage);
	rawlog_close(log);
	rawlog_sample_delete(sample);
	rawlog_damage_delete(damage);
	return error != 0 ? 1 : status;
}
