/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "bundle/bundle.h"
#include "ledger/ledger_priv.h"

/* What stands for itself in a value: all that is seen, but "%". */
static bool is_plain(unsigned char c)
{
	return c > ' ' && c != '%' && c != 0x7f;
}

/* Adds " key=value", the value such that copl_ledger_value() gives it back. */
static void put(struct copl_strbuf *b, const char *key, const char *value)
{
	size_t len, i, from = 0;

	if (value == NULL || *value == '\0')
		return;
	copl_strbuf_puts(b, b->len > 0 ? " " : "");
	copl_strbuf_puts(b, key);
	copl_strbuf_add(b, "=", 1);
	/* What a server sent may be no UTF-8; it ends there. */
	len = copl_utf8_valid(value, strlen(value));
	for (i = 0; i < len; i++) {
		if (is_plain((unsigned char)value[i]))
			continue;
		copl_strbuf_add(b, value + from, i - from);
		copl_strbuf_printf(b, "%%%02X", (unsigned char)value[i]);
		from = i + 1;
	}
	copl_strbuf_add(b, value + from, len - from);
}

static void put_number(struct copl_strbuf *b, const char *key, int64_t n)
{
	if (n != 0)
		copl_strbuf_printf(
		    b, "%s%s=%" PRId64, b->len > 0 ? " " : "", key, n);
}

void copl_audit_receipt(
    struct copl_strbuf *b, const struct copl_ledger_receipt *receipt)
{
	put_number(b, "status", receipt->status);
	put(b, "verified-by", receipt->verified_by);
	put(b, "repr-digest", receipt->repr_digest);
	put(b, "etag", receipt->etag);
	put(b, "peer", receipt->peer);
	put(b, "server-date", receipt->server_date);
	put_number(b, "requests", receipt->requests);
	put_number(b, "bytes", (int64_t)receipt->bytes);
	put_number(b, "ms", (int64_t)receipt->ms);
}

void copl_audit_text(struct copl_strbuf *b, const struct copl_row *row)
{
	put(b, "url", row->url);
	put(b, "reason", row->reason);
	put_number(b, "version", row->sent);
	put_number(b, "holds", row->held);
	put(b, "seal", row->held_seal);
	put_number(b, "held-since", row->held_since);
	put(b, "facts", row->facts);
	put_number(b, "failures", row->failures);
	put_number(b, "failing-since", row->since);
	put_number(b, "runs", row->attempts);
	if (*row->receipt != '\0') {
		copl_strbuf_puts(b, b->len > 0 ? " " : "");
		copl_strbuf_puts(b, row->receipt);
	}
}

static int hex_digit(char c)
{
	if (copl_is_digit(c))
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static char *unescape(const char *s, size_t len, struct copl_arena *a)
{
	char *out = copl_arena_alloc(a, len + 1);
	size_t i, n = 0;

	for (i = 0; out != NULL && i < len; i++) {
		if (s[i] == '%' && i + 2 < len && hex_digit(s[i + 1]) >= 0 &&
		    hex_digit(s[i + 2]) >= 0) {
			out[n++] = (char)(hex_digit(s[i + 1]) * 16 +
					  hex_digit(s[i + 2]));
			i += 2;
		} else
			out[n++] = s[i];
	}
	return out;
}

const char *copl_ledger_value(
    const char *text, const char *key, struct copl_arena *a)
{
	const size_t len = strlen(key);
	const char *p = text;

	while (*p != '\0') {
		const size_t word = strcspn(p, " ");

		if (word > len && p[len] == '=' && strncmp(p, key, len) == 0)
			return unescape(p + len + 1, word - len - 1, a);
		p += word;
		p += *p == ' ';
	}
	return NULL;
}

/* A field behind its length: no two rows give the same bytes. */
static void put_field(struct copl_strbuf *b, const char *s)
{
	copl_strbuf_printf(b, "%zu:", strlen(s));
	copl_strbuf_puts(b, s);
}

static void put_field_number(struct copl_strbuf *b, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	put_field(b, text);
}

static enum copl_status digest(struct copl_strbuf *b, char out[COPL_HEX])
{
	enum copl_status st = b->st;

	if (st == COPL_OK)
		copl_sha256_hex(b->s, b->len, out);
	copl_strbuf_clear(b);
	return st;
}

static int by_path(const void *a, const void *b)
{
	const struct copl_ledger_fact *const *l = a, *const *r = b;

	return strcmp((*l)->path, (*r)->path);
}

enum copl_status copl_facts_digest(
    const struct copl_ledger_fact *facts, size_t n, char out[COPL_HEX])
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_LEDGER_FACTS_MAX * 400UL);
	const struct copl_ledger_fact **order;
	size_t i;

	out[0] = '\0';
	if (n == 0)
		return COPL_OK;
	order = calloc(n, sizeof(*order));
	if (order == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++)
		order[i] = &facts[i];
	qsort(order, n, sizeof(*order), by_path);
	copl_strbuf_puts(&b, "cop-l10n facts 1\n");
	for (i = 0; i < n; i++) {
		put_field(&b, order[i]->path);
		put_field(&b, order[i]->sha256);
		put_field_number(&b, (int64_t)order[i]->version);
		put_field_number(&b, order[i]->at);
	}
	free(order);
	return digest(&b, out);
}

enum copl_status copl_audit_hash(
    const struct copl_ledger_audit *row, char out[COPL_HEX])
{
	struct copl_strbuf b = COPL_STRBUF_INIT(4UL * COPL_LEDGER_TEXT_MAX);

	copl_strbuf_puts(&b, "cop-l10n audit 1\n");
	put_field(&b, row->endpoint);
	put_field_number(&b, (int64_t)row->seq);
	put_field_number(&b, row->at);
	put_field(&b, row->event);
	put_field(&b, row->worker);
	put_field(&b, row->text);
	put_field(&b, row->prev);
	return digest(&b, out);
}

static char *text_of(const struct copl_row *row, struct copl_arena *a)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_LEDGER_TEXT_MAX);
	char *text = NULL;

	copl_audit_text(&b, row);
	if (b.st == COPL_OK)
		text = copl_arena_strndup(a, copl_strbuf_text(&b), b.len);
	copl_strbuf_clear(&b);
	return text;
}

enum copl_status copl_audit_next(struct copl_row *row, int64_t at,
    const char *event, const char *worker, struct copl_arena *a,
    struct copl_ledger_audit *out)
{
	char *hash = copl_arena_alloc(a, COPL_HEX);
	enum copl_status st;

	*out = (struct copl_ledger_audit){.endpoint = row->endpoint,
	    .seq = (uint64_t)row->seq + 1,
	    .at = at,
	    .event = event,
	    .worker = worker,
	    .text = text_of(row, a),
	    .prev = row->head,
	    .hash = hash};
	if (hash == NULL || out->text == NULL)
		return COPL_E_NOMEM;
	st = copl_audit_hash(out, hash);
	row->seq++;
	row->head = hash;
	return st;
}

void copl_audit_cells(
    const struct copl_ledger_audit *row, struct copl_cell out[8])
{
	out[0] = copl_cell_text(row->endpoint);
	out[1] = copl_cell_number((int64_t)row->seq);
	out[2] = copl_cell_number(row->at);
	out[3] = copl_cell_text(row->event);
	out[4] = copl_cell_text(row->worker);
	out[5] = copl_cell_text(row->text);
	out[6] = copl_cell_text(row->prev);
	out[7] = copl_cell_text(row->hash);
}

/* In the arena; false: memory is out. */
static bool keep(
    const struct copl_cell *cell, struct copl_arena *a, const char **out)
{
	*out = copl_arena_strdup(a, cell->text == NULL ? "" : cell->text);
	return *out != NULL;
}

bool copl_audit_read(const struct copl_cell *cells, struct copl_arena *a,
    struct copl_ledger_audit *out)
{
	out->seq = (uint64_t)cells[1].number;
	out->at = cells[2].number;
	return keep(&cells[0], a, &out->endpoint) &&
	       keep(&cells[3], a, &out->event) &&
	       keep(&cells[4], a, &out->worker) &&
	       keep(&cells[5], a, &out->text) &&
	       keep(&cells[6], a, &out->prev) && keep(&cells[7], a, &out->hash);
}
