/*
 * filekind: the table, and text. Sources: the formats' own specifications, and file(1).
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "rawlog/io/filekind.h"

struct magic {
	size_t offset, size;
	const char *bytes;
	struct filekind kind;
};

#define BYTES(offset, text) offset, sizeof(text) - 1, text

static const struct magic magics[] = {
	{ BYTES(0, "\x1f\x8b"), { "gzip", "gzip-compressed data", FILEKIND_COMPRESSED, "gzip -dc" } },
	{ BYTES(0, "\xfd\x37zXZ\0"), { "xz", "xz-compressed data", FILEKIND_COMPRESSED, "xz -dc" } },
	{ BYTES(0, "\x28\xb5\x2f\xfd"), { "zstd", "zstd-compressed data", FILEKIND_COMPRESSED, "zstd -dc" } },
	{ BYTES(0, "BZh"), { "bzip2", "bzip2-compressed data", FILEKIND_COMPRESSED, "bzip2 -dc" } },
	{ BYTES(0, "\x04\x22\x4d\x18"), { "lz4", "lz4-compressed data", FILEKIND_COMPRESSED, "lz4 -dc" } },
	{ BYTES(0, "LZIP"), { "lzip", "lzip-compressed data", FILEKIND_COMPRESSED, "lzip -dc" } },
	{ BYTES(0, "\x89LZO\0"), { "lzop", "lzop-compressed data", FILEKIND_COMPRESSED, "lzop -dc" } },
	{ BYTES(0, "\x1f\x9d"), { "compress", "data compressed by compress", FILEKIND_COMPRESSED, "zcat" } },
	{ BYTES(257, "ustar"), { "tar", "a tar archive", FILEKIND_ARCHIVE, "tar -xOf" } },
	{ BYTES(0, "PK\3\4"), { "zip", "a zip archive", FILEKIND_ARCHIVE, "unzip -p" } },
	{ BYTES(0, "PK\5\6"), { "zip", "an empty zip archive", FILEKIND_ARCHIVE, "unzip -p" } },
	{ BYTES(0, "7z\xbc\xaf\x27\x1c"), { "7z", "a 7z archive", FILEKIND_ARCHIVE, "7z x -so" } },
	{ BYTES(0, "Rar!\x1a\x07"), { "rar", "a rar archive", FILEKIND_ARCHIVE, "unrar p -inul" } },
	{ BYTES(0,
	      "\x7f"
	      "ELF"),
	    { "elf", "an ELF program or library", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "SQLite format 3\0"), { "sqlite", "an SQLite database", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "LPKSHHRH"), { "journal", "a journal of systemd", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "\xd4\xc3\xb2\xa1"), { "pcap", "a capture of packets (pcap)", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "\xa1\xb2\xc3\xd4"), { "pcap", "a capture of packets (pcap)", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "\x4d\x3c\xb2\xa1"), { "pcap", "a capture of packets (pcap)", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "\x0a\x0d\x0d\x0a"), { "pcapng", "a capture of packets (pcapng)", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "\x96\xd5"), { "sa", "a data file of sysstat, which sadf reads", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "\xd5\x96"), { "sa", "a data file of sysstat, which sadf reads", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "ElfFile\0"), { "evtx", "an event log of Windows", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "PAR1"), { "parquet", "a Parquet file", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "Obj\1"), { "avro", "an Avro file", FILEKIND_PLAIN, NULL } },
	{ BYTES(0, "%PDF-"), { "pdf", "a PDF document", FILEKIND_PLAIN, NULL } },
};

static const struct filekind empty = { "empty", "an empty file", FILEKIND_PLAIN, NULL };
static const struct filekind text = { "text", "text", FILEKIND_PLAIN, NULL };

/* How many bytes follow the first byte `c` of a character of UTF-8; -1: no character begins so. */
static int
count_following(unsigned char c)
{
	if (c < 0x80)
		return 0;
	return c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
}

/* Whether these are characters of UTF-8, without controls other than spaces and escapes; the end may cut one. */
static bool
is_text(const unsigned char *p, size_t size)
{
	int following = 0;

	for (size_t i = 0; i < size; i++) {
		if ((p[i] < ' ' && (p[i] < '\t' || p[i] > '\r') && p[i] != 0x1b) || p[i] == 0x7f)
			return false;
		if (following > 0 ? (p[i] & 0xc0) != 0x80 : count_following(p[i]) < 0)
			return false;
		following = following > 0 ? following - 1 : count_following(p[i]);
	}
	return following == 0 || size > 3;
}

const struct filekind *
filekind_find(const unsigned char *p, size_t size)
{
	if (size == 0)
		return &empty;
	for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
		const struct magic *m = &magics[i];

		if (size >= m->offset + m->size && memcmp(p + m->offset, m->bytes, m->size) == 0)
			return &m->kind;
	}
	if (size > FILEKIND_SIZE)
		size = FILEKIND_SIZE;
	return is_text(p, size) ? &text : NULL;
}

enum filekind_packing
filekind_packing(const unsigned char *p, size_t size)
{
	const struct filekind *kind = filekind_find(p, size);

	return kind != NULL ? kind->packing : FILEKIND_PLAIN;
}
