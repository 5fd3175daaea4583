/*
 * test_processes: which sightings are of one process, and which boot times are one.
 */
#include "atopdump/report/processes.h"
#include "unit.h"

static struct processes p;
static struct host host;

static void
begin(void)
{
	processes_init(&p, HOST_BY_BOOT);
	host = (struct host){ .boot = 1000 };
	host.name = host.machine = host.kernel = host.dir = strings_add(&p.strings, "web01", 5);
}

static void
end(void)
{
	processes_free(&p);
}

/* Adds a sample with one sighting. */
static void
see(int64_t time, int32_t pid, int64_t start, bool exited)
{
	const struct host_sample sample = { .time = time, .interval = 10, .all = true };
	const struct sample_place place = { host.name, 0 };
	struct sighting s = { .pid = pid, .start = start, .exited = exited, .ended = PROCESS_NO_TIME, .status = -1 };

	for (size_t i = 0; i < SUMS; i++)
		s.sums[i] = -1;
	ck_assert(processes_add(&p, &host, &sample, &place, &s, 1));
}

START_TEST(a_start_differs_by_a_second_at_most)
{
	see(2000, 7, 1500, false);
	see(2010, 7, 1500 + _i, true);
	ck_assert_uint_eq(p.list.count, _i >= -1 && _i <= 1 ? 1 : 2);
}
END_TEST

START_TEST(an_exact_start_before_a_near_one)
{
	see(2000, 7, 1500, false);
	see(2010, 7, 1502, false);
	see(2020, 7, 1501, false); /* near to both: of the first, whose start is a second before */
	ck_assert_uint_eq(p.list.count, 2);
	see(2030, 7, 1502, false);
	ck_assert_uint_eq(processes_at(&p, 1)->samples, 2);
}
END_TEST

START_TEST(a_pid_is_used_again_behind_its_exit_record)
{
	see(2000, 7, 1500, false);
	see(2010, 7, 1500, true);
	see(2020, 7, 1500, false);
	ck_assert_uint_eq(p.list.count, 2);
}
END_TEST

START_TEST(boots_within_two_seconds_are_one)
{
	see(2000, 7, 1500, false);
	host.boot = 1000 + _i;
	see(2010, 7, 1500, false);
	ck_assert_uint_eq(p.hosts.list.count, _i >= -2 && _i <= 2 ? 1 : 2);
	ck_assert_int_eq(hosts_at(&p.hosts, 0)->earliest, _i >= -2 && _i < 0 ? 1000 + _i : 1000);
}
END_TEST

static TCase *
test_processes(void)
{
	TCase *t = tcase_create("processes");

	tcase_add_checked_fixture(t, begin, end);
	tcase_add_loop_test(t, a_start_differs_by_a_second_at_most, -2, 3);
	tcase_add_test(t, an_exact_start_before_a_near_one);
	tcase_add_test(t, a_pid_is_used_again_behind_its_exit_record);
	tcase_add_loop_test(t, boots_within_two_seconds_are_one, -3, 4);
	return t;
}

REGISTER(test_processes);
