/*
 * bypath: prints members of the structs of a role, from a log of any release; one line a struct, the sample's number first:
 *
 *	bypath LOG tstat gen.name gen.pid cpu.utime
 *	bypath LOG sstat 'cpu.cpu[0].stime' mem.freemem
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <rawlog.h>

static void
print_value(const struct rawlog_value *v)
{
	switch (v->kind) {
	case RAWLOG_SIGNED: printf("%" PRId64, v->integer); break;
	case RAWLOG_UNSIGNED: printf("%" PRIu64, v->natural); break;
	case RAWLOG_FLOAT: printf("%g", v->real); break;
	case RAWLOG_TEXT: printf("%.*s", (int)v->size, v->bytes); break;
	case RAWLOG_ARRAY: printf("%zu elements", v->size); break;
	case RAWLOG_NULL: printf("-"); break;
	default: printf("?"); break;
	}
}

static int
print_block(struct rawlog_sample *sample, struct rawlog_damage *damage, char **argv)
{
	const size_t block = rawlog_find_block(sample, argv[2]);
	enum rawlog_result result;
	struct rawlog_value value;
	const void *host;
	int error = 0;

	if (block == RAWLOG_NONE)
		return 0; /* this release has no such block */
	if (rawlog_groups(sample, &error) != RAWLOG_OK)
		return error;
	rawlog_block(sample, block);
	while ((result = rawlog_struct(sample, &host, damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_FAILED)
			return error;
		if (result != RAWLOG_OK) {
			fprintf(stderr, "%s: %s\n", argv[1], rawlog_damage_text(damage));
			continue;
		}
		printf("%" PRIu64, rawlog_sample_number(sample));
		for (char **path = argv + 3; *path != NULL; path++) {
			printf("\t");
			if (rawlog_value(rawlog_block_type(sample, block), host, rawlog_nulls(sample), *path, &value))
				print_value(&value);
		}
		printf("\n");
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct rawlog_sample *sample = rawlog_sample_new();
	struct rawlog_damage *damage = rawlog_damage_new();
	struct rawlog_error why;
	enum rawlog_result result;
	struct rawlog *log;
	int error = 0;

	if (argc < 3 || sample == NULL || damage == NULL || rawlog_open(&log, argv[1], NULL, &why) != RAWLOG_OK)
		return 1;
	while (error == 0 && (result = rawlog_next(log, sample, damage, &error)) != RAWLOG_END)
		if (result == RAWLOG_OK)
			error = print_block(sample, damage, argv);
	rawlog_close(log);
	rawlog_sample_delete(sample);
	rawlog_damage_delete(damage);
	return error != 0;
}
