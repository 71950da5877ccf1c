/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealed answers: keys, what a seal hides, and what is purged unread. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <copl10n/bundle.h>
#include "answers/purge.h"
#include "answers/seal.h"
#include "answers/store.h"
#include "bundle/bundle.h"
#include "help_bundle.h"

#define HOUR INT64_C(1790000000)
#define TEXT "<answer><v>Мне 12 лет 我十二岁 عمري ١٢</v></answer>\n"
#define DAY_2027_12_31 INT64_C(1830211200)

static struct copl_reporter quiet;

static enum copl_status make_key(
    const char *prefix, const char *passphrase, struct seen *s)
{
	const struct copl_lock cheap = {passphrase, 32768, (uint64_t)1 << 20};
	struct copl_sink sink = seen_sink(s);

	return copl_keygen_answers_locked(in(prefix), &cheap, &sink);
}

static enum copl_status load_secret(const char *path, const char *passphrase,
    struct seen *s, struct copl_box_secret **k)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;

	copl_reporter_init(&r, &sink);
	return copl_reporter_end(
	    &r, copl_box_secret_load(in(path), passphrase, &r, k));
}

static enum copl_status load_public(
    const char *path, struct seen *s, struct copl_box_public *k)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;

	copl_reporter_init(&r, &sink);
	return copl_reporter_end(&r, copl_box_public_load(in(path), &r, k));
}

static int set_up(void **state)
{
	struct seen s;

	alarm(120);
	copl_reporter_init(&quiet, NULL);
	if (scratch_make(state) != 0 ||
	    make_key("keys/answers", NULL, &s) != COPL_OK ||
	    make_key("keys/other", NULL, &s) != COPL_OK ||
	    copl_keygen(in("keys/release"), NULL, NULL) != COPL_OK)
		return -1;
	return 0;
}

static int empty(void **state)
{
	(void)state;
	return run("rm -rf a") == 0 ? 0 : -1;
}

/* ---- keys ---- */

static void keygen_writes_a_pair_and_never_over_another(void **state)
{
	char *before, *after;
	struct stat sb;
	struct seen s;

	(void)state;
	assert_int_equal(make_key("new/answers", NULL, &s), COPL_OK);
	assert_string_equal(s.event, "key");
	assert_non_null(strstr(s.fields, "new/answers.pub;"));
	assert_non_null(strstr(s.fields, "fingerprint="));
	assert_int_equal(stat(in("new/answers.key"), &sb), 0);
	assert_int_equal(sb.st_mode & 07777, 0600);
	before = get(in("new/answers.pub"));
	assert_non_null(strstr(before, "\nQW"));
	/* A comment and one line of 56 characters. */
	assert_int_equal(strlen(strchr(before, '\n') + 1), 57);
	assert_int_equal(make_key("new/answers", NULL, &s), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-exists key-exists ");
	after = get(in("new/answers.pub"));
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void a_key_on_one_line_is_enough(void **state)
{
	struct copl_box_public k, again;
	char b64[COPL_BOX_PUBLIC_B64];
	struct seen s;

	(void)state;
	assert_int_equal(load_public("keys/answers.pub", &s, &k), COPL_OK);
	copl_box_public_b64(&k, b64);
	put_text(in("line"), b64);
	assert_int_equal(load_public("line", &s, &again), COPL_OK);
	assert_memory_equal(&k, &again, sizeof(k));
}

static void keys_of_other_kinds_are_told_apart(void **state)
{
	static const struct {
		const char *file;
		const char *code;
	} public[] = {{"keys/answers.key", "answers-key-is-secret "},
	    {"keys/release.key", "answers-key-is-secret "},
	    {"keys/release.pub", "answers-key-signs "},
	    {"junk", "answers-key-malformed "}, {"none", "io-open "}},
	  secret[] = {{"keys/answers.pub", "answers-key-malformed "},
	      {"keys/release.key", "answers-key-signs "},
	      {"junk", "answers-key-malformed "}, {"none", "io-open "}};
	struct copl_box_secret *sk;
	struct copl_box_public pk;
	struct copl_secret_key *signs;
	struct seen s;
	size_t i;

	(void)state;
	put_text(in("junk"), "QWJj\n");
	for (i = 0; i < COPL_COUNT(public); i++) {
		assert_int_not_equal(
		    load_public(public[i].file, &s, &pk), COPL_OK);
		assert_string_equal(s.codes, public[i].code);
	}
	for (i = 0; i < COPL_COUNT(secret); i++) {
		assert_int_not_equal(
		    load_secret(secret[i].file, NULL, &s, &sk), COPL_OK);
		assert_non_null(strstr(s.codes, secret[i].code));
		assert_null(sk);
	}
	/* And no release is signed with a key for answers. */
	assert_int_equal(
	    copl_secret_key_load(in("keys/answers.key"), NULL, &quiet, &signs),
	    COPL_E_INVALID);
	assert_null(signs);
}

static void a_passphrase_protects_the_secret_key(void **state)
{
	struct copl_box_secret *k = NULL, *plain = NULL;
	struct copl_box_public a, b;
	struct seen s;

	(void)state;
	assert_int_equal(make_key("new/locked", "пароль", &s), COPL_OK);
	assert_int_equal(
	    load_secret("new/locked.key", NULL, &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-passphrase ");
	assert_int_equal(
	    load_secret("new/locked.key", "Пароль", &s, &k), COPL_E_INVALID);
	assert_string_equal(s.codes, "key-passphrase ");
	assert_int_equal(
	    load_secret("new/locked.key", "пароль", &s, &k), COPL_OK);
	assert_int_equal(load_public("new/locked.pub", &s, &a), COPL_OK);
	copl_box_secret_public(k, &b);
	assert_memory_equal(&a, &b, sizeof(a));
	copl_box_secret_free(k);
	assert_int_equal(chmod(in("keys/answers.key"), 0644), 0);
	assert_int_equal(
	    load_secret("keys/answers.key", NULL, &s, &plain), COPL_OK);
	assert_string_equal(s.codes, "key-mode ");
	assert_int_equal(chmod(in("keys/answers.key"), 0600), 0);
	copl_box_secret_free(plain);
	copl_box_secret_free(NULL);
}

static void a_damaged_key_opens_nothing(void **state)
{
	struct copl_box_secret *k;
	struct seen s;
	char *text = get(in("keys/answers.key"));
	char *key = strchr(text, '\n') + 1;

	(void)state;
	/* In the key itself, not in its comment or its checksum. */
	key[100] = key[100] == 'A' ? 'B' : 'A';
	put_text(in("damaged"), text);
	assert_int_equal(load_secret("damaged", NULL, &s, &k), COPL_E_INVALID);
	assert_null(k);
	assert_non_null(strstr(s.codes, "key-damaged "));
	free(text);
}

/* ---- seals ---- */

static struct copl_strbuf seal(const char *key, const char *id, const char *xml)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX * 2);
	struct copl_box_public k;
	struct copl_mark mark;
	struct seen s;

	assert_int_equal(load_public(key, &s, &k), COPL_OK);
	copl_mark_make(&mark, id, strlen(id), xml, strlen(xml));
	assert_int_equal(copl_seal(&k, &mark, xml, strlen(xml), &out), COPL_OK);
	return out;
}

static enum copl_status open_with(const char *key, const char *bytes,
    size_t len, struct seen *s, struct copl_strbuf *out)
{
	struct copl_box_secret *k = NULL;
	struct copl_sink sink;
	struct copl_reporter r;
	enum copl_status st;

	assert_int_equal(load_secret(key, NULL, s, &k), COPL_OK);
	sink = seen_sink(s);
	copl_reporter_init(&r, &sink);
	st = copl_seal_open(k, bytes, len, "x.sealed", &r, out);
	copl_box_secret_free(k);
	return copl_reporter_end(&r, st);
}

static void only_the_secret_key_opens_it(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX);
	struct copl_strbuf sealed = seal("keys/answers.pub", "id", TEXT);
	struct seen s;
	size_t i;

	(void)state;
	assert_true(copl_seal_is(sealed.s, sealed.len));
	assert_null(memmem(sealed.s, sealed.len, "answer>", 7));
	assert_int_equal(
	    open_with("keys/answers.key", sealed.s, sealed.len, &s, &out),
	    COPL_OK);
	assert_string_equal(out.s, TEXT);
	assert_int_equal(
	    open_with("keys/other.key", sealed.s, sealed.len, &s, &out),
	    COPL_E_TRUST);
	assert_string_equal(s.codes, "answers-seal-key ");
	/* Each byte behind the mark matters, and the end does. */
	for (i = COPL_SEAL_HEAD; i < sealed.len; i += 7) {
		sealed.s[i] ^= 1;
		assert_int_equal(open_with("keys/answers.key", sealed.s,
				     sealed.len, &s, &out),
		    COPL_E_TRUST);
		assert_string_equal(s.codes, "answers-seal-damaged ");
		assert_string_equal(copl_strbuf_text(&out), "");
		sealed.s[i] ^= 1;
	}
	for (i = 0; i < sealed.len; i += 13)
		assert_int_equal(
		    open_with("keys/answers.key", sealed.s, i, &s, &out),
		    COPL_E_TRUST);
	copl_strbuf_clear(&sealed);
	copl_strbuf_clear(&out);
}

static void lengths_and_equal_answers_do_not_show(void **state)
{
	struct copl_strbuf a = seal("keys/answers.pub", "id-1", TEXT);
	struct copl_strbuf b = seal("keys/answers.pub", "id-2", TEXT);
	struct copl_strbuf again = seal("keys/answers.pub", "id-1", TEXT);
	struct copl_strbuf longer =
	    seal("keys/answers.pub", "id-1", TEXT "<!-- and more -->");
	struct copl_mark ma, mb, mc;

	(void)state;
	assert_true(copl_seal_mark(a.s, a.len, &ma));
	assert_true(copl_seal_mark(b.s, b.len, &mb));
	assert_true(copl_seal_mark(again.s, again.len, &mc));
	assert_true(copl_mark_same(&ma, &mc));
	assert_false(copl_mark_same(&ma, &mb));
	assert_int_equal(a.len, longer.len);
	assert_int_equal((a.len - COPL_SEAL_HEAD - 48) % 256, 0);
	assert_memory_not_equal(a.s, again.s, a.len);
	copl_strbuf_clear(&a);
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&again);
	copl_strbuf_clear(&longer);
}

/* ---- in the store ---- */

static struct copl_store *open_store(const char *key)
{
	struct copl_store *s = NULL;
	struct copl_box_public k;
	struct seen seen;

	if (key != NULL)
		assert_int_equal(load_public(key, &seen, &k), COPL_OK);
	assert_int_equal(
	    copl_store_open(in("a"), key == NULL ? NULL : &k, &quiet, &s),
	    COPL_OK);
	return s;
}

static enum copl_stored store(struct copl_store *s, const char *form,
    const char *id, const char *text, const char *keep, bool replace)
{
	const struct copl_store_answer a = {.form = form,
	    .id = id,
	    .id_len = strlen(id),
	    .bytes = text,
	    .len = strlen(text),
	    .hour = HOUR,
	    .keep_until = keep,
	    .replace = replace};
	enum copl_stored how;
	int error;

	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_OK);
	return how;
}

static void a_sealed_folder_knows_what_was_sent_before(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_STORE_BYTES_MAX);
	struct copl_store *s = open_store("keys/answers.pub");
	char name[COPL_STORE_NAME_SIZE], path[100];
	struct stat sb;
	struct seen seen;
	char *got;

	(void)state;
	assert_int_equal(
	    store(s, "youth", "id", TEXT, NULL, false), COPL_STORED_NEW);
	assert_int_equal(
	    store(s, "youth", "id", TEXT, NULL, false), COPL_STORED_SAME);
	assert_int_equal(
	    store(s, "youth", "id", "<b/>", NULL, false), COPL_STORED_CONFLICT);
	/* Nothing in the whole folder can be read, the journal included. */
	assert_int_equal(run("grep -rqa 'answer>' a"), 1);
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
	/* With another key, or with none, it is still the same answer. */
	s = open_store("keys/other.pub");
	assert_int_equal(
	    store(s, "youth", "id", TEXT, NULL, false), COPL_STORED_SAME);
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
	s = open_store(NULL);
	assert_int_equal(
	    store(s, "youth", "id", TEXT, NULL, true), COPL_STORED_SAME);
	copl_store_name("id", 2, name);
	snprintf(path, sizeof(path), "a/youth/%s.sealed", name);
	assert_int_equal(stat(in(path), &sb), 0);
	assert_int_equal(sb.st_mode & 07777, 0600);
	got = get(in(path));
	assert_int_equal(
	    open_with("keys/answers.key", got, (size_t)sb.st_size, &seen, &out),
	    COPL_OK);
	assert_string_equal(out.s, TEXT);
	/* One that is corrected lies there once, now readable. */
	assert_int_equal(
	    store(s, "youth", "id", "<b/>", NULL, true), COPL_STORED_REPLACED);
	assert_int_equal(run("ls a/youth | grep -qx '%s.xml' && "
			     "test $(ls a/youth | wc -l) = 1",
			     name),
	    0);
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
	free(got);
	copl_strbuf_clear(&out);
}

/* ---- purge ---- */

static enum copl_status purge(
    int64_t now, bool dry, struct copl_purged *n, struct seen *s)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;

	copl_reporter_init(&r, &sink);
	return copl_reporter_end(
	    &r, copl_answers_purge(in("a"), now, dry, &r, n));
}

static void fill_folder(const char *key)
{
	struct copl_store *s = open_store(key);

	store(s, "youth", "1", TEXT, "2027-12-31", false);
	store(s, "youth", "2", TEXT, "2027-12-31", false);
	store(s, "youth", "3", TEXT, "2028-01-31", false);
	store(s, "school", "4", TEXT, NULL, false);
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
}

static void answers_go_when_their_day_has_passed(void **state)
{
	static const char *const keys[] = {NULL, "keys/answers.pub"};
	struct copl_purged n;
	struct seen s;
	size_t i;

	for (i = 0; i < COPL_COUNT(keys); i++) {
		fill_folder(keys[i]);
		/* The last second of the day. */
		assert_int_equal(
		    purge(DAY_2027_12_31 + 86399, false, &n, &s), COPL_OK);
		assert_int_equal(n.due, 0);
		assert_int_equal(n.kept, 3);
		assert_int_equal(n.unknown, 1);
		assert_string_equal(s.codes, "answers-keep-until ");
		assert_int_equal(
		    purge(DAY_2027_12_31 + 86400, true, &n, &s), COPL_OK);
		assert_int_equal(n.due, 2);
		assert_int_equal(run("test $(ls a/youth | wc -l) = 3"), 0);
		assert_non_null(strstr(s.fields, "state=would-remove;"));
		assert_int_equal(
		    purge(DAY_2027_12_31 + 86400, false, &n, &s), COPL_OK);
		assert_int_equal(n.due, 2);
		assert_int_equal(n.kept, 1);
		assert_int_equal(n.unknown, 1);
		assert_non_null(strstr(s.fields, "state=removed;"));
		assert_int_equal(run("test $(ls a/youth | wc -l) = 1 && "
				     "test $(ls a/school | wc -l) = 1"),
		    0);
		assert_int_equal(empty(state), 0);
	}
}

static void nothing_of_a_purged_answer_comes_back(void **state)
{
	struct copl_store *s = open_store(NULL);
	struct copl_purged n;
	struct seen seen;

	(void)state;
	assert_int_equal(
	    store(s, "youth", "1", TEXT, "2027-12-31", false), COPL_STORED_NEW);
	/* While the server that took it runs, and has not settled. */
	assert_int_equal(
	    purge(DAY_2027_12_31 + 86400, false, &n, &seen), COPL_OK);
	assert_int_equal(n.due, 1);
	assert_int_equal(run("grep -rqa 'answer>' a"), 1);
	/* It goes on, and is killed. */
	assert_int_equal(
	    store(s, "youth", "2", TEXT, "2028-12-31", false), COPL_STORED_NEW);
	assert_int_equal(run("cp a/.store/journal kept"), 0);
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
	assert_int_equal(run("cp kept a/.store/journal"), 0);
	s = open_store(NULL);
	assert_int_equal(copl_store_close(s, &quiet), COPL_OK);
	assert_int_equal(run("test $(ls a/youth | wc -l) = 1"), 0);
}

static void what_is_no_answer_is_left_alone(void **state)
{
	struct copl_purged n;
	struct seen s;

	(void)state;
	fill_folder(NULL);
	/* Damaged, linked, of other programs, and a copy without a journal. */
	assert_int_equal(
	    run("rm -r a/.store && mkdir a/.git a/Other && "
		"echo x >a/youth/0123456789abcdef0123456789abcdef.xml && "
		"echo x >a/youth/notes.xml && echo x >a/youth.txt && "
		"ln -s ../.. a/away && ln -s /dev/zero "
		"a/youth/1123456789abcdef0123456789abcdef.sealed"),
	    0);
	assert_int_equal(purge(DAY_2027_12_31 + 86400, false, &n, &s), COPL_OK);
	assert_int_equal(n.due, 2);
	assert_int_equal(n.unknown, 3);
	assert_int_equal(run("test $(ls a/youth | wc -l) = 4"), 0);
	assert_int_equal(run("rm -rf a && echo x >a"), 0);
	assert_int_equal(purge(0, false, &n, &s), COPL_E_IO);
	assert_int_equal(run("rm a"), 0);
	assert_int_equal(purge(0, true, &n, &s), COPL_E_IO);
	assert_int_equal(n.due, 0);
}

#define CASE(name) cmocka_unit_test_setup(name, empty)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(keygen_writes_a_pair_and_never_over_another),
	    CASE(a_key_on_one_line_is_enough),
	    CASE(keys_of_other_kinds_are_told_apart),
	    CASE(a_passphrase_protects_the_secret_key),
	    CASE(a_damaged_key_opens_nothing),
	    CASE(only_the_secret_key_opens_it),
	    CASE(lengths_and_equal_answers_do_not_show),
	    CASE(a_sealed_folder_knows_what_was_sent_before),
	    CASE(answers_go_when_their_day_has_passed),
	    CASE(nothing_of_a_purged_answer_comes_back),
	    CASE(what_is_no_answer_is_left_alone),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
