/*
 * main: atopdump as it is, which says at its end on standard error what it took.
 */
#include <inttypes.h>
#include <stdio.h>

#include "meter.h"

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

int
__wrap_main(int argc, char **argv)
{
	int status;

	meter_begin();
	status = __real_main(argc, argv);
	fprintf(stderr, "meter work %" PRIu64 " memory %" PRIu64 "\n", meter_work(), meter_memory());
	return status;
}
