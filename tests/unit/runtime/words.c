/*
 * words: the tables that the rows of hand-written dictionaries refer to.
 */
#include "words.h"

#define TEXT(name, text) text,
#define DEFINITION(name) &name##_definition,
#define CONDITION(name)  name,

static const struct words words = { "", WORDS(TEXT) };
const char *const catalog_texts = (const char *)&words;

const struct definition *const catalog_definitions[] = { NULL, WORDS_DEFINITIONS(DEFINITION) };

bool (*const catalog_conditions[])(const void *host) = { NULL, WORDS_CONDITIONS(CONDITION) };
bool (*const catalog_filters[])(const void *element, size_t i) = { NULL, dictionary_is_live };

const struct bit_name catalog_bits[] = { { 0, 0 }, { WORD(LOW), 1 }, { WORD(PAIR), 6 }, { WORD(HIGH), 0x8000 },
	{ 0, 0 } };
