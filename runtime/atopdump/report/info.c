/*
 * info: chooses the form; what stands around the logs.
 */
#include "atopdump/report/info.h"

#include <string.h>

static void
put_line(struct writer *out, const char *line)
{
	writer_put(out, line, strlen(line));
}

static void
put_first(struct info *info)
{
	if (info->form == INFO_CSV)
		put_line(info->out, info_csv_titles);
	else if (info->form == INFO_TEXT && !info->detailed)
		put_line(info->out, info_row_titles);
}

void
info_put(struct info *info, const struct log_facts *facts)
{
	if (info->nlogs == 0)
		put_first(info);
	else if (info->form == INFO_TEXT && info->detailed)
		put_line(info->out, "\n");
	info->nlogs++;
	switch (info->form) {
	case INFO_TEXT: (info->detailed ? info_put_details : info_put_row)(info->out, facts); break;
	case INFO_JSON: info_put_json(info->out, facts); break;
	case INFO_CSV: info_put_csv(info->out, facts); break;
	}
}

void
info_end(struct info *info)
{
	if (info->form == INFO_CSV && info->nlogs == 0)
		put_first(info);
	if (info->form != INFO_TEXT || info->nlogs == 0)
		return;
	put_line(info->out,
	    info->checked ? "\nAll blocks were inflated and verified.\n"
			  : "\nBlocks were not inflated: tasks and cgroups are those that records count.\n"
			    "--check verifies all blocks.\n");
}
