/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "ledger/ledger_priv.h"

/* Where each column of an endpoint is, in the order of the statements. */
#define TEXT(name)                                                             \
	{                                                                      \
		offsetof(struct copl_row, name), true                          \
	}
#define NUMBER(name)                                                           \
	{                                                                      \
		offsetof(struct copl_row, name), false                         \
	}
static const struct {
	size_t offset;
	bool is_text;
} columns[COPL_ROW_CELLS] = {TEXT(endpoint), TEXT(url), TEXT(origin),
    TEXT(state), TEXT(reason), NUMBER(target), TEXT(seal), NUMBER(sent),
    NUMBER(at), NUMBER(held), TEXT(held_seal), NUMBER(held_since),
    NUMBER(failures), NUMBER(since), NUMBER(next_at), NUMBER(attempts),
    TEXT(worker), NUMBER(lease_until), TEXT(facts), TEXT(receipt), NUMBER(seq),
    TEXT(head)};

static const char **text_of(struct copl_row *row, size_t i)
{
	return (const char **)(void *)((char *)row + columns[i].offset);
}

static int64_t *number_of(struct copl_row *row, size_t i)
{
	return (int64_t *)(void *)((char *)row + columns[i].offset);
}

bool copl_row_read(
    const struct copl_cell *cells, struct copl_arena *a, struct copl_row *out)
{
	size_t i;

	for (i = 0; i < COPL_ROW_CELLS; i++) {
		const char *text = cells[i].text;

		if (!columns[i].is_text)
			*number_of(out, i) = cells[i].number;
		else if (text == NULL || *text == '\0')
			*text_of(out, i) = text == NULL ? NULL : "";
		else if ((*text_of(out, i) = copl_arena_strdup(a, text)) ==
			 NULL)
			return false;
	}
	out->exists = true;
	return true;
}

void copl_row_cells(
    const struct copl_row *row, struct copl_cell out[COPL_ROW_CELLS])
{
	struct copl_row copy = *row;
	size_t i;

	for (i = 0; i < COPL_ROW_CELLS; i++)
		out[i] = columns[i].is_text
			     ? copl_cell_text(*text_of(&copy, i))
			     : copl_cell_number(*number_of(&copy, i));
}

void copl_row_fresh(const char *endpoint, const char *url, struct copl_row *out)
{
	*out = (struct copl_row){.endpoint = endpoint,
	    .url = url,
	    .origin = "",
	    .state = COPL_LEDGER_NEW,
	    .seal = "",
	    .held_seal = "",
	    .worker = "",
	    .facts = "",
	    .receipt = "",
	    .head = ""};
}

void copl_row_forget(struct copl_row *row)
{
	row->held = 0;
	row->held_seal = "";
	row->held_since = 0;
	row->facts = "";
	row->receipt = "";
}

struct loading {
	struct copl_arena *a;
	struct copl_row *rows;
};

static enum copl_status on_row(
    void *arg, size_t item, const struct copl_cell *cells)
{
	struct loading *l = arg;

	if (!copl_row_read(cells, l->a, &l->rows[item]))
		return COPL_E_NOMEM;
	l->rows[item].leased = cells[COPL_ROW_CELLS].number != 0;
	return COPL_OK;
}

enum copl_status copl_rows_load(struct copl_ledger *l, const char *const *ids,
    size_t n, int64_t now, struct copl_arena *a, struct copl_row *rows)
{
	struct loading loading = {a, rows};
	struct copl_cell *params = calloc(n + 1, 2 * sizeof(*params));
	enum copl_status st;
	size_t i;

	if (params == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++) {
		rows[i] = (struct copl_row){.endpoint = ids[i]};
		params[2 * i] = copl_cell_text(ids[i]);
		params[2 * i + 1] = copl_cell_number(now);
	}
	st = copl_ledger_run(l, COPL_SQL_ROW, params, n, on_row, &loading);
	free(params);
	return st;
}
