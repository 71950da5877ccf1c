/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "serve/route.h"

/* For whatever watches this server: it is up, and shows so much. */
static enum MHD_Result healthz(struct serving *s, const struct exchange *x)
{
	struct answer a = {.status = 200,
	    .type = "application/json",
	    .body = COPL_STRBUF_INIT(256),
	    .keep = true};
	enum MHD_Result result;

	if (x->shelf->manifest == NULL)
		copl_strbuf_puts(&a.body, "{\"status\":\"empty\"}\n");
	else
		copl_strbuf_printf(&a.body,
		    "{\"status\":\"ok\",\"version\":%llu}\n",
		    (unsigned long long)x->shelf->manifest->version);
	result = answer_send(s, x->c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

static const struct route rows[] = {
    {"healthz", false, healthz},
};
const struct route_list about_routes = {rows, COPL_COUNT(rows)};
