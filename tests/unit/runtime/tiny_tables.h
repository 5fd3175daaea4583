/*
 * tiny_tables: the header rows of the made-up tables, and the cells that rows begin with. In rows, "~" stands for the path of the
 * log (scratch_expand).
 */
#ifndef TINY_TABLES_H
#define TINY_TABLES_H

#define FIRST_NAMES "file,log,host,release,time,sample,interval,since_boot,run,unverified"

#define HEADER_NAMES FIRST_NAMES ",magic,aversion,nodename,nodename_bytes,kernel,flags\r\n"
#define RECORD_NAMES FIRST_NAMES ",curtime,ndeviat,flags,level\r\n"
#define SSTAT_NAMES  FIRST_NAMES ",uptime,net_in,net_err,net_out,net_lost,hist_0,hist_1,hist_2\r\n"
#define CPU_NAMES    FIRST_NAMES ",idx,id,load,ticks,temp\r\n"
#define TSTAT_NAMES                                                                                            \
	FIRST_NAMES ",cgroup,cgroup_bytes,gen_pid,gen_name,gen_name_bytes,gen_state,prio,gpu,btime,nice,io_0," \
		    "io_1\r\n"
#define DAMAGE_NAMES FIRST_NAMES ",offset,length,block,kind,reason\r\n"

#endif
