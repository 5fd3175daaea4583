/*
 * measures: the table.
 */
#include "atopdump/page/measures.h"

#include <stddef.h>

const struct measure_source measure_sources[MEASURES] = {
	[MEASURE_PROCESSORS] = { "cpu", "processors", NULL, 0 },
	[MEASURE_USER] = { "cpu", "user_percent", NULL, 0 },
	[MEASURE_SYSTEM] = { "cpu", "sys_percent", NULL, 0 },
	[MEASURE_INTERRUPTS] = { "cpu", "irq_percent", NULL, 0 },
	[MEASURE_WAIT] = { "cpu", "wait_percent", NULL, 0 },
	[MEASURE_STEAL] = { "cpu", "steal_percent", NULL, 0 },
	[MEASURE_LOAD1] = { "cpu", "load1", NULL, 0 },
	[MEASURE_LOAD5] = { "cpu", "load5", NULL, 0 },
	[MEASURE_LOAD15] = { "cpu", "load15", NULL, 0 },
	[MEASURE_TOTAL] = { "memory", "total", NULL, 0 },
	[MEASURE_FREE] = { "memory", "free", NULL, 0 },
	[MEASURE_CACHE] = { "memory", "cache", NULL, 0 },
	[MEASURE_BUFFERS] = { "memory", "buffers", NULL, 0 },
	[MEASURE_AVAILABLE] = { "memory", "available", NULL, 0 },
	[MEASURE_SWAP_TOTAL] = { "memory", "swap_total", NULL, 0 },
	[MEASURE_SWAP_FREE] = { "memory", "swap_free", NULL, 0 },
	[MEASURE_SWAP_IN] = { "memory", "swap_in", NULL, 1 },
	[MEASURE_SWAP_OUT] = { "memory", "swap_out", NULL, 1 },
	[MEASURE_DISK_BUSY] = { "disk", "busy_percent", "name", 0 },
	[MEASURE_DISK_READ] = { "disk", "read_rate", "name", 0 },
	[MEASURE_DISK_WRITE] = { "disk", "write_rate", "name", 0 },
	[MEASURE_RECEIVE] = { "interfaces", "receive_rate", "name", 0 },
	[MEASURE_SEND] = { "interfaces", "send_rate", "name", 0 },
	[MEASURE_CPU_SOME] = { "psi", "cpu_some_percent", NULL, 0 },
	[MEASURE_MEMORY_SOME] = { "psi", "memory_some_percent", NULL, 0 },
	[MEASURE_MEMORY_FULL] = { "psi", "memory_full_percent", NULL, 0 },
	[MEASURE_IO_SOME] = { "psi", "io_some_percent", NULL, 0 },
	[MEASURE_IO_FULL] = { "psi", "io_full_percent", NULL, 0 },
};
