/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What merging offers to other ids, and what it never touches. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "catalog/catalog.h"

#define HEADER(lang, plural)                                                   \
	"msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: p 1\\n\"\n"            \
	"\"POT-Creation-Date: 2026-01-01 00:00+0000\\n\"\n"                    \
	"\"Language: " lang "\\n\"\n\"X-Poedit-Basepath: .\\n\"\n"             \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"                     \
	"\"Plural-Forms: " plural "\\n\"\n"
#define FR2 "nplurals=2; plural=(n > 1);"
#define FR3 "nplurals=3; plural=n < 2 ? 0 : n % 1000000 == 0 ? 1 : 2;"
#define RU3                                                                    \
	"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "   \
	"&& (n%100<10 || n%100>=20) ? 1 : 2);"
/* As Transifex exports it: the last form is for fractions. */
#define RU4                                                                    \
	"nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "   \
	"&& (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || "  \
	"(n%100>=11 && n%100<=14)? 2 : 3);"

static const struct copl_po_header header = {.project = "p 1",
    .created = "2027-01-11 08:00+0000",
    .language = "fr",
    .plural_forms = FR2};

static struct copl_catalog *open_po(const char *po)
{
	struct copl_catalog *c = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "tm/fr.po", &r, &c), COPL_OK);
	(void)copl_reporter_end(&r, COPL_OK);
	return c;
}

/* Merges; the result is freed by the caller. */
static char *merge(const char *po, const char *tm, const struct copl_entry *e,
    size_t n, struct copl_merge_counts *counts)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = po == NULL ? NULL : open_po(po),
			    *t = tm == NULL ? NULL : open_po(tm);
	char *copy;

	assert_int_equal(
	    copl_catalog_merge_with(c, t, e, n, &header, &out, counts),
	    COPL_OK);
	copy = strdup(copl_strbuf_text(&out));
	assert_non_null(copy);
	copl_strbuf_clear(&out);
	copl_catalog_free(c);
	copl_catalog_free(t);
	return copy;
}

/* Without the header, which has a date; merging again changes nothing. */
static void merges_to(const char *po, const char *tm,
    const struct copl_entry *e, size_t n, size_t reused, const char *want)
{
	struct copl_merge_counts counts;
	char *out = merge(po, tm, e, n, &counts), *again;
	const char *body = strstr(out, "\n\n");

	assert_non_null(body);
	assert_string_equal(body + 1, want);
	assert_int_equal(counts.reused, reused);
	again = merge(out, tm, e, n, &counts);
	assert_string_equal(again, out);
	assert_int_equal(counts.reused, 0);
	free(out);
	free(again);
}

#define E(ctxt, id)                                                            \
	{                                                                      \
		NULL, NULL, NULL, ctxt, id, NULL, 0                            \
	}
#define OTHER(ctxt, str)                                                       \
	"\nmsgctxt \"" ctxt "\"\nmsgid \"Other\"\nmsgstr \"" str "\"\n"
#define OFFER(ctxt, from, str)                                                 \
	"\n# reuse: same text as " from "\n#, fuzzy\nmsgctxt \"" ctxt          \
	"\"\nmsgid \"Other\"\nmsgstr \"" str "\"\n"

static void an_equal_text_is_offered_as_fuzzy(void **state)
{
	static const struct copl_entry e[] = {
	    E("who/other", "Other"), E("where/other", "Other")};
	static const struct copl_entry obsolete[] = {E("where/other", "Other")};

	(void)state;
	merges_to(HEADER("fr", FR2) OTHER("who/other", "Autre"), NULL, e, 2, 1,
	    OTHER("who/other", "Autre")
		OFFER("where/other", "who/other", "Autre"));
	/* from one that is gone, too */
	merges_to(HEADER("fr", FR2) OTHER("who/other", "Autre"), NULL, obsolete,
	    1, 1,
	    OFFER("where/other", "who/other",
		"Autre") "\n#~ msgctxt \"who/other\"\n#~ msgid \"Other\"\n"
			 "#~ msgstr \"Autre\"\n");
	/* An empty one that is there already, with all that it has. */
	merges_to(HEADER("fr", FR2) OTHER(
		      "who/other", "Autre") "\n# note\n"
					    "#, max-length:40\n#= "
					    "sticky\nmsgctxt \"where/other\"\n"
					    "msgid \"Other\"\nmsgstr \"\"\n",
	    NULL, e, 2, 1,
	    OTHER("who/other", "Autre") "\n# note\n"
					"# reuse: same text as who/other\n"
					"#, fuzzy, max-length:40\n#= "
					"sticky\nmsgctxt \"where/other\"\n"
					"msgid \"Other\"\nmsgstr \"Autre\"\n");
}

static void a_text_of_the_same_role_is_preferred(void **state)
{
	static const struct copl_entry e[] = {E("a/title", "Other"),
	    E("b/other", "Other"), E("c/title", "Other")};

	(void)state;
	merges_to(HEADER("fr", FR2) OTHER("a/title", "Divers")
		      OTHER("b/other", "Autre"),
	    NULL, e, 3, 1,
	    OTHER("a/title", "Divers") OTHER("b/other", "Autre")
		OFFER("c/title", "a/title", "Divers"));
}

/* What tools that guess were seen to do. */
static void alike_is_not_equal(void **state)
{
	static const struct {
		const char *old, *str, *text;
	} measured[] = {
	    {"I feel safe online.", "Je me sens en sécurité en ligne.",
		"I do not feel safe online."},
	    {"Strongly agree", "Tout à fait d’accord", "Strongly disagree"},
	    {"Have you ever bullied somebody?", "As-tu déjà harcelé ?",
		"Have you ever been bullied by somebody?"},
	    {"Other", "Autre", "other"},
	    {"Other", "Autre", "Other "},
	};
	struct copl_merge_counts counts;
	char po[1000], *out;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(measured); i++) {
		const struct copl_entry e[] = {E("q2/label", measured[i].text)};

		snprintf(po, sizeof(po),
		    HEADER("fr", FR2) "\nmsgctxt \"q1/label\"\nmsgid \"%s\"\n"
				      "msgstr \"%s\"\n",
		    measured[i].old, measured[i].str);
		out = merge(po, po, e, 1, &counts);
		assert_int_equal(counts.reused, 0);
		assert_null(strstr(out, "fuzzy"));
		assert_non_null(strstr(out, "\nmsgstr \"\"\n\n#~"));
		free(out);
	}
}

static void what_is_not_sure_is_not_offered(void **state)
{
	static const struct copl_entry e[] = {
	    E("a/other", "Other"), E("b/other", "Other")};
	static const struct copl_entry plural[] = {E("a/other", "Other"),
	    {NULL, NULL, NULL, "b/other", "Other", "Others", 0}};

	(void)state;
	merges_to(HEADER("fr", FR2) "\n#, fuzzy" OTHER("a/other", "Autre"),
	    NULL, e, 2, 0,
	    "\n#, fuzzy" OTHER("a/other", "Autre") OTHER("b/other", ""));
	merges_to(HEADER("fr", FR2) OTHER("a/other", "Autre"), NULL, plural, 2,
	    0,
	    OTHER("a/other", "Autre") "\nmsgctxt \"b/other\"\n"
				      "msgid \"Other\"\nmsgid_plural "
				      "\"Others\"\nmsgstr[0] \"\"\n"
				      "msgstr[1] \"\"\n");
}

static void the_mark_goes_when_a_person_confirmed(void **state)
{
	static const struct copl_entry e[] = {
	    E("who/other", "Other"), E("where/other", "Other")};

	(void)state;
	merges_to(
	    HEADER("fr", FR2) OTHER("who/other",
		"Autre") "\n# checked\n# reuse: same text as who/other\n#, "
			 "keep-me" OTHER("where/other", "Autre"),
	    NULL, e, 2, 0,
	    OTHER("who/other", "Autre") "\n# checked\n#, keep-me" OTHER(
		"where/other", "Autre"));
	/* Emptied: that is an answer, too. */
	merges_to(HEADER("fr", FR2) OTHER("who/other",
		      "Autre") "\n# reuse: same text as "
			       "who/other" OTHER("where/other", ""),
	    NULL, e, 2, 0,
	    OTHER("who/other", "Autre") "\n# reuse: same text as "
					"who/other" OTHER("where/other", ""));
	/* Still fuzzy: nobody has looked. */
	merges_to(HEADER("fr", FR2) OTHER("who/other", "Autre")
		      OFFER("where/other", "who/other", "Autre"),
	    NULL, e, 2, 0,
	    OTHER("who/other", "Autre")
		OFFER("where/other", "who/other", "Autre"));
}

static void earlier_consultations_help(void **state)
{
	static const struct copl_entry e[] = {E("q1/other", "Other")};

	(void)state;
	merges_to(HEADER("fr", FR2), NULL, e, 1, 0, OTHER("q1/other", ""));
	/* The same id is worth more than any other. */
	merges_to(HEADER("fr", FR2),
	    HEADER("fr", FR2) OTHER("q9/other",
		"Autre (9)") "\n#. from: youth_2025 skills 1" OTHER("q1/other",
		"Autre (1)"),
	    e, 1, 1,
	    OFFER("q1/other", "q1/other in youth_2025 skills 1", "Autre (1)"));
	merges_to(NULL, HEADER("fr", FR2) OTHER("q9/other", "Autre"), e, 1, 1,
	    OFFER("q1/other", "q9/other in p 1", "Autre"));
}

#define DAYS(ctxt)                                                             \
	"\nmsgctxt \"" ctxt "\"\nmsgid \"{n} day\"\n"                          \
	"msgid_plural \"{n} days\"\n"

static void forms_go_by_what_their_rule_says(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "a", "{n} day", "{n} days", 0}};

	(void)state;
	/* CLDR's French has a form for whole millions. */
	merges_to(HEADER("fr", FR2),
	    HEADER("fr", FR3) DAYS(
		"a") "msgstr[0] \"{n} jour\"\n"
		     "msgstr[1] \"{n} de jours\"\nmsgstr[2] \"{n} jours\"\n",
	    e, 1, 1,
	    "\n# reuse: same text as a in p 1\n#, fuzzy" DAYS(
		"a") "msgstr[0] \"{n} jour\"\nmsgstr[1] \"{n} jours\"\n");
	merges_to(HEADER("fr", FR3),
	    HEADER("fr", FR2)
		DAYS("a") "msgstr[0] \"{n} jour\"\nmsgstr[1] \"{n} jours\"\n",
	    e, 1, 1,
	    "\n# reuse: same text as a in p 1\n#, fuzzy" DAYS(
		"a") "msgstr[0] \"{n} jour\"\nmsgstr[1] \"{n} jours\"\n"
		     "msgstr[2] \"{n} jours\"\n");
	merges_to(HEADER("ru", RU3),
	    HEADER("ru", RU4)
		DAYS("a") "msgstr[0] \"{n} день\"\n"
			  "msgstr[1] \"{n} дня\"\nmsgstr[2] \"{n} дней\"\n"
			  "msgstr[3] \"{n} дня\"\n",
	    e, 1, 1,
	    "\n# reuse: same text as a in p 1\n#, fuzzy" DAYS(
		"a") "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n"
		     "msgstr[2] \"{n} дней\"\n");
}

static void rules_are_compared_by_what_they_do(void **state)
{
	static const struct {
		const char *a, *b;
		bool agree;
	} rules[] = {
	    {FR2, "nplurals=2; plural=n>=2;", true},
	    {FR2, "nplurals=2; plural=(n != 1);", false},
	    {FR2, FR3, false},
	    {RU3,
		"nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && "
		"n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2;",
		true},
	    {RU3, RU4, false},
	};
	struct copl_plural a, b;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rules); i++) {
		assert_true(copl_plural_parse(rules[i].a, &a));
		assert_true(copl_plural_parse(rules[i].b, &b));
		assert_int_equal(copl_plural_agree(&a, &b), rules[i].agree);
	}
}

/* ---- any catalog: only what is touched is rewritten ---- */

#define MANY 40

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245U + 12345U;
	return *seed >> 16 & 0x7fff;
}

/* A message as some tool of a translator may have left it. */
static void write_block(char *out, size_t size, unsigned k, unsigned *seed)
{
	static const char *const comments[] = {"", "# мысль\n",
	    "#  с отступом\n#\n", "# cop-ignore: edge-space reason\n"};
	static const char *const flags[] = {"", "#, max-length:40\n",
	    "#, xml-text, read-only\n", "#= sticky\n", "#, c-format\n#= x\n"};
	static const char *const texts[] = {"msgstr \"одно\"\n",
	    "msgstr \"\"\n\"в две \"\n\"строки\"\n", "msgstr   \"текст\"\n",
	    "msgstr \"م\"\n"};
	unsigned f = next(seed) % 4;

	snprintf(out, size,
	    "%s#. note %u\n#: f.xml#q%u\n%smsgctxt \"q%u\"\n"
	    "msgid \"text \"\n\"%u\"\n%s",
	    comments[next(seed) % 4], k, k, flags[f], k, k,
	    texts[next(seed) % 4]);
}

static void only_touched_entries_are_rewritten(void **state)
{
	char blocks[MANY][400], ids[MANY][40], texts[MANY][40], notes[MANY][40],
	    refs[MANY][40], po[MANY * 420], *out;
	struct copl_entry e[MANY];
	struct copl_merge_counts counts;
	unsigned seed, k;
	bool changed[MANY];

	(void)state;
	for (seed = 1; seed < 60; seed++) {
		unsigned s = seed;
		size_t len = (size_t)snprintf(po, sizeof(po), "%s",
		    HEADER("ru", RU3) "\"X-Mood: ok\\n\"\n");
		const char *at;

		for (k = 0; k < MANY; k++) {
			write_block(blocks[k], sizeof(blocks[k]), k, &s);
			len += (size_t)snprintf(
			    po + len, sizeof(po) - len, "\n%s", blocks[k]);
			changed[k] = next(&s) % 5 == 0;
			snprintf(ids[k], 40, "q%u", k);
			snprintf(
			    texts[k], 40, changed[k] ? "new %u" : "text %u", k);
			snprintf(notes[k], 40, "note %u", k);
			snprintf(refs[k], 40, "f.xml#q%u", k);
			e[k] = (struct copl_entry){.ctxt = ids[k],
			    .id = texts[k],
			    .extracted = notes[k],
			    .ref = refs[k]};
			if (strstr(blocks[k], "c-format") != NULL)
				e[k].flags = "c-format";
		}
		out = merge(po, NULL, e, MANY, &counts);
		at = out;
		assert_non_null(strstr(out, "\"X-Mood: ok\\n\"\n"));
		assert_non_null(strstr(out, "\"X-Poedit-Basepath: .\\n\"\n"));
		for (k = 0; k < MANY; k++) {
			if (changed[k])
				continue;
			at = strstr(at, blocks[k]);
			if (at == NULL)
				fail_msg("seed %u: lost\n%s", seed, blocks[k]);
			at += strlen(blocks[k]);
		}
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_equal_text_is_offered_as_fuzzy),
	    cmocka_unit_test(a_text_of_the_same_role_is_preferred),
	    cmocka_unit_test(alike_is_not_equal),
	    cmocka_unit_test(what_is_not_sure_is_not_offered),
	    cmocka_unit_test(the_mark_goes_when_a_person_confirmed),
	    cmocka_unit_test(earlier_consultations_help),
	    cmocka_unit_test(forms_go_by_what_their_rule_says),
	    cmocka_unit_test(rules_are_compared_by_what_they_do),
	    cmocka_unit_test(only_touched_entries_are_rewritten),
	};

	return cmocka_run_group_tests_name("reuse", tests, NULL, NULL);
}
