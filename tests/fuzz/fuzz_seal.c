/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A file of the store.  "S": bytes as a sealed file, which nobody can forge.
 * "P": a head of 59 bytes, and what lies in the seal, with its padding.  "R":
 * an answer, sealed and opened again.  "M": a plain file with its mark.
 */
#include "config.h"
#include <fcntl.h>
#include "answers/seal.h"
#include "answers/store.h"
#include "bundle/bundle.h"
#include "fuzz.h"

static const struct copl_box_secret *key(struct copl_box_public *public)
{
	static struct copl_box_secret *k; /* one for all runs */
	const struct copl_lock open = {NULL, 0, 0};
	char prefix[300];
	struct copl_reporter r;
	struct copl_sink sink = {NULL, NULL, NULL};

	if (k == NULL) {
		snprintf(prefix, sizeof(prefix), "%s/k", fuzz_folder());
		must(copl_keygen_answers_locked(prefix, &open, &sink) ==
		     COPL_OK);
		snprintf(prefix, sizeof(prefix), "%s/k.key", fuzz_folder());
		copl_reporter_init(&r, NULL);
		must(copl_box_secret_load(prefix, NULL, &r, &k) == COPL_OK);
		(void)copl_reporter_end(&r, COPL_OK);
	}
	copl_box_secret_public(k, public);
	return k;
}

static enum copl_status open_it(
    const struct copl_strbuf *file, struct copl_strbuf *out)
{
	struct copl_box_public unused;
	struct fuzz_heard h;
	enum copl_status st =
	    copl_seal_open(key(&unused), copl_strbuf_text(file), file->len,
		"f.sealed", fuzz_listen(&h), out);

	return fuzz_end(&h, st);
}

static void check_mark(bool good, const struct copl_mark *m)
{
	int64_t day;

	if (good && m->keep_until[0] != '\0')
		must(copl_date_parse(m->keep_until, &day));
}

/* Of our key by its id, but not made with it. */
static void forged(const char *s, size_t len)
{
	static const size_t magic = sizeof(COPL_SEAL_MAGIC) - 1;
	struct copl_strbuf file = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX);
	struct copl_box_public public;
	struct copl_mark m;

	check_mark(copl_seal_mark(s, len, &m), &m);
	(void)key(&public);
	copl_strbuf_add(&file, s, len);
	if (copl_seal_is(s, len) && len >= magic + sizeof(public.id))
		memcpy(file.s + magic, public.id, sizeof(public.id));
	must(open_it(&file, &out) != COPL_OK);
	copl_strbuf_clear(&file);
	copl_strbuf_clear(&out);
}

/* What is in the seal comes out without its padding, or not at all. */
static void padded(const char *s, size_t len)
{
	struct copl_strbuf file = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX);
	struct copl_box_public public;
	const char *in = s + COPL_SEAL_HEAD;

	if (len < COPL_SEAL_HEAD)
		return;
	(void)key(&public);
	copl_strbuf_add(&file, COPL_SEAL_MAGIC, sizeof(COPL_SEAL_MAGIC) - 1);
	copl_strbuf_add(&file, (const char *)public.id, sizeof(public.id));
	copl_strbuf_add(&file, s + file.len, COPL_SEAL_HEAD - file.len);
	len -= COPL_SEAL_HEAD;
	must(copl_box_seal(&public, in, len, &file) == COPL_OK);
	if (open_it(&file, &out) == COPL_OK) {
		must(out.len < len &&
		     memcmp(copl_strbuf_text(&out), in, out.len) == 0);
		must((unsigned char)in[out.len] == 0x80);
	}
	copl_strbuf_clear(&file);
	copl_strbuf_clear(&out);
}

static void there_and_back(const char *s, size_t len)
{
	struct copl_strbuf file = COPL_STRBUF_INIT(2 * COPL_STORE_BYTES_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(2 * COPL_STORE_BYTES_MAX);
	struct copl_box_public public;
	struct copl_mark m, again;

	(void)key(&public);
	copl_mark_make(&m, s, len / 2, s, len);
	if (len % 2 == 0)
		must(copl_mark_keep(&m, "2027-12-31"));
	must(copl_seal(&public, &m, s, len, &file) == COPL_OK);
	must(copl_seal_mark(file.s, file.len, &again));
	must(copl_mark_same(&m, &again));
	must(strcmp(m.keep_until, again.keep_until) == 0);
	must(open_it(&file, &out) == COPL_OK && out.len == len);
	must(len == 0 || memcmp(out.s, s, len) == 0);
	copl_strbuf_clear(&file);
	copl_strbuf_clear(&out);
}

static void marked(const char *s, size_t len)
{
	int fd = open(fuzz_file("f.xml", s, len), O_RDONLY | O_CLOEXEC);
	struct copl_mark m;

	must(fd >= 0);
	check_mark(copl_mark_of_plain(fd, &m), &m);
	check_mark(copl_mark_of_sealed(fd, &m), &m);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct fuzz_part p;
	char kind;

	if (size == 0 || size > 1 << 16)
		return 0;
	kind = *rest++;
	p = (struct fuzz_part){
	    malloc((size_t)(end - rest) + 1), (size_t)(end - rest)};
	must(p.s != NULL);
	memcpy(p.s, rest, p.len);
	if (kind == 'S')
		forged(p.s, p.len);
	else if (kind == 'P')
		padded(p.s, p.len);
	else if (kind == 'R')
		there_and_back(p.s, p.len);
	else if (kind == 'M')
		marked(p.s, p.len);
	free(p.s);
	return 0;
}
