/*
 * describe: damage and gaps as one line of text for a message. The formats have their own lines for them.
 */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "rawlog/log/damage.h"

#define DESCRIBE_MAX 640 /* bytes of a text, with its NUL */

/* "damage at byte 480, 20 bytes, sample 3, tstat: the reason" */
void describe_damage(char *text, const struct rawlog_damage *damage);

/* "gap before byte 480, sample 3, from TIME to TIME: the reason" */
void describe_gap(char *text, const struct rawlog_damage *gap);

#endif
