/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Addresses.  Where an address leads is what its origin says, nothing in it
 * is hidden from who reads it, and what may not be cleartext is not.
 */
#include "config.h"
#include "fuzz.h"
#include "net/net_priv.h"
#include "project/project_priv.h"

static bool good(enum copl_url verdict)
{
	return verdict == COPL_URL_HTTPS || verdict == COPL_URL_CLEARTEXT;
}

static void check_target(const struct copl_url_parts *t)
{
	struct copl_strbuf url = COPL_STRBUF_INIT(COPL_ORIGIN_SIZE + 2);
	struct copl_url_parts again;

	must(t->host[0] != '\0' && strpbrk(t->host, "/@?#\\[] ") == NULL);
	must(strncmp(t->origin, t->tls ? "https://" : "http://",
		 t->tls ? 8 : 7) == 0);
	copl_strbuf_printf(&url, "%s/", t->origin);
	must(url.st == COPL_OK && good(copl_url_parts_read(url.s, &again)));
	must(again.tls == t->tls && again.loopback == t->loopback);
	must(strcmp(again.host, t->host) == 0);
	must(strcmp(again.origin, t->origin) == 0);
	if (t->loopback && strcmp(t->host, "localhost") != 0)
		must(copl_address_scope_text(t->host) == COPL_SCOPE_LOOPBACK);
	copl_strbuf_clear(&url);
}

/* Sealed or on this machine, unless it is allowed to be neither. */
static void check_verdict(
    const char *url, const struct copl_url_parts *t, enum copl_url read)
{
	struct fuzz_heard h;
	const struct copl_place at = {"f", 1, 1};
	enum copl_url verdict = copl_net_url_judge(url);
	bool ok = copl_net_url_check(url, at, fuzz_listen(&h));

	must(ok == (verdict == COPL_URL_HTTPS || verdict == COPL_URL_LOOPBACK));
	(void)fuzz_end(&h, ok ? COPL_OK : COPL_E_INVALID);
	must(!ok || (good(read) && (t->tls || t->loopback)));
	must(!ok || strpbrk(url, "?#@ \\") == NULL || strchr(url, '@') != NULL);
	must(verdict != COPL_URL_CLEARTEXT || !t->tls);
}

static void check_project(const char *url)
{
	struct copl_arena *a = copl_arena_new();
	const char *key, *again;

	must(a != NULL);
	if (copl_project_open_url_fault(url) == NULL) {
		key = copl_project_url_key(a, url);
		must(key != NULL && copl_project_open_url_fault(key) == NULL);
		again = copl_project_url_key(a, key);
		must(again != NULL && strcmp(key, again) == 0);
		must(good(copl_net_url_judge(url)) ||
		     copl_net_url_judge(url) == COPL_URL_LOOPBACK);
	}
	if (copl_project_url_fault(url, true) == NULL)
		must(copl_project_url_is_sealed(url));
	copl_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	char origin[COPL_ORIGIN_SIZE];
	struct copl_url_parts t;
	struct fuzz_part url;
	enum copl_url read;

	if (size > 1 << 12)
		return 0;
	url = fuzz_cut(&rest, end, "\n");
	read = copl_url_parts_read(url.s, &t);
	if (good(read))
		check_target(&t);
	must(copl_net_origin(url.s, origin, sizeof(origin)) == good(read));
	check_verdict(url.s, &t, read);
	check_project(url.s);
	(void)copl_address_scope_text(url.s);
	free(url.s);
	return 0;
}
