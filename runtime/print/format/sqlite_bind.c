/*
 * sqlite_bind: a value that the parameter already has is not bound again.
 */
#include "print/format/sqlite_bind.h"

#include <math.h>
#include <stdlib.h>

#include "print/format/sqlite_library.h"
#include "print/text/character.h"
#include "print/text/put_bits.h"
#include "print/text/put_text.h"

static int
bind_null(sqlite3_stmt *insert, int at, struct sqlite_bound *p)
{
	if (p->known && p->kind == CELL_NULL)
		return SQLITE_OK;
	p->known = true;
	p->is_utf8 = false;
	p->kind = CELL_NULL;
	return sqlite.sqlite3_bind_null(insert, at);
}

static int
bind_integer(sqlite3_stmt *insert, int at, struct sqlite_bound *p, int64_t integer)
{
	if (p->known && p->kind == CELL_INTEGER && p->integer == integer)
		return SQLITE_OK;
	p->known = true;
	p->kind = CELL_INTEGER;
	p->integer = integer;
	return sqlite.sqlite3_bind_int64(insert, at, integer);
}

/* The double that the shortest decimal of a float32 is read as, so that SQLite prints that decimal. */
static double
widen(float narrow)
{
	char text[PUT_FLOAT_MAX + PUT_SLACK];

	if (fabsf(narrow) < (float)(1 << 24) && (float)(int32_t)narrow == narrow)
		return (double)narrow;
	*put_f32(text, narrow) = '\0';
	return strtod(text, NULL);
}

int
sqlite_bind_double(sqlite3_stmt *insert, int at, struct sqlite_bound *p, double number)
{
	if (!isfinite(number))
		return bind_null(insert, at, p);
	p->known = false;
	return sqlite.sqlite3_bind_double(insert, at, number);
}

static int
bind_number(sqlite3_stmt *insert, int at, struct sqlite_bound *p, double number)
{
	if (!isfinite((float)number))
		return bind_null(insert, at, p);
	if (p->known && p->kind == CELL_NUMBER && p->number == number)
		return SQLITE_OK;
	p->known = true;
	p->kind = CELL_NUMBER;
	p->number = number;
	return sqlite.sqlite3_bind_double(insert, at, widen((float)number));
}

static int
bind_time(sqlite3_stmt *insert, int at, struct sqlite_bound *p, int64_t time, unsigned print)
{
	char text[PUT_UTC_MAX + PUT_SLACK];
	const char *end;

	if (print & PRINT_EPOCH)
		return bind_integer(insert, at, p, time);
	if (p->known && p->kind == CELL_TIME && p->integer == time)
		return SQLITE_OK;
	end = put_utc(text, time);
	if (end == text)
		return bind_null(insert, at, p);
	p->known = true;
	p->kind = CELL_TIME;
	p->integer = time;
	return sqlite.sqlite3_bind_text(insert, at, text, (int)(end - text), SQLITE_TRANSIENT);
}

/* The text itself, which outlives the row, if it is UTF-8; else a copy that is. `bytes`: what of it is bound is in hex. */
static int
bind_text(sqlite3_stmt *insert, int at, struct sqlite_bound *p, const struct cell *cell, bool bytes,
    struct writer *scratch)
{
	const bool valid = character_all_valid(cell->text, cell->size);
	char *start, *end;

	if (bytes && valid)
		return bind_null(insert, at, p);
	p->known = false;
	p->is_utf8 = valid;
	if (valid)
		return sqlite.sqlite3_bind_text(insert, at, cell->size > 0 ? cell->text : "", (int)cell->size,
		    SQLITE_STATIC);
	start = writer_room(scratch, PUT_UTF8_MAX(cell->size) + PUT_SLACK);
	if (scratch->error != 0)
		return SQLITE_NOMEM;
	end = bytes ? put_csv_hex(start, cell->text, cell->size) : put_utf8(start, cell->text, cell->size);
	return sqlite.sqlite3_bind_text(insert, at, start, (int)(end - start), SQLITE_TRANSIENT);
}

int
sqlite_bind_copy(sqlite3_stmt *insert, int at, struct sqlite_bound *p, const char *text, size_t size)
{
	p->known = false;
	return sqlite.sqlite3_bind_text(insert, at, text, (int)size, SQLITE_TRANSIENT);
}

/* The names of the bits of an integer. */
static int
bind_names(sqlite3_stmt *insert, int at, struct sqlite_bound *p, const struct cell *cell, struct writer *scratch)
{
	char *start = writer_room(scratch, put_bits_max(cell->bits) + PUT_SLACK), *end;

	p->known = false;
	if (scratch->error != 0)
		return SQLITE_NOMEM;
	end = put_bits(start, cell->bits, cell->integer);
	return sqlite.sqlite3_bind_text(insert, at, start, (int)(end - start), SQLITE_TRANSIENT);
}

int
sqlite_bind(sqlite3_stmt *insert, int at, struct sqlite_bound *p, const struct cell *cell, bool bytes,
    struct writer *scratch, unsigned print)
{
	switch (cell->kind) {
	case CELL_NULL: return bind_null(insert, at, p);
	case CELL_INTEGER:
		if (cell->bits != NULL && (print & PRINT_NAMES) != 0)
			return bind_names(insert, at, p, cell, scratch);
		return bind_integer(insert, at, p, cell->integer);
	case CELL_BOOLEAN: return bind_integer(insert, at, p, cell->integer);
	case CELL_NUMBER: return bind_number(insert, at, p, cell->number);
	case CELL_TIME: return bind_time(insert, at, p, cell->integer, print);
	case CELL_TEXT: break;
	}
	return bind_text(insert, at, p, cell, bytes, scratch);
}
