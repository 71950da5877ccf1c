/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "glossary/glossary.h"
#include "seen.h"

#define HEAD "cop-glossary\t1\ten\n"
#define NAMES "term\tlanguage\tpreferred\taccepted\trejected\tkeep\tnote\n"

static struct seen seen;

static enum copl_status read_bytes(
    const char *tsv, size_t len, struct copl_glossary **g)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = copl_glossary_read(tsv, len, "terms.tsv", &r, g);
	assert_int_equal(st == COPL_OK, *g != NULL);
	return copl_reporter_end(&r, st);
}

static struct copl_glossary *glossary(const char *lines)
{
	struct copl_glossary *g = NULL;
	char tsv[4000];

	snprintf(tsv, sizeof(tsv), HEAD NAMES "%s", lines);
	assert_int_equal(read_bytes(tsv, strlen(tsv), &g), COPL_OK);
	return g;
}

/* The terms found in a text, as "term@start-end term@start-end". */
static void assert_found(const struct copl_glossary *g, const char *from,
    const char *to, const char *text, const char *want)
{
	struct copl_term_hit hits[8];
	char got[400] = "";
	size_t n = copl_glossary_find(g, from, to, text, hits, 8), i;

	assert_true(n <= 8);
	for (i = 0; i < n; i++) {
		size_t len = strlen(got);

		snprintf(got + len, sizeof(got) - len, "%s%s=%s@%.*s",
		    i == 0 ? "" : "; ", hits[i].source, hits[i].term->preferred,
		    (int)(hits[i].end - hits[i].start), text + hits[i].start);
	}
	assert_string_equal(got, want);
}

static void assert_fault(
    const char *tsv, const char *code, size_t line, size_t column)
{
	struct copl_glossary *g = NULL;

	assert_int_equal(read_bytes(tsv, strlen(tsv), &g), COPL_E_INVALID);
	assert_string_equal(seen.list[0].code, code);
	assert_int_equal(seen.list[0].line, line);
	assert_int_equal(seen.list[0].column, column);
}

static const char rows[] =
    "online safety\tfr\tsécurité en ligne\tsécurit* en ligne\n"
    "online safety\tru\tбезопасность в сети\tбезопасност* в сет*\n"
    "online safety\tar\tالسلامة على الإنترنت\n"
    "online safety\tzh-Hans\t网络安全\n"
    "online safety for children\tfr\tsécurité en ligne des enfants\n"
    "helpline\ten\t\thelpline*\n"
    "helpline\tfr\tligne d’écoute\tlignes d’écoute\n"
    "ITU\tfr\tUIT\nITU\tru\tМСЭ\nITU\tar\tالاتحاد الدولي للاتصالات\n"
    "YouTube\t*\t\t\t\tyes\n";

static void test_terms_are_found_whole_and_in_any_case(void **state)
{
	struct copl_glossary *g = glossary(rows);

	(void)state;
	assert_found(g, "en", "fr", "Online Safety matters.",
	    "online safety=sécurité en ligne@Online Safety");
	assert_found(g, "en", "fr", "ONLINE  <b>SAFETY</b>",
	    "online safety=sécurité en ligne@ONLINE  <b>SAFETY");
	assert_found(g, "en", "fr", "online. Safety", "");
	assert_found(g, "en", "fr", "offline safety, online safetyness", "");
	assert_found(g, "en", "fr", "Two helplines",
	    "helpline=ligne d’écoute@helplines");
	assert_found(g, "en", "fr", "situations", "");
	assert_found(g, "en", "fr", "ITU, itu", "ITU=UIT@ITU");
	assert_found(
	    g, "en", "fr", "See https://youtube.com/ITU and {itu}.", "");
	copl_glossary_free(g);
}

static void test_the_longest_term_is_taken(void **state)
{
	struct copl_glossary *g = glossary(rows);

	(void)state;
	assert_found(g, "en", "fr", "online safety for children",
	    "online safety for children=sécurité en ligne des "
	    "enfants@online safety for children");
	/* Russian does not have the long one. */
	assert_found(g, "en", "ru", "online safety for children",
	    "online safety=безопасность в сети@online safety");
	copl_glossary_free(g);
}

static void test_a_term_is_found_from_any_of_its_languages(void **state)
{
	struct copl_glossary *g = glossary(rows);

	(void)state;
	assert_found(g, "fr", "en", "La Sécurité en ligne et l’UIT",
	    "sécurité en ligne=online safety@Sécurité en ligne; "
	    "UIT=ITU@UIT");
	assert_found(g, "ru", "ar", "О безопасности в сетях",
	    "безопасность в сети=السلامة على الإنترنت@безопасности в сетях");
	assert_found(g, "zh-CN", "fr", "谈谈网络安全吧",
	    "网络安全=sécurité en ligne@网络安全");
	assert_found(g, "ar", "fr",
	    "والسلامة على الإنترنت للاتحاد الدولي "
	    "للاتصالات",
	    "السلامة على الإنترنت=sécurité en ligne@والسلامة على الإنترنت; "
	    "الاتحاد الدولي للاتصالات=UIT@للاتحاد الدولي للاتصالات");
	assert_found(g, "fr-CA", "ru", "sécurité en ligne",
	    "sécurité en ligne=безопасность в сети@sécurité en ligne");
	assert_found(g, "fr", "fr-CA", "sécurité en ligne", "");
	assert_found(g, "en", "pt", "online safety on YouTube",
	    "YouTube=YouTube@YouTube");
	copl_glossary_free(g);
}

static const struct copl_term *term_of(
    const struct copl_glossary *g, const char *term, const char *lang)
{
	size_t i;

	for (i = 0; i < copl_glossary_count(g); i++) {
		const struct copl_term *t = copl_glossary_term(g, i, lang);

		if (t != NULL && strcmp(t->source, term) == 0)
			return t;
	}
	fail_msg("no %s in %s", term, lang);
	return NULL;
}

static void test_shipped_terms_in_real_sentences(void **state)
{
	static const struct {
		const char *term, *lang, *text;
		bool accepted, rejected;
	} cases[] = {
	    {"child online protection", "fr",
		"La protection en ligne des enfants compte pour moi.", true,
		false},
	    {"child online protection", "fr",
		"La sûreté des mineurs sur le net compte pour moi.", false,
		false},
	    {"child online protection", "ru",
		"О защите детей в онлайновой среде", true, false},
	    {"child online protection", "zh-Hans", "关于儿童在线保护的问题",
		false, true},
	    {"child online protection", "zh_CN", "保护上网儿童很重要。", true,
		false},
	    {"child online protection", "ar",
		"استبيان عن حماية الأطفال على الخَطّ", true, false},
	    {"child online protection", "es",
		"PROTECCIÓN DE LA INFANCIA EN LÍNEA", true, false},
	    {"child online protection", "es",
		/* parted accents */
		"Proteccio\xcc\x81n de la infancia en li\xcc\x81nea", true,
		false},
	    {"ITU", "fr", "le site de l’UIT", true, false},
	    {"ITU", "ru", "Сайт Международного союза электросвязи", true,
		false},
	    {"ITU", "es", "Escribe a la ITU hoy.", false, false},
	    {"ITU", "ar", "اكتب إلى \u2066ITU\u2069 اليوم.", true, false},
	    {"UNICEF", "ru", "ЮНИСЕФ поддерживает", true, false},
	    {"UNICEF", "ru", "ЮНЕСКО поддерживает", false, false},
	    {"UNICEF", "pt", "A UNICEF apoia", true, false},
	    {"UNICEF", "zh-Hans", "联合国儿童基金会支持", true, false},
	    {"UNICEF", "ar", "باليونيسف", true, false},
	    {"YouTube", "zh-Hans", "在YouTube上", true, false},
	    {"YouTube", "fr", "sur Youtube", false, false},
	    {"YouTube", "ru", "на YouTube’е", true, false},
	};
	struct copl_glossary *g = NULL;
	struct copl_term_span at;
	size_t i;

	(void)state;
	assert_int_equal(copl_glossary_shipped(&g), COPL_OK);
	for (i = 0; i < COPL_COUNT(cases); i++) {
		const struct copl_term *t =
		    term_of(g, cases[i].term, cases[i].lang);
		bool accepted = copl_term_accepted_in(t, cases[i].text, &at),
		     rejected =
			 copl_term_rejected_in(t, cases[i].text, &at, NULL);

		if (accepted != cases[i].accepted ||
		    rejected != cases[i].rejected)
			fail_msg(
			    "%s: %d %d", cases[i].text, accepted, rejected);
	}
	copl_glossary_free(g);
}

static void test_files_of_spreadsheets_are_read(void **state)
{
	static const char tsv[] =
	    "\xef\xbb\xbf" HEAD "# ours\r\n\r\nnote\tterm\tlanguage\tmine\t"
	    "preferred\r\n"
	    "\"say \"\"hi\"\"\"\tgreeting\tfr\tx\t"
	    "\"salut \"\r\n";
	struct copl_glossary *g = NULL;

	(void)state;
	assert_int_equal(read_bytes(tsv, sizeof(tsv) - 1, &g), COPL_OK);
	assert_string_equal(term_of(g, "greeting", "fr")->note, "say \"hi\"");
	assert_found(g, "en", "fr", "a greeting", "greeting=salut @greeting");
	copl_glossary_free(g);
}

static void test_every_fault_has_its_place(void **state)
{
	static const struct {
		const char *tsv, *code;
		size_t line, column;
	} cases[] = {
	    {"", "glossary-version", 1, 0},
	    {"term\tlanguage\n", "glossary-version", 1, 1},
	    {"cop-glossary\t2\ten\n" NAMES, "glossary-version", 1, 14},
	    {HEAD, "glossary-columns", 2, 0},
	    {HEAD "term\tpreferred\n", "glossary-columns", 2, 1},
	    {HEAD NAMES "x\tFrench!\ty\n", "glossary-language", 3, 3},
	    {HEAD NAMES "x\n", "glossary-language", 3, 1},
	    {HEAD NAMES "\tfr\ty\n", "glossary-term", 3, 1},
	    {HEAD NAMES "é\tfr\n", "glossary-preferred", 3, 1},
	    {HEAD NAMES "é\tfr\t\ta\n", "glossary-preferred", 3, 6},
	    {HEAD NAMES "x\tfr\ty\nx\tfr\tz\n", "glossary-duplicate", 4, 1},
	    {HEAD NAMES "x\tfr\ty\tz|pro*tec\n", "glossary-stem", 3, 10},
	    {HEAD NAMES "x\tfr\ty\t*\n", "glossary-stem", 3, 8},
	    {HEAD NAMES "x\tfr\ty\t…\n", "glossary-form", 3, 8},
	    {HEAD NAMES "x\tfr\ty\tz\tz\n", "glossary-conflict", 3, 10},
	    {HEAD NAMES "x\tfr\ty\t\t\tmaybe\n", "glossary-keep", 3, 10},
	    {HEAD NAMES "x\tfr\ta b c d e f g h i j k l m n o p q\n",
		"glossary-limit", 3, 6},
	    {HEAD NAMES "x\tfr\tcaf\xe9\n", "glossary-encoding", 3, 9},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++)
		assert_fault(cases[i].tsv, cases[i].code, cases[i].line,
		    cases[i].column);
}

/* Anything that a file can hold is read or refused. */
static void test_damage_is_no_danger(void **state)
{
	char tsv[sizeof(HEAD NAMES) + sizeof(rows)], copy[sizeof(tsv)];
	struct copl_glossary *g;
	size_t i, len;

	(void)state;
	len = (size_t)snprintf(tsv, sizeof(tsv), HEAD NAMES "%s", rows);
	for (i = 0; i < len; i++) {
		static const char put[] = "\t\n*|\"\xe9";

		memcpy(copy, tsv, sizeof(tsv));
		copy[i] = put[i % (sizeof(put) - 1)];
		g = NULL;
		(void)read_bytes(copy, len, &g);
		copl_glossary_free(g);
		g = NULL;
		(void)read_bytes(tsv, i, &g);
		copl_glossary_free(g);
	}
}

/* Texts with many glossary terms at hand, each of them compiled once. */
static void test_many_terms_cost_no_more_than_few(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_GLOSSARY_MAX);
	struct copl_glossary *g = NULL;
	struct copl_term_hit hit;
	char text[80];
	size_t i, found = 0;
	clock_t start;

	(void)state;
	copl_strbuf_puts(&b, HEAD NAMES);
	for (i = 0; i < 20000; i++)
		copl_strbuf_printf(
		    &b, "place%zu safe\tfr\tlieu sûr %zu\n", i, i);
	assert_int_equal(read_bytes(copl_strbuf_text(&b), b.len, &g), COPL_OK);
	copl_strbuf_clear(&b);
	start = clock();
	for (i = 0; i < 50000; i++) {
		snprintf(text, sizeof(text),
		    "Question %zu: do you know a place where you feel safe?",
		    i);
		found += copl_glossary_find(g, "en", "fr", text, &hit, 1);
	}
	assert_int_equal(found, 0);
	/* 50 000 texts, slow machines and checks of memory included */
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 60);
	copl_glossary_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_terms_are_found_whole_and_in_any_case),
	    cmocka_unit_test(test_the_longest_term_is_taken),
	    cmocka_unit_test(test_a_term_is_found_from_any_of_its_languages),
	    cmocka_unit_test(test_shipped_terms_in_real_sentences),
	    cmocka_unit_test(test_files_of_spreadsheets_are_read),
	    cmocka_unit_test(test_every_fault_has_its_place),
	    cmocka_unit_test(test_damage_is_no_danger),
	    cmocka_unit_test(test_many_terms_cost_no_more_than_few),
	};

	return cmocka_run_group_tests_name("glossary", tests, NULL, NULL);
}
