/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TALLY_SHOW_H
#define CLI_TALLY_SHOW_H

#include "cli/cli.h"

/*
 * A sink that draws tables of what copl_tally() and copl_tally_follow() tell,
 * and hands everything else on.  NULL: no memory.
 */
struct cli_tally_show;
struct cli_tally_show *cli_tally_show_begin(
    const struct cli_call *call, struct copl_sink *sink);
/* false: memory ran out, and tables are missing. */
bool cli_tally_show_end(struct cli_tally_show *s);

#endif
