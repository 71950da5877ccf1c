/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The answer of an endpoint: the letter of a driver ("o", "p", "s") and of
 * what was asked ("l", "f", "p", "v"), a line each for status, ETag,
 * Repr-Digest and Content-Digest, and its body.  A receipt that does not name
 * the digest of the file, and bytes that are others, are never a proof.
 */
#include "config.h"
#include "deliver/driver.h"
#include "fuzz.h"

static const char content[] =
    "\u0441\u043e\u0433\u043b\u0430\u0441\u0438\u0435\n";

static struct copl_set_file file_of(void)
{
	struct copl_set_file f = {.path = "youth/youth.ru.html",
	    .type = "text/html",
	    .length = sizeof(content) - 1};

	copl_sha256_hex(content, sizeof(content) - 1, f.sha256);
	copl_sha256_b64(content, sizeof(content) - 1, f.sha256_b64);
	return f;
}

static void copy(char *out, size_t room, const struct fuzz_part *p)
{
	if (p->len < room && strlen(p->s) == p->len &&
	    copl_utf8_valid(p->s, p->len) == p->len)
		memcpy(out, p->s, p->len + 1);
}

/* The bytes themselves came back, or a digest of them. */
static bool may_be_proof(
    const struct copl_net_answer *a, const struct copl_set_file *f)
{
	return (a->body.len == f->length &&
		   memcmp(a->body.s, content, f->length) == 0) ||
	       strstr(a->repr_digest, f->sha256_b64) != NULL ||
	       strstr(a->content_digest, f->sha256_b64) != NULL;
}

static void hear(const struct copl_driver *d, const struct copl_ask *ask,
    enum copl_status st, const struct copl_net_answer *a)
{
	static const struct copl_endpoint e = {
	    .id = "africa", .url = "https://h/", .region = "us-east-1"};
	struct copl_set_file f = *ask->file;
	struct copl_set set = {.files = &f, .nfiles = 1};
	const struct copl_target t = {
	    .endpoint = &e, .url = e.url, .set = &set, .now = 1803038400};
	struct copl_hearing h = d->hear(&t, ask, st, a);

	must(h.means <= COPL_MEANS_FAILED);
	must(h.means != COPL_MEANS_PROVEN || may_be_proof(a, &f));
	if (st != COPL_OK)
		must(h.means == COPL_MEANS_FAILED);
	if (h.means == COPL_MEANS_FAILED)
		must(h.attempt != COPL_TRY_DONE);
	if (h.means == COPL_MEANS_KNOWN || h.means == COPL_MEANS_OLDER)
		must(h.etag != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char drivers[] = "ops", kinds[] = "lfpv";
	const struct copl_driver *const list[] = {
	    &copl_driver_office, &copl_driver_put, &copl_driver_s3};
	const char *rest = (const char *)data, *end = rest + size;
	struct copl_net_answer a = {.body = COPL_STRBUF_INIT(COPL_HEARING_MAX)};
	const struct copl_set_file f = file_of();
	const char *d = size > 2 ? strchr(drivers, *rest) : NULL;
	const char *k = d == NULL ? NULL : strchr(kinds, rest[1]);
	struct copl_ask ask = {.file = &f, .bytes = content};
	struct fuzz_part line[4];
	size_t i;

	if (k == NULL || *d == '\0' || *k == '\0' || size > 1 << 15)
		return 0;
	rest += 2;
	for (i = 0; i < 4; i++)
		line[i] = fuzz_cut(&rest, end, "\n");
	a.status = strtol(line[0].s, NULL, 10) % 1000;
	copy(a.etag, sizeof(a.etag), &line[1]);
	copy(a.repr_digest, sizeof(a.repr_digest), &line[2]);
	copy(a.content_digest, sizeof(a.content_digest), &line[3]);
	copl_strbuf_add(&a.body, rest, (size_t)(end - rest));
	ask.kind = (enum copl_ask_kind)(k - kinds);
	hear(list[d - drivers], &ask, COPL_OK, &a);
	hear(list[d - drivers], &ask, COPL_E_INCOMPLETE, &a);
	for (i = 0; i < 4; i++)
		free(line[i].s);
	copl_net_answer_clear(&a);
	return 0;
}
