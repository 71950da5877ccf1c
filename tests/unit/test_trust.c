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

#define CREATED INT64_C(1800000000) /* 2027-01-15T08:00:00Z */
#define EXPIRES INT64_C(1810000000) /* 2027-05-11T01:46:40Z */
#define DAY 86400

/* Three keys for all tests: old, new, and somebody else's. */
static struct copl_secret_key *keys[3];
static struct copl_public_key pubs[3];
static const char *const key_names[3] = {"old", "new", "stranger"};

static int setup(void **state)
{
	char file[64];
	struct copl_reporter r;
	int i;

	if (scratch_make(state) != 0)
		return -1;
	copl_reporter_init(&r, NULL);
	for (i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "%s.key", key_names[i]);
		if (copl_keygen(in(key_names[i]), NULL, NULL) != COPL_OK ||
		    copl_secret_key_load(in(file), NULL, &r, &keys[i]) !=
			COPL_OK)
			return -1;
		copl_secret_key_public(keys[i], &pubs[i]);
	}
	return 0;
}

static int teardown(void **state)
{
	int i;

	for (i = 0; i < 3; i++)
		copl_secret_key_free(keys[i]);
	return scratch_remove(state);
}

/* ---- a small release on disk ---- */

struct set {
	const char *dir;
	uint64_t version;
	const char *recipient;
	int sign, sign2; /* who signs; -1: nobody */
	int listed[2]; /* whom the manifest names; -1: nobody */
	const char *comment; /* NULL: the right one */
	bool draft;
	bool asked; /* who verifies it knows that it is a draft */
	bool published; /* what it would replace is none */
};

static const struct set plain = {
    "set", 7, "arab_states", 0, -1, {0, -1}, NULL, false, false, false};

static const char page[] = "<p>مرحبا</p>\n";

static void write_signature(
    const struct set *s, int who, const char *path, const char *bytes)
{
	struct copl_strbuf sig = COPL_STRBUF_INIT(20000);

	assert_int_equal(
	    copl_sign(keys[who], bytes, strlen(bytes), s->comment, &sig),
	    COPL_OK);
	put(path, sig.s, sig.len);
	copl_strbuf_clear(&sig);
}

static const char *part(const struct set *s, const char *name)
{
	static char paths[4][600];
	static unsigned next;
	char *p = paths[next++ % 4];

	snprintf(p, sizeof(paths[0]), "%s/%s/%s", scratch, s->dir, name);
	return p;
}

static void fill(const struct set *s, struct copl_manifest *m,
    char b64[2][COPL_PUBLIC_KEY_B64], char digest[COPL_SHA256_HEX])
{
	static struct copl_manifest_file files[2];
	int i;

	copl_sha256_hex(page, strlen(page), digest);
	files[0] = (struct copl_manifest_file){"forms/f.ar.html", "f", "ar",
	    "arab_states", "text/html", strlen(page), digest};
	files[1] = files[0];
	files[1].path = "index.html";
	*m = (struct copl_manifest){.project = "youth",
	    .recipient = s->recipient,
	    .version = s->version,
	    .created = CREATED,
	    .expires = EXPIRES,
	    .draft = s->draft,
	    .files = files,
	    .nfiles = 2};
	for (i = 0; i < 2; i++) {
		if (s->listed[i] < 0)
			continue;
		copl_public_key_b64(&pubs[s->listed[i]], b64[i]);
		m->keys[m->nkeys++] = b64[i];
	}
}

static void make_set(const struct set *given)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_strbuf sums = COPL_STRBUF_INIT(10000);
	struct copl_strbuf comment = COPL_STRBUF_INIT(10000);
	char b64[2][COPL_PUBLIC_KEY_B64], digest[COPL_SHA256_HEX];
	struct set s = *given;
	struct copl_manifest m;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_dir_remove(in(s.dir), &r), COPL_OK);
	make_dir(part(&s, "forms"));
	put_text(part(&s, "index.html"), page);
	put_text(part(&s, "forms/f.ar.html"), page);
	fill(&s, &m, b64, digest);
	assert_int_equal(copl_manifest_write(&m, &bytes), COPL_OK);
	assert_int_equal(copl_manifest_sums(&m, &sums), COPL_OK);
	copl_manifest_comment(&m, &comment);
	put_text(part(&s, COPL_MANIFEST), bytes.s);
	put_text(part(&s, COPL_SUMS), sums.s);
	if (s.comment == NULL)
		s.comment = comment.s;
	if (s.sign >= 0)
		write_signature(
		    &s, s.sign, part(&s, COPL_MANIFEST_SIG), bytes.s);
	if (s.sign2 >= 0)
		write_signature(
		    &s, s.sign2, part(&s, COPL_MANIFEST_SIG2), bytes.s);
	copl_strbuf_clear(&bytes);
	copl_strbuf_clear(&sums);
	copl_strbuf_clear(&comment);
}

/* ---- asking ---- */

static struct copl_trust pinned(int a, int b)
{
	struct copl_trust t = {.nkeys = 1};

	t.keys[0] = pubs[a];
	if (b >= 0)
		t.keys[t.nkeys++] = pubs[b];
	return t;
}

static enum copl_status verify(const struct set *set, int64_t now,
    bool installed, struct copl_trust *t, struct seen *s)
{
	char dir[600];
	struct copl_verify how = {.now = now,
	    .installed = installed,
	    .draft = set->asked,
	    .published = set->published,
	    .read = copl_read_dir,
	    .read_arg = dir,
	    .where = "W"};
	struct copl_sink sink = seen_sink(s);
	struct copl_manifest *m = NULL;
	struct copl_reporter r;
	enum copl_status st;

	snprintf(dir, sizeof(dir), "%s", in(set->dir));
	copl_reporter_init(&r, &sink);
	st = copl_verify_manifest(&how, t, &r, &m);
	st = copl_reporter_end(&r, st);
	assert_true((st == COPL_OK) == (m != NULL));
	copl_manifest_free(m);
	return st;
}

static void refused(
    const struct set *set, int64_t now, struct copl_trust t, const char *codes)
{
	struct copl_trust before = t;
	struct seen s;

	assert_int_equal(verify(set, now, false, &t, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, codes);
	/* What was known stays known. */
	assert_memory_equal(&t, &before, sizeof(t));
}

static void a_good_set_is_accepted_and_remembered(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct seen s;

	(void)state;
	make_set(&plain);
	assert_int_equal(verify(&plain, CREATED, false, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_int_equal(t.version, 7);
	assert_string_equal(t.recipient, "arab_states");
	assert_int_equal(t.nkeys, 1);
	/* And once more, now that it is known. */
	assert_int_equal(verify(&plain, EXPIRES, false, &t, &s), COPL_OK);
}

static void a_wrong_key_is_refused(void **state)
{
	(void)state;
	make_set(&plain);
	refused(&plain, CREATED, pinned(2, -1), "signature-unknown-key ");
	refused(&plain, CREATED, pinned(2, 1), "signature-unknown-key ");
}

static void a_changed_manifest_is_refused(void **state)
{
	char *text;

	(void)state;
	make_set(&plain);
	text = get(part(&plain, COPL_MANIFEST));
	text[strlen(text) - 2] = ' ';
	put_text(part(&plain, COPL_MANIFEST), text);
	refused(&plain, CREATED, pinned(0, -1), "signature-wrong ");
	free(text);
}

static void a_missing_or_cut_signature_is_refused(void **state)
{
	(void)state;
	make_set(&plain);
	assert_int_equal(unlink(part(&plain, COPL_MANIFEST_SIG)), 0);
	refused(&plain, CREATED, pinned(0, -1), "signature-missing ");
	put_text(part(&plain, COPL_MANIFEST_SIG), "untrusted comment: x\n");
	refused(&plain, CREATED, pinned(0, -1), "signature-malformed ");
}

static void a_folder_without_a_manifest_is_no_release(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct seen s;

	(void)state;
	make_set(&plain);
	assert_int_equal(unlink(part(&plain, COPL_MANIFEST)), 0);
	assert_int_equal(verify(&plain, CREATED, false, &t, &s), COPL_E_IO);
	assert_string_equal(s.codes, "manifest-missing ");
}

static void a_manifest_over_its_ceiling_is_not_read(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct seen s;

	(void)state;
	make_set(&plain);
	assert_int_equal(
	    truncate(part(&plain, COPL_MANIFEST), (off_t)COPL_MANIFEST_MAX + 1),
	    0);
	assert_int_equal(verify(&plain, CREATED, false, &t, &s), COPL_E_LIMIT);
	assert_string_equal(s.codes, "file-too-large ");
}

static void a_comment_that_tells_another_story_is_refused(void **state)
{
	struct set other = plain;

	(void)state;
	other.comment = "cop-l10n release 8 project youth recipient "
			"arab_states created 2027-01-15T08:00:00Z expires "
			"2027-05-11T01:46:40Z";
	make_set(&other);
	refused(&other, CREATED, pinned(0, -1), "signature-comment ");
}

static void the_signer_must_be_named(void **state)
{
	struct set other = plain;

	(void)state;
	other.listed[0] = 1;
	make_set(&other);
	refused(&other, CREATED, pinned(0, -1), "manifest-key-unlisted ");
}

static void an_older_release_is_refused(void **state)
{
	struct copl_trust t = pinned(0, -1);

	(void)state;
	make_set(&plain);
	t.version = 8;
	refused(&plain, CREATED, t, "release-older ");
}

static void a_draft_is_told_and_replaces_nothing_else(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct set draft = plain;
	struct seen s;

	(void)state;
	draft.draft = true;
	make_set(&draft);
	assert_int_equal(verify(&draft, CREATED, false, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "release-draft ");
	draft.asked = true;
	assert_int_equal(verify(&draft, CREATED, false, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "");
	draft.published = true;
	refused(&draft, CREATED, pinned(0, -1), "release-draft-over ");
	/* What is published takes the place of anything. */
	draft.draft = false;
	make_set(&draft);
	assert_int_equal(verify(&draft, CREATED, false, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "");
}

/* The mark is signed, and the comment that stock minisign shows has it. */
static void the_mark_of_a_draft_cannot_be_taken_away(void **state)
{
	struct set draft = plain;

	(void)state;
	draft.draft = true;
	make_set(&draft);
	assert_int_equal(
	    run("grep -q 'expires .* draft$' set/" COPL_MANIFEST_SIG
		" && sed -i 's/ draft=\"yes\"//' "
		"set/" COPL_MANIFEST),
	    0);
	refused(&draft, CREATED, pinned(0, -1), "signature-wrong ");
	draft.comment = "cop-l10n release 7 project youth recipient "
			"arab_states created 2027-01-15T08:00:00Z expires "
			"2027-05-11T01:46:40Z";
	make_set(&draft);
	refused(
	    &draft, CREATED, pinned(0, -1), "signature-comment release-draft ");
}

static void another_recipients_set_is_refused(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct set whole = plain;
	struct seen s;

	(void)state;
	make_set(&plain);
	snprintf(t.recipient, sizeof(t.recipient), "africa");
	refused(&plain, CREATED, t, "release-recipient ");
	/* One recipient's set is not the whole release, and vice versa. */
	snprintf(t.recipient, sizeof(t.recipient), "*");
	refused(&plain, CREATED, t, "release-recipient ");
	whole.recipient = NULL;
	make_set(&whole);
	assert_int_equal(verify(&whole, CREATED, false, &t, &s), COPL_OK);
	snprintf(t.recipient, sizeof(t.recipient), "africa");
	refused(&whole, CREATED, t, "release-recipient ");
}

static void a_clock_wrong_by_a_year_is_told_apart(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct seen s;

	(void)state;
	make_set(&plain);
	/* A day of difference is what clocks have. */
	assert_int_equal(verify(&plain, CREATED - DAY, false, &t, &s), COPL_OK);
	refused(&plain, CREATED - DAY - 1, t, "clock-implausible ");
	refused(&plain, CREATED - 365 * DAY, t, "clock-implausible ");
	assert_int_equal(
	    verify(&plain, CREATED - 365 * DAY, false, &t, &s), COPL_E_TRUST);
	assert_non_null(strstr(s.text, "2027-01-15T08:00:00Z"));
	assert_non_null(strstr(s.text, "2026-01-15T08:00:00Z"));
	assert_non_null(strstr(s.text, "check this machine's clock"));
	assert_int_equal(
	    verify(&plain, EXPIRES + 365 * DAY, false, &t, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "release-expired ");
	assert_non_null(strstr(s.text, "check this machine's clock"));
}

static void an_expired_release_is_refused_unless_it_is_in_place(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct seen s;

	(void)state;
	make_set(&plain);
	assert_int_equal(
	    verify(&plain, EXPIRES - 7 * DAY, false, &t, &s), COPL_OK);
	refused(&plain, EXPIRES + 1, t, "release-expired ");
	assert_int_equal(
	    verify(&plain, EXPIRES + 180 * DAY, false, &t, &s), COPL_E_TRUST);
	assert_non_null(strstr(s.text, "2027-05-11T01:46:40Z"));
	assert_non_null(strstr(s.text, "2027-11-07T01:46:40Z"));
	assert_null(strstr(s.text, "clock"));
	assert_int_equal(
	    verify(&plain, EXPIRES + 365 * DAY, true, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "release-expired ");
	assert_int_equal(
	    verify(&plain, CREATED - 365 * DAY, true, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "clock-implausible ");
}

static void people_are_told_a_week_before_it_expires(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct seen s;

	(void)state;
	make_set(&plain);
	assert_int_equal(
	    verify(&plain, EXPIRES - 7 * DAY, false, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_int_equal(
	    verify(&plain, EXPIRES - 7 * DAY + 1, false, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "release-expires-soon ");
	assert_non_null(strstr(s.text, "2027-05-11T01:46:40Z"));
	assert_non_null(strstr(s.text, "2027-05-04T01:46:41Z"));
	assert_int_equal(verify(&plain, EXPIRES, true, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "release-expires-soon ");
	assert_int_equal(verify(&plain, EXPIRES + 1, true, &t, &s), COPL_OK);
	assert_string_equal(s.codes, "release-expired ");
}

static void whoever_makes_releases_is_reminded(void **state)
{
	struct seen s;
	struct copl_sink sink = seen_sink(&s);

	(void)state;
	make_set(&plain);
	assert_int_equal(
	    copl_release_remind(in("nowhere"), EXPIRES, &sink), COPL_OK);
	assert_int_equal(
	    copl_release_remind(in("set"), EXPIRES - 7 * DAY, &sink), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_int_equal(
	    copl_release_remind(in("set"), EXPIRES - 1, &sink), COPL_OK);
	assert_string_equal(s.codes, "release-expires-soon ");
	sink = seen_sink(&s);
	assert_int_equal(
	    copl_release_remind(in("set"), EXPIRES + 1, &sink), COPL_OK);
	assert_string_equal(s.codes, "release-expired ");
	put_text(part(&plain, COPL_MANIFEST), "<manifest/>");
	sink = seen_sink(&s);
	assert_int_equal(
	    copl_release_remind(in("set"), EXPIRES + 1, &sink), COPL_OK);
	assert_string_equal(s.codes, "");
}

static void all_reasons_come_at_once(void **state)
{
	struct copl_trust t = pinned(0, -1);
	struct set other = plain;

	(void)state;
	other.listed[0] = 1;
	other.comment = "hello";
	make_set(&other);
	t.version = 9;
	snprintf(t.recipient, sizeof(t.recipient), "cis");
	refused(&other, EXPIRES + 1, t,
	    "signature-comment manifest-key-unlisted release-recipient "
	    "release-older release-expired ");
}

static void any_clock_and_any_time_can_be_compared(void **state)
{
	struct copl_trust t = pinned(0, -1);

	(void)state;
	make_set(&plain);
	refused(&plain, INT64_MIN, t, "clock-implausible ");
	refused(&plain, INT64_MAX, t, "release-expired ");
}

/*
 * Rotation: the release signed by both reaches those who know either key;
 * from then on both are known, and the old one can go.
 */
static void keys_rotate_without_anybody_asking(void **state)
{
	struct set both = {.dir = "set",
	    .version = 8,
	    .recipient = "arab_states",
	    .sign = 0,
	    .sign2 = 1,
	    .listed = {0, 1}};
	struct set after = {.dir = "set",
	    .version = 9,
	    .recipient = "arab_states",
	    .sign = 1,
	    .sign2 = -1,
	    .listed = {1, -1}};
	struct copl_trust t = pinned(0, -1), late;
	struct seen s;

	(void)state;
	make_set(&both);
	assert_int_equal(verify(&both, CREATED, false, &t, &s), COPL_OK);
	assert_int_equal(t.nkeys, 2);
	late = pinned(1, -1);
	assert_int_equal(verify(&both, CREATED, false, &late, &s), COPL_OK);
	assert_int_equal(late.nkeys, 2);
	make_set(&after);
	/* Who missed the step between cannot follow by itself. */
	refused(&after, CREATED, pinned(0, -1), "signature-unknown-key ");
	assert_int_equal(verify(&after, CREATED, false, &t, &s), COPL_OK);
	assert_int_equal(t.nkeys, 1);
	assert_true(copl_public_key_equal(&t.keys[0], &pubs[1]));
	/* The old key counts no more. */
	make_set(&plain);
	refused(&plain, CREATED, t, "signature-unknown-key ");
}

static void a_second_signature_by_a_stranger_changes_nothing(void **state)
{
	struct set both = plain;

	(void)state;
	both.sign2 = 2;
	make_set(&both);
	refused(&both, CREATED, pinned(1, -1), "signature-unknown-key ");
}

/* ---- the trust file ---- */

static enum copl_status load_trust(struct copl_trust *t, struct seen *s)
{
	struct copl_sink sink = seen_sink(s);
	struct copl_reporter r;

	copl_reporter_init(&r, &sink);
	return copl_reporter_end(&r, copl_trust_load(in("office"), &r, t));
}

static void trust_is_kept_in_the_folder(void **state)
{
	struct copl_trust t = pinned(0, 1), got;
	struct copl_reporter r;
	struct seen s;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(load_trust(&got, &s), COPL_OK);
	assert_int_equal(got.nkeys, 0);
	assert_string_equal(got.recipient, "");
	t.version = INT64_MAX;
	t.named = t.keys[0];
	t.has_named = true;
	snprintf(t.recipient, sizeof(t.recipient), "asia_pacific");
	assert_int_equal(copl_trust_save(in("office"), &t, &r), COPL_OK);
	assert_int_equal(load_trust(&got, &s), COPL_OK);
	assert_memory_equal(&got, &t, sizeof(t));
	assert_true(copl_trust_knows(&got, &t.named));
	t.nkeys = 0;
	t.version = 0;
	snprintf(t.recipient, sizeof(t.recipient), "%s", COPL_WHOLE_RELEASE);
	assert_int_equal(copl_trust_save(in("office"), &t, &r), COPL_OK);
	assert_int_equal(load_trust(&got, &s), COPL_OK);
	assert_int_equal(got.nkeys, 0);
	assert_string_equal(got.recipient, "*");
	/* Who trusts nobody begins anew. */
	assert_true(got.has_named);
	assert_false(copl_trust_knows(&got, &t.named));
}

static void a_key_that_is_named_again_decides_nothing(void **state)
{
	struct copl_trust t = pinned(0, 1);
	struct copl_public_key first = t.keys[0], next = t.keys[0];
	char fingerprint[COPL_FINGERPRINT_SIZE];

	(void)state;
	next.key[0] ^= 1;
	copl_fingerprint(&first, fingerprint);
	copl_trust_name(&t, &first);
	t.keys[0] = next; /* a release led on to it */
	assert_false(copl_trust_pins(&t, &first));
	assert_true(copl_trust_knows(&t, &first));
	assert_true(copl_trust_knows(&t, &next));
	assert_true(copl_trust_knows_fingerprint(&t, fingerprint));
	copl_trust_name(&t, &next);
	assert_false(copl_trust_knows(&t, &first));
	assert_false(copl_trust_knows_fingerprint(&t, fingerprint));
}

static void a_damaged_trust_file_trusts_nobody(void **state)
{
	static const char long_recipient[] =
	    "recipient aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
	static const char *const bad[] = {"key x\n", "version 0\n",
	    "version 1\nversion 2\n", "recipient A\n", "what\n", long_recipient,
	    "# note\n\nversion 3\n\nkey\n"};
	struct copl_trust t, zero;
	struct seen s;
	size_t i;

	(void)state;
	memset(&zero, 0, sizeof(zero));
	make_dir(in("office/.cop-l10n"));
	for (i = 0; i < COPL_COUNT(bad); i++) {
		put_text(in("office/.cop-l10n/trust"), bad[i]);
		assert_int_equal(load_trust(&t, &s), COPL_E_TRUST);
		assert_string_equal(s.codes, "trust-malformed ");
		assert_memory_equal(&t, &zero, sizeof(t));
	}
	assert_int_equal(s.line, 5);
	assert_int_equal(truncate(in("office/.cop-l10n/trust"), 5000), 0);
	assert_int_equal(load_trust(&t, &s), COPL_E_LIMIT);
}

/* ---- a folder ---- */

static enum copl_status verify_dir(const struct set *set, const char *key,
    const char *fingerprint, struct seen *s)
{
	struct copl_verify_options o = {key, fingerprint, CREATED};
	struct copl_sink sink = seen_sink(s);

	return copl_verify_dir(in(set->dir), &o, &sink);
}

static void a_folder_verifies_by_key_or_fingerprint(void **state)
{
	char fingerprint[COPL_FINGERPRINT_SIZE];
	struct copl_trust t = pinned(0, -1);
	struct copl_reporter r;
	struct seen s;

	(void)state;
	copl_reporter_init(&r, NULL);
	make_set(&plain);
	copl_fingerprint(&pubs[0], fingerprint);
	assert_int_equal(verify_dir(&plain, in("old.pub"), NULL, &s), COPL_OK);
	assert_string_equal(s.event, "verified");
	assert_string_equal(s.fields,
	    "version=7;files=2;recipient=arab_states;"
	    "expires=2027-05-11T01:46:40Z;draft=no;part=no;");
	assert_int_equal(verify_dir(&plain, NULL, fingerprint, &s), COPL_OK);
	assert_int_equal(
	    verify_dir(&plain, in("old.pub"), fingerprint, &s), COPL_OK);
	/* trust that lies inside the set itself vouches for nothing */
	assert_int_equal(copl_trust_save(in(plain.dir), &t, &r), COPL_OK);
	assert_int_equal(verify_dir(&plain, NULL, NULL, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "key-not-pinned ");
}

static void without_a_key_the_offered_fingerprint_is_told(void **state)
{
	char fingerprint[COPL_FINGERPRINT_SIZE];
	struct seen s;

	(void)state;
	make_set(&plain);
	copl_fingerprint(&pubs[0], fingerprint);
	assert_int_equal(verify_dir(&plain, NULL, NULL, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "key-not-pinned ");
	assert_non_null(strstr(s.text, fingerprint));
	assert_string_equal(s.event, "");
	copl_fingerprint(&pubs[2], fingerprint);
	assert_int_equal(
	    verify_dir(&plain, NULL, fingerprint, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "key-fingerprint ");
	assert_int_equal(
	    verify_dir(&plain, in("old.pub"), fingerprint, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "key-fingerprint ");
	assert_int_equal(
	    verify_dir(&plain, in("stranger.pub"), NULL, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-unknown-key ");
	assert_int_equal(
	    verify_dir(&plain, in("nowhere.pub"), NULL, &s), COPL_E_IO);
}

/* A stranger can write anybody's name into a manifest, but not sign it. */
static void a_named_key_that_did_not_sign_is_no_help(void **state)
{
	char fingerprint[COPL_FINGERPRINT_SIZE];
	struct set forged = plain;
	struct seen s;

	(void)state;
	forged.sign = 2;
	make_set(&forged);
	copl_fingerprint(&pubs[0], fingerprint);
	assert_int_equal(
	    verify_dir(&forged, NULL, fingerprint, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "signature-unknown-key ");
}

static void every_damage_is_told_at_once(void **state)
{
	struct seen s;

	(void)state;
	make_set(&plain);
	put_text(part(&plain, "index.html"), "<p>مرحبة</p>\n");
	assert_int_equal(unlink(part(&plain, "forms/f.ar.html")), 0);
	put_text(part(&plain, "SHA256SUMS"), "x");
	put_text(part(&plain, "forms/virus.exe"), "x");
	make_dir(part(&plain, "more/and/more"));
	make_dir(part(&plain, ".cop-l10n"));
	assert_int_equal(
	    verify_dir(&plain, in("old.pub"), NULL, &s), COPL_E_TRUST);
	assert_int_equal(s.n, 5);
	assert_non_null(strstr(s.codes, "file-digest"));
	assert_non_null(strstr(s.codes, "file-missing"));
	assert_non_null(strstr(s.codes, "sums-differ"));
	assert_non_null(strstr(s.text, "forms/virus.exe: "));
	assert_non_null(strstr(s.text, "/more: "));
	assert_null(strstr(s.text, "more/and"));
	assert_string_equal(s.event, "");
}

static void lengths_links_and_strangers_are_seen(void **state)
{
	struct seen s;

	(void)state;
	make_set(&plain);
	put_text(part(&plain, "index.html"), "longer or shorter");
	assert_int_equal(
	    verify_dir(&plain, in("old.pub"), NULL, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "file-length ");
	assert_int_equal(truncate(part(&plain, "index.html"),
			     (off_t)COPL_RELEASE_FILE_MAX + 1),
	    0);
	assert_int_equal(
	    verify_dir(&plain, in("old.pub"), NULL, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "file-too-large ");
	assert_int_equal(unlink(part(&plain, "index.html")), 0);
	assert_int_equal(
	    symlink("forms/f.ar.html", part(&plain, "index.html")), 0);
	assert_int_equal(
	    verify_dir(&plain, in("old.pub"), NULL, &s), COPL_E_TRUST);
	assert_string_equal(s.codes, "file-kind ");
	make_set(&plain);
	put_text(part(&plain, "notes.txt"), "");
	assert_int_equal(verify_dir(&plain, in("old.pub"), NULL, &s), COPL_OK);
	assert_string_equal(s.codes, "file-unlisted ");
	assert_string_equal(s.event, "verified");
}

/* As fetch and serve leave it: the set in "current", the trust beside it. */
static void a_receiving_folder_is_verified_by_its_own_trust(void **state)
{
	struct copl_verify_options o = {NULL, NULL, CREATED};
	struct set newer = plain, older = plain;
	struct copl_trust t = pinned(0, -1);
	struct copl_reporter r;
	struct copl_sink sink;
	struct seen s;

	(void)state;
	copl_reporter_init(&r, NULL);
	newer.dir = "place/sets/7";
	make_set(&newer);
	assert_int_equal(symlink("sets/7", in("place/current")), 0);
	t.version = 7;
	assert_int_equal(copl_trust_save(in("place"), &t, &r), COPL_OK);
	sink = seen_sink(&s);
	assert_int_equal(copl_verify_dir(in("place"), &o, &sink), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_string_equal(s.event, "verified");
	/* Somebody put the set before it back. */
	older.dir = "place/sets/6";
	older.version = 6;
	make_set(&older);
	assert_int_equal(unlink(in("place/current")), 0);
	assert_int_equal(symlink("sets/6", in("place/current")), 0);
	sink = seen_sink(&s);
	assert_int_equal(copl_verify_dir(in("place"), &o, &sink), COPL_E_TRUST);
	assert_string_equal(s.codes, "release-older ");
}

static void the_standard_tools_agree(void **state)
{
	struct set both = plain;

	(void)state;
	if (!have_minisign()) {
		not_installed("minisign");
		return;
	}
	both.sign2 = 1;
	make_set(&both);
	assert_int_equal(run("cd set && sha256sum -c --strict SHA256SUMS"), 0);
	assert_int_equal(
	    run("minisign -V -H -m set/manifest.xml -p old.pub | "
		"grep 'release 7 .* expires 2027-05-11T01:46:40Z'"),
	    0);
	assert_int_equal(run("minisign -V -H -m set/manifest.xml -x "
			     "set/manifest.xml.2.minisig -p new.pub"),
	    0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_good_set_is_accepted_and_remembered),
	    cmocka_unit_test(a_wrong_key_is_refused),
	    cmocka_unit_test(a_changed_manifest_is_refused),
	    cmocka_unit_test(a_missing_or_cut_signature_is_refused),
	    cmocka_unit_test(a_folder_without_a_manifest_is_no_release),
	    cmocka_unit_test(a_manifest_over_its_ceiling_is_not_read),
	    cmocka_unit_test(a_comment_that_tells_another_story_is_refused),
	    cmocka_unit_test(the_signer_must_be_named),
	    cmocka_unit_test(an_older_release_is_refused),
	    cmocka_unit_test(a_draft_is_told_and_replaces_nothing_else),
	    cmocka_unit_test(the_mark_of_a_draft_cannot_be_taken_away),
	    cmocka_unit_test(another_recipients_set_is_refused),
	    cmocka_unit_test(a_clock_wrong_by_a_year_is_told_apart),
	    cmocka_unit_test(
		an_expired_release_is_refused_unless_it_is_in_place),
	    cmocka_unit_test(people_are_told_a_week_before_it_expires),
	    cmocka_unit_test(whoever_makes_releases_is_reminded),
	    cmocka_unit_test(all_reasons_come_at_once),
	    cmocka_unit_test(any_clock_and_any_time_can_be_compared),
	    cmocka_unit_test(keys_rotate_without_anybody_asking),
	    cmocka_unit_test(a_second_signature_by_a_stranger_changes_nothing),
	    cmocka_unit_test(trust_is_kept_in_the_folder),
	    cmocka_unit_test(a_key_that_is_named_again_decides_nothing),
	    cmocka_unit_test(a_damaged_trust_file_trusts_nobody),
	    cmocka_unit_test(a_folder_verifies_by_key_or_fingerprint),
	    cmocka_unit_test(without_a_key_the_offered_fingerprint_is_told),
	    cmocka_unit_test(a_named_key_that_did_not_sign_is_no_help),
	    cmocka_unit_test(every_damage_is_told_at_once),
	    cmocka_unit_test(lengths_links_and_strangers_are_seen),
	    cmocka_unit_test(a_receiving_folder_is_verified_by_its_own_trust),
	    cmocka_unit_test(the_standard_tools_agree),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
