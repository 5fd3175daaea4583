/*
 * parts: structs that are decoded in parts, as columns need them.
 */
#ifndef TEST_PARTS_H
#define TEST_PARTS_H

#include "rawlog/io/writer.h"
#include "rawlog/log/sample.h"

/*
 * Decodes the struct that the sample returned last, which is whole, once more for each column: only what the column is read
 * from, into a host struct of other values. The column must have the same value; so must the columns and the condition of each
 * view over such structs. Returns how many values were compared. `outs` are in memory; what is in them is lost.
 */
size_t parts_compare(struct rawlog_sample *sample, struct writer outs[2]);

#endif
