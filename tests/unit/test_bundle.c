/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "bundle/bundle.h"
#include "help_bundle.h"
#include "help_left_out.h"

/* "abc", from FIPS 180-4's examples. */
#define ABC_SHA256                                                             \
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

#define KEY1 "RWSZousSZRlnkPlKcvnYQ2TvjHbW4nnP52p83PPdyqDJXKWV3dCgMf3R"
#define KEY2 "RWSHzZV+4YIncmVaq0xrT2W2gvyvvAQJAkW90MgRO0IIyf6YB4d8yvop"

/* ---- digests ---- */

static void digests_are_those_of_the_standard(void **state)
{
	char hex[COPL_SHA256_HEX], b64[COPL_SHA256_B64];

	(void)state;
	copl_sha256_hex("abc", 3, hex);
	assert_string_equal(hex, ABC_SHA256);
	copl_sha256_b64("abc", 3, b64);
	assert_string_equal(
	    b64, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	copl_sha256_hex("", 0, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b9"
				 "34ca495991b7852b855");
}

/* ---- manifests ---- */

static struct copl_manifest_file some_files[] = {
    {"index.html", NULL, NULL, NULL, "text/html", 3, ABC_SHA256},
    {"cis/bullying.ru.html", "bullying", "ru", "cis", "text/html", 3,
	ABC_SHA256},
    {"africa/bullying.zh-Hans.xml", "bullying", "zh-Hans", "africa",
	"application/xml", 16777216, ABC_SHA256},
};

static struct copl_manifest some_manifest(void)
{
	struct copl_manifest m = {.project = "youth",
	    .version = 7,
	    .created = 1800000000,
	    .expires = 1810000000,
	    .keys = {KEY1, KEY2},
	    .nkeys = 2,
	    .files = some_files,
	    .nfiles = 3};

	copl_manifest_sort(&m);
	return m;
}

static enum copl_status read_text(
    const char *text, struct seen *s, struct copl_manifest **out)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_manifest_read(text, strlen(text), "manifest.xml", &r, out);
	return copl_reporter_end(&r, st);
}

static void a_manifest_is_read_as_it_was_written(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_strbuf again = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest m = some_manifest(), *got;
	const struct copl_manifest_file *f;
	struct seen s;

	(void)state;
	assert_int_equal(copl_manifest_write(&m, &b), COPL_OK);
	assert_int_equal(read_text(b.s, &s, &got), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_string_equal(got->project, "youth");
	assert_null(got->recipient);
	assert_int_equal(got->version, 7);
	assert_int_equal(got->created, 1800000000);
	assert_int_equal(got->expires, 1810000000);
	assert_int_equal(got->nkeys, 2);
	assert_string_equal(got->keys[1], KEY2);
	assert_int_equal(got->nfiles, 3);
	f = copl_manifest_find(got, "africa/bullying.zh-Hans.xml");
	assert_non_null(f);
	assert_int_equal(f->length, 16777216);
	assert_string_equal(f->lang, "zh-Hans");
	assert_string_equal(f->recipient, "africa");
	f = copl_manifest_find(got, "index.html");
	assert_non_null(f);
	assert_null(f->form);
	assert_null(copl_manifest_find(got, "nowhere"));
	assert_int_equal(copl_manifest_write(got, &again), COPL_OK);
	assert_string_equal(again.s, b.s);
	copl_manifest_free(got);
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&again);
}

static void a_manifest_says_whether_it_is_a_draft(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest m = some_manifest(), *got;
	struct seen s;

	(void)state;
	assert_int_equal(copl_manifest_write(&m, &b), COPL_OK);
	assert_null(strstr(b.s, "draft"));
	assert_int_equal(read_text(b.s, &s, &got), COPL_OK);
	assert_false(got->draft);
	copl_manifest_free(got);
	copl_strbuf_reset(&b);
	m.draft = true;
	assert_int_equal(copl_manifest_write(&m, &b), COPL_OK);
	assert_non_null(strstr(b.s, " draft=\"yes\">\n"));
	assert_int_equal(read_text(b.s, &s, &got), COPL_OK);
	assert_true(got->draft);
	copl_manifest_free(got);
	copl_strbuf_clear(&b);
}

static void the_trusted_comment_says_what_the_manifest_says(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	struct copl_manifest m = some_manifest();

	(void)state;
	m.recipient = "africa";
	copl_manifest_comment(&m, &b);
	assert_string_equal(b.s,
	    "cop-l10n release 7 project youth recipient africa created "
	    "2027-01-15T08:00:00Z expires 2027-05-11T01:46:40Z");
	copl_strbuf_reset(&b);
	m.recipient = NULL;
	copl_manifest_comment(&m, &b);
	assert_non_null(strstr(b.s, "project youth created "));
	m.draft = true;
	copl_strbuf_reset(&b);
	copl_manifest_comment(&m, &b);
	assert_non_null(strstr(b.s, "expires 2027-05-11T01:46:40Z draft"));
	copl_strbuf_clear(&b);
}

static void sums_are_what_sha256sum_checks(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	struct copl_manifest_file f = {
	    .path = "abc.txt", .type = "text/plain", .sha256 = ABC_SHA256};
	struct copl_manifest m = {.files = &f, .nfiles = 1};

	(void)state;
	assert_int_equal(copl_manifest_sums(&m, &b), COPL_OK);
	assert_string_equal(b.s, ABC_SHA256 "  abc.txt\n");
	put_text(in("abc.txt"), "abc");
	put_text(in("SHA256SUMS"), b.s);
	assert_int_equal(run("sha256sum -c --strict SHA256SUMS"), 0);
	copl_strbuf_clear(&b);
}

static void an_unsorted_manifest_is_not_written(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest_file files[] = {
	    {.path = "b", .type = "a/b", .sha256 = ABC_SHA256},
	    {.path = "a", .type = "a/b", .sha256 = ABC_SHA256}};
	struct copl_manifest m = {.files = files, .nfiles = 2};

	(void)state;
	assert_int_equal(copl_manifest_write(&m, &b), COPL_E_BUG);
	m.nfiles = COPL_RELEASE_FILES_MAX + 1;
	assert_int_equal(copl_manifest_write(&m, &b), COPL_E_LIMIT);
	copl_strbuf_clear(&b);
}

/*
 * A manifest with one file whose attributes, and the root's, can be
 * replaced, so that each test shows only what is wrong.
 */
#define ROOT_OK                                                                \
	"version=\"1\" project=\"youth\" created=\"2027-01-11T08:00:00Z\" "    \
	"expires=\"2027-04-30T12:00:00Z\""
#define FILE_OK                                                                \
	"<file path=\"a.xml\" type=\"application/xml\" length=\"3\" "          \
	"sha256=\"" ABC_SHA256 "\"/>"
#define KEY_OK "<key public=\"" KEY1 "\"/>"
#define DOC(root, body)                                                        \
	"<manifest xmlns=\"urn:cop-l10n:manifest:1\" " root ">\n" body         \
	"</manifest>"

static void refused(const char *text, const char *codes, enum copl_status want)
{
	struct copl_manifest *m = (void *)1;
	struct seen s;

	assert_int_equal(read_text(text, &s, &m), want);
	assert_null(m);
	assert_string_equal(s.codes, codes);
}

static void the_shortest_manifest_is_accepted(void **state)
{
	struct copl_manifest *m;
	struct seen s;

	(void)state;
	assert_int_equal(
	    read_text(DOC(ROOT_OK, KEY_OK FILE_OK), &s, &m), COPL_OK);
	assert_int_equal(m->nfiles, 1);
	copl_manifest_free(m);
	assert_int_equal(read_text(DOC(ROOT_OK, KEY_OK), &s, &m), COPL_OK);
	assert_int_equal(m->nfiles, 0);
	assert_null(copl_manifest_find(m, "a"));
	copl_manifest_free(m);
}

static void every_value_is_checked(void **state)
{
	static const char *const bad[] = {
	    "version=\"0\"",
	    "version=\"01\"",
	    "version=\"-1\"",
	    "version=\"9223372036854775808\"",
	    "project=\"Youth\"",
	    "project=\"\"",
	    "created=\"2027-01-11\"",
	    "created=\"2027-01-11T08:00:00+02:00\"",
	    "expires=\"2027-13-11T08:00:00Z\"",
	    "expires=\"2027-01-11T08:00:00.0Z\"",
	    /* not before it is made */
	    "expires=\"2027-01-11T08:00:00Z\"",
	    "recipient=\"../etc\"",
	    "draft=\"no\"",
	    "draft=\"\"",
	};
	char text[2000];
	size_t i, k;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		static const char *const good[] = {"version=\"1\"",
		    "project=\"youth\"", "created=\"2027-01-11T08:00:00Z\"",
		    "expires=\"2027-04-30T12:00:00Z\""};
		size_t name = strcspn(bad[i], "=") + 1;
		size_t n = (size_t)snprintf(text, sizeof(text),
		    "<manifest xmlns=\"urn:cop-l10n:manifest:1\" %s", bad[i]);

		for (k = 0; k < COPL_COUNT(good); k++)
			if (strncmp(good[k], bad[i], name) != 0)
				n += (size_t)snprintf(
				    text + n, sizeof(text) - n, " %s", good[k]);
		snprintf(text + n, sizeof(text) - n, ">" KEY_OK "</manifest>");
		refused(text, "manifest-value ", COPL_E_INVALID);
	}
}

static void unsafe_paths_are_refused(void **state)
{
	static const char *const bad[] = {"../a.xml", "/etc/passwd", "a//b",
	    "a/../b", ".hidden", "a/.b", "a\\b", "a b", "", "a/", "a/b/c/d/e",
	    "фото.html", "manifest.xml", "manifest.xml.minisig",
	    "manifest.xml.2.minisig", "SHA256SUMS"};
	char text[2000];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		snprintf(text, sizeof(text),
		    DOC(ROOT_OK,
			KEY_OK "<file path=\"%s\" type=\"a/b\" "
			       "length=\"3\" sha256=\"" ABC_SHA256 "\"/>"),
		    bad[i]);
		refused(text, "manifest-path ", COPL_E_INVALID);
	}
}

static void the_values_of_a_file_are_checked(void **state)
{
	static const char *const bad[][3] = {
	    {"Form", "ar", "text/html"},
	    {"form", "a", "text/html"},
	    {"form", "-ar", "text/html"},
	    {"form", "العربية", "text/html"},
	    {"form", "ar", "text"},
	    {"form", "ar", "text/"},
	    {"form", "ar", "text/html; x"},
	    {"form", "ar", "a/b/c"},
	};
	char text[2000];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		snprintf(text, sizeof(text),
		    DOC(ROOT_OK, KEY_OK
			"<file path=\"a\" form=\"%s\" lang=\"%s\" type=\"%s\" "
			"length=\"3\" sha256=\"" ABC_SHA256 "\"/>"),
		    bad[i][0], bad[i][1], bad[i][2]);
		refused(text, "manifest-value ", COPL_E_INVALID);
	}
	refused(DOC(ROOT_OK,
		    KEY_OK "<file path=\"a\" type=\"a/b\" "
			   "length=\"16777217\" sha256=\"" ABC_SHA256 "\"/>"),
	    "manifest-value ", COPL_E_INVALID);
	refused(DOC(ROOT_OK, KEY_OK "<file path=\"a\" type=\"a/b\" "
				    "length=\"1\" sha256=\"BA7816BF\"/>"),
	    "manifest-value ", COPL_E_INVALID);
}

static void all_findings_come_at_once_with_their_places(void **state)
{
	struct copl_manifest *m;
	struct seen s;

	(void)state;
	assert_int_equal(
	    read_text(DOC("version=\"1\" project=\"youth\" colour=\"red\" "
			  "created=\"2027-01-11T08:00:00Z\"",
			  "<key public=\"RWQ\"/>\n"
			  "<file path=\"a\" type=\"a/b\" length=\"1\"/>\n"
			  "<folder/>\n"
			  "<file path=\"a\" type=\"a/b\" length=\"x\" "
			  "sha256=\"1\"/>"),
		&s, &m),
	    COPL_E_INVALID);
	assert_string_equal(s.codes,
	    "manifest-missing-value manifest-attribute key-malformed "
	    "manifest-missing-value manifest-element manifest-value "
	    "manifest-value ");
	assert_int_equal(s.line, 5);
}

static void files_are_sorted_and_named_once(void **state)
{
	(void)state;
	refused(DOC(ROOT_OK, KEY_OK FILE_OK FILE_OK), "manifest-duplicate ",
	    COPL_E_INVALID);
	refused(DOC(ROOT_OK, KEY_OK FILE_OK
		    "<file path=\"Z.xml\" type=\"a/b\" length=\"3\" "
		    "sha256=\"" ABC_SHA256 "\"/>"),
	    "manifest-order ", COPL_E_INVALID);
}

static void keys_are_one_or_two_and_different(void **state)
{
	(void)state;
	refused(DOC(ROOT_OK, FILE_OK), "manifest-key ", COPL_E_INVALID);
	refused(DOC(ROOT_OK, KEY_OK KEY_OK), "manifest-key ", COPL_E_INVALID);
	refused(DOC(ROOT_OK, KEY_OK "<key public=\"" KEY2 "\"/>" KEY_OK),
	    "manifest-key ", COPL_E_INVALID);
}

static void what_is_not_a_manifest_is_refused(void **state)
{
	(void)state;
	refused("<manifest/>", "manifest-root ", COPL_E_INVALID);
	refused("<manifest xmlns=\"urn:cop-l10n:manifest:2\"/>",
	    "manifest-root ", COPL_E_INVALID);
	refused(
	    "<!DOCTYPE manifest []><manifest/>", "xml-dtd ", COPL_E_INVALID);
	refused("<manifest", "xml-syntax ", COPL_E_PARSE);
	refused("", "xml-syntax ", COPL_E_PARSE);
	refused(
	    DOC(ROOT_OK, "text" KEY_OK), "manifest-element ", COPL_E_INVALID);
	refused(DOC(ROOT_OK, "<key public=\"" KEY1 "\"><x/></key>"),
	    "manifest-element ", COPL_E_INVALID);
}

static void ceilings_hold(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)8 << 20);
	struct copl_manifest *m = NULL;
	struct seen s;
	int i;

	(void)state;
	copl_strbuf_puts(&b,
	    "<manifest xmlns=\"urn:cop-l10n:manifest:1\" " ROOT_OK ">" KEY_OK);
	for (i = 0; i <= COPL_RELEASE_FILES_MAX; i++)
		copl_strbuf_printf(&b,
		    "<file path=\"f%05d\" type=\"a/b\" length=\"3\" "
		    "sha256=\"" ABC_SHA256 "\"/>\n",
		    i);
	copl_strbuf_puts(&b, "</manifest>");
	assert_int_equal(b.st, COPL_OK);
	assert_int_equal(read_text(b.s, &s, &m), COPL_E_INVALID);
	assert_string_equal(s.codes, "manifest-limit ");
	assert_int_equal(s.line, COPL_RELEASE_FILES_MAX + 1);
	while (b.len <= COPL_MANIFEST_MAX)
		copl_strbuf_puts(&b, "                                      ");
	assert_int_equal(read_text(b.s, &s, &m), COPL_E_LIMIT);
	assert_string_equal(s.codes, "manifest-limit ");
	copl_strbuf_clear(&b);
}

/* ---- keys ---- */

static enum copl_status key_from(
    const char *text, struct seen *s, struct copl_public_key *k)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_public_key_read(
	    text, (struct copl_place){"k.pub", 0, 0}, &r, k);
	return copl_reporter_end(&r, st);
}

static void a_public_key_is_read_from_a_file_or_a_line(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	struct copl_public_key k, line;
	char b64[COPL_PUBLIC_KEY_B64];
	struct seen s;

	(void)state;
	assert_int_equal(key_from("untrusted comment: minisign public key "
				  "9067196512EBA299\r\n" KEY1 "\r\n\r\n",
			     &s, &k),
	    COPL_OK);
	assert_int_equal(key_from(KEY1, &s, &line), COPL_OK);
	assert_true(copl_public_key_equal(&k, &line));
	copl_public_key_b64(&k, b64);
	assert_string_equal(b64, KEY1);
	copl_public_key_write(&k, &b);
	assert_string_equal(b.s, "untrusted comment: minisign public key "
				 "9067196512EBA299\n" KEY1 "\n");
	assert_int_equal(key_from(KEY2, &s, &line), COPL_OK);
	assert_false(copl_public_key_equal(&k, &line));
	copl_strbuf_clear(&b);
}

static void what_is_not_a_public_key_is_refused(void **state)
{
	static const char *const bad[] = {"", "RWQ", "hello\nworld\n",
	    KEY1 "\n" KEY2 "\n", "untrusted comment: only\n",
	    /* another algorithm */
	    "AWSZousSZRlnkPlKcvnYQ2TvjHbW4nnP52p83PPdyqDJXKWV3dCgMf3R",
	    KEY1 "AAAA", "untrusted comment: a\nuntrusted comment: b\n"};
	struct copl_public_key k;
	struct seen s;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		assert_int_equal(key_from(bad[i], &s, &k), COPL_E_INVALID);
		assert_string_equal(s.codes, "key-malformed ");
	}
}

static void a_fingerprint_is_compared_as_people_write_it(void **state)
{
	char f[COPL_FINGERPRINT_SIZE], other[COPL_FINGERPRINT_SIZE + 20];
	struct copl_public_key k;
	struct seen s;
	size_t i;

	(void)state;
	assert_int_equal(key_from(KEY1, &s, &k), COPL_OK);
	copl_fingerprint(&k, f);
	assert_int_equal(strlen(f), 49);
	assert_true(copl_fingerprint_equal(f, &k));
	for (i = 0; i < 49; i++)
		other[i] = f[i] == ' '   ? ':'
			   : f[i] >= 'A' ? (char)(f[i] - 'A' + 'a')
					 : f[i];
	other[49] = '\0';
	assert_true(copl_fingerprint_equal(other, &k));
	snprintf(other, sizeof(other), "  %s-\n", f);
	assert_true(copl_fingerprint_equal(other, &k));
	snprintf(other, sizeof(other), "%s00", f);
	assert_false(copl_fingerprint_equal(other, &k));
	other[45] = '\0'; /* the last group is cut */
	assert_false(copl_fingerprint_equal(other, &k));
	assert_false(copl_fingerprint_equal("", &k));
	f[0] = f[0] == '0' ? '1' : '0';
	assert_false(copl_fingerprint_equal(f, &k));
}

/* ---- minisign, ours and theirs ---- */

static enum copl_status make_key(
    const char *prefix, const char *passphrase, struct seen *s)
{
	const struct copl_lock cheap = {passphrase, 32768, (uint64_t)1 << 20};
	struct copl_sink sink = seen_sink(s);

	return copl_keygen_locked(in(prefix), &cheap, &sink);
}

static enum copl_status load_key(const char *path, const char *passphrase,
    struct seen *s, struct copl_secret_key **k)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;

	copl_reporter_init(&r, &sink);
	return copl_reporter_end(
	    &r, copl_secret_key_load(path, passphrase, &r, k));
}

static void keygen_writes_a_pair_and_never_over_another(void **state)
{
	char *before, *after;
	struct stat sb;
	struct seen s;

	(void)state;
	assert_int_equal(make_key("keys/release", NULL, &s), COPL_OK);
	assert_string_equal(s.event, "key");
	assert_non_null(strstr(s.fields, "keys/release.pub;"));
	assert_non_null(strstr(s.fields, "keys/release.key;"));
	assert_non_null(strstr(s.fields, "fingerprint="));
	assert_int_equal(stat(in("keys/release.key"), &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0600);
	before = get(in("keys/release.key"));
	assert_int_equal(make_key("keys/release", NULL, &s), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-exists key-exists ");
	after = get(in("keys/release.key"));
	assert_string_equal(before, after);
	free(before);
	free(after);
	/* One of the two is enough to refuse, and then neither is made. */
	put_text(in("half.pub"), "x");
	assert_int_equal(make_key("half", NULL, &s), COPL_E_INVALID);
	assert_int_not_equal(access(in("half.key"), F_OK), 0);
	put_text(in("plain"), "");
	assert_int_equal(make_key("plain/key", NULL, &s), COPL_E_IO);
}

static void a_key_with_a_passphrase_opens_only_with_it(void **state)
{
	struct copl_secret_key *k = NULL;
	struct copl_public_key pub, file;
	struct copl_reporter r;
	struct seen s;

	(void)state;
	assert_int_equal(make_key("locked", "كلمة السر", &s), COPL_OK);
	assert_int_equal(
	    load_key(in("locked.key"), NULL, &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-passphrase ");
	assert_int_equal(
	    load_key(in("locked.key"), "пароль", &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-passphrase ");
	assert_null(k);
	assert_int_equal(
	    load_key(in("locked.key"), "كلمة السر", &s, &k), COPL_OK);
	copl_secret_key_public(k, &pub);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_public_key_load(in("locked.pub"), &r, &file), COPL_OK);
	assert_true(copl_public_key_equal(&pub, &file));
	copl_secret_key_free(k);
}

static void bad_secret_keys_are_refused(void **state)
{
	struct copl_secret_key *k = NULL;
	struct copl_public_key pub;
	struct seen s;
	char *text, *line;

	(void)state;
	assert_int_equal(load_key(in("nowhere"), NULL, &s, &k), COPL_E_IO);
	assert_string_equal(s.codes, "io-open ");
	assert_int_equal(load_key(scratch, NULL, &s, &k), COPL_E_IO);
	assert_string_equal(s.codes, "io-read ");
	put_text(in("not.key"), "hello");
	assert_int_equal(load_key(in("not.key"), NULL, &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-mode key-malformed ");
	assert_int_equal(make_key("flip", NULL, &s), COPL_OK);
	text = get(in("flip.key"));
	line = strchr(text, '\n') + 1;
	assert_int_equal(key_from(text, &s, &pub), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-is-secret ");
	line[100] = line[100] == 'A' ? 'B' : 'A'; /* inside the seed */
	put_text(in("flip.key"), text);
	assert_int_equal(
	    load_key(in("flip.key"), NULL, &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-damaged ");
	/* Such a cost would take hours and 512 GiB. */
	memcpy(line, "RWRTY0Iy", 8);
	memset(line + 50, '/', 24);
	put_text(in("flip.key"), text);
	assert_int_equal(load_key(in("flip.key"), "x", &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-malformed ");
	assert_null(k);
	free(text);
}

static const char message[] = "Сообщение, رسالة, 信息\n";

struct signing {
	struct copl_secret_key *key;
	struct copl_public_key pub;
	struct copl_strbuf sig;
};

static void sign_message(struct signing *g, const char *name)
{
	char file[64];
	struct seen s;

	memset(g, 0, sizeof(*g));
	g->sig.max = 10000;
	assert_int_equal(make_key(name, NULL, &s), COPL_OK);
	snprintf(file, sizeof(file), "%s.key", name);
	assert_int_equal(load_key(in(file), NULL, &s, &g->key), COPL_OK);
	copl_secret_key_public(g->key, &g->pub);
	assert_int_equal(
	    copl_sign(g->key, message, strlen(message), "version 7", &g->sig),
	    COPL_OK);
}

static void signing_free(struct signing *g)
{
	copl_secret_key_free(g->key);
	copl_strbuf_clear(&g->sig);
}

/* The codes that a signature is refused with; "" when it is good. */
static enum copl_status judge(const char *sig, const char *bytes,
    const struct copl_public_key *keys, size_t n, struct seen *s)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_sink sink = seen_sink(s);
	const char *comment = NULL;
	struct copl_reporter r;
	enum copl_status st;
	size_t by = 99;

	assert_non_null(a);
	copl_reporter_init(&r, &sink);
	st = copl_signature_check(sig, "m.minisig", bytes, strlen(bytes), keys,
	    n, a, &r, &by, &comment);
	st = copl_reporter_end(&r, st);
	if (st == COPL_OK) {
		assert_in_range(by, 0, n - 1);
		snprintf(s->event, sizeof(s->event), "%s", comment);
	}
	copl_arena_free(a);
	return st;
}

static void a_signature_holds_for_its_bytes_key_and_comment(void **state)
{
	struct copl_public_key other, both[2];
	struct signing g;
	struct seen s;
	char *p;

	(void)state;
	sign_message(&g, "sign");
	assert_int_equal(key_from(KEY1, &s, &other), COPL_OK);
	both[0] = other;
	both[1] = g.pub;
	assert_int_equal(judge(g.sig.s, message, both, 2, &s), COPL_OK);
	assert_string_equal(s.event, "version 7");
	assert_int_equal(judge(g.sig.s, message, &other, 1, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-unknown-key ");
	assert_int_equal(judge(g.sig.s, message, &other, 0, &s), COPL_E_TRUST);
	assert_int_equal(judge(g.sig.s, "other", &g.pub, 1, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-wrong ");
	/* The same id with another key is no way in. */
	memcpy(other.id, g.pub.id, sizeof(other.id));
	assert_int_equal(judge(g.sig.s, message, &other, 1, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-wrong ");
	p = strstr(g.sig.s, "version 7");
	p[8] = '8';
	assert_int_equal(judge(g.sig.s, message, &g.pub, 1, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-wrong ");
	signing_free(&g);
}

static void what_is_not_a_signature_is_refused(void **state)
{
	struct signing g;
	struct seen s;
	size_t i;

	(void)state;
	sign_message(&g, "cut");
	/* Whatever is cut off, it is no signature any more. */
	for (i = 0; i + 1 < g.sig.len; i++) {
		char *copy = strndup(g.sig.s, i);

		assert_non_null(copy);
		assert_int_equal(
		    judge(copy, message, &g.pub, 1, &s), COPL_E_TRUST);
		assert_string_equal(s.codes, "signature-malformed ");
		free(copy);
	}
	copl_strbuf_puts(&g.sig, "more\n");
	assert_int_equal(judge(g.sig.s, message, &g.pub, 1, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-malformed ");
	signing_free(&g);
}

static void a_comment_of_two_lines_is_not_signed(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1000);
	struct signing g;

	(void)state;
	sign_message(&g, "lines");
	assert_int_equal(
	    copl_sign(g.key, "x", 1, "two\nlines", &out), COPL_E_LIMIT);
	copl_strbuf_clear(&out);
	signing_free(&g);
}

static void stock_minisign_accepts_our_keys_and_signatures(void **state)
{
	struct signing g;

	(void)state;
	if (!have_minisign()) {
		not_installed("minisign");
		return;
	}
	sign_message(&g, "ours");
	put_text(in("message"), message);
	put_text(in("message.minisig"), g.sig.s);
	assert_int_equal(run("minisign -V -H -m message -p ours.pub | grep -x "
			     "'Trusted comment: version 7'"),
	    0);
	assert_int_equal(run("minisign -V -H -m ours.pub -p ours.pub "
			     "-x message.minisig"),
	    1);
	assert_int_equal(run("minisign -S -s ours.key -m message -t theirs -x "
			     "theirs.minisig && minisign -V -H -m message -p "
			     "ours.pub -x theirs.minisig"),
	    0);
	signing_free(&g);
}

static void we_accept_what_stock_minisign_signed(void **state)
{
	struct copl_public_key pub;
	struct copl_secret_key *k = NULL;
	struct copl_reporter r;
	struct seen s;
	char *sig;

	(void)state;
	if (!have_minisign()) {
		not_installed("minisign");
		return;
	}
	put_text(in("message"), message);
	assert_int_equal(run("minisign -G -W -p theirs.pub -s theirs.key"), 0);
	assert_int_equal(run("minisign -S -s theirs.key -m message -x "
			     "a.minisig -t 'version 8 '"),
	    0);
	assert_int_equal(run("minisign -S -l -s theirs.key -m message -x "
			     "old.minisig"),
	    0);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_public_key_load(in("theirs.pub"), &r, &pub), COPL_OK);
	sig = get(in("a.minisig"));
	assert_int_equal(judge(sig, message, &pub, 1, &s), COPL_OK);
	assert_string_equal(s.event, "version 8 ");
	free(sig);
	sig = get(in("old.minisig"));
	assert_int_equal(judge(sig, message, &pub, 1, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-legacy ");
	free(sig);
	assert_int_equal(load_key(in("theirs.key"), NULL, &s, &k), COPL_OK);
	copl_secret_key_free(k);
}

/* Its password prompt reads a terminal, or else the standard input. */
static void keys_with_a_passphrase_go_both_ways(void **state)
{
	struct copl_secret_key *k = NULL;
	struct seen s;

	(void)state;
	if (!have_minisign()) {
		not_installed("minisign");
		return;
	}
	assert_int_equal(run("printf 'mot de passe\\nmot de passe\\n' | "
			     "minisign -G -p lock.pub -s lock.key"),
	    0);
	assert_int_equal(
	    load_key(in("lock.key"), "mot de passe", &s, &k), COPL_OK);
	copl_secret_key_free(k);
	assert_int_equal(make_key("own", "mot de passe", &s), COPL_OK);
	put_text(in("message"), message);
	assert_int_equal(
	    run("printf 'mot de passe\\n' | minisign -S -s own.key "
		"-m message && minisign -V -m message -p own.pub"),
	    0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(digests_are_those_of_the_standard),
	    cmocka_unit_test(a_manifest_is_read_as_it_was_written),
	    cmocka_unit_test(a_manifest_says_whether_it_is_a_draft),
	    cmocka_unit_test(the_trusted_comment_says_what_the_manifest_says),
	    cmocka_unit_test(sums_are_what_sha256sum_checks),
	    cmocka_unit_test(an_unsorted_manifest_is_not_written),
	    cmocka_unit_test(the_shortest_manifest_is_accepted),
	    cmocka_unit_test(every_value_is_checked),
	    cmocka_unit_test(unsafe_paths_are_refused),
	    cmocka_unit_test(the_values_of_a_file_are_checked),
	    cmocka_unit_test(all_findings_come_at_once_with_their_places),
	    cmocka_unit_test(files_are_sorted_and_named_once),
	    cmocka_unit_test(keys_are_one_or_two_and_different),
	    cmocka_unit_test(what_is_not_a_manifest_is_refused),
	    cmocka_unit_test(ceilings_hold),
	    cmocka_unit_test(a_public_key_is_read_from_a_file_or_a_line),
	    cmocka_unit_test(what_is_not_a_public_key_is_refused),
	    cmocka_unit_test(a_fingerprint_is_compared_as_people_write_it),
	    cmocka_unit_test(keygen_writes_a_pair_and_never_over_another),
	    cmocka_unit_test(a_key_with_a_passphrase_opens_only_with_it),
	    cmocka_unit_test(bad_secret_keys_are_refused),
	    cmocka_unit_test(a_signature_holds_for_its_bytes_key_and_comment),
	    cmocka_unit_test(what_is_not_a_signature_is_refused),
	    cmocka_unit_test(a_comment_of_two_lines_is_not_signed),
	    cmocka_unit_test(stock_minisign_accepts_our_keys_and_signatures),
	    cmocka_unit_test(we_accept_what_stock_minisign_signed),
	    cmocka_unit_test(keys_with_a_passphrase_go_both_ways),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
