/*
 * vocabulary: the words, and the enum values that they stand for.
 */
#include "model/vocabulary.h"

#include "model/model.h"

const char *const vocabulary_units[] = { "Hz", "KiB", "MHz", "Mbit/s", "bytes", "count", "epoch-s", "hugepages", "load",
	"ms", "ns", "packets", "pages", "percent", "ratio", "s", "sectors", "ticks", "us", "words" };
const size_t vocabulary_nunits = sizeof(vocabulary_units) / sizeof(vocabulary_units[0]);

const char *const vocabulary_shows[] = {
	[SHOW_DEFAULT] = "",
	[SHOW_TEXT] = "text",
	[SHOW_HEX] = "hex",
	[SHOW_FLAG] = "flag",
	[SHOW_LETTER] = "letter",
	[SHOW_TIME] = "time",
	[SHOW_BITS] = "bits",
};
const size_t vocabulary_nshows = sizeof(vocabulary_shows) / sizeof(vocabulary_shows[0]);
