/*
 * sqlite_file: an SQLite database in a file that is open already. SQLite reads and writes the descriptor and opens no file:
 * there is no journal, and what SQLite sorts is stored behind the database, in the same file, until it is sorted. The same
 * statements give the same bytes, whatever the time and the machine.
 */
#ifndef SQLITE_FILE_H
#define SQLITE_FILE_H

struct sqlite3;
struct sqlite_file;

/*
 * Opens an empty database, for one thread, in an empty regular file that `fd` can read and write; the caller closes it after
 * the database. NULL: `error` is an errno, and nothing is owned. One database can be open at a time.
 */
struct sqlite_file *sqlite_file_open(int fd, int *error);
void sqlite_file_close(struct sqlite_file *file);

struct sqlite3 *sqlite_file_database(const struct sqlite_file *file);

/* Ends the transaction. An errno; 0: all bytes of the database were written, and none behind it is left. */
int sqlite_file_commit(struct sqlite_file *file);

/* The errno for the result of a call of SQLite; 0: it has succeeded. */
int sqlite_file_errno(const struct sqlite_file *file, int result);

/* The version of the library: "3.40.1". */
const char *sqlite_file_version(void);

#endif
