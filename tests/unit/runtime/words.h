/*
 * words: what the rows of hand-written dictionaries refer to, as generated ones refer to dictionary.h: texts, definitions,
 * conditions, and the names of bits.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/catalog/field.h"

/* clang-format off */

/* X(name, text) */
#define WORDS(X) \
	X(magic, "magic") X(aversion, "aversion") X(nodename, "nodename") X(curtime, "curtime") X(ndeviat, "ndeviat") \
	X(id, "id") X(load, "load") X(cpu, "cpu") X(spare, "spare") X(uptime, "uptime") X(pid, "pid") X(name, "name") \
	X(state, "state") X(gen, "gen") X(prio, "prio") X(gpu, "gpu") X(btime, "btime") X(nice, "nice") \
	X(kernel, "kernel") X(future, "future") X(flags, "flags") X(level, "level") X(ticks, "ticks") X(temp, "temp") \
	X(in, "in") X(err, "err") X(out, "out") X(lost, "lost") X(net, "net") X(hist, "hist") X(io, "io") \
	X(gen_pid, "gen_pid") X(pad, "pad") X(value, "value") X(deep, "deep") X(list, "list") X(named, "named") \
	X(first, "first") X(Upstream, "Upstream") X(renamed, "renamed") X(inner, "inner") X(grid, "grid") \
	X(counted, "counted") X(text, "text") X(names, "names") X(small, "small") X(wide, "wide") \
	X(missing, "missing") X(missing_too, "missing_too") X(number, "number") X(twice, "twice") X(flag, "flag") \
	X(letter, "letter") X(code, "code") X(when, "when") X(unsigned_int, "unsigned int") \
	X(unsigned_short, "unsigned short") X(int, "int") X(char, "char") X(long, "long") X(float, "float") \
	X(time_t, "time_t") X(struct_cpu, "struct cpu") X(struct_net, "struct net") X(struct_gen, "struct gen") \
	X(LOW, "LOW") X(PAIR, "PAIR") X(HIGH, "HIGH")

#define WORDS_DEFINITIONS(X) \
	X(tiny_cpu) X(tiny_gen) X(alike_cpu) X(alike_net) X(dictionary_deep) X(dictionary_element) X(dictionary_inner) \
	X(parts_inner) X(parts_plain)

#define WORDS_CONDITIONS(X) X(tiny_gpu_means) X(dictionary_deep_means) X(dictionary_grid_means)

/* clang-format on */

#define WORDS_MEMBER(name, text) char n_##name[sizeof(text)];
struct words {
	char none[1];
	WORDS(WORDS_MEMBER)
};

/* The offset of a text in catalog_texts. */
#define WORD(name) offsetof(struct words, n_##name)

#define WORDS_OF(name)     OF_##name,
#define WORDS_EXTERN(name) extern const struct definition name##_definition;
enum {
	OF_NONE,
	WORDS_DEFINITIONS(WORDS_OF)
};
WORDS_DEFINITIONS(WORDS_EXTERN)

#define WORDS_IF(name)        IF_##name,
#define WORDS_PROTOTYPE(name) bool name(const void *host);
enum {
	IF_NONE,
	WORDS_CONDITIONS(WORDS_IF)
};
WORDS_CONDITIONS(WORDS_PROTOTYPE)

enum {
	IF_NO_FILTER,
	IF_dictionary_is_live
};
bool dictionary_is_live(const void *element, size_t i);

/* LOW 1, PAIR 6, HIGH 0x8000 */
enum {
	BITS_LOW_PAIR_HIGH = 1
};

#endif
