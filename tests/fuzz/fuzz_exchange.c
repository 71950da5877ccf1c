/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a file that a translator sent: refused with a reason and a
 * readable sentence, or texts that are valid UTF-8.
 */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "exchange/exchange.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_diag(void *arg, const struct copl_diag *d)
{
	size_t *errors = arg;

	if (copl_utf8_valid(d->text, strlen(d->text)) != strlen(d->text) ||
	    strpbrk(d->text, "\r\n") != NULL)
		__builtin_trap();
	*errors += d->severity == COPL_ERROR;
}

static void look_at(const char *s)
{
	if (s != NULL && copl_utf8_valid(s, strlen(s)) != strlen(s))
		__builtin_trap();
}

static void look_at_all(const struct copl_return *one)
{
	size_t i, k;

	for (i = 0; i < one->n; i++) {
		const struct copl_taken *t = &one->list[i];

		look_at(t->ctxt);
		look_at(t->id);
		look_at(t->plural);
		look_at(t->comment);
		for (k = 0; k < t->nstr; k++)
			look_at(t->str[k]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_returns rs;
	struct copl_reporter r;
	size_t errors = 0, i;
	struct copl_sink sink = {on_diag, NULL, &errors};
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_returns_read((const char *)data, size, "back", &r, &rs);
	st = copl_reporter_end(&r, st);
	if (st == COPL_OK && errors > 0)
		__builtin_trap();
	if ((st == COPL_E_INVALID || st == COPL_E_PARSE) && errors == 0)
		__builtin_trap();
	for (i = 0; i < rs.n; i++)
		look_at_all(&rs.list[i]);
	copl_returns_free(&rs);
	return 0;
}
