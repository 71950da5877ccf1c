/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_ROUTE_H
#define COPL_SERVE_ROUTE_H

#include "serve/serve_priv.h"

/*
 * Addresses that are no files of the set.  A part of the server that has
 * some writes them as rows of its own and is named in route.c; everything
 * that no row takes is looked up in the set.
 */

/* One request for something that is shown, until its answer is queued. */
struct exchange {
	struct MHD_Connection *c;
	const struct copl_gate_request *asked; /* every field as sent */
	const struct copl_gate_pass *pass; /* GET or HEAD */
	/* What is shown now, as long as this lasts; manifest NULL: nothing. */
	const struct shelf *shelf;
	const char *rest; /* of the path, what stands behind the row's own */
};

/* The value of the first field of that name; NULL: none. */
const char *exchange_field(const struct exchange *x, const char *name);
/* openrosa_http.c: "https://forms.example.org", without a final "/"; false:
 * what the client said of it cannot be an address. */
bool openrosa_base(const struct serving *s, const struct exchange *x,
    char base[COPL_OPENROSA_BASE]);
/* What each answer to a client of OpenRosa carries; most lives as long. */
void openrosa_add_fields(
    const struct serving *s, struct answer *a, char most[24]);

typedef enum MHD_Result route_fn(struct serving *s, const struct exchange *x);
struct route {
	const char *path; /* without the first slash; "formList" */
	bool below; /* everything that begins with path */
	route_fn *answer; /* queues an answer with answer_send() or
			   * answer_item() */
};
struct route_list {
	const struct route *rows;
	size_t n;
};

/* The row for a path; *rest is what stands behind it.  NULL: none. */
const struct route *route_find(const char *path, const char **rest);

/* ---- about.c: the server about itself ---- */
extern const struct route_list about_routes;
/* ---- openrosa_http.c: the list of forms for phones ---- */
extern const struct route_list openrosa_routes;

#endif
