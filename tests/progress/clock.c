/*
 * clock: preloaded, it gives the program a monotonic clock that goes on by CLOCK_STEP milliseconds each time it is asked.
 */
#include <stdlib.h>
#include <time.h>

int
clock_gettime(clockid_t id, struct timespec *time)
{
	static long ms;
	const char *step = getenv("CLOCK_STEP");

	(void)id;
	ms += step != NULL ? atol(step) : 0;
	time->tv_sec = 1000 + ms / 1000;
	time->tv_nsec = ms % 1000 * 1000000;
	return 0;
}
