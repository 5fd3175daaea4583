/*
 * command_line: getopt_long gets its arrays from the table of options; its own messages are off.
 */
#include "command_line.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define VERBS_MAX   32
#define OPTIONS_MAX 16
#define NAME_SHOWN  64 /* bytes of a word that are shown */

/* --- messages ----------------------------------------------------------------------------------------------- */

const struct command_verb *
command_line_find_verb(struct diag *d, const char *name)
{
	const char *names[VERBS_MAX];

	for (size_t i = 0; i < command_nverbs && i < VERBS_MAX; i++) {
		if (strcmp(command_verbs[i].name, name) == 0)
			return &command_verbs[i];
		names[i] = command_verbs[i].name;
	}
	fprintf(stderr, "atopgen: unknown verb '%.*s'%s\n" COMMAND_LINE_HINT "\n", NAME_SHOWN, name,
	    diag_hint(d, name, names, command_nverbs));
	return NULL;
}

/* Reports a word that is not the name of an option; its dashes are removed. */
static void
refuse_name(struct diag *d, const char *word)
{
	const size_t length = strcspn(word, "=");
	const char *names[OPTIONS_MAX], *name = arena_printf(d->arena, "%.*s", (int)length, word), *nearest;
	const char *before = ": ";
	size_t nmatches = 0;

	for (size_t i = 0; i < command_noptions && i < OPTIONS_MAX; i++) {
		names[i] = command_options[i].name;
		nmatches += strncmp(names[i], name, length) == 0;
	}
	fprintf(stderr, "atopgen: %s option '--%.*s'", nmatches > 0 ? "ambiguous" : "unknown", NAME_SHOWN, name);
	nearest = diag_nearest(name, names, command_noptions);
	if (nmatches == 0 && nearest != NULL)
		fprintf(stderr, "; did you mean '--%s'?", nearest);
	for (size_t i = 0; nmatches > 0 && i < command_noptions; i++)
		if (strncmp(names[i], name, length) == 0) {
			fprintf(stderr, "%s--%s", before, names[i]);
			before = ", ";
		}
	fputs("\n" COMMAND_LINE_HINT "\n", stderr);
}

void
command_line_refuse(struct diag *d, const char *word)
{
	if (strncmp(word, "--", 2) == 0)
		refuse_name(d, word + 2);
	else
		fprintf(stderr, "atopgen: unknown option '%.*s'\n" COMMAND_LINE_HINT "\n", NAME_SHOWN, word);
}

static const struct command_option *
find_option(int letter)
{
	for (size_t i = 0; i < command_noptions; i++)
		if (command_options[i].letter == letter)
			return &command_options[i];
	return NULL;
}

/* Reports the word that getopt_long could not parse. */
static void
refuse_word(struct diag *d, const char *word, bool value_missing)
{
	const struct command_option *option = find_option(optopt);

	if (option != NULL && (value_missing || strncmp(word, "--", 2) == 0))
		fprintf(stderr, "atopgen: --%s %s\n" COMMAND_LINE_HINT "\n", option->name,
		    value_missing ? "needs a value" : "takes no value");
	else if (optopt != 0)
		fprintf(stderr, "atopgen: unknown option '-%c'\n" COMMAND_LINE_HINT "\n", optopt);
	else
		refuse_name(d, word + 2);
}

/* Reports an option that the verb does not take, and says which verbs do. */
static void
refuse_option(const struct command_verb *verb, const struct command_option *option)
{
	const char *before = "; it goes with ";

	fprintf(stderr, "atopgen: --%s does not go with %s", option->name, verb->name);
	for (size_t i = 0; i < command_nverbs; i++)
		if (strchr(command_verbs[i].options, option->letter) != NULL) {
			fprintf(stderr, "%s%s", before, command_verbs[i].name);
			before = ", ";
		}
	fputs("\n" COMMAND_LINE_HINT "\n", stderr);
}

/* --- parsing ------------------------------------------------------------------------------------------------ */

/* The options as getopt_long takes them, and the letters of those that have a short form. */
static void
fill_options(struct option *to, char *letters)
{
	*letters++ = ':'; /* a missing value gives ':', not '?' */
	for (size_t i = 0; i < command_noptions && i < OPTIONS_MAX; i++) {
		const struct command_option *option = &command_options[i];
		const bool has_value = option->value != NULL;

		to[i] = (struct option){ option->name, has_value ? required_argument : no_argument, NULL,
			option->letter };
		if (!option->short_form)
			continue;
		*letters++ = option->letter;
		if (has_value)
			*letters++ = ':';
	}
	*letters = '\0';
}

/* Where the value of an option goes. */
static const char **
place_of(struct run *run, int letter)
{
	switch (letter) {
	case 'o': return &run->output;
	case 'm': return &run->model;
	case 'l': return &run->lock;
	case 'a': return &run->as;
	case 'v': return &run->view;
	default: return &run->from;
	}
}

/* Stores an option that getopt_long returned. False: it is reported. */
static bool
set_option(struct run *run, const struct command_verb *verb, int letter)
{
	const struct command_option *option = find_option(letter);

	if (strchr(verb->options, letter) == NULL) {
		refuse_option(verb, option);
		return false;
	}
	if (*place_of(run, letter) != NULL) {
		fprintf(stderr, "atopgen: --%s is given twice\n" COMMAND_LINE_HINT "\n", option->name);
		return false;
	}
	*place_of(run, letter) = optarg;
	return true;
}

enum command_line
command_line_parse(struct run *run, const struct command_verb *verb, int argc, char **argv)
{
	struct option long_options[OPTIONS_MAX + 1] = { { 0 } };
	char letters[2 * OPTIONS_MAX + 2];
	int c;

	fill_options(long_options, letters);
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		if (c == 'h' || c == 'V')
			return c == 'h' ? COMMAND_LINE_HELP : COMMAND_LINE_VERSION;
		if (c == '?' || c == ':') {
			refuse_word(run->diag, argv[optind - 1], c == ':');
			return COMMAND_LINE_WRONG;
		}
		if (!set_option(run, verb, c))
			return COMMAND_LINE_WRONG;
	}
	run->args = argv + optind;
	run->nargs = (size_t)(argc - optind);
	if (run->nargs >= verb->least && run->nargs <= verb->most)
		return COMMAND_LINE_RUN;
	fprintf(stderr, "atopgen: usage: atopgen %s %s\n", verb->name, verb->usage);
	return COMMAND_LINE_WRONG;
}
