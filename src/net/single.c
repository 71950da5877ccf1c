/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "net/net.h"

/* An engine with one line: what it does is what all lines do. */
struct copl_net {
	struct copl_engine *engine;
	struct copl_line *line;
};

enum copl_status copl_net_open(struct copl_net **out)
{
	struct copl_net *n = calloc(1, sizeof(*n));
	enum copl_status st;

	*out = NULL;
	if (n == NULL)
		return COPL_E_NOMEM;
	st = copl_engine_open(1, &n->engine);
	if (st == COPL_OK)
		st = copl_line_open(n->engine, &n->line);
	if (st == COPL_OK)
		*out = n;
	else
		copl_net_close(n);
	return st;
}

void copl_net_close(struct copl_net *n)
{
	if (n == NULL)
		return;
	copl_engine_close(n->engine);
	free(n);
}

enum copl_status copl_net_do(struct copl_net *n,
    const struct copl_net_request *q, struct copl_net_answer *a)
{
	enum copl_status st = copl_line_start(n->line, q, a, NULL), result = st;
	struct copl_line *done = NULL;

	/* A signal that was handled ends a wait, not the exchange. */
	while (st == COPL_OK && done == NULL)
		st =
		    copl_engine_wait(n->engine, UINT64_MAX, -1, &done, &result);
	return st == COPL_OK ? result : st;
}
