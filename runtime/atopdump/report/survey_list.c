/*
 * survey_list: elements as text in memory.
 */
#include "atopdump/report/survey_list.h"

#include <string.h>

bool
survey_list_open(struct survey_list *list)
{
	list->json = (struct json_out){ .out = &list->text };
	return writer_open(&list->text, -1) == 0;
}

void
survey_list_close(struct survey_list *list)
{
	writer_close(&list->text);
}

void
survey_list_place(struct survey_list *list, unsigned depth)
{
	list->json.depth = depth;
}

/* Begins an element on a line of its own. */
static struct json_out *
begin(struct survey_list *list)
{
	list->json.pretty = true;
	json_open_object(&list->json, NULL);
	list->json.pretty = false;
	return &list->json;
}

static void
put_place(struct json_out *j, const char *key, uint64_t place)
{
	if (place != DAMAGE_NOWHERE)
		json_natural(j, key, place);
	else
		json_null(j, key);
}

void
survey_list_damage(struct survey_list *list, const struct rawlog_damage *damage, const char *member)
{
	struct json_out *j = begin(list);

	if (member != NULL)
		json_bytes(j, "member", member, strlen(member));
	json_text(j, "kind", damage_word(damage->kind));
	put_place(j, "offset", damage->offset);
	put_place(j, "length", damage->length);
	put_place(j, "sample", damage->sample);
	json_text(j, "block", damage->block);
	json_text(j, "reason", damage->reason);
	json_close_object(j);
}

void
survey_list_gap(struct survey_list *list, const struct rawlog_damage *gap)
{
	struct json_out *j = begin(list);

	json_natural(j, "offset", gap->offset);
	json_natural(j, "sample", gap->sample);
	if (gap->from != RAWLOG_NO_TIME)
		json_time(j, "from", gap->from);
	else
		json_null(j, "from");
	json_time(j, "to", gap->to);
	json_natural(j, "interval", gap->interval);
	json_text(j, "reason", gap->reason);
	json_close_object(j);
}

void
survey_list_note(struct survey_list *list, const struct format_note *note)
{
	struct json_out *j = begin(list);

	json_text(j, "fault", note->fault);
	json_natural(j, "offset", note->offset);
	json_natural(j, "sample", note->sample);
	json_text(j, "structure", note->structure);
	json_text(j, "text", note->text);
	json_close_object(j);
}

void
survey_list_unread(struct survey_list *list, const char *member, bool passed, const char *why)
{
	struct json_out *j = begin(list);

	json_bytes(j, "member", member, strlen(member));
	json_text(j, "status", passed ? "passed over" : "refused");
	json_text(j, "reason", why);
	json_close_object(j);
}

bool
survey_list_put(struct survey_list *list, struct json_out *j, const char *key)
{
	const bool done = list->text.error == 0;

	json_open_array(j, key);
	writer_put(j->out, list->text.buffer, (size_t)(list->text.next - list->text.buffer));
	j->begun = list->json.begun;
	json_close_array(j);
	writer_discard(&list->text);
	list->json.begun = false;
	return done;
}
