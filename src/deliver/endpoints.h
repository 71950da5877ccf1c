/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ENDPOINTS_H
#define COPL_ENDPOINTS_H

#include <copl10n/endpoint.h>
#include "ledger/ledger.h"
#include "project/project.h"

/* An endpoint that was asked for, and what the ledger says of it. */
struct copl_chosen {
	const struct copl_recipient *to;
	const struct copl_endpoint *e;
	const struct copl_ledger_standing *standing; /* NULL: nothing */
};

/* The project, the ledger, and the endpoints that were asked for. */
struct copl_choice {
	const struct copl_endpoint_options *o;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_project *project;
	struct copl_chosen *list;
	size_t n;
};

/* As the ledger has it, or "disabled" by the project, or "new". */
const char *copl_chosen_state(const struct copl_chosen *c);

/* Asks each; *worst is what copl_endpoint_check() returns. */
enum copl_status copl_probe(struct copl_choice *c, enum copl_status *worst)
    COPL_MUST_CHECK;

#endif
