/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"

/* What cop-l10n runs itself; cop-l10n-net runs the rest of the table. */
const struct cli_runner cli_runners[] = {
    {"init", cli_run_init},
    {"form", cli_run_form},
    {"check", cli_run_check},
    {"update", cli_run_update},
    {"compendium", cli_run_compendium},
    {"status", cli_run_status},
    {"preview", cli_run_preview},
    {"review", cli_run_review},
    {"pack", cli_run_pack},
    {"import", cli_run_import},
    {"signoff", cli_run_signoff},
    {"build", cli_run_build},
    {"keygen", cli_run_keygen},
    {"publish", cli_run_publish},
    {"zip", cli_run_zip},
    {"verify", cli_run_verify},
    {"extract", cli_run_extract},
    {"localize", cli_run_localize},
    {"lint", cli_run_lint},
    {"diff", cli_run_diff},
    {"merge-po", cli_run_merge_po},
    {"explain", cli_run_explain},
    {"pseudo", cli_run_pseudo},
    {"its", cli_run_its},
    {"help", cli_run_help},
};
const size_t cli_nrunners = CLI_COUNT(cli_runners);
const bool cli_whole = true;
