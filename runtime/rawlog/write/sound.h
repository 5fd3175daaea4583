/*
 * sound: whether a sample can be read as a whole, exactly as its record says. Finds nothing out by itself: it reads all
 * that reading shows, and a sample is sound if nothing is said against it.
 */
#ifndef SOUND_H
#define SOUND_H

#include "rawlog/log/reader.h"

/*
 * Reads all structs of the sample just returned by rawlog_next: RAWLOG_OK, _DAMAGED (the first damage there is), or
 * _FAILED (an errno in `error`). What the end of the log cuts is damage here.
 */
enum rawlog_result	sound_check(struct rawlog_sample *sample, struct rawlog_damage *damage, int *error);

#endif
