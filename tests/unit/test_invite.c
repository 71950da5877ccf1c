/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long an invitation is, and what it says. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "render/invite.h"

struct counted {
	const char *text;
	size_t times; /* the text so often */
	bool unicode;
	size_t units;
	size_t parts;
};

/* From 3GPP TS 23.038, tables 6.2.1 and 6.2.1.1. */
static const struct counted messages[] = {
    {"", 1, false, 0, 1},
    {"a", 160, false, 160, 1},
    {"a", 161, false, 161, 2},
    {"a", 306, false, 306, 2},
    {"a", 307, false, 307, 3},
    /* The whole default alphabet, and its second half. */
    {"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ", 1, false, 31, 1},
    {" !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà", 1, false, 34, 1},
    /* Behind an escape, so two each. */
    {"^{}\\[~]|€\f", 1, false, 20, 1},
    {"€", 80, false, 160, 1},
    {"€", 81, false, 162, 2},
    /* 76 of them fill a part of 153 but for one septet. */
    {"€", 152, false, 304, 2},
    {"€", 153, false, 306, 3},
    /* Letters that look as if they belonged to it. */
    {"ç", 1, true, 1, 1},
    {"`", 1, true, 1, 1},
    {"á", 70, true, 70, 1},
    {"á", 71, true, 71, 2},
    {"á", 134, true, 134, 2},
    {"á", 135, true, 135, 3},
    {"’", 1, true, 1, 1},
    {"\xc2\xa0", 1, true, 1, 1},
    {"رأيك", 1, true, 4, 1},
    {"说说你的想法：", 1, true, 7, 1},
    {"Привет", 12, true, 72, 2},
    /* Beyond the first plane a character is two units and stays whole. */
    {"\xf0\x9f\x98\x80", 35, true, 70, 1},
    {"\xf0\x9f\x98\x80", 66, true, 132, 2},
    {"\xf0\x9f\x98\x80", 67, true, 134, 3},
};

static void repeat(const char *text, size_t times, struct copl_strbuf *out)
{
	copl_strbuf_reset(out);
	while (times-- > 0)
		copl_strbuf_puts(out, text);
	assert_int_equal(out->st, COPL_OK);
}

static void a_message_is_counted_as_networks_do(void **state)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(100000);
	struct copl_sms sms;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(messages); i++) {
		const struct counted *m = &messages[i];

		repeat(m->text, m->times, &text);
		copl_sms_count(copl_strbuf_text(&text), &sms);
		if (sms.unicode != m->unicode || sms.units != m->units ||
		    sms.parts != m->parts)
			fail_msg("\"%s\" %zu times: %zu units in %zu parts",
			    m->text, m->times, sms.units, sms.parts);
		assert_int_equal(sms.room, m->unicode ? 134 : 306);
	}
	copl_strbuf_clear(&text);
}

static void a_post_is_counted_as_the_strictest_network_does(void **state)
{
	static const char address[] = "https://cop.example.org/eu/a.fr.html";

	(void)state;
	assert_int_equal(sizeof(address) - 1, 36);
	assert_int_equal(copl_social_count("", address), 0);
	assert_int_equal(copl_social_count("Très “bien”", address), 11);
	assert_int_equal(copl_social_count("رأيك", address), 4);
	assert_int_equal(copl_social_count("мысль", address), 5);
	assert_int_equal(copl_social_count("你的想法", address), 8);
	assert_int_equal(copl_social_count("\xf0\x9f\x98\x80", address), 2);
	/* A short address takes as much room as any. */
	assert_int_equal(
	    copl_social_count("a https://a.example/", "https://a.example/"),
	    2 + 23);
}

static const char *invitation(enum copl_invite_kind kind, const char *words,
    const struct copl_invite *about)
{
	static char text[1000];
	struct copl_strbuf out = COPL_STRBUF_INIT(sizeof(text) - 1);

	copl_invite_text(kind, words, about, &out);
	assert_int_equal(out.st, COPL_OK);
	memcpy(text, copl_strbuf_text(&out), out.len + 1);
	copl_strbuf_clear(&out);
	return text;
}

static void the_address_stands_last_and_reads_from_left_to_right(void **state)
{
	struct copl_invite about = {.lang = "ar",
	    .title = "تجربتك",
	    .closes = "31 مارس",
	    .address = "https://cop.example.org/ar/"};

	(void)state;
	assert_string_equal(invitation(COPL_INVITE_SOCIAL,
				"يمكنك الإجابة حتى {closes}.", &about),
	    "تجربتك\nيمكنك الإجابة حتى 31 مارس.\n"
	    "\xe2\x81\xa6https://cop.example.org/ar/");
	about.lang = "zh-Hans";
	about.title = "你的经历";
	assert_string_equal(invitation(COPL_INVITE_SMS, "说说：", &about),
	    "你的经历\n说说：\nhttps://cop.example.org/ar/");
}

static void braces_are_what_they_are_elsewhere(void **state)
{
	const struct copl_invite about = {.lang = "en",
	    .title = "{closes}",
	    .closes = "{title}",
	    .address = "https://a.example/{closes}"};

	(void)state;
	/* What is put in is not read again. */
	assert_string_equal(
	    invitation(COPL_INVITE_SOCIAL, "{{a}} {x} {closes} {", &about),
	    "{closes}\n{a} {x} {title} {\nhttps://a.example/{closes}");
}

/* A hard space would halve the room of a message in French. */
static void a_message_keeps_the_small_alphabet(void **state)
{
	const struct copl_invite about = {.lang = "fr",
	    .title = "Comp\xc3\xa9tences\xe2\x80\xaf!",
	    .closes = "31\xc2\xa0mars",
	    .address = "https://a.example/"};
	struct copl_sms sms;

	(void)state;
	assert_string_equal(
	    invitation(COPL_INVITE_SMS, "Avant\xc2\xa0: {closes}", &about),
	    "Comp\xc3\xa9tences !\nAvant : 31 mars\nhttps://a.example/");
	copl_sms_count(
	    invitation(COPL_INVITE_SMS, "Avant\xc2\xa0: {closes}", &about),
	    &sms);
	assert_false(sms.unicode);
	/* A post has room for good typography. */
	assert_string_equal(
	    invitation(COPL_INVITE_SOCIAL, "Avant\xc2\xa0: {closes}", &about),
	    "Comp\xc3\xa9tences\xe2\x80\xaf!\nAvant\xc2\xa0: 31\xc2\xa0mars\n"
	    "https://a.example/");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_message_is_counted_as_networks_do),
	    cmocka_unit_test(a_post_is_counted_as_the_strictest_network_does),
	    cmocka_unit_test(
		the_address_stands_last_and_reads_from_left_to_right),
	    cmocka_unit_test(braces_are_what_they_are_elsewhere),
	    cmocka_unit_test(a_message_keeps_the_small_alphabet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
