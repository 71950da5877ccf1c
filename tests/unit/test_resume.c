/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What travels: nothing twice, little of it, and not from the beginning. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include "bundle/layout.h"
#include "help_set.h"

#define BIG 300000
#define HALF 120000

static char *big;

static int set_up(void **state)
{
	if (keys_set_up(state) != 0)
		return -1;
	big = noise(BIG);
	return 0;
}

static int tear_down(void **state)
{
	free(big);
	return scratch_remove(state);
}

static void make_big(uint64_t version)
{
	const struct item items[] = {
	    {"index.html", NULL, NULL, "text/html", "<html>目录</html>", 0},
	    {"forms.zip", NULL, NULL, "application/zip", big, BIG}};

	make_items(&(struct recipe){
	    .dir = "host", .version = version, .items = items, .n = 2});
}

static enum copl_status get_from(
    struct peer *p, const char *script, const char *dir, struct heard *h)
{
	enum copl_status st;

	peer_start(p, script, in("host"), 0, TEST_SECONDS);
	st = fetch(p->url, in(dir), k1_print, NOW, h);
	peer_stop(p);
	if (st != COPL_OK)
		print_error("%s", h->text);
	assert_string_equal(peer_wrong(p), "");
	return st;
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		n++;
	}
	return n;
}

#define FIRST_HALF                                                             \
	"on GET /forms.zip\n"                                                  \
	"  send HTTP/1.1 200 OK\\r\\nETag: \"v1\"\\r\\n"                       \
	"Content-Length: 300000\\r\\n\\r\\n\n"                                 \
	"  file forms.zip 0 120000\n"

static void a_line_that_breaks_is_gone_on_with(void **state)
{
	struct peer p;
	struct heard h;

	(void)state;
	make_big(1);
	assert_int_equal(
	    get_from(&p,
		FIRST_HALF "  close\n"
			   "on GET /forms.zip\n"
			   "  expect Range: bytes=120000-\n"
			   "  expect If-Range: \"v1\"\n"
			   "  send HTTP/1.1 206 Part\\r\\nETag: \"v1\"\\r\\n"
			   "Content-Range: bytes 120000-299999/300000\\r\\n"
			   "Content-Length: 180000\\r\\n\\r\\n\n"
			   "  file forms.zip 120000 200000\n  reset\n"
			   "on GET /forms.zip\n"
			   "  expect If-Range: \"v1\"\n"
			   "  plain\n",
		"breaks", &h),
	    COPL_OK);
	assert_true(stands("breaks", "1"));
	/* The last answer was of another tag, so it came whole. */
	assert_true(heard_told(&h, "fetched", "resumed=120000;"));
	assert_string_equal(h.codes, "");
	assert_int_equal(run("test -z \"$(ls breaks/.cop-l10n/partial)\""), 0);
}

/* In a process of its own; killed when half of the file has come. */
static void kill_in_the_middle(const char *url, const char *dir)
{
	char path[500];
	pid_t child = fork();
	int i, status = 0;

	assert_true(child >= 0);
	if (child == 0) {
		struct heard *h = calloc(1, sizeof(*h));

		if (h != NULL && fetch(url, in(dir), k1_print, NOW, h) == 0)
			_exit(0);
		_exit(1);
	}
	snprintf(path, sizeof(path), "%s/.cop-l10n/partial", dir);
	for (i = 0; i < 1000; i++) {
		if (run("test -n \"$(find %s -size %dc 2>/dev/null)\"", path,
			HALF) == 0)
			break;
		poll(NULL, 0, 10);
	}
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void a_killed_run_is_gone_on_with_by_the_next(void **state)
{
	struct peer p;
	struct heard h;

	(void)state;
	make_big(1);
	peer_start(&p, FIRST_HALF "  hang\n", in("host"), 0, TEST_SECONDS);
	kill_in_the_middle(p.url, "killed");
	peer_stop(&p);
	assert_int_equal(get_from(&p,
			     "on GET /forms.zip\n"
			     "  expect Range: bytes=120000-\n"
			     "  expect If-Range: \"v1\"\n"
			     "  send HTTP/1.1 206 Part\\r\\nETag: \"v1\"\\r\\n"
			     "Content-Range: bytes 120000-299999/300000\\r\\n"
			     "Content-Length: 180000\\r\\n\\r\\n\n"
			     "  file forms.zip 120000\n",
			     "killed", &h),
	    COPL_OK);
	assert_true(heard_told(&h, "fetched", "resumed=120000;"));
	assert_true(stands("killed", "1"));
}

/* What the partial folder holds before the run, and what comes of it. */
static void go_on_from(const char *dir, const char *etag, size_t have,
    bool flip, const char *script, const char *resumed)
{
	char name[100], digest[COPL_SHA256_HEX], field[60];
	char *bytes = malloc(BIG);
	struct peer p;
	struct heard h;

	assert_non_null(bytes);
	memcpy(bytes, big, BIG);
	if (flip)
		bytes[have / 2] ^= 1;
	make_big(1);
	copl_sha256_hex(big, BIG, digest);
	snprintf(name, sizeof(name), ".cop-l10n/partial/%s", digest);
	put_file(in(dir), name, bytes, have);
	snprintf(name, sizeof(name), ".cop-l10n/partial/%s.etag", digest);
	put_file(in(dir), name, etag, strlen(etag));
	free(bytes);
	assert_int_equal(get_from(&p, script, dir, &h), COPL_OK);
	snprintf(field, sizeof(field), "resumed=%s;", resumed);
	if (!heard_told(&h, "fetched", field))
		print_error("%s: %s", dir, h.events);
	assert_true(heard_told(&h, "fetched", field));
	assert_true(stands(dir, "1"));
}

#define PART(etag, from)                                                       \
	"  send HTTP/1.1 206 Part\\r\\nETag: " etag "\\r\\nContent-Range: "    \
	"bytes " #from "-299999/300000\\r\\nConnection: close\\r\\n\\r\\n\n"   \
	"  file forms.zip " #from "\n  close\n"

static void what_cannot_be_gone_on_with_comes_from_the_beginning(void **state)
{
	(void)state;
	/* The host says that it is another version now. */
	go_on_from("changed", "\"old\"", HALF, false,
	    "on GET /forms.zip\n  expect If-Range: \"old\"\n  plain\n", "0");
	/* A weak tag, or none, is not asked with. */
	go_on_from("weak", "W/\"v1\"", HALF, false, "", "0");
	go_on_from("none", "", HALF, false, "", "0");
	/* Another part than the one asked for. */
	go_on_from("astray", "\"v1\"", HALF, false,
	    "on GET /forms.zip\n" PART("\"v1\"", 100000), "0");
	/* It has none from there. */
	go_on_from("range", "\"v1\"", HALF, false,
	    "on GET /forms.zip\n"
	    "  reply 416 Range | Content-Range: bytes */300000\n",
	    "0");
	/* The bytes that were here had been damaged. */
	go_on_from("flipped", "\"v1\"", HALF, true,
	    "on GET /forms.zip\n" PART("\"v1\"", 120000), "120000");
	/* All of it had come: nothing is asked for. */
	go_on_from("whole", "\"v1\"", BIG, false,
	    "on * GET /forms.zip\n  reply 500 No\n", "0");
	go_on_from("wholeflip", "\"v1\"", BIG, true, "", "0");
	go_on_from("good", "\"v1\"", HALF, false,
	    "on GET /forms.zip\n" PART("\"v1\"", 120000), "120000");
}

static void what_is_on_its_way_to_another_set_is_forgotten(void **state)
{
	struct peer p;
	struct heard h;

	(void)state;
	make_big(1);
	put_file(in("tidy"), ".cop-l10n/partial/0123", "abc", 3);
	assert_int_equal(get_from(&p, "", "tidy", &h), COPL_OK);
	assert_int_equal(run("test -z \"$(ls tidy/.cop-l10n/partial)\""), 0);
}

static void a_file_known_by_its_digest_is_not_asked_for(void **state)
{
	struct item items[COPL_COUNT(small_items)];
	struct peer p;
	struct heard h;

	(void)state;
	make_small("host", 1);
	assert_int_equal(get_from(&p, "", "digest", &h), COPL_OK);
	/* Three releases: what only the first had comes again in the third,
	 * under another name. */
	make_items(&(struct recipe){
	    .dir = "host", .version = 2, .items = small_items, .n = 2});
	assert_int_equal(get_from(&p, "", "digest", &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=0;"));
	memcpy(items, small_items, sizeof(items));
	items[3].path = "moved/here.html";
	items[1].bytes = "<html>كيف حالكم؟</html>";
	make_items(&(struct recipe){.dir = "host",
	    .version = 3,
	    .items = items,
	    .n = COPL_COUNT(items)});
	assert_int_equal(get_from(&p, "", "digest", &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=1;"));
	assert_int_equal(count(p.seen, "GET /youth.ar.html"), 1);
	assert_int_equal(count(p.seen, ".html"), 1);
	assert_true(stands("digest", "3"));
	/* A copy that was damaged where it lies is no copy. */
	assert_int_equal(run("for f in digest/sets/*/school.ru.html; do echo "
			     "x >$f; done"),
	    0);
	make_small("host", 4);
	assert_int_equal(get_from(&p, "", "digest", &h), COPL_OK);
	assert_int_equal(count(p.seen, "GET /school.ru.html"), 1);
	assert_true(stands("digest", "4"));
}

static void nothing_new_is_one_request_whatever_the_host_calls_it(void **state)
{
	struct peer p;
	struct heard h;

	(void)state;
	make_small("host", 1);
	/* One port, since another address has other tags. */
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(fetch(p.url, in("tag"), k1_print, NOW, &h), COPL_OK);
	assert_int_equal(fetch(p.url, in("tag"), NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;bytes=0;"));
	make_small("host", 2);
	assert_int_equal(fetch(p.url, in("tag"), NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "version=2;"));
	assert_int_equal(fetch(p.url, in("tag"), NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;bytes=0;"));
	/* What it was called is only a hint. */
	put_file(in("tag"), ".cop-l10n/seen", "url \netag", 9);
	assert_int_equal(fetch(p.url, in("tag"), NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	peer_stop(&p);
}

static void publish_by_digest(void)
{
	char digest[COPL_SHA256_HEX];
	char *manifest;

	make_small("host", 1);
	manifest = get(in("host/manifest.xml"));
	copl_sha256_hex(manifest, strlen(manifest), digest);
	free(manifest);
	assert_int_equal(
	    run("cd host && mkdir by-digest && cp manifest.xml.minisig "
		"by-digest/%s.manifest.xml.minisig && for f in *.html "
		"youth.xml; do mv $f by-digest/$(sha256sum $f | cut -c "
		"1-64).${f##*.}; done",
		digest),
	    0);
}

static void names_by_digest_are_taken_where_there_are_any(void **state)
{
	struct peer p;
	struct heard h;

	(void)state;
	publish_by_digest();
	/* The plain signature is of the next set already. */
	assert_int_equal(run("echo next >host/manifest.xml.minisig"), 0);
	assert_int_equal(get_from(&p, "", "named", &h), COPL_OK);
	assert_int_equal(count(p.seen, "GET /by-digest/"), 8);
	assert_int_equal(p.requests, 9);
	assert_true(stands("named", "1"));
	/* One that is missing there is taken by its plain name. */
	publish_by_digest();
	assert_int_equal(run("cd host && for f in by-digest/*.xml; do mv $f "
			     "youth.xml; done"),
	    0);
	assert_int_equal(get_from(&p, "", "named2", &h), COPL_OK);
	assert_int_equal(count(p.seen, "GET /youth.xml"), 1);
	/* Some stores say 403 for what they have not. */
	make_small("host", 1);
	assert_int_equal(
	    get_from(&p, "on * GET /by-digest/\n  reply 403 Forbidden\n",
		"named3", &h),
	    COPL_OK);
	assert_int_equal(count(p.seen, "GET /by-digest/"), 1);
	assert_true(stands("named3", "1"));
}

static void text_comes_compressed(void **state)
{
	struct copl_strbuf page = COPL_STRBUF_INIT((size_t)1 << 20);
	struct item item = {
	    "youth.ru.html", "youth", "ru", "text/html", NULL, 0};
	struct peer p;
	struct heard h;
	int i;

	(void)state;
	for (i = 0; i < 2000; i++)
		copl_strbuf_printf(&page, "<p>Вопрос %d: как дела?</p>\n", i);
	item.bytes = copl_strbuf_text(&page);
	make_items(&(struct recipe){
	    .dir = "host", .version = 1, .items = &item, .n = 1});
	/* Only the compressed one is there. */
	assert_int_equal(run("gzip host/youth.ru.html"), 0);
	assert_int_equal(get_from(&p, "", "gzip", &h), COPL_OK);
	assert_non_null(strstr(p.heads, "Accept-Encoding: gzip"));
	assert_true(stands("gzip", "1"));
	copl_strbuf_clear(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_that_breaks_is_gone_on_with),
	    cmocka_unit_test(a_killed_run_is_gone_on_with_by_the_next),
	    cmocka_unit_test(
		what_cannot_be_gone_on_with_comes_from_the_beginning),
	    cmocka_unit_test(what_is_on_its_way_to_another_set_is_forgotten),
	    cmocka_unit_test(a_file_known_by_its_digest_is_not_asked_for),
	    cmocka_unit_test(
		nothing_new_is_one_request_whatever_the_host_calls_it),
	    cmocka_unit_test(names_by_digest_are_taken_where_there_are_any),
	    cmocka_unit_test(text_comes_compressed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
