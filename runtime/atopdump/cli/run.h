/*
 * run: what all verbs that read logs have in common: inputs opened, evidence spared, the sandbox, one ending of the output.
 */
#ifndef RUN_H
#define RUN_H

#include "atopdump/cli/options.h"
#include "atopdump/cli/status.h"
#include "atopdump/dump/inputs.h"

/*
 * Opens the inputs and has `write` read them and write the output. `write` opens the output, calls confine(), sets `status`
 * and returns 0 or the errno with which the output failed. Failures are reported here.
 */
enum exit_status run_on_logs(const struct options *o,
    int (*write)(const struct options *o, struct inputs *in, enum exit_status *status));

#endif
