/*
 * intake: goes from log to log over the inputs: each file, and each member of an archive. The first bytes of a file say what it
 * is; they are read when its turn comes.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include "atopdump/dump/archive.h"
#include "atopdump/dump/inputs.h"
#include "rawlog/rawlog_source.h"

#define INTAKE_TEXT_MAX 640 /* bytes of a message */

/* A file, or a member, that may be a log; or something to report of an archive as a whole. */
struct intake_offer {
	const char *path;             /* "case.tar:var/log/atop" of a member; valid until the next offer, or kept */
	struct inputs_folder *folder; /* that it was found in, or its archive; NULL: it is named */
	uint64_t number;              /* from 1, unique */
	bool member;                  /* of an archive */
	struct rawlog_source source;
	enum rawlog_result end; /* RAWLOG_OK: it can be opened. Else the result, for the reason `why` */
	bool strange;           /* RAWLOG_REFUSED: as rawlog_error says */
	char why[160];
};

struct intake {
	struct inputs *in;
	struct intake_offer offer; /* the current one */
	bool carves;
	struct archive_reader *archive; /* the current file; NULL: it is no archive */
	int fd;                         /* of the current archive */
	const struct filekind *kind;    /* of the current archive */
	struct inputs_folder *outer;    /* the folder in which the current file was found; NULL: it is named */
	struct inputs_folder members;   /* the archive as a folder */
	uint64_t nmembers;              /* offered so far */
	struct feed feed;               /* of the current member */
	unsigned char start[FILEKIND_SIZE];
	char *name;   /* of the current member; NULL: it has none */
	char **names; /* those that are kept */
	size_t nnames;
};

/*
 * Loads libarchive if an input can need it: the first bytes of a file are those of a packed one, or are not known yet, as of a
 * pipe. Of a regular file no more than these bytes are looked at, and it stays where it stands. Called before the sandbox is
 * entered, when no input is taken.
 */
void intake_prepare(const struct inputs *in);

/* Begins with the inputs that are not taken. `carves`: records are looked for in anything, so archives are not undone. */
void intake_begin(struct intake *it, struct inputs *in, bool carves);

/* Goes to the next offer. False: there are none. */
bool intake_next(struct intake *it);

/* Closes the file of the current offer, which is not wanted. */
void intake_drop(struct intake *it);

/* Keeps the path of the current offer until intake_end. False: out of memory. */
bool intake_keep(struct intake *it);

void intake_end(struct intake *it);

/*
 * Words why the current offer was refused as a log, for `error`: of packed data also what to do. INTAKE_TEXT_MAX bytes.
 */
void intake_explain(const struct intake *it, const struct rawlog_error *error, char *text);

#endif
