/*
 * damage_block: maps the result of inflating a block to a kind of damage.
 */
#include "rawlog/log/damage_block.h"

enum damage_kind
damage_block(enum block_result result)
{
	switch (result) {
	case BLOCK_SHORT:
	case BLOCK_SURPLUS:
	case BLOCK_LONG: return DAMAGE_SIZE;
	case BLOCK_CHECKSUM: return DAMAGE_CHECKSUM;
	case BLOCK_CUT: return DAMAGE_TRUNCATED;
	default: return DAMAGE_CORRUPT;
	}
}
