/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Small files that decide whom an office trusts and what it has: "K" a secret
 * key that signs, "A" one that opens answers, "B" its public key, "T" who may
 * sign for a folder, "P" which part of a set is here, "S" what an address
 * gave last.  What is read is written and read again as the same.
 */
#include "config.h"
#include <sys/stat.h>
#include "bundle/box.h"
#include "bundle/bundle.h"
#include "bundle/part.h"
#include "fetch/seen.h"
#include "fuzz.h"

static void as_secret_key(const char *path)
{
	struct copl_secret_key *k = NULL;
	struct copl_public_key public, again;
	char b64[COPL_PUBLIC_KEY_B64];
	struct fuzz_heard h;
	enum copl_status st =
	    copl_secret_key_load(path, NULL, fuzz_listen(&h), &k);

	st = fuzz_end(&h, st);
	must((st == COPL_OK) == (k != NULL));
	if (k == NULL)
		return;
	copl_secret_key_public(k, &public);
	copl_public_key_b64(&public, b64);
	st = copl_public_key_read(
	    b64, (struct copl_place){NULL, 0, 0}, fuzz_listen(&h), &again);
	must(fuzz_end(&h, st) == COPL_OK);
	must(copl_public_key_equal(&public, &again));
	copl_secret_key_free(k);
}

static void as_box(const char *path, const char *text)
{
	struct copl_box_secret *k = NULL;
	struct copl_box_public public;
	char b64[COPL_BOX_PUBLIC_B64];
	struct fuzz_heard h;
	enum copl_status st =
	    copl_box_secret_load(path, NULL, fuzz_listen(&h), &k);

	st = fuzz_end(&h, st);
	must((st == COPL_OK) == (k != NULL));
	copl_box_secret_free(k);
	st = copl_box_public_read(
	    text, (struct copl_place){NULL, 0, 0}, fuzz_listen(&h), &public);
	if (fuzz_end(&h, st) != COPL_OK)
		return;
	copl_box_public_b64(&public, b64);
	must(strstr(text, b64) != NULL);
}

static void as_trust(void)
{
	struct copl_trust t, again;
	struct fuzz_heard h;
	enum copl_status st =
	    copl_trust_load(fuzz_folder(), fuzz_listen(&h), &t);

	st = fuzz_end(&h, st);
	must(t.nkeys <= COPL_COUNT(t.keys));
	if (st != COPL_OK) {
		must(t.nkeys == 0 && t.version == 0 && t.withdrawn == 0);
		must(!t.has_named);
		return;
	}
	st = copl_trust_save(fuzz_folder(), &t, fuzz_listen(&h));
	must(fuzz_end(&h, st) == COPL_OK);
	st = copl_trust_load(fuzz_folder(), fuzz_listen(&h), &again);
	must(fuzz_end(&h, st) == COPL_OK && again.nkeys == t.nkeys);
	must(again.version == t.version && again.withdrawn == t.withdrawn);
	must(strcmp(again.recipient, t.recipient) == 0);
	must(strcmp(again.withdrawn_sha256, t.withdrawn_sha256) == 0);
	must(memcmp(again.keys, t.keys, t.nkeys * sizeof(t.keys[0])) == 0);
	must(again.has_named == t.has_named);
	must(!t.has_named || copl_public_key_equal(&again.named, &t.named));
}

static void as_part(void)
{
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)1 << 17);
	struct copl_arena *a = copl_arena_new();
	struct copl_part p, again;
	struct fuzz_heard h;
	enum copl_status st;

	must(a != NULL);
	st = copl_part_load(fuzz_folder(), a, fuzz_listen(&h), &p);
	if (fuzz_end(&h, st) == COPL_OK) {
		must(!copl_part_is_whole(&p));
		copl_part_write(&p, &out);
		fuzz_file(COPL_PARTIAL, copl_strbuf_text(&out), out.len);
		st = copl_part_load(fuzz_folder(), a, fuzz_listen(&h), &again);
		must(fuzz_end(&h, st) == COPL_OK || out.len > 65536);
		must(st != COPL_OK || copl_part_same(&p, &again));
	}
	copl_strbuf_clear(&out);
	copl_arena_free(a);
}

static void as_seen(void)
{
	struct copl_seen s, again;

	must(copl_seen_load(fuzz_folder(), &s) == COPL_OK);
	must(strchr(s.url, '\n') == NULL && strchr(s.etag, '\n') == NULL);
	copl_seen_save(fuzz_folder(), &s);
	must(copl_seen_load(fuzz_folder(), &again) == COPL_OK);
	must(strcmp(s.url, again.url) == 0 && strcmp(s.etag, again.etag) == 0);
	must(strcmp(s.sha256, again.sha256) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	char state[300];
	struct fuzz_part p;
	char kind;

	if (size == 0 || size > 1 << 16)
		return 0;
	snprintf(state, sizeof(state), "%s/" COPL_STATE_DIR, fuzz_folder());
	(void)!mkdir(state, 0700);
	kind = *rest++;
	p = fuzz_cut(&rest, end, "\n--\n");
	if (kind == 'K')
		as_secret_key(fuzz_file("k.key", p.s, p.len));
	else if (kind == 'A' || kind == 'B')
		as_box(fuzz_file("a.key", p.s, p.len), p.s);
	else if (kind == 'T' &&
		 fuzz_file(COPL_STATE_DIR "/trust", p.s, p.len) != NULL)
		as_trust();
	else if (kind == 'P' && fuzz_file(COPL_PARTIAL, p.s, p.len) != NULL)
		as_part();
	else if (kind == 'S' &&
		 fuzz_file(COPL_STATE_DIR "/seen", p.s, p.len) != NULL)
		as_seen();
	free(p.s);
	return 0;
}
