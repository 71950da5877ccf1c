/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One value, read as every field of HTTP that we read: digests (RFC 9530),
 * entity tags and lists of them, dates and Retry-After, ranges, what a client
 * prefers, tokens, queries, addresses that a proxy names.
 */
#include "config.h"
#include <time.h>
#include "base/language.h"
#include "deliver/driver.h"
#include "fuzz.h"
#include "net/retry.h"
#include "serve/collect_rate.h"
#include "serve/gate.h"
#include "serve/negotiate.h"
#include "serve/openrosa.h"

static const char *const digests[] = {
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "mOowNqxLZE4YXw0h0yNjFcN5dWvZ6lIJbGMxYl4hQzM="};
static const char tag[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/* The two with something between them, for as long as out lives. */
static const char *join(struct copl_strbuf *out, const char *a, const char *b)
{
	copl_strbuf_reset(out);
	copl_strbuf_puts(out, a);
	copl_strbuf_puts(out, b);
	return copl_strbuf_text(out);
}

/* Whatever stands around it, a wrong digest is never passed over. */
static void check_digests(const char *v, struct copl_strbuf *b)
{
	static const char wrong[] =
	    "sha-256=:mOowNqxLZE4YXw0h0yNjFcN5dWvZ6lIJbGMxYl4hQzM=:, ";
	struct copl_set_file f = {.path = "f"};
	bool ok;

	memcpy(f.sha256_b64, digests[0], strlen(digests[0]) + 1);
	memcpy(f.sha256, tag, sizeof(tag));
	ok = copl_gate_digest_ok(v, digests[0]);
	must(!copl_gate_digest_ok(join(b, wrong, v), digests[0]));
	if (strpbrk(v, "\"\\") == NULL)
		must(!copl_gate_digest_ok(
		    join(b, v, ", sha-256=:QUFBQQ==:"), digests[0]));
	if (copl_digest_field(v, &f) == COPL_DIGEST_SAME)
		must(ok && strstr(v, digests[0]) != NULL);
	if (ok && copl_gate_digest_ok(v, digests[1]))
		must(copl_digest_field(v, &f) != COPL_DIGEST_SAME);
}

static void check_tags(const char *v, struct copl_strbuf *b)
{
	struct copl_gate_pass pass = {.if_match = v};
	bool any = strchr(v, '*') != NULL;
	bool named = strstr(v, tag) != NULL;

	must(!copl_gate_etag_listed(v, tag) || any || named);
	must(!copl_gate_match(&pass, tag) || any || named);
	must(!copl_gate_match(&pass, NULL));
	pass = (struct copl_gate_pass){.if_none_match = v};
	must(copl_gate_match(&pass, NULL));
	must(copl_gate_match(&pass, tag) == !copl_gate_etag_listed(v, tag));
	copl_strbuf_reset(b);
	copl_strbuf_printf(b, "W/\"%s\", %s", tag, v);
	must(copl_gate_etag_listed(copl_strbuf_text(b), tag));
}

static void check_http_date(const char *v)
{
	const int64_t now = 1803038400;
	int64_t at = -1, again = -1;
	uint64_t ms = copl_retry_after_ms(v, 0, now);
	char text[64];
	struct tm tm;
	time_t t;

	must(ms <= 86400000 && ms % 1000 == 0);
	must(copl_retry_after_ms(v, now, 0) == ms);
	if (!copl_http_date(v, &at))
		return;
	t = (time_t)at;
	must(at >= 0 && gmtime_r(&t, &tm) != NULL);
	must(ms == 0 || at > now);
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	must(copl_http_date(text, &again) && again == at);
}

/* What is read is written and read again as the same. */
static void check_dates(const char *v)
{
	struct copl_instant in = {0, 0}, again = {0, 0};
	char text[COPL_INSTANT_SIZE];
	int64_t day = 0;
	uint64_t n = 0;

	if (copl_instant_parse(v, &in)) {
		copl_instant_format(in.seconds, text);
		must(copl_instant_parse(text, &again));
		must(again.seconds == in.seconds && again.offset == 0);
		must(in.offset > -24 * 60 && in.offset < 24 * 60);
	}
	if (copl_date_parse(v, &day)) {
		copl_instant_format(day, text);
		must(day % 86400 == 0 && strncmp(text, v, 10) == 0);
	}
	must(!copl_number_parse(v, 1000, &n) || n <= 1000);
}

static void check_range(const char *v)
{
	static const uint64_t lengths[] = {0, 1, 100, UINT64_MAX};
	uint64_t from = 0, count = 0;
	size_t i;

	for (i = 0; i < COPL_COUNT(lengths); i++)
		if (negotiate_range(v, lengths[i], &from, &count) ==
		    NEGOTIATE_PART)
			must(count > 0 && from < lengths[i] &&
			     count <= lengths[i] - from);
	(void)negotiate_gzip(v);
	(void)negotiate_wants_page(v);
	must(!negotiate_gzip("") && negotiate_gzip("gzip"));
}

static void check_languages(const char *v)
{
	static const char *const tags[] = {
	    "ar", "zh-Hans", "en", "fr", "ru", "es"};
	struct copl_language_range list[COPL_LANGUAGE_RANGES_MAX];
	size_t n = copl_language_ranges(v, list), i, k;

	must(n <= COPL_LANGUAGE_RANGES_MAX);
	for (i = 0; i < n; i++) {
		must(list[i].q <= 1000 && list[i].tag[0] != '\0');
		must(memchr(list[i].tag, '\0', COPL_LANGUAGE_TAG_MAX) != NULL);
	}
	k = copl_language_lookup(list, n, tags, COPL_COUNT(tags));
	must(k <= COPL_COUNT(tags) && (n > 0 || k == COPL_COUNT(tags)));
}

static void check_words(const char *v, struct copl_strbuf *b)
{
	unsigned char peer[COLLECT_PEER_SIZE];
	char *text = malloc(strlen(v) + 1);

	must(text != NULL);
	if (copl_gate_token_ok(v, "s3cret"))
		must(strlen(v) == strlen("Bearer s3cret") &&
		     strstr(v, " s3cret") != NULL);
	must(copl_gate_token_ok("bearer s3cret", "s3cret"));
	if (v[0] != '\0' && strlen(v) < 1000)
		must(copl_gate_token_ok(join(b, "Bearer ", v), v));
	if (copl_openrosa_unescape(v, text, strlen(v) + 1))
		must(strlen(text) <= strlen(v));
	must(collect_rate_forwarded(v, peer) <= COLLECT_PEER_SIZE);
	(void)copl_gate_type_ok("f.html", v);
	must(!copl_gate_type_ok("f.html", join(b, "multipart/", v)));
	must(!copl_path_is_safe(v) ||
	     (strstr(v, "/.") == NULL && v[0] != '/' && v[0] != '.'));
	must(!copl_shape_is_address(v) || strpbrk(v, " \t\r\n") == NULL);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 16);
	struct fuzz_part v;

	if (size > 1 << 12)
		return 0;
	v = fuzz_cut(&rest, end, "\n");
	check_digests(v.s, &b);
	check_tags(v.s, &b);
	check_http_date(v.s);
	check_dates(v.s);
	check_range(v.s);
	check_languages(v.s);
	check_words(v.s, &b);
	copl_strbuf_clear(&b);
	free(v.s);
	return 0;
}
