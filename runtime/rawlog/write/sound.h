/*
 * sound: whether a sample is intact: all its blocks can be read, exactly as its record states, without damage. It has no
 * checks of its own, but uses those of reading.
 */
#ifndef SOUND_H
#define SOUND_H

#include "rawlog/log/sample.h"

/*
 * Reads all structs of the sample just returned by rawlog_next: RAWLOG_OK, _DAMAGED (the first damage), or
 * _FAILED (an errno in `error`). A sample that the end of the log truncates is damaged, too.
 */
enum rawlog_result sound_check(struct rawlog_sample *sample, struct rawlog_damage *damage, int *error);

#endif
