/*
 * json_text: texts that are not members.
 */
#include "print/format/json_text.h"

#include <string.h>

#include "print/format/line_keys.h"
#include "print/text/put_text.h"

#define KEY_MAX 16 /* of a key, as in `,"NAME_hex":` and a NUL, less its name */

char *
json_put_plain(char *w, const char *word)
{
	return stpcpy(w, word);
}

/* A text, with its exact bytes beside it if they are not valid UTF-8; the keys are as in `,"key":`. */
void
json_put_keyed_text(struct writer *out, const char *key, const char *hex_key, const char *text, size_t size)
{
	char *w;

	writer_put(out, key, strlen(key));
	w = writer_room(out, strlen(hex_key) + PUT_JSON_TEXT_MAX(size) + PUT_SLACK);
	writer_commit(out, put_json_text(w, text, size, hex_key));
}

/* Writes `,"NAME`, then `ending`. */
static char *
put_key(char *w, const char *name, size_t length, const char *ending)
{
	w = PUT(w, ",\"");
	memcpy(w, name, length);
	return stpcpy(w + length, ending);
}

/* The same for a key that is given by its name. The key of the bytes is made behind the room that the text can take. */
static void
put_named_text(struct writer *out, const char *name, const char *text, size_t size)
{
	const size_t length = strlen(name), key_max = length + KEY_MAX;
	char *w = writer_room(out, 3 * key_max + PUT_JSON_TEXT_MAX(size) + PUT_SLACK);
	char *hex_key = w + 2 * key_max + PUT_JSON_TEXT_MAX(size) + PUT_SLACK;

	put_key(hex_key, name, length, "_hex\":");
	writer_commit(out, put_json_text(put_key(w, name, length, "\":"), text, size, hex_key));
}

/* The same, null if it is not known. */
void
json_put_known_text(struct writer *out, const char *name, const char *text, size_t size, bool known)
{
	if (known) {
		put_named_text(out, name, text, size);
		return;
	}
	writer_put(out, ",\"", 2);
	writer_put(out, name, strlen(name));
	writer_put(out, "\":null", strlen("\":null"));
}

/* The additional keys of a struct that describes a cgroup: its name, its path, and its processes. */
void
json_put_group(struct writer *out, const struct row_cgroup *group)
{
	char *w;

	writer_unput(out, 1); /* the object's closing brace */
	json_put_known_text(out, group->name_key, group->name, group->name_size, group->has_name);
	json_put_known_text(out, CHAIN_PATH, group->path, group->path_size, group->path_size > 0);
	if (!group->has_pids) {
		writer_put(out, ",\"" CHAIN_PIDS "\":null}", strlen(",\"" CHAIN_PIDS "\":null}"));
		return;
	}
	writer_put(out, ",\"" CHAIN_PIDS "\":[", strlen(",\"" CHAIN_PIDS "\":["));
	for (size_t i = 0; i < group->npids; i++) {
		w = writer_room(out, 1 + PUT_INTEGER_MAX + PUT_SLACK);
		writer_commit(out, put_i64(put_separator(w, i), row_pid(group, i)));
	}
	writer_put(out, "]}", 2);
}

static char *
put_place(char *w, uint64_t place)
{
	return place != DAMAGE_NOWHERE ? put_u64(w, place) : PUT(w, "null");
}

void
json_put_damage(struct writer *out, const struct rawlog_damage *damage)
{
	char *w = writer_room(out, 128 + 3 * PUT_INTEGER_MAX + PUT_SLACK);

	w = put_place(PUT(w, ",\"" LINE_DAMAGE "\":{\"offset\":"), damage->offset);
	w = put_place(PUT(w, ",\"length\":"), damage->length);
	w = put_place(PUT(w, ",\"sample\":"), damage->sample);
	if (damage->block != NULL) {
		writer_commit(out, PUT(w, ",\"block\":\""));
		writer_put(out, damage->block, strlen(damage->block));
		w = writer_room(out, 64);
		w = PUT(w, "\"");
	}
	writer_commit(out, PUT(w, ",\"kind\":\""));
	writer_put(out, damage_word(damage->kind), strlen(damage_word(damage->kind)));
	w = writer_room(out, 16 + PUT_JSON_TEXT_MAX(RAWLOG_REASON_MAX) + PUT_SLACK);
	w = put_json_text(PUT(w, "\",\"reason\":"), damage->reason, sizeof damage->reason, "");
	writer_commit(out, PUT(w, "}}\n"));
}
