/*
 * refuse: runs a command that the kernel lets have no filter of its own, as some containers do. Owns nothing
 * else.
 *
 * refuse COMMAND [ARGUMENT]...
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

/* 0, or a negative errno. */
static int
forbid_filters(void)
{
	const struct scmp_arg_cmp setting = { 0, SCMP_CMP_EQ, PR_SET_SECCOMP, 0 };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int error;

	if (filter == NULL)
		return -ENOMEM;
	error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(seccomp), 0);
	if (error == 0)
		error = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1, &setting);
	if (error == 0)
		error = seccomp_load(filter);
	seccomp_release(filter);
	return error;
}

int
main(int argc, char **argv)
{
	int error;

	if (argc < 2)
		return 1;
	error = forbid_filters();
	if (error == 0)
		execv(argv[1], argv + 1);
	fprintf(stderr, "refuse: %s: %d\n", argv[1], error != 0 ? -error : errno);
	return 1;
}
