/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "serve/route.h"

static const struct route_list *const lists[] = {
    &about_routes,
    &openrosa_routes,
};

const struct route *route_find(const char *path, const char **rest)
{
	size_t i, k;

	for (i = 0; i < COPL_COUNT(lists); i++) {
		for (k = 0; k < lists[i]->n; k++) {
			const struct route *r = &lists[i]->rows[k];
			size_t len = strlen(r->path);

			if (strncmp(path, r->path, len) != 0 ||
			    (path[len] != '\0' && !r->below))
				continue;
			*rest = path + len;
			return r;
		}
	}
	return NULL;
}

const char *exchange_field(const struct exchange *x, const char *name)
{
	size_t i;

	for (i = 0; i < x->asked->nheaders; i++)
		if (copl_gate_name_is(x->asked->headers[i].name, name))
			return x->asked->headers[i].value;
	return NULL;
}
