/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <zlib.h>
#include "help_serve.h"
#include "serve/negotiate.h"

static struct desk desk;
static char out[300000];

#define AR "كيف تشعر بالأمان على الإنترنت؟ نشكرك على وقتك. "
#define FR "Comment te sens-tu en sécurité en ligne ? Merci de ton temps. "
#define ZH "你上网时感到安全吗？谢谢你抽出时间。"

static void start(const char *dir)
{
	static char folder[1100];

	memset(&desk, 0, sizeof(desk));
	snprintf(folder, sizeof(folder), "%s", in(dir));
	desk.office.options.dir = folder;
	desk.office.options.fingerprint = k1_print;
	desk.office.options.now_offset = NOW - (int64_t)time(NULL);
}

static void run_it(void)
{
	assert_true(desk_start(&desk));
}

/* ---- a set in three languages, put by hand ---- */

struct part {
	const char *path;
	const char *type;
	const char *form;
	const char *lang;
	const char *text; /* eight times over */
};

static const struct part parts[] = {
    {"index.html", "text/html", NULL, NULL, "<!DOCTYPE html><p>index</p>"},
    {"youth.ar.html", "text/html", "youth", "ar", AR},
    {"youth.ar.xml", "application/xml", "youth", "ar", "<!-- " AR "-->"},
    {"youth.en.html", "text/html", "youth", "en", "Do you feel safe online? "},
    {"youth.fr.html", "text/html", "youth", "fr", FR},
    {"youth.zh.html", "text/html", "youth", "zh-Hans", ZH},
};
#define NPARTS COPL_COUNT(parts)

/* At the end of the form, and of the Chinese page. */
static const char *xml_text = "<form xml:lang=\"ar\"/>\n";
static const char *page_text = "<html lang=\"zh-Hans\">\n";

static void part_text(size_t i, uint64_t version, struct copl_strbuf *b)
{
	size_t k;

	copl_strbuf_reset(b);
	copl_strbuf_printf(b, "<!-- %u -->\n", (unsigned)version);
	for (k = 0; k < 8; k++)
		copl_strbuf_puts(b, parts[i].text);
	if (strstr(parts[i].path, ".xml") != NULL)
		copl_strbuf_puts(b, xml_text);
	if (i == NPARTS - 1)
		copl_strbuf_puts(b, page_text);
}

static unsigned put_part(
    const char *path, const char *fields, const struct copl_strbuf *b)
{
	char name[300];

	snprintf(name, sizeof(name), "/%s", path);
	return put_bytes(
	    &desk, name, fields, copl_strbuf_text(b), b->len, out, sizeof(out));
}

static void make_manifest(
    uint64_t version, struct copl_strbuf *out_bytes, struct copl_strbuf *sig)
{
	struct copl_manifest_file files[NPARTS];
	char digests[NPARTS][COPL_SHA256_HEX], key[COPL_PUBLIC_KEY_B64];
	struct copl_strbuf text = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_strbuf comment = COPL_STRBUF_INIT(4096);
	struct copl_secret_key *k = load_key("k1");
	struct copl_public_key pub;
	struct copl_manifest m = {.project = "youth",
	    .recipient = "asia",
	    .version = version,
	    .created = NOW - 3600,
	    .expires = NOW + 30 * 86400,
	    .keys = {key},
	    .nkeys = 1,
	    .files = files,
	    .nfiles = NPARTS};
	size_t i;

	memset(files, 0, sizeof(files));
	for (i = 0; i < NPARTS; i++) {
		part_text(i, version, &text);
		copl_sha256_hex(text.s, text.len, digests[i]);
		files[i] = (struct copl_manifest_file){.path = parts[i].path,
		    .form = parts[i].form,
		    .lang = parts[i].lang,
		    .type = parts[i].type,
		    .length = text.len,
		    .sha256 = digests[i]};
	}
	copl_secret_key_public(k, &pub);
	copl_public_key_b64(&pub, key);
	copl_manifest_sort(&m);
	need(copl_manifest_write(&m, out_bytes) == COPL_OK, "manifest");
	copl_manifest_comment(&m, &comment);
	need(copl_sign(k, out_bytes->s, out_bytes->len, comment.s, sig) ==
		 COPL_OK,
	    "sign");
	copl_secret_key_free(k);
	copl_strbuf_clear(&text);
	copl_strbuf_clear(&comment);
}

/* All files and the signature; the manifest with these fields. */
static unsigned deliver(uint64_t version, const char *fields)
{
	struct copl_strbuf text = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_strbuf m = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_strbuf sig = COPL_STRBUF_INIT((size_t)1 << 20);
	unsigned status;
	size_t i;

	for (i = 0; i < NPARTS; i++) {
		part_text(i, version, &text);
		status = put_part(parts[i].path, "", &text);
		assert_true(status == 201 || status == 204);
	}
	make_manifest(version, &m, &sig);
	status = put_part(COPL_MANIFEST_SIG, "", &sig);
	assert_true(status == 201 || status == 204);
	status = put_part(COPL_MANIFEST, fields, &m);
	copl_strbuf_clear(&text);
	copl_strbuf_clear(&m);
	copl_strbuf_clear(&sig);
	return status;
}

static unsigned ask(const char *path, const char *fields)
{
	return ask_for(&desk, path, fields, out, sizeof(out));
}

static void etag_of(char *to, size_t room)
{
	const char *at = strcasestr(out, "\r\nETag: ");

	assert_non_null(at);
	at += strlen("\r\nETag: ");
	snprintf(to, room, "%.*s", (int)strcspn(at, "\r"), at);
}

/* ---- before there is a set ---- */

static void an_empty_server_is_kind_in_six_languages(void **state)
{
	static const char *const words[] = {"lang=\"ar\" dir=\"rtl\"",
	    "الاستبيانات", "问卷", "The forms", "formulaires", "Анкет",
	    "formularios"};
	char b64[COPL_SHA256_B64], style[3000];
	const char *from, *to;
	size_t i;

	(void)state;
	start("empty");
	run_it();
	assert_int_equal(ask("/", "Accept: text/html\r\n"), 503);
	assert_true(has_name(out, "Retry-After"));
	for (i = 0; i < COPL_COUNT(words); i++)
		assert_non_null(strstr(out, words[i]));
	/* the policy lets in the one style that is there */
	from = strstr(out, "<style>") + 7;
	to = strstr(out, "</style>");
	snprintf(style, sizeof(style), "%.*s", (int)(to - from), from);
	copl_sha256_b64(style, strlen(style), b64);
	assert_non_null(strstr(page_policy, b64));
	assert_true(has_field(out, "Content-Security-Policy", page_policy));
	/* the visitor's language leads */
	ask("/", "Accept: text/html\r\nAccept-Language: ru-RU, en;q=0.5\r\n");
	assert_true(has_field(out, "Content-Language", "ru"));
	assert_non_null(strstr(out, "<html lang=\"ru\""));
	assert_int_equal(ask("/", ""), 503);
	assert_true(has_field(out, "Content-Type", "application/problem+json"));
	assert_int_equal(ask("/healthz", ""), 200);
	assert_string_equal(body_of(out), "{\"status\":\"empty\"}\n");
	assert_int_equal(ask("/.well-known/cop-l10n", ""), 200);
	assert_non_null(strstr(out, "\"release\":null"));
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

/* ---- what is put ---- */

static void a_put_gets_a_receipt(void **state)
{
	static const char digest[] =
	    "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:";
	struct copl_strbuf abc = COPL_STRBUF_INIT(100);

	(void)state;
	start("put");
	run_it();
	copl_strbuf_puts(&abc, "abc");
	assert_int_equal(put_part("a.txt", "", &abc), 201);
	assert_true(has_field(out, "Repr-Digest", digest));
	assert_true(has_field(out, "ETag",
	    "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	    "\""));
	assert_int_equal(put_part("a.txt",
			     "Content-Digest: sha-256=:ungWv48Bz+pBQUDeXa4iI7AD"
			     "YaOWF3qctBD/YfIAFa0=:\r\n",
			     &abc),
	    204);
	assert_int_equal(put_part("b.txt",
			     "Repr-Digest: sha-256=:AAAAv48Bz+pBQUDeXa4iI7ADYa"
			     "OWF3qctBD/YfIAFa0=:\r\n",
			     &abc),
	    400);
	assert_int_equal(put_part("b.txt",
			     "Content-Digest: sha-256=:AAAAv48Bz+pBQUDeXa4iI7A"
			     "DYaOWF3qctBD/YfIAFa0=:\r\n",
			     &abc),
	    400);
	assert_int_equal(
	    run("test \"$(ls put/.cop-l10n/staging)\" = a.txt"), 0);
	copl_strbuf_clear(&abc);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_release_takes_the_place_that_its_sender_saw(void **state)
{
	char etag[100], field[200];

	(void)state;
	start("match");
	desk.office.options.demand_match = true;
	run_it();
	assert_int_equal(deliver(1, ""), 428);
	assert_int_equal(deliver(1, "If-Match: \"none\"\r\n"), 412);
	assert_int_equal(deliver(1, "If-None-Match: *\r\n"), 201);
	assert_true(has_name(out, "Repr-Digest"));
	etag_of(etag, sizeof(etag));
	/* sent again because the answer was lost */
	assert_int_equal(deliver(1, "If-None-Match: *\r\n"), 200);
	assert_int_equal(deliver(2, "If-None-Match: *\r\n"), 412);
	snprintf(field, sizeof(field), "If-Match: W/%s\r\n", etag);
	assert_int_equal(deliver(2, field), 412);
	snprintf(field, sizeof(field), "If-Match: \"other\", %s\r\n", etag);
	assert_int_equal(deliver(2, field), 201);
	assert_int_equal(deliver(3, field), 412);
	assert_int_equal(run("test \"$(readlink match/current)\" = sets/2"), 0);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_file_may_say_what_it_takes_the_place_of(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)1 << 16);
	char etag[100], field[200];

	(void)state;
	start("match");
	run_it();
	copl_strbuf_puts(&b, "new");
	assert_int_equal(
	    put_part("youth.fr.html", "If-None-Match: *\r\n", &b), 412);
	assert_int_equal(
	    put_part("youth.fr.html", "If-Match: \"x\"\r\n", &b), 412);
	ask("/youth.fr.html", "");
	etag_of(etag, sizeof(etag));
	snprintf(field, sizeof(field), "If-Match: %s\r\n", etag);
	assert_in_range(put_part("youth.fr.html", field, &b), 201, 204);
	assert_int_equal(put_part("neu.html", "If-None-Match: *\r\n", &b), 201);
	assert_int_equal(put_part("neu2.html", "If-Match: *\r\n", &b), 412);
	copl_strbuf_clear(&b);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_read_only_server_takes_nothing(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);

	(void)state;
	start("match");
	desk.office.options.read_only = true;
	run_it();
	copl_strbuf_puts(&b, "new");
	assert_int_equal(put_part("a.txt", "", &b), 405);
	assert_true(has_field(out, "Allow", "GET, HEAD"));
	assert_int_equal(ask("/youth.fr.html", ""), 200);
	copl_strbuf_clear(&b);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

/* ---- what is shown ---- */

static void a_form_without_language_is_in_the_visitors(void **state)
{
	static const struct {
		const char *accept;
		const char *lang;
	} rows[] = {{"", "en"}, {"Accept-Language: ar\r\n", "ar"},
	    {"Accept-Language: fr-CA, en;q=0.9\r\n", "fr"},
	    {"Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n", "zh-Hans"},
	    {"Accept-Language: ZH-HANS\r\n", "zh-Hans"},
	    {"Accept-Language: de, fr;q=0.3\r\n", "fr"},
	    {"Accept-Language: de\r\n", "en"}, {"Accept-Language: *\r\n", "en"},
	    {"Accept-Language: fr;q=0, ar;q=0.1\r\n", "ar"},
	    {"Accept-Language: ;;;\r\n", "en"}};
	static const char *const paths[] = {"/youth", "/youth.html"};
	char location[100];
	size_t i, k;

	(void)state;
	start("match");
	run_it();
	for (i = 0; i < COPL_COUNT(rows); i++) {
		for (k = 0; k < COPL_COUNT(paths); k++) {
			assert_int_equal(ask(paths[k], rows[i].accept), 200);
			if (!has_field(out, "Content-Language", rows[i].lang))
				print_error("%s: %s\n", rows[i].accept, out);
			assert_true(
			    has_field(out, "Content-Language", rows[i].lang));
			snprintf(location, sizeof(location), "/youth.%.2s.html",
			    rows[i].lang);
			assert_true(
			    has_field(out, "Content-Location", location));
			assert_true(has_field(
			    out, "Vary", "Accept-Language, Accept-Encoding"));
		}
	}
	assert_non_null(strstr(out, "</youth.fr.html>; rel=\"alternate\"; "
				    "hreflang=\"fr\"; type=\"text/html\""));
	assert_non_null(strstr(out, "</manifest.xml>; rel=\"describedby\""));
	assert_null(strstr(out, "</youth.en.html>; rel=\"alternate\""));
	/* only Arabic has this kind */
	assert_int_equal(ask("/youth.xml", "Accept-Language: fr\r\n"), 200);
	assert_true(has_field(out, "Content-Language", "ar"));
	assert_true(has_field(out, "Content-Disposition",
	    "attachment; filename=\"youth.ar.xml\""));
	assert_int_equal(ask("/youth.de.html", "Accept-Language: fr\r\n"), 404);
	assert_int_equal(ask("/nothing", ""), 404);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

/* Two requests sent at once are both answered, on one connection. */
static void a_connection_stays_open_for_readers(void **state)
{
	static const char two[] =
	    "GET /youth.fr.html HTTP/1.1\r\n" HOST "\r\n"
	    "HEAD /youth.ar.html HTTP/1.1\r\n" HOST "\r\n"
	    "GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";

	(void)state;
	start("match");
	run_it();
	talk(desk.office.port, two, strlen(two), out, sizeof(out));
	assert_int_equal(answers_in(out), 3);
	assert_false(has_name(out, "Connection"));
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_page_carries_what_protects_its_reader(void **state)
{
	(void)state;
	start("match");
	run_it();
	assert_int_equal(ask("/youth.fr.html", ""), 200);
	assert_true(has_field(out, "Content-Type", "text/html; charset=utf-8"));
	assert_true(has_field(out, "X-Content-Type-Options", "nosniff"));
	assert_non_null(strstr(out, "frame-ancestors 'self'"));
	assert_true(has_field(out, "Referrer-Policy", "same-origin"));
	assert_true(has_field(out, "Cache-Control", "no-cache"));
	assert_true(has_field(out, "Content-Language", "fr"));
	assert_int_equal(ask("/manifest.xml", ""), 200);
	assert_true(has_field(out, "Cache-Control", "no-cache"));
	assert_int_equal(ask("/", ""), 200);
	assert_non_null(strstr(out, "<p>index</p>"));
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void what_the_client_has_is_not_sent_again(void **state)
{
	char etag[100], zipped[100], field[300];

	(void)state;
	start("match");
	run_it();
	assert_int_equal(ask("/youth.fr.html", ""), 200);
	etag_of(etag, sizeof(etag));
	assert_int_equal(
	    ask("/youth.fr.html", "Accept-Encoding: gzip\r\n"), 200);
	assert_true(has_field(out, "Content-Encoding", "gzip"));
	etag_of(zipped, sizeof(zipped));
	assert_string_not_equal(etag, zipped);
	snprintf(field, sizeof(field), "If-None-Match: %s\r\n", etag);
	assert_int_equal(ask("/youth.fr.html", field), 304);
	assert_true(has_field(out, "ETag", etag));
	assert_true(has_field(out, "Cache-Control", "no-cache"));
	assert_true(has_field(out, "Vary", "Accept-Encoding"));
	assert_true(has_name(out, "Date"));
	assert_string_equal(body_of(out), "");
	snprintf(field, sizeof(field),
	    "Accept-Encoding: gzip\r\nIf-None-Match: W/\"x\", W/%s\r\n",
	    zipped);
	assert_int_equal(ask("/youth.fr.html", field), 304);
	assert_true(has_field(out, "ETag", zipped));
	/* who does not take gzip does not have the file */
	snprintf(field, sizeof(field), "If-None-Match: %s\r\n", zipped);
	assert_int_equal(ask("/youth.fr.html", field), 200);
	snprintf(field, sizeof(field),
	    "If-None-Match: %s\r\nAccept-Language: fr\r\n", etag);
	assert_int_equal(ask("/youth", field), 304);
	assert_true(has_field(out, "Content-Location", "/youth.fr.html"));
	snprintf(field, sizeof(field),
	    "If-None-Match: %s\r\nAccept-Language: ar\r\n", etag);
	assert_int_equal(ask("/youth", field), 200);
	assert_int_equal(
	    ask("/youth.fr.html", "If-Modified-Since: Fri, 31 Dec 2100 "
				  "23:59:59 GMT\r\n"),
	    200);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

/* Sends by hand, because a body of gzip has bytes of zero. */
static void gzip_holds_the_same_bytes(void **state)
{
	static const char request[] = "GET /youth.ar.html HTTP/1.1\r\n" HOST
				      "Accept-Encoding: br, gzip;q=0.5\r\n"
				      "Connection: close\r\n\r\n";
	struct copl_strbuf want = COPL_STRBUF_INIT((size_t)1 << 20);
	char bytes[20000], plain[20000];
	z_stream z = {.next_out = (Bytef *)plain, .avail_out = sizeof(plain)};
	size_t got = 0;
	ssize_t n;
	int fd;

	(void)state;
	start("match");
	run_it();
	fd = dial(desk.office.port);
	assert_true(send(fd, request, strlen(request), 0) > 0);
	while ((n = recv(fd, bytes + got, sizeof(bytes) - got, 0)) > 0)
		got += (size_t)n;
	close(fd);
	n = (char *)memmem(bytes, got, "\r\n\r\n", 4) + 4 - bytes;
	z.next_in = (Bytef *)bytes + n;
	z.avail_in = (uInt)(got - (size_t)n);
	assert_int_equal(inflateInit2(&z, 31), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	part_text(1, 2, &want);
	assert_int_equal(z.total_out, want.len);
	assert_memory_equal(plain, want.s, want.len);
	assert_true(z.total_in < want.len);
	inflateEnd(&z);
	copl_strbuf_clear(&want);
	assert_int_equal(
	    ask("/youth.ar.html", "Accept-Encoding: gzip;q=0\r\n"), 200);
	assert_false(has_name(out, "Content-Encoding"));
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_part_goes_on_where_it_stopped(void **state)
{
	struct copl_strbuf want = COPL_STRBUF_INIT((size_t)1 << 20);
	char etag[100], field[300], text[100];
	static const char *const whole[] = {"Range: bytes=0-1,3-4\r\n",
	    "Range: lines=1-2\r\n", "Range: bytes=5-2\r\n",
	    "Range: bytes=a-b\r\n", "Range: bytes=0-9\r\nIf-Range: \"x\"\r\n",
	    "Range: bytes=0-9\r\nIf-Range: Fri, 31 Dec 2100 23:59:59 GMT\r\n"};
	size_t i;

	(void)state;
	start("match");
	run_it();
	part_text(4, 2, &want);
	ask("/youth.fr.html", "");
	assert_true(has_field(out, "Accept-Ranges", "bytes"));
	etag_of(etag, sizeof(etag));
	assert_int_equal(ask("/youth.fr.html", "Range: bytes=2-11\r\n"), 206);
	snprintf(text, sizeof(text), "bytes 2-11/%zu", want.len);
	assert_true(has_field(out, "Content-Range", text));
	assert_true(has_field(out, "Content-Length", "10"));
	assert_true(has_field(out, "ETag", etag));
	assert_memory_equal(body_of(out), want.s + 2, 10);
	assert_int_equal(strlen(body_of(out)), 10);
	/* also for who takes gzip, and up to the end */
	snprintf(field, sizeof(field),
	    "Accept-Encoding: gzip\r\nRange: bytes=100-\r\nIf-Range: %s\r\n",
	    etag);
	assert_int_equal(ask("/youth.fr.html", field), 206);
	assert_false(has_name(out, "Content-Encoding"));
	assert_string_equal(body_of(out), want.s + 100);
	assert_int_equal(ask("/youth.fr.html", "Range: bytes=-5\r\n"), 206);
	assert_string_equal(body_of(out), want.s + want.len - 5);
	assert_int_equal(
	    ask("/youth.fr.html", "Range: bytes=100000-\r\n"), 416);
	snprintf(text, sizeof(text), "bytes */%zu", want.len);
	assert_true(has_field(out, "Content-Range", text));
	for (i = 0; i < COPL_COUNT(whole); i++) {
		assert_int_equal(ask("/youth.fr.html", whole[i]), 200);
		assert_string_equal(body_of(out), want.s);
	}
	copl_strbuf_clear(&want);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_name_by_digest_never_means_anything_else(void **state)
{
	char etag[100], path[200];

	(void)state;
	start("match");
	run_it();
	ask("/youth.fr.html", "");
	etag_of(etag, sizeof(etag));
	snprintf(path, sizeof(path), "/by-digest/%.64s.html", etag + 1);
	assert_int_equal(ask(path, ""), 200);
	assert_true(has_field(
	    out, "Cache-Control", "public, max-age=31536000, immutable"));
	assert_true(has_field(out, "Content-Language", "fr"));
	snprintf(path + strlen(path) - 5, 6, ".xml");
	assert_int_equal(ask(path, ""), 404);
	ask("/manifest.xml", "");
	etag_of(etag, sizeof(etag));
	snprintf(path, sizeof(path), "/by-digest/%.64s.manifest.xml.minisig",
	    etag + 1);
	assert_int_equal(ask(path, ""), 200);
	assert_non_null(strstr(body_of(out), "trusted comment: cop-l10n"));
	*strstr(path, ".minisig") = '\0';
	assert_int_equal(ask(path, ""), 200);
	assert_non_null(strstr(body_of(out), "<manifest "));
	path[20] = path[20] == '0' ? '1' : '0';
	assert_int_equal(ask(path, ""), 404);
	assert_int_equal(ask("/by-digest/abc", ""), 404);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void people_get_errors_in_their_language(void **state)
{
	(void)state;
	start("match");
	run_it();
	assert_int_equal(ask("/no.html", "Accept: text/html,*/*;q=0.8\r\n"
					 "Accept-Language: es-MX\r\n"),
	    404);
	assert_true(has_field(out, "Content-Language", "es"));
	assert_non_null(strstr(out, "Esta página no está aquí"));
	assert_true(has_field(out, "Vary", "Accept, Accept-Language"));
	assert_int_equal(ask("/no.html", "Accept: */*\r\n"), 404);
	assert_true(has_field(out, "Content-Type", "application/problem+json"));
	assert_non_null(strstr(out, "\"status\":404"));
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void a_file_that_was_changed_is_not_shown(void **state)
{
	(void)state;
	start("match");
	run_it();
	assert_int_equal(run("cp match/current/youth.zh.html keep && "
			     "tr 8 9 <keep | sed 's/2/3/' "
			     ">match/current/youth.zh.html"),
	    0);
	assert_int_equal(ask("/youth.zh.html", ""), 500);
	assert_int_equal(run("mv keep match/current/youth.zh.html"), 0);
	assert_int_equal(ask("/youth.zh.html", ""), 200);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

/* ---- what is set ---- */

static void what_is_set_is_read_again_and_nobody_is_cut_off(void **state)
{
	static const char half[] = "GET /healthz HTTP/1.1\r\nHost: ";
	static const char rest[] = "x\r\nConnection: close\r\n\r\n";
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	char answer[2000];
	ssize_t n, got = 0;
	int fd;

	(void)state;
	put_file(in("."), "token", "eins\n", 5);
	put_file(in("."), "security",
	    "Contact: mailto:s@example.org\nExpires: 2028-01-01T00:00:00Z\n",
	    59);
	start("match");
	desk.office.options.token_file = in("token");
	desk.office.options.security_txt = in("security");
	desk.office.options.access_log = in("access.log");
	run_it();
	copl_strbuf_puts(&b, "abc");
	assert_int_equal(put_part("t.txt", "", &b), 401);
	assert_int_equal(
	    put_part("t.txt", "Authorization: Bearer eins\r\n", &b), 201);
	fd = dial(desk.office.port);
	assert_true(send(fd, half, strlen(half), 0) > 0);
	put_file(in("."), "token", "zwei\n", 5);
	desk_reload(&desk);
	assert_int_equal(
	    put_part("t.txt", "Authorization: Bearer eins\r\n", &b), 401);
	assert_int_equal(
	    put_part("t.txt", "Authorization: Bearer zwei\r\n", &b), 204);
	/* the one of before is answered by the daemon of before */
	assert_true(send(fd, rest, strlen(rest), 0) > 0);
	while ((n = recv(
		    fd, answer + got, sizeof(answer) - 1 - (size_t)got, 0)) > 0)
		got += n;
	answer[got] = '\0';
	close(fd);
	assert_int_equal(status_of(answer), 200);
	/* what is wrong changes nothing */
	put_file(in("."), "token", "\n", 1);
	assert_true(write(desk.reload[1], "x", 1) == 1);
	while (!heard_code(&desk.office.heard, "token-empty"))
		poll(NULL, 0, 5);
	assert_int_equal(
	    put_part("t.txt", "Authorization: Bearer zwei\r\n", &b), 204);
	assert_int_equal(ask("/.well-known/security.txt?a=b", ""), 200);
	assert_non_null(strstr(out, "Contact: mailto:s@example.org"));
	copl_strbuf_clear(&b);
	assert_int_equal(desk_stop(&desk), COPL_OK);
	assert_int_equal(
	    run("grep -q '\"peer\":\"127.0.0.0\",\"method\":\"PUT\""
		",\"path\":\"/t.txt\",\"status\":401' access.log "
		"&& ! grep -q 'a=b' access.log"),
	    0);
}

static void no_request_is_lost_while_it_reloads(void **state)
{
	unsigned i, k, good = 0;

	(void)state;
	start("match");
	run_it();
	for (i = 0; i < 10; i++) {
		assert_true(write(desk.reload[1], "x", 1) == 1);
		for (k = 0; k < 20; k++)
			good += ask("/youth.fr.html", "") == 200;
	}
	assert_int_equal(good, 200);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void several_addresses_and_sockets_of_others_are_served(void **state)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(a);
	char *second;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)state;
	need(bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 &&
		 listen(fd, 5) == 0 &&
		 getsockname(fd, (struct sockaddr *)&a, &len) == 0,
	    "socket");
	start("match");
	desk.office.options.sockets = &fd;
	desk.office.options.nsockets = 1;
	desk.office.options.listen = "127.0.0.1:0 127.0.0.1:0";
	run_it();
	assert_int_equal(desk.office.port, ntohs(a.sin_port));
	assert_int_equal(ask("/healthz", ""), 200);
	while (!heard_told(&desk.office.heard, "listening", "url="))
		poll(NULL, 0, 2);
	poll(NULL, 0, 50);
	second = heard_from(&desk.office.heard, "\nlistening ");
	assert_non_null(second);
	desk.office.port =
	    (unsigned)strtoul(strstr(second, "127.0.0.1:") + 10, NULL, 10);
	free(second);
	assert_int_not_equal(desk.office.port, ntohs(a.sin_port));
	assert_int_equal(ask("/healthz", ""), 200);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void what_nobody_came_back_for_is_removed(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	unsigned i;

	(void)state;
	start("stale");
	desk.limits = serve_limits_default;
	desk.limits.tick_ms = 20;
	desk.limits.stale_every_ms = 100;
	desk.limits.stale_s = 3600;
	run_it();
	copl_strbuf_puts(&b, "abc");
	assert_int_equal(put_part("old.txt", "", &b), 201);
	assert_int_equal(put_part("new.txt", "", &b), 201);
	assert_int_equal(
	    run("touch stale/.cop-l10n/staging/x.tmp-1-0 && "
		"touch -d '2 hours ago' stale/.cop-l10n/staging/old.txt"),
	    0);
	for (i = 0; i < 500; i++) {
		if (!copl_path_exists(in("stale/.cop-l10n/staging/old.txt")) &&
		    !copl_path_exists(in("stale/.cop-l10n/staging/x.tmp-1-0")))
			break;
		poll(NULL, 0, 10);
	}
	assert_int_equal(
	    run("test \"$(ls stale/.cop-l10n/staging)\" = new.txt"), 0);
	copl_strbuf_clear(&b);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

/* Else whoever sends one small file keeps a release out until it is removed. */
static void what_waits_makes_way_for_what_comes(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);

	(void)state;
	start("way");
	run_it();
	copl_strbuf_puts(&b, "abc");
	assert_int_equal(put_part("youth.fr.html/a/x.html", "", &b), 201);
	assert_int_equal(put_part("youth.fr.html/y.html", "", &b), 201);
	assert_int_equal(put_part("youth.fr.html", "", &b), 201);
	assert_int_equal(run("test \"$(cd way/.cop-l10n/staging && find . "
			     "-type f)\" = ./youth.fr.html"),
	    0);
	assert_int_equal(put_part("youth.fr.html/a/x.html", "", &b), 201);
	assert_int_equal(deliver(1, ""), 201);
	copl_strbuf_clear(&b);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void what_readers_could_not_use_is_refused(void **state)
{
	static const char *const forms[] = {"<form>", "<form xml:lang=\"fr\"/>",
	    "<!DOCTYPE a [<!ENTITY b 'c'>]>"};
	static const char *const pages[] = {
	    "<html lang=\"ar\">", "<html dir=\"ltr\" lang=\"zh\">", "\xff"};
	const char *good_xml = xml_text, *good_page = page_text;
	size_t i;

	(void)state;
	start("unusable");
	run_it();
	for (i = 0; i < COPL_COUNT(forms); i++) {
		xml_text = forms[i];
		assert_int_equal(deliver(1, ""), 422);
		assert_non_null(strstr(out, "\"detail\":\""));
	}
	xml_text = good_xml;
	for (i = 0; i < COPL_COUNT(pages); i++) {
		page_text = pages[i];
		assert_int_equal(deliver(1, ""), 422);
	}
	page_text = good_page;
	assert_true(heard_code(&desk.office.heard, "content-language"));
	assert_true(heard_code(&desk.office.heard, "content-encoding"));
	assert_false(copl_path_exists(in("unusable/current")));
	assert_int_equal(deliver(1, ""), 201);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static atomic_bool readers_over;

/* How often a reader saw no release, or an older one than before. */
static void *read_on(void *arg)
{
	unsigned long seen = 0, now;
	size_t *wrong = arg;
	char answer[20000];
	const char *at;

	while (!atomic_load(&readers_over)) {
		unsigned status = ask_for(&desk, "/youth.ar.html",
		    "Accept-Encoding: gzip;q=0\r\n", answer, sizeof(answer));

		at = strstr(body_of(answer), "<!-- ");
		now = at == NULL ? 0 : strtoul(at + 5, NULL, 10);
		*wrong += status != 200 || now < seen;
		seen = now;
	}
	return NULL;
}

static void many_readers_go_on_while_releases_come_in(void **state)
{
	size_t wrong[4] = {0}, i;
	pthread_t readers[4];
	uint64_t version;

	(void)state;
	start("swap");
	run_it();
	atomic_store(&readers_over, false);
	for (i = 0; i < 4; i++)
		assert_int_equal(
		    pthread_create(&readers[i], NULL, read_on, &wrong[i]), 0);
	for (version = 6; version < 12; version++) {
		assert_int_equal(deliver(version, ""), 201);
		assert_true(write(desk.reload[1], "x", 1) == 1);
	}
	atomic_store(&readers_over, true);
	for (i = 0; i < 4; i++)
		pthread_join(readers[i], NULL);
	assert_int_equal(wrong[0] + wrong[1] + wrong[2] + wrong[3], 0);
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

static void readers_see_one_release_while_others_come_in(void **state)
{
	uint64_t version;
	unsigned status;

	(void)state;
	start("swap");
	run_it();
	for (version = 1; version < 6; version++) {
		assert_int_equal(deliver(version, ""), 201);
		status = ask("/youth.ar.html", "");
		assert_int_equal(status, 200);
		assert_int_equal(
		    strtoul(strstr(body_of(out), "<!-- ") + 5, NULL, 10),
		    version);
	}
	assert_int_equal(desk_stop(&desk), COPL_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_server_is_kind_in_six_languages),
	    cmocka_unit_test(a_put_gets_a_receipt),
	    cmocka_unit_test(a_release_takes_the_place_that_its_sender_saw),
	    cmocka_unit_test(a_file_may_say_what_it_takes_the_place_of),
	    cmocka_unit_test(a_read_only_server_takes_nothing),
	    cmocka_unit_test(a_form_without_language_is_in_the_visitors),
	    cmocka_unit_test(a_connection_stays_open_for_readers),
	    cmocka_unit_test(a_page_carries_what_protects_its_reader),
	    cmocka_unit_test(what_the_client_has_is_not_sent_again),
	    cmocka_unit_test(gzip_holds_the_same_bytes),
	    cmocka_unit_test(a_part_goes_on_where_it_stopped),
	    cmocka_unit_test(a_name_by_digest_never_means_anything_else),
	    cmocka_unit_test(people_get_errors_in_their_language),
	    cmocka_unit_test(a_file_that_was_changed_is_not_shown),
	    cmocka_unit_test(what_is_set_is_read_again_and_nobody_is_cut_off),
	    cmocka_unit_test(no_request_is_lost_while_it_reloads),
	    cmocka_unit_test(
		several_addresses_and_sockets_of_others_are_served),
	    cmocka_unit_test(what_nobody_came_back_for_is_removed),
	    cmocka_unit_test(what_waits_makes_way_for_what_comes),
	    cmocka_unit_test(what_readers_could_not_use_is_refused),
	    cmocka_unit_test(readers_see_one_release_while_others_come_in),
	    cmocka_unit_test(many_readers_go_on_while_releases_come_in),
	};

	return cmocka_run_group_tests(tests, keys_set_up, scratch_remove);
}
