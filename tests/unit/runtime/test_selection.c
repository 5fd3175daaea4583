/*
 * test_selection: --fields, --where and --by looked up in the tables of the made-up releases, and the messages.
 */
#include <string.h>

#include "print/query/selection.h"
#include "unit.h"

static struct word_set tables;
static struct selection selection;
static char why[SELECTION_WHY_MAX];

static void
setup(void)
{
	tables = (struct word_set){ NULL, 0 };
	selection = (struct selection){ .tables = NULL };
	why[0] = '\0';
}

static void
teardown(void)
{
	selection_free(&selection);
	word_set_free(&tables);
}

/* Makes the selection for the tables, separated by spaces ("": all). */
static bool
make(const char *names, const struct selection_options *options)
{
	static char words[128];

	strcpy(words, names);
	for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
		ck_assert(word_set_add(&tables, word));
	return selection_make(&selection, &tables, options, why);
}

/* The selected tables and the columns that they print, such as "tstat: gen_pid prio; sstat: *". */
static const char *
describe(void)
{
	static char text[2048];

	text[0] = '\0';
	for (size_t i = 0; i < selection.ntables; i++) {
		const struct selected_table *t = &selection.tables[i];

		strcat(strcat(strcat(text, i > 0 ? "; " : ""), t->table->name), ":");
		for (size_t k = 0; k < t->ncolumns; k++) {
			strcat(strcat(text, " "), t->columns[k].name);
			if (strcmp(t->columns[k].name, column_name(&t->table->columns[t->columns[k].column])) != 0)
				strcat(strcat(text, "="), column_name(&t->table->columns[t->columns[k].column]));
		}
		if (t->columns == NULL)
			strcat(text, " *");
	}
	return text;
}

static const struct {
	const char *tables, *fields, *chosen;
} lists[] = {
	{ "tstat", "gen_pid", "tstat: gen_pid" },
	{ "tstat", "prio,gen_pid,time", "tstat: prio gen_pid time" },
	{ "tstat", "gen.name,io[1],pid", "tstat: gen_name io_1 gen_pid" },
	{ "tstat", "id=gen_pid,other=gen.name", "tstat: id=gen_pid other=gen_name" },
	{ "tstat", "again=gen_pid,gen_pid", "tstat: again=gen_pid gen_pid" },
	{ "tstat", "prio=gpu,gpu=prio", "tstat: prio=gpu gpu=prio" },
	{ "tstat", "gen_name_bytes", "tstat: gen_name_bytes" },
	{ "tstat", "io_?", "tstat: io_0 io_1" },
	{ "tstat", "gen_*", "tstat: gen_pid gen_name gen_name_bytes gen_state" },
	{ "tstat", "gen.*", "tstat: gen_name gen_state" },
	{ "tstat", "gen_state,gen_*", "tstat: gen_state gen_pid gen_name gen_name_bytes" },
	{ "tstat", "*_pid,*[01]", "tstat: gen_pid io_0 io_1" },
	{ "sstat_cpu", "idx,*",
	    "sstat_cpu: idx file log host release time sample interval since_boot run unverified id "
	    "load ticks temp" },
	{ "sstat tstat", "time,gen_pid,uptime", "sstat: time uptime; tstat: time gen_pid" },
	{ "", "gen_pid,reason", "tstat: gen_pid; damage: reason" },
	{ "", "flags", "rawheader: flags; rawrecord: flags" },
	{ "", "level", "rawrecord: level" },
	{ "", "sample",
	    "rawheader: sample; rawrecord: sample; sstat: sample; sstat_cpu: sample; tstat: sample; "
	    "damage: sample" },
};

START_TEST(fields)
{
	ck_assert_msg(make(lists[_i].tables, &(struct selection_options){ .fields = lists[_i].fields }), "%s", why);
	ck_assert_str_eq(describe(), lists[_i].chosen);
	for (size_t i = 0; i < selection.ntables; i++)
		ck_assert_ptr_null(selection.tables[i].where);
}
END_TEST

static const struct {
	const char *tables, *condition, *kept;
} conditions[] = {
	{ "", "sample > 3", "rawheader: *; rawrecord: *; sstat: *; sstat_cpu: *; tstat: *; damage: *" },
	{ "", "flags == 1", "rawheader: *; rawrecord: *" },
	{ "", "flags == 1 && level > 2", "rawrecord: *" },
	{ "", "gen_pid == 1", "tstat: *" },
	{ "", "pid == 1 && gen.name == \"x\" && time > \"2022-11-11\"", "tstat: *" },
	{ "", "gen_pid == 1 || idx == 2 && nice < 3 ? sample == 1 : run == 1", "" },
	{ "sstat tstat", "uptime > 5", "sstat: *" },
	{ "sstat_cpu", "load >= 0.5 && cpu != 3", "" },
};

START_TEST(condition)
{
	const bool any = conditions[_i].kept[0] != '\0';

	ck_assert_int_eq(
	    make(conditions[_i].tables, &(struct selection_options){ .condition = conditions[_i].condition }), any);
	ck_assert_str_eq(describe(), conditions[_i].kept);
	for (size_t i = 0; i < selection.ntables; i++) {
		ck_assert_ptr_nonnull(selection.tables[i].where);
		ck_assert_ptr_eq(selection_find(&selection, selection.tables[i].table), &selection.tables[i]);
	}
}
END_TEST

static const struct {
	const char *tables, *by, *kept;
} orders[] = {
	{ "", "gen_pid", "tstat: *" },
	{ "tstat", "io[1]", "tstat: *" },
	{ "", "flags", "rawheader: *; rawrecord: *" },
	{ "sstat tstat", "time", "sstat: *; tstat: *" },
	{ "sstat_cpu", "load", "sstat_cpu: *" },
};

START_TEST(by)
{
	ck_assert_msg(make(orders[_i].tables, &(struct selection_options){ .by = orders[_i].by }), "%s", why);
	ck_assert_str_eq(describe(), orders[_i].kept);
	for (size_t i = 0; i < selection.ntables; i++) {
		const struct column *c = &selection.tables[i].table->columns[selection.tables[i].by];

		ck_assert(strcmp(column_name(c), orders[_i].by) == 0 || strcmp(column_path(c), orders[_i].by) == 0);
	}
}
END_TEST

/* Of the tables with the columns of the condition, those that have any of the fields. */
START_TEST(all_options)
{
	const struct selection_options options = { .condition = "flags > 0",
		.fields = "level,kernel,when=time",
		.by = "flags" };

	ck_assert_msg(make("", &options), "%s", why);
	ck_assert_str_eq(describe(), "rawheader: kernel when=time; rawrecord: level when=time");
	selection_free(&selection);
	ck_assert(make("", &(struct selection_options){ .condition = "flags > 0", .fields = "level" }));
	ck_assert_str_eq(describe(), "rawrecord: level");
	ck_assert_ptr_null(selection_find(&selection, &catalog_tables[0]));
	ck_assert_ptr_nonnull(selection_find(&selection, &catalog_tables[1]));
}
END_TEST

START_TEST(nothing)
{
	ck_assert(make("sstat", &(struct selection_options){ .fields = NULL }));
	ck_assert_str_eq(describe(), "sstat: *");
}
END_TEST

#define FIRST_ONES "; there are file, log, host, release, time, sample, interval, since_boot, run, unverified, "
#define TSTAT_ONES \
	FIRST_ONES \
	"cgroup, cgroup_bytes, gen_pid, gen_name, gen_name_bytes, gen_state, prio, gpu, btime, nice, io_0, io_1"

static const struct {
	const char *tables;
	struct selection_options options;
	const char *why;
} wrong[] = {
	{ "tstat", { .fields = "gen_pdi" }, "--fields: there is no column 'gen_pdi'; did you mean 'gen_pid'?" },
	{ "tstat", { .fields = "gen.nam" }, "--fields: there is no column 'gen.nam'; did you mean 'gen.name'?" },
	{ "tstat", { .fields = "name" }, "--fields: there is no column 'name'; did you mean 'gen.name'?" },
	{ "tstat", { .fields = "nothing" }, "--fields: there is no column 'nothing'" TSTAT_ONES },
	{ "", { .fields = "nothing" }, "--fields: there is no column 'nothing'; 'atopdump schema' lists them" },
	{ "tstat", { .fields = "cpu_*" }, "--fields: there is no column 'cpu_*'" TSTAT_ONES },
	{ "tstat", { .fields = "gen_pid,x=nothing" }, "--fields: there is no column 'nothing'" TSTAT_ONES },
	{ "sstat", { .fields = "gen_pid" },
	    "--fields: there is no column 'gen_pid'" FIRST_ONES
	    "uptime, net_in, net_err, net_out, net_lost, hist_0, hist_1, hist_2" },
	{ "tstat", { .fields = "" }, "--fields: a name is missing in the list" },
	{ "tstat", { .fields = "gen_pid,,prio" }, "--fields: a name is missing in the list" },
	{ "tstat", { .fields = "gen_pid," }, "--fields: a name is missing in the list" },
	{ "tstat", { .fields = "=gen_pid" }, "--fields: a name is missing in the list" },
	{ "tstat", { .fields = "x=" }, "--fields: a name is missing in the list" },
	{ "tstat", { .fields = "x=gen_*" }, "--fields: 'gen_*' stands for several columns and cannot be renamed" },
	{ "tstat", { .fields = "gen_pid,prio,gen_pid" }, "--fields: two columns of table tstat are called 'gen_pid'" },
	{ "tstat", { .fields = "gen_pid=prio,gen_*" }, "--fields: two columns of table tstat are called 'gen_pid'" },
	{ "", { .fields = "uptime,gen_pid,gen_pid=prio" },
	    "--fields: two columns of table tstat are called 'gen_pid'" },
	{ "tstat", { .condition = "gen_pdi == 1" },
	    "--where: unknown column 'gen_pdi'; did you mean 'gen_pid'?\ngen_pdi == 1\n^~~~~~~\n" },
	{ "", { .condition = "sample == 1 && nothing > 1" },
	    "--where: unknown column 'nothing'\nsample == 1 && nothing > 1\n               ^~~~~~~\n" },
	{ "tstat", { .condition = "gen_pid == " }, NULL },
	{ "", { .condition = "gen_pid > 1 && nothing > 1" },
	    "--where: unknown column 'nothing'\ngen_pid > 1 && nothing > 1\n               ^~~~~~~\n" },
	{ "", { .condition = "gen_name_bytes == \"ff\"" },
	    "--where: exact bytes cannot be compared, but the text can\ngen_name_bytes == \"ff\"\n^~~~~~~~~~~~~~\n" },
	{ "", { .condition = "gen_pid == \"x\"" }, NULL },
	{ "", { .condition = "uptime > 1 && gen_pid > 1" },
	    "--where: no table has this column and those before it\nuptime > 1 && gen_pid > 1\n              ^~~~~~~\n" },
	{ "", { .condition = "flags == \"x\" && gen_pid > 1" },
	    "--where: no table has this column and those before it\nflags == \"x\" && gen_pid > 1\n                ^~~~~~~\n" },
	{ "", { .condition = "flags == \"x\" && nothing > 1" },
	    "--where: unknown column 'nothing'\nflags == \"x\" && nothing > 1\n                ^~~~~~~\n" },
	{ "", { .condition = "idx == 1", .structs = true }, "--where: unknown column 'idx'\nidx == 1\n^~~\n" },
	{ "", { .fields = "idx", .structs = true }, NULL },
	{ "", { .by = "nothing" }, "--by: there is no column 'nothing'; 'atopdump schema' lists them" },
	{ "tstat", { .by = "prios" }, "--by: there is no column 'prios'; did you mean 'prio'?" },
	{ "tstat", { .by = "gen_name" }, "--by: 'gen_name' is a text" },
	{ "", { .condition = "gen_pid > 1", .by = "uptime" }, NULL },
	{ "", { .condition = "flags > 1", .by = "level", .fields = "nothing" }, NULL },
};

START_TEST(what_is_wrong)
{
	ck_assert(!make(wrong[_i].tables, &wrong[_i].options));
	ck_assert_str_ne(why, "");
	if (wrong[_i].why != NULL)
		ck_assert_str_eq(why, wrong[_i].why);
	ck_assert_ptr_null(selection.tables); /* nothing is owned */
	ck_assert_ptr_null(selection.fields);
	ck_assert_uint_eq(selection.ntables, 0);
}
END_TEST

static TCase *
test_selection(void)
{
	TCase *t = tcase_create("selection");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, fields, 0, sizeof lists / sizeof lists[0]);
	tcase_add_loop_test(t, condition, 0, sizeof conditions / sizeof conditions[0]);
	tcase_add_loop_test(t, by, 0, sizeof orders / sizeof orders[0]);
	tcase_add_test(t, all_options);
	tcase_add_test(t, nothing);
	tcase_add_loop_test(t, what_is_wrong, 0, sizeof wrong / sizeof wrong[0]);
	return t;
}

REGISTER(test_selection);
