/*
 * damage_block: maps the result of inflating a block to a kind of damage.
 */
#ifndef DAMAGE_BLOCK_H
#define DAMAGE_BLOCK_H

#include "rawlog/io/block.h"
#include "rawlog/log/damage.h"

/* `result` is not BLOCK_OK. */
enum damage_kind damage_block(enum block_result result);

#endif
