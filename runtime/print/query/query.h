/*
 * query: what the user asks to see of logs, whatever the format. Plain data.
 */
#ifndef QUERY_H
#define QUERY_H

#include <stdbool.h>

#include "print/label/label_choice.h"
#include "print/query/row_choice.h"
#include "print/query/row_limit.h"
#include "print/query/selection.h"
#include "print/query/word_set.h"

struct query {
	const struct word_set *tables;     /* the words of --tables; none: everything */
	const struct selection *selection; /* --fields and --where; NULL: neither is given */
	struct row_choice rows;            /* which structs of blocks */
	unsigned top;               /* rows of each sample with the largest values of the selection's column; 0: all */
	struct row_limit *limit;    /* how many rows of each table; NULL: all */
	struct label_choice labels; /* --labels, --compat and --as */
	unsigned print;             /* PRINT_* of print/text/put.h */
	bool several;               /* more than one file is read: each line of JSON names its file */
	bool with_file;             /* each line of JSON names its file, however many are read */
	bool without_file;          /* no line of JSON names its file */
	bool offsets;               /* rows say where in the file their record is */
};

#endif
