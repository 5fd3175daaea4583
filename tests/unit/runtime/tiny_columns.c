/*
 * tiny_columns: the tables of the made-up releases, by hand what generated code is for real ones. They have what the
 * releases differ in: members that some lack, and one (gen_pid) that 0.4 and 0.5 have at another place, as pid.
 */
#include "print/format/view_printer.h"
#include "print/format/view_sql.h"
#include "print/query/view.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/catalog/reference.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* clang-format off */

#define CONTEXT(c, n, t, d) { COLUMN_TEXTS(n, "", "", "", "", d), 0, COLUMN_##t, COLUMN_CONTEXT, CONTEXT_##c, false, false },
#define MEMBER(n, t, p, u, f, l) { COLUMN_TEXTS(n, u, p, f, l, ""), 0, COLUMN_##t, COLUMN_MEMBER, 0, false, false }
#define BYTES(n) { COLUMN_TEXTS(n BYTES_COLUMN, "", "", "", "", BYTES_DOC), 0, COLUMN_TEXT, COLUMN_BYTES, 0, false, false }

static const struct column rawheader_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	MEMBER("magic", INTEGER, "magic", "", "0.1", "0.3"),
	MEMBER("aversion", INTEGER, "aversion", "", "0.1", "0.3"),
	MEMBER("nodename", TEXT, "nodename", "", "0.1", "0.3"),
	BYTES("nodename"),
	MEMBER("kernel", INTEGER, "kernel", "", "0.4", "0.5"),
	MEMBER("flags", INTEGER, "flags", "", "0.4", "0.5")
};

static const struct column rawrecord_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	MEMBER("curtime", TIME, "curtime", "", "0.1", "0.3"),
	MEMBER("ndeviat", INTEGER, "ndeviat", "count", "0.1", "0.3"),
	MEMBER("flags", INTEGER, "flags", "", "0.4", "0.5"),
	MEMBER("level", INTEGER, "level", "", "0.5", "0.5")
};

static const struct column sstat_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	MEMBER("uptime", INTEGER, "uptime", "s", "0.1", "0.3"),
	MEMBER("net_in", INTEGER, "net.in", "count", "0.4", "0.5"),
	MEMBER("net_err", INTEGER, "net.err", "count", "0.4", "0.5"),
	MEMBER("net_out", INTEGER, "net.out", "count", "0.4", "0.5"),
	MEMBER("net_lost", INTEGER, "net.lost", "count", "0.4", "0.5"),
	MEMBER("hist_0", INTEGER, "hist[0]", "", "0.4", "0.5"),
	MEMBER("hist_1", INTEGER, "hist[1]", "", "0.4", "0.5"),
	MEMBER("hist_2", INTEGER, "hist[2]", "", "0.4", "0.5")
};

static const struct column cpu_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	ARRAY_COLUMNS(CONTEXT)
	MEMBER("id", INTEGER, "id", "", "0.1", "0.5"),
	MEMBER("load", NUMBER, "load", "", "0.1", "0.3"),
	MEMBER("ticks", INTEGER, "ticks", "ticks", "0.4", "0.5"),
	MEMBER("temp", INTEGER, "temp", "", "0.4", "0.5")
};

static const struct column tstat_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	TASK_COLUMNS(CONTEXT)
	BYTES("cgroup"),
	MEMBER("gen_pid", INTEGER, "pid", "", "0.1", "0.5"),
	MEMBER("gen_name", TEXT, "gen.name", "", "0.1", "0.3"),
	BYTES("gen_name"),
	MEMBER("gen_state", INTEGER, "gen.state", "", "0.1", "0.3"),
	MEMBER("prio", INTEGER, "prio", "", "0.1", "0.3"),
	MEMBER("gpu", INTEGER, "gpu", "", "0.1", "0.5"),
	MEMBER("btime", TIME, "btime", "", "0.1", "0.3"),
	MEMBER("nice", INTEGER, "nice", "", "0.2", "0.3"),
	MEMBER("io_0", INTEGER, "io[0]", "", "0.4", "0.5"),
	MEMBER("io_1", INTEGER, "io[1]", "", "0.4", "0.5")
};

static const struct column damage_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	DAMAGE_COLUMNS(CONTEXT)
};

/* clang-format on */

const struct column_table catalog_tables[] = {
	{ "rawheader", TABLE_STRUCT, "rawheader", NULL, rawheader_columns, COUNT(rawheader_columns), "a log" },
	{ "rawrecord", TABLE_STRUCT, "rawrecord", NULL, rawrecord_columns, COUNT(rawrecord_columns), "a sample" },
	{ "sstat", TABLE_STRUCT, "sstat", NULL, sstat_columns, COUNT(sstat_columns), "a sample" },
	{ "sstat_cpu", TABLE_ARRAY, "sstat", "cpu", cpu_columns, COUNT(cpu_columns), "a processor" },
	{ "tstat", TABLE_STRUCT, "tstat", NULL, tstat_columns, COUNT(tstat_columns), "a struct of a sample" },
	{ "damage", TABLE_DAMAGE, NULL, NULL, damage_columns, COUNT(damage_columns), "a damaged place of a log" },
};
const size_t catalog_ntables = COUNT(catalog_tables);

const struct view catalog_views[] = { { .of = NULL } };
const size_t catalog_nviews = 0;
const struct view_printer catalog_view_printers[] = { { .release = NULL } };
const char catalog_sql_views[] = "";

const char *const catalog_reference_texts[] = { NULL };
const struct reference catalog_references[] = { { .of = NULL } };
const size_t catalog_nreferences = 0;
