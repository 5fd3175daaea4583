/*
 * check_name: rules on schema text that becomes part of C source, as an identifier or in a comment.
 */
#include "check/check_internal.h"

#include <string.h>

/* Keywords of C11 and C23. Those that begin with an underscore are refused by another rule. */
static const char *const keywords[] = { "alignas", "alignof", "auto", "bool", "break", "case", "char", "const",
	"constexpr", "continue", "default", "do", "double", "else", "enum", "extern", "false", "float", "for", "goto",
	"if", "inline", "int", "long", "nullptr", "register", "restrict", "return", "short", "signed", "sizeof",
	"static", "static_assert", "struct", "switch", "thread_local", "true", "typedef", "typeof", "typeof_unqual",
	"union", "unsigned", "void", "volatile", "while" };

static bool
is_keyword(const char *text)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strcmp(keywords[i], text) == 0)
			return true;
	return false;
}

static bool
is_identifier(const char *text)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
	static const char others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";

	return strspn(text, letters) > 0 && text[strspn(text, others)] == '\0';
}

void
check_name_length(struct diag *d, const char *what, const struct word *name)
{
	if (strlen(name->text) > NAME_MAX)
		diag_error(d, name->at, "%s '%.20s...' has a name of more than %d characters", what, name->text,
		    NAME_MAX);
}

void
check_name(struct diag *d, const char *what, const struct word *name)
{
	const char *text = name->text;

	if (!is_identifier(text))
		diag_error(d, name->at, "%s '%s' is not a C identifier", what, text);
	else if (is_keyword(text))
		diag_error(d, name->at, "%s '%s' is a C keyword", what, text);
	else if (text[0] == '_' && text[1] >= 'A' && text[1] <= 'Z')
		diag_error(d, name->at, "%s '%s' is reserved in C: an underscore, then a capital", what, text);
	else if (text[strspn(text, "_")] == '\0')
		diag_error(d, name->at, "%s '%s' is nothing but underscores", what, text);
	check_name_length(d, what, name);
}

void
check_comment(struct diag *d, const struct word *text)
{
	static const char *const breakers[] = { "/*", "*/", "??" };

	if (text->text == NULL)
		return;
	for (size_t i = 0; i < sizeof(breakers) / sizeof(breakers[0]); i++)
		if (strstr(text->text, breakers[i]) != NULL)
			diag_error(d, text->at, "'%s' cannot stand in a C comment", breakers[i]);
	if (text->text[strlen(text->text) - 1] == '\\')
		diag_error(d, text->at, "a backslash cannot end a C comment");
}
