/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever comes from the other side, the old set stays and is told why. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>
#include "help_left_out.h"
#include "help_set.h"

static enum copl_status get_set(
    const char *url, const char *dir, struct heard *h)
{
	return fetch(url, in(dir), k1_print, NOW, h);
}

/* Release 2, with another text than release 1. */
static void make_next(void)
{
	struct item items[COPL_COUNT(small_items)];

	memcpy(items, small_items, sizeof(items));
	items[3].bytes = "<html>Как дела теперь?</html>";
	make_items(&(struct recipe){.dir = "host",
	    .version = 2,
	    .items = items,
	    .n = COPL_COUNT(items)});
}

/* A folder with release 1 in place, and a host that has release 2. */
static void begin(const char *dir)
{
	struct peer p;
	struct heard h;

	make_small("host", 1);
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(get_set(p.url, dir, &h), COPL_OK);
	peer_stop(&p);
	make_next();
}

struct row {
	const char *what;
	const char *prepare; /* shell, in the host's folder; NULL */
	const char *script;
	enum copl_status want;
	const char *code;
};

#define PORTAL                                                                 \
	"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n"                   \
	"Content-Length: 38\\r\\n\\r\\n<html>Please sign in: Wi-Fi</html>    "
#define CHUNKED "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
#define LENGTH(n) "HTTP/1.1 200 OK\\r\\nContent-Length: " #n "\\r\\n\\r\\n"
#define GZIP                                                                   \
	"HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\n"                    \
	"Connection: close\\r\\n\\r\\n"

static const struct row rows[] = {
    {"a manifest that is cut", NULL,
	"on * GET /manifest.xml \n send " LENGTH(500) "<?xml\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"a form that is cut", NULL,
	"on * GET /youth.ru.html\n send " LENGTH(500) "<html>\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"a connection that is torn down in a form", NULL,
	"on * GET /youth.ru.html\n send " LENGTH(500) "<html>\n reset",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"a length that is too short", NULL,
	"on * GET /youth.ru.html\n send " LENGTH(6) "<html>Как дела?\n close",
	COPL_E_TRUST, "file-length"},
    {"a chunk that is none", NULL,
	"on * GET /youth.ru.html\n send " CHUNKED "zz\\r\\nabc\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"chunks without an end", NULL,
	"on * GET /manifest.xml\n send " CHUNKED "3\\r\\nabc\\r\\n\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"an answer that is no HTTP", NULL,
	"on * GET /manifest.xml\n send SSH-2.0-OpenSSH_9\\r\\n\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"no answer before the end", NULL, "on * GET /manifest.xml\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"another form of the same length", "sed -i s/Как/Так/ youth.ru.html", "",
	COPL_E_TRUST, "file-digest"},
    {"a form that is longer", "echo >>youth.ru.html", "", COPL_E_TRUST,
	"address-too-large"},
    {"a form that is missing", "rm youth.ru.html", "", COPL_E_INCOMPLETE,
	"file-missing"},
    {"a manifest that was changed",
	"sed -i s/version=.2./version=\\\"3\\\"/ manifest.xml", "",
	COPL_E_TRUST, "signature-wrong"},
    {"a signature that is none", "echo abc >manifest.xml.minisig", "",
	COPL_E_TRUST, "signature-malformed"},
    {"no signature", "rm manifest.xml.minisig", "", COPL_E_TRUST,
	"signature-missing"},
    {"a page instead of a signature", NULL,
	"on * GET /manifest.xml.minisig\n send " PORTAL, COPL_E_TRUST,
	"signature-malformed"},
    {"a page instead of everything", NULL, "on *\n send " PORTAL,
	COPL_E_INCOMPLETE, "address-portal"},
    {"a page that says it is XML", NULL,
	"on *\n send HTTP/1.1 200 OK\\r\\nContent-Type: application/xml\\r\\n"
	"Content-Length: 23\\r\\n\\r\\n\\n <!DOCTYPE html><html>",
	COPL_E_INCOMPLETE, "address-portal"},
    {"a manifest without an end", NULL,
	"on * GET /manifest.xml\n send HTTP/1.1 200 OK\\r\\n\\r\\n\n"
	"fill 10737418240 x",
	COPL_E_TRUST, "address-too-large"},
    {"a manifest of ten gigabytes", NULL,
	"on * GET /manifest.xml\n send " LENGTH(
	    10737418240) "\n"
			 "fill 10737418240 x",
	COPL_E_TRUST, "address-too-large"},
    {"a form without an end", NULL,
	"on * GET /youth.ru.html\n send HTTP/1.1 200 OK\\r\\n\\r\\n\n"
	"fill 10737418240 x",
	COPL_E_TRUST, "address-too-large"},
    {"a compressed bomb for a manifest",
	"head -c 50000000 /dev/zero | gzip -9 >bomb",
	"on * GET /manifest.xml\n send " GZIP "\n file bomb\n close",
	COPL_E_TRUST, "address-too-large"},
    {"a compressed bomb for a form",
	"head -c 50000000 /dev/zero | gzip -9 >bomb",
	"on * GET /youth.ru.html\n send " GZIP "\n file bomb\n close",
	COPL_E_TRUST, "address-too-large"},
    {"what says it is compressed", NULL,
	"on * GET /youth.ru.html\n send " GZIP "<html>\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"fields without an end", NULL,
	"on * GET /manifest.xml\n send HTTP/1.1 200 OK\\r\\n\n"
	"many 9000 X-Field: value\\r\\n",
	COPL_E_TRUST, "address-too-large"},
    {"a field without an end", NULL,
	"on * GET /manifest.xml\n send HTTP/1.1 200 OK\\r\\nETag: \n"
	"fill 10737418240 x",
	COPL_E_TRUST, "address-too-large"},
    {"a redirect to itself", NULL,
	"on * GET /manifest.xml\n reply 302 Found | Location: /manifest.xml",
	COPL_E_INVALID, "address-moved"},
    {"a redirect that keeps the method", NULL,
	"on * GET /manifest.xml\n reply 308 Gone on | Location: "
	"http://169.254.169.254/latest/meta-data",
	COPL_E_INVALID, "address-moved"},
    {"a redirect to a file of ours", NULL,
	"on * GET /manifest.xml\n reply 301 Moved | Location: "
	"file:///etc/passwd",
	COPL_E_INVALID, "address-moved"},
    {"another protocol than was asked for", NULL,
	"on * GET /manifest.xml\n send HTTP/1.1 101 Other\\r\\nUpgrade: "
	"other\\r\\nConnection: Upgrade\\r\\n\\r\\nxx\n close",
	COPL_E_INCOMPLETE, "address-unreachable"},
    {"no permission", NULL, "on *\n reply 401 Who | WWW-Authenticate: Basic",
	COPL_E_INVALID, "address-refused"},
    {"it is gone", NULL, "on *\n reply 410 Gone", COPL_E_INVALID,
	"address-no-set"},
    {"it is busy", NULL, "on *\n reply 503 Busy | Retry-After: 120",
	COPL_E_INCOMPLETE, "address-busy"},
    {"too many ask", NULL, "on *\n reply 429 Slow", COPL_E_INCOMPLETE,
	"address-busy"},
    {"an answer that nobody asked for", NULL,
	"on * GET /manifest.xml HTTP\n send " LENGTH(0), COPL_E_TRUST,
	"signature-wrong"},
    {"a part that nobody asked for", NULL,
	"on * GET /youth.ru.html\n reply 206 Part | Content-Range: bytes "
	"0-0/9",
	COPL_E_TRUST, "file-length"},
};

static void check_row(const struct row *row)
{
	uint64_t before = peer_ms();
	enum copl_status st;
	struct peer p;
	struct heard h;

	make_next();
	if (row->prepare != NULL)
		assert_int_equal(run("cd host && { %s; }", row->prepare), 0);
	peer_start(&p, row->script, in("host"), 0, TEST_SECONDS);
	st = get_set(p.url, "dir", &h);
	peer_stop(&p);
	if (st != row->want || !heard_code(&h, row->code) ||
	    !stands("dir", "1"))
		print_error("%s: status %d: %s", row->what, (int)st, h.text);
	assert_int_equal(st, row->want);
	assert_true(heard_code(&h, row->code));
	assert_true(stands("dir", "1"));
	/* No loop, and not all of the ten gigabytes. */
	assert_true(peer_ms() - before < 10000);
}

static void what_goes_wrong_is_told_and_the_old_set_stays(void **state)
{
	struct peer p;
	struct heard h;
	size_t i;

	(void)state;
	begin("dir");
	for (i = 0; i < COPL_COUNT(rows); i++)
		check_row(&rows[i]);
	/* After all that the next release is taken as ever. */
	make_next();
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(get_set(p.url, "dir", &h), COPL_OK);
	peer_stop(&p);
	assert_true(stands("dir", "2"));
}

/* ---- what is signed and still not right ---- */

static void refused(const char *dir, enum copl_status want, const char *code)
{
	enum copl_status st;
	struct peer p;
	struct heard h;

	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	st = get_set(p.url, dir, &h);
	peer_stop(&p);
	if (st != want || !heard_code(&h, code))
		print_error("status %d: %s", (int)st, h.text);
	assert_int_equal(st, want);
	assert_true(heard_code(&h, code));
	assert_true(stands(dir, "1"));
}

static void age_and_key_are_looked_at_before_any_file(void **state)
{
	struct recipe c = {.dir = "host",
	    .version = 2,
	    .items = small_items,
	    .n = COPL_COUNT(small_items)};

	(void)state;
	begin("age");
	c.signer = "k2";
	make_items(&c);
	refused("age", COPL_E_TRUST, "signature-unknown-key");
	c.signer = NULL;
	c.expires = NOW - 60;
	make_items(&c);
	refused("age", COPL_E_TRUST, "release-expired");
	c.expires = 0;
	c.version = 1;
	make_items(&c);
	assert_int_equal(run("sed -i s/^version.1/version\\ 7/ "
			     "age/.cop-l10n/trust"),
	    0);
	c.version = 6;
	make_items(&c);
	refused("age", COPL_E_TRUST, "release-older");
}

/* Signs bytes that are no manifest of ours. */
static void sign_text(const char *bytes, size_t len)
{
	const struct copl_manifest m = {.project = "youth",
	    .recipient = "africa",
	    .version = 2,
	    .created = NOW - 86400,
	    .expires = NOW + 30 * 86400};
	struct copl_strbuf text = COPL_STRBUF_INIT((size_t)8 << 20);

	copl_strbuf_add(&text, bytes, len);
	put_file(in("host"), COPL_MANIFEST, bytes, len);
	sign_set(in("host"), "k1", COPL_MANIFEST_SIG, &m, &text);
	copl_strbuf_clear(&text);
}

static const char bomb[] =
    "<?xml version=\"1.0\"?>\n<!DOCTYPE manifest [\n"
    "<!ENTITY a \"سلام سلام سلام سلام سلام سلام\">\n"
    "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\n"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\n"
    "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">\n"
    "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">\n"
    "<!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">\n"
    "<!ENTITY g SYSTEM \"file:///etc/passwd\">]>\n"
    "<manifest xmlns=\"urn:cop-l10n:manifest:1\" project=\"&f;&g;\"/>\n";

static void xml_that_explodes_does_not(void **state)
{
	static const char open_tag[] = "<a>";
	char *deep = malloc(sizeof(open_tag) * 100000);
	struct peer p;
	struct heard h;
	size_t i;

	(void)state;
	begin("bomb");
	sign_text(bomb, sizeof(bomb) - 1);
	refused("bomb", COPL_E_INVALID, "xml-dtd");
	/* Nor where nobody has said yet whom to trust. */
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(
	    fetch(p.url, in("bomb2"), NULL, NOW, &h), COPL_E_INVALID);
	assert_true(heard_code(&h, "xml-dtd"));
	peer_stop(&p);
	assert_non_null(deep);
	for (i = 0; i < 100000; i++)
		memcpy(deep + 3 * i, open_tag, 3);
	sign_text(deep, (size_t)3 * 100000);
	free(deep);
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_not_equal(get_set(p.url, "bomb", &h), COPL_OK);
	peer_stop(&p);
	assert_true(stands("bomb", "1"));
}

static void no_path_leads_out(void **state)
{
	static const char *const paths[] = {"../evil.html", "/evil.html",
	    "a/../../evil.html", ".cop-l10n/trust", "a//b.html", "a/./b.html",
	    "C:\\evil.html", "manifest.xml", "PARTIAL", "..", ""};
	char text[1000];
	size_t i;

	(void)state;
	begin("paths");
	for (i = 0; i < COPL_COUNT(paths); i++) {
		snprintf(text, sizeof(text),
		    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest "
		    "xmlns=\"urn:cop-l10n:manifest:1\" version=\"2\" "
		    "project=\"youth\" recipient=\"africa\" "
		    "created=\"2027-01-14T08:00:00Z\" "
		    "expires=\"2027-02-14T08:00:00Z\">\n"
		    "  <file path=\"%s\" type=\"text/html\" length=\"3\" "
		    "sha256=\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9"
		    "cb410ff61f20015ad\"/>\n</manifest>\n",
		    paths[i]);
		sign_text(text, strlen(text));
		refused("paths", COPL_E_INVALID, "manifest-path");
	}
	assert_int_equal(run("test ! -e evil.html && test ! -e "
			     "paths/evil.html"),
	    0);
}

/* The signature is of the next set already: never a mixture. */
static void two_versions_are_never_mixed(void **state)
{
	struct peer p;
	struct heard h;

	(void)state;
	begin("mix");
	make_small("next", 3);
	assert_int_equal(run("cp next/manifest.xml.minisig host/"), 0);
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(get_set(p.url, "mix", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "signature-wrong"));
	peer_stop(&p);
	assert_true(stands("mix", "1"));
	/* A form of another release under the manifest of this one. */
	make_small("host", 2);
	put_file(in("host"), "school.ru.html", "<html>Шкoла</html>",
	    strlen("<html>Шкoла</html>"));
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(run("rm mix/sets/1/school.ru.html && echo x > "
			     "mix/sets/1/school.ru.html"),
	    0);
	assert_int_equal(get_set(p.url, "mix", &h), COPL_E_TRUST);
	peer_stop(&p);
}

/* ---- a disk that is full ---- */

/* In a process of its own, whose files cannot grow. */
static int fetch_limited(const char *url, const char *dir, rlim_t most)
{
	const struct rlimit limit = {most, most};
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct heard *h = calloc(1, sizeof(*h));

		signal(SIGXFSZ, SIG_IGN);
		if (h == NULL || setrlimit(RLIMIT_FSIZE, &limit) != 0)
			_exit(90);
		if (get_set(url, dir, h) != COPL_E_IO)
			_exit(91);
		_exit(heard_code(h, "io-write") ? 0 : 92);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_file_that_cannot_be_written_changes_nothing(void **state)
{
	char *big = noise(200000);
	const struct item items[] = {
	    {"index.html", NULL, NULL, "text/html", "<html>目录</html>", 0},
	    {"forms.zip", NULL, NULL, "application/zip", big, 200000}};
	struct peer p;
	struct heard h;

	(void)state;
	begin("full");
	make_items(&(struct recipe){
	    .dir = "host", .version = 2, .items = items, .n = 2});
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(fetch_limited(p.url, "full", 100000), 0);
	assert_true(stands("full", "1"));
	/* Nothing half is left to fill the disk. */
	assert_int_equal(run("test ! -e full/.cop-l10n/incoming && test -z "
			     "\"$(ls full/.cop-l10n/partial)\""),
	    0);
	assert_int_equal(get_set(p.url, "full", &h), COPL_OK);
	peer_stop(&p);
	assert_true(stands("full", "2"));
	free(big);
}

/* ---- calls that fail, one after the other ---- */

static int fail_with; /* errno; 0: nothing fails */
static long fail_after; /* calls that still work */

static bool fails(void)
{
	if (fail_with == 0 ||
	    __atomic_sub_fetch(&fail_after, 1, __ATOMIC_SEQ_CST) != -1)
		return false;
	errno = fail_with;
	return true;
}

/* The linker puts these before the C library's (tests/local.mk). */
ssize_t __real_write(int fd, const void *bytes, size_t len);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __real_symlink(const char *to, const char *path);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_symlink(const char *to, const char *path);

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
	return fails() ? -1 : __real_write(fd, bytes, len);
}
int __wrap_fsync(int fd)
{
	return fails() ? -1 : __real_fsync(fd);
}
int __wrap_rename(const char *from, const char *to)
{
	return fails() ? -1 : __real_rename(from, to);
}
int __wrap_symlink(const char *to, const char *path)
{
	return fails() ? -1 : __real_symlink(to, path);
}

static bool is_whole(const char *dir)
{
	return run("cd %s && readlink current | grep -qE "
		   "'^sets/(1|2|2[.][0-9]+)$' && cd current && "
		   "sha256sum -c --quiet SHA256SUMS",
		   dir) == 0;
}

/* Every call that writes fails once: whole, the old set or the new one. */
static void wherever_writing_fails_a_whole_set_is_there(void **state)
{
	static const int errors[] = {ENOSPC, EIO, EROFS};
	enum copl_status st = COPL_E_IO;
	struct peer p;
	struct heard h;
	long n = 0;

	(void)state;
	begin("torn");
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	for (; st != COPL_OK && n < 500; n++) {
		fail_after = n;
		fail_with = errors[n % 3];
		st = get_set(p.url, "torn", &h);
		fail_with = 0;
		if (!is_whole("torn"))
			print_error("call %ld: %s", n, h.text);
		assert_true(is_whole("torn"));
		/* What only speeds the next run up may fail unseen. */
		if (st != COPL_OK)
			assert_int_equal(st, COPL_E_IO);
		if (st != COPL_OK && !heard_code(&h, "io-write") &&
		    !heard_code(&h, "io-dir"))
			print_error("call %ld: %s", n, h.text);
		if (st != COPL_OK)
			assert_true(heard_code(&h, "io-write") ||
				    heard_code(&h, "io-dir"));
	}
	print_message("%ld calls failed, each once\n", n);
	assert_in_range(n, 20, 499);
	assert_int_equal(get_set(p.url, "torn", &h), COPL_OK);
	assert_true(is_whole("torn"));
	/* What those runs left behind goes with the next release. */
	make_small("host", 3);
	assert_int_equal(get_set(p.url, "torn", &h), COPL_OK);
	assert_true(stands("torn", "3"));
	assert_int_equal(run("test $(ls torn/sets | wc -l) = 3"), 0);
	peer_stop(&p);
}

static void put_key(struct copl_strbuf *text)
{
	struct copl_secret_key *k = load_key("k1");
	char b64[COPL_PUBLIC_KEY_B64];
	struct copl_public_key key;

	copl_secret_key_public(k, &key);
	copl_public_key_b64(&key, b64);
	copl_secret_key_free(k);
	copl_strbuf_printf(text, "  <key public=\"%s\"/>\n", b64);
}

static void a_set_that_does_not_fit_is_not_begun(void **state)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct heard h;
	struct peer p;
	int i;

	(void)state;
	if (run("test $(df -Pk . | awk 'NR == 2 { print $4 }') -lt "
		"150000000") != 0) {
		left_out("the disk is too large to be filled");
		return;
	}
	begin("huge");
	copl_strbuf_puts(&text,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest "
	    "xmlns=\"urn:cop-l10n:manifest:1\" version=\"2\" "
	    "project=\"youth\" recipient=\"africa\" "
	    "created=\"2027-01-14T08:00:00Z\" "
	    "expires=\"2027-02-14T08:00:00Z\">\n");
	put_key(&text);
	for (i = 0; i < 9999; i++)
		copl_strbuf_printf(&text,
		    "  <file path=\"%06d.zip\" type=\"application/zip\" "
		    "length=\"16777216\" sha256=\"ba7816bf8f01cfea414140de5dae"
		    "2223b00361a396177a9cb410ff61f20015ad\"/>\n",
		    i);
	copl_strbuf_puts(&text, "</manifest>\n");
	sign_text(text.s, text.len);
	copl_strbuf_clear(&text);
	peer_start(&p, "", in("host"), 0, TEST_SECONDS);
	assert_int_equal(get_set(p.url, "huge", &h), COPL_E_IO);
	peer_stop(&p);
	if (!heard_code(&h, "disk-full"))
		print_error("%s", h.text);
	assert_true(heard_code(&h, "disk-full"));
	assert_null(strstr(p.seen, ".zip"));
	assert_true(stands("huge", "1"));
}

static void what_nobody_answers_is_told(void **state)
{
	struct heard h;
	char url[64];
	struct peer p;

	(void)state;
	begin("quiet");
	peer_start(&p, "", NULL, 0, TEST_SECONDS);
	snprintf(url, sizeof(url), "%s", p.url);
	peer_stop(&p);
	assert_int_equal(get_set(url, "quiet", &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "address-unreachable"));
	assert_int_equal(get_set("https://no-such-host.invalid/", "quiet", &h),
	    COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "address-unreachable"));
	assert_true(stands("quiet", "1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_goes_wrong_is_told_and_the_old_set_stays),
	    cmocka_unit_test(age_and_key_are_looked_at_before_any_file),
	    cmocka_unit_test(xml_that_explodes_does_not),
	    cmocka_unit_test(no_path_leads_out),
	    cmocka_unit_test(two_versions_are_never_mixed),
	    cmocka_unit_test(a_file_that_cannot_be_written_changes_nothing),
	    cmocka_unit_test(wherever_writing_fails_a_whole_set_is_there),
	    cmocka_unit_test(a_set_that_does_not_fit_is_not_begun),
	    cmocka_unit_test(what_nobody_answers_is_told),
	};

	return cmocka_run_group_tests(tests, keys_set_up, scratch_remove);
}
