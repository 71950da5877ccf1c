/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Conditions that nobody or everybody fulfils: what the checker says is
 * compared with trying every answer to a form of a few questions.
 */
#include "config.h"
#include "form_sample.h"

/* ---- a form of three questions and a place with a condition ---- */

static char *form_with(const char *second, const char *third,
    const char *section, const char *place)
{
	const size_t room = 8000;
	char *s = malloc(room);

	assert_non_null(s);
	assert_true(
	    snprintf(s, room,
		"<consultation xmlns='urn:cop-l10n:form:1' id='f' version='1'"
		" xml:lang='ru'>\n"
		"<about><title>А</title><closes at='2027-03-31T12:00:00Z'/>"
		"<audience min-age='18'/><privacy><p>А</p></privacy>"
		"<help><p>А</p></help></about>\n"
		"<section id='one'><title>А б в</title>\n"
		"<choose-one id='a'><label>Первый вопрос здесь?</label>"
		"<option value='x' from-age='10'>10</option>"
		"<option value='y' from-age='13'>13</option>"
		"<option value='z' from-age='16'>16</option></choose-one>\n"
		"<choose-many id='b' max='2'%s><label>Второй вопрос здесь?"
		"</label><option value='p'>1</option><option value='q'>2"
		"</option><option value='r'>3</option>"
		"<option value='n' exclusive='yes'>0</option></choose-many>\n"
		"<choose-one id='c'%s><label>Третий вопрос здесь?</label>"
		"<option value='yes'>Да</option><option value='no'>Нет"
		"</option></choose-one>\n"
		"</section>\n"
		"<section id='two'%s><title>Г д е</title>\n"
		"<note id='d'%s><p>А</p></note>\n"
		"</section>\n"
		"<thanks><p>А</p></thanks></consultation>\n",
		second, third, section, place) < (int)room);
	return s;
}

static void read_it(const char *second, const char *third, const char *section,
    const char *place, struct seen *seen)
{
	char *s = form_with(second, third, section, place);

	check_bytes(s, seen);
	free(s);
}

/* ---- the sentences ---- */

static void says(const char *second, const char *third, const char *section,
    const char *place, const char *code, size_t line, const char *part)
{
	struct seen seen;

	read_it(second, third, section, place, &seen);
	if (code == NULL) {
		print_seen(&seen);
		assert_int_equal(seen.n, 0);
		return;
	}
	if (seen.n != 1 || strcmp(seen.code[0], code) != 0 ||
	    seen.line[0] != line || strstr(seen.text[0], part) == NULL) {
		print_message(
		    "# wanted %s on line %zu: %s\n", code, line, part);
		print_seen(&seen);
		fail();
	}
}

static void the_reason_is_named(void **state)
{
	(void)state;
	says("", "", "", " when='a = \"x\" and a = \"y\"'", "form-when-never",
	    9, "write \"or\"");
	says("", "", "", " when='b includes \"n\" and b includes \"p\"'",
	    "form-when-never", 9, "no answers make this condition true");
	says("", "", "",
	    " when='b includes \"p\" and b includes \"q\" and b includes "
	    "\"r\"'",
	    "form-when-never", 9, "\"d\"");
	says("", "", " when='a = \"x\"'", " when='a = \"y\"'",
	    "form-when-never", 9, "section \"two\" (line 8)");
	says("", " when='a = \"x\"'", "", " when='a = \"y\" and c = \"yes\"'",
	    "form-when-never", 9, "not asked \"c\" (line 6)");
	says(" when='a = \"x\"'", " when='a = \"y\"'", "",
	    " when='a = \"z\" and b includes \"p\" and c = \"yes\"'",
	    "form-when-never", 9,
	    "answers to questions that are not asked together");
	says("", "", " when='a = \"x\" and a = \"z\"'", " when='c = \"yes\"'",
	    "form-when-never", 8, "\"two\"");
	says("", "", "", " when='a != \"x\" or a != \"y\"'", "form-when-always",
	    9, "write \"and\"");
	says("", "", " when='a = \"x\"'", " when='a != \"y\"'",
	    "form-when-always", 9, "whoever sees the section");
}

static void the_root_of_the_trouble_is_named_once(void **state)
{
	(void)state;
	says(" when='a = \"x\" and a = \"y\"'", " when='b includes \"p\"'", "",
	    " when='c = \"yes\"'", "form-when-never", 5, "\"b\"");
	says("", " when='b includes \"n\" and b includes \"q\"'",
	    " when='c = \"no\"'", "", "form-when-never", 6, "\"c\"");
}

static void ages_are_judged_for_every_age_of_consent(void **state)
{
	(void)state;
	says("", "", "", " when='a lt guardian-age'", NULL, 0, "");
	says("", "", "", " when='not(a lt guardian-age)'", NULL, 0, "");
	says(
	    "", "", "", " when='a = \"z\" and a lt guardian-age'", NULL, 0, "");
	says("", " when='a lt guardian-age'", "",
	    " when='a = \"x\" and c = \"yes\"'", NULL, 0, "");
	says("", " when='a lt guardian-age'", "",
	    " when='not(a lt guardian-age) and c = \"yes\"'", "form-when-never",
	    9, "not asked \"c\"");
	says("", "", " when='a lt guardian-age'",
	    " when='not(a lt guardian-age)'", "form-when-never", 9,
	    "never true together");
	says("", "", " when='a lt guardian-age'",
	    " when='a != \"x\" and not(a = \"y\") and a != \"z\"'",
	    "form-when-never", 9, "never true together");
}

static void circles_are_told_from_slips_in_the_order(void **state)
{
	(void)state;
	says(" when='c = \"yes\"'", "", "", "", "form-when-later", 5,
	    "move that question up");
	says(" when='c = \"yes\"'", " when='b includes \"p\"'", "", "",
	    "form-when-cycle", 5,
	    "\"b\" waits for \"c\" and \"c\" waits for \"b\"");
	says(" when='b includes \"p\"'", "", "", "", "form-when-cycle", 5,
	    "its own answer");
}

static void a_long_circle_is_written_out(void **state)
{
	static const char two[] = "</note>\n", one[] = "when='e = \"yes\"'";
	char *s = form_with(" when='e = \"yes\"'", " when='b includes \"p\"'",
	    "", " when='c = \"yes\"'");
	char *at = strstr(s, two), *all = NULL;
	struct seen seen;

	(void)state;
	assert_non_null(at);
	assert_non_null(strstr(s, one));
	assert_true(
	    asprintf(&all,
		"%.*s<choose-one id='e' when='c = \"no\"'><label>Пятый вопрос "
		"здесь?</label><option value='yes'>Да</option><option "
		"value='no'>Нет</option></choose-one>%s",
		(int)(at + strlen(two) - s), s, at + strlen(two)) > 0);
	check_bytes(all, &seen);
	only(&seen, "form-when-cycle", 5, 35, "b → e → c → b");
	free(all);
	free(s);
}

/* ---- every answer, tried ---- */

struct answers {
	int a; /* 0 none, 1 x, 2 y, 3 z */
	unsigned b; /* bits p q r n */
	int c; /* 0 none, 1 yes, 2 no */
	int age;
};

/* A condition as text, and the same as a tree of our own. */
struct expr {
	int op; /* 0-2 a is x y z, 3-5 is not, 6-9 b includes p q r n,
		 * 10-11 c is yes no, 12 minor, 13 and, 14 or, 15 not */
	const struct expr *left;
	const struct expr *right;
};

static uint32_t dice;

static unsigned roll(unsigned n)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 16) % n;
}

/* Tests the first questions only: 1 a, 2 a and b, 3 all. */
static const struct expr *grow(
    struct copl_arena *arena, int questions, unsigned depth)
{
	static const unsigned ops[] = {0, 6, 10, 12};
	struct expr *e = copl_arena_alloc(arena, sizeof(*e));

	assert_non_null(e);
	if (depth > 0 && roll(4) != 0) {
		e->op = 13 + (int)roll(3);
		e->left = grow(arena, questions, depth - 1);
		if (e->op != 15)
			e->right = grow(arena, questions, depth - 1);
		return e;
	}
	if (roll(8) == 0)
		e->op = 12;
	else
		e->op = (int)roll(ops[questions]);
	return e;
}

static void write_expr(const struct expr *e, struct copl_strbuf *b)
{
	static const char *const tests[] = {"a = \"x\"", "a = \"y\"",
	    "a = \"z\"", "a != \"x\"", "a != \"y\"", "a != \"z\"",
	    "b includes \"p\"", "b includes \"q\"", "b includes \"r\"",
	    "b includes \"n\"", "c = \"yes\"", "c = \"no\"",
	    "a lt guardian-age"};

	if (e->op < 13) {
		copl_strbuf_puts(b, tests[e->op]);
		return;
	}
	copl_strbuf_puts(b, e->op == 15 ? "not(" : "(");
	write_expr(e->left, b);
	if (e->right != NULL) {
		copl_strbuf_puts(b, e->op == 13 ? " and " : " or ");
		write_expr(e->right, b);
	}
	copl_strbuf_puts(b, ")");
}

static bool judge(const struct expr *e, const struct answers *w)
{
	static const int from[] = {0, 10, 13, 16};

	if (e == NULL)
		return true;
	if (e->op < 3)
		return w->a == e->op + 1;
	if (e->op < 6)
		return w->a != e->op - 2;
	if (e->op < 10)
		return (w->b >> (e->op - 6) & 1) != 0;
	if (e->op < 12)
		return w->c == e->op - 9;
	if (e->op == 12)
		return w->a != 0 && from[w->a] < w->age;
	if (e->op == 13)
		return judge(e->left, w) && judge(e->right, w);
	if (e->op == 14)
		return judge(e->left, w) || judge(e->right, w);
	return !judge(e->left, w);
}

struct trial {
	const struct expr *b;
	const struct expr *c;
	const struct expr *section;
	const struct expr *place;
	size_t b_seen, b_unseen, c_seen, c_unseen;
	size_t section_seen, section_unseen, seen, unseen;
};

static bool may_be(unsigned b)
{
	unsigned n = 0, i;

	for (i = 0; i < 4; i++)
		n += b >> i & 1;
	return n <= 2 && (n == 1 || (b & 8) == 0);
}

static void count(struct trial *t, const struct answers *w)
{
	bool b = judge(t->b, w), c = judge(t->c, w);
	bool section = judge(t->section, w);

	/* Who is not asked does not answer. */
	if ((!b && w->b != 0) || (!c && w->c != 0))
		return;
	*(b ? &t->b_seen : &t->b_unseen) += 1;
	*(c ? &t->c_seen : &t->c_unseen) += 1;
	*(section ? &t->section_seen : &t->section_unseen) += 1;
	if (section)
		*(judge(t->place, w) ? &t->seen : &t->unseen) += 1;
}

static void try_all(struct trial *t)
{
	static const int ages[] = {0, 11, 14, 17};
	struct answers w;
	size_t i;

	for (i = 0; i < COPL_COUNT(ages); i++)
		for (w.a = 0; w.a <= 3; w.a++)
			for (w.b = 0; w.b < 16; w.b++)
				for (w.c = 0; w.c <= 2; w.c++) {
					w.age = ages[i];
					if (may_be(w.b))
						count(t, &w);
				}
}

static const char *as_when(const struct expr *e, struct copl_strbuf *b)
{
	copl_strbuf_reset(b);
	if (e == NULL)
		return "";
	copl_strbuf_puts(b, " when='");
	write_expr(e, b);
	copl_strbuf_puts(b, "'");
	return copl_strbuf_text(b);
}

static bool found(const struct seen *s, const char *code, size_t line)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->line[i] == line && strcmp(s->code[i], code) == 0)
			return true;
	return false;
}

static void agrees(const struct seen *s, const char *code, size_t line,
    bool want, const char *form)
{
	if (found(s, code, line) == want)
		return;
	print_message("# %s on line %zu: %s\n%s", code, line,
	    want ? "not said" : "said in error", form);
	print_seen(s);
	fail();
}

static void one_trial(struct copl_arena *arena)
{
	struct copl_strbuf when[4] = {COPL_STRBUF_INIT(4000),
	    COPL_STRBUF_INIT(4000), COPL_STRBUF_INIT(4000),
	    COPL_STRBUF_INIT(4000)};
	struct trial t = {.b = roll(2) == 0 ? NULL : grow(arena, 1, 1),
	    .c = roll(2) == 0 ? NULL : grow(arena, 2, 2),
	    .section = roll(2) == 0 ? NULL : grow(arena, 3, 2),
	    .place = grow(arena, 3, 3)};
	struct seen seen;
	char *form = form_with(as_when(t.b, &when[0]), as_when(t.c, &when[1]),
	    as_when(t.section, &when[2]), as_when(t.place, &when[3]));
	size_t i;

	try_all(&t);
	check_bytes(form, &seen);
	agrees(&seen, "form-when-never", 5, t.b_seen == 0, form);
	agrees(&seen, "form-when-always", 5, t.b && t.b_unseen == 0, form);
	/* Behind what nobody sees nothing more is said of it. */
	if (t.b_seen > 0) {
		agrees(&seen, "form-when-never", 6, t.c_seen == 0, form);
		agrees(
		    &seen, "form-when-always", 6, t.c && t.c_unseen == 0, form);
	}
	if (t.b_seen > 0 && t.c_seen > 0) {
		agrees(&seen, "form-when-never", 8, t.section_seen == 0, form);
		agrees(&seen, "form-when-always", 8,
		    t.section && t.section_unseen == 0, form);
	}
	if (t.b_seen > 0 && t.c_seen > 0 && t.section_seen > 0) {
		agrees(&seen, "form-when-never", 9, t.seen == 0, form);
		agrees(&seen, "form-when-always", 9,
		    t.seen > 0 && t.unseen == 0, form);
	}
	for (i = 0; i < COPL_COUNT(when); i++)
		copl_strbuf_clear(&when[i]);
	free(form);
}

static void it_agrees_with_trying_every_answer(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		struct copl_arena *arena = copl_arena_new();

		assert_non_null(arena);
		dice = i * 7919 + 1;
		one_trial(arena);
		copl_arena_free(arena);
	}
}

/* ---- limits ---- */

/* n questions, each of which waits for the one before. */
static char *long_form(size_t n, const char *last)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)1 << 20);
	char *s = form_with("", "", "", ""), *at = strstr(s, "<note id='d'>");
	size_t i;

	copl_strbuf_add(&b, s, (size_t)(at - s));
	for (i = 0; i < n; i++) {
		copl_strbuf_printf(&b,
		    "<choose-one id='q%zu'><label>Вопрос с номером %zu</label>",
		    i, i);
		copl_strbuf_puts(&b, "<option value='yes'>Да</option><option "
				     "value='no'>Нет</option></choose-one>");
	}
	copl_strbuf_printf(&b, "<note id='d' when='%s'><p>А</p></note>", last);
	copl_strbuf_puts(&b, "</section><thanks><p>А</p></thanks>"
			     "</consultation>");
	free(s);
	assert_int_equal(b.st, COPL_OK);
	return b.s;
}

static void too_much_to_search_is_no_finding(void **state)
{
	struct copl_strbuf when = COPL_STRBUF_INIT(4000);
	struct seen seen;
	size_t i;
	char *s;

	(void)state;
	/* As many "yes" as "no" of 16 questions: no end of ways to fail. */
	for (i = 0; i < 16; i++)
		copl_strbuf_printf(&when, "%s(q%zu = \"yes\" or q%zu = \"no\")",
		    i == 0 ? "" : " and ", i, i);
	copl_strbuf_puts(&when, " and q0 != \"yes\" and q0 != \"no\"");
	s = long_form(16, copl_strbuf_text(&when));
	check_bytes(s, &seen);
	assert_true(seen.n <= 1);
	free(s);
	copl_strbuf_reset(&when);
	for (i = 0; i < 30; i++)
		copl_strbuf_printf(
		    &when, "%sq%zu = \"yes\"", i == 0 ? "" : " and ", i);
	copl_strbuf_puts(&when, " and q0 = \"no\"");
	s = long_form(30, copl_strbuf_text(&when));
	check_bytes(s, &seen);
	assert_int_equal(seen.n, 0);
	free(s);
	copl_strbuf_clear(&when);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_reason_is_named),
	    cmocka_unit_test(the_root_of_the_trouble_is_named_once),
	    cmocka_unit_test(ages_are_judged_for_every_age_of_consent),
	    cmocka_unit_test(circles_are_told_from_slips_in_the_order),
	    cmocka_unit_test(a_long_circle_is_written_out),
	    cmocka_unit_test(it_agrees_with_trying_every_answer),
	    cmocka_unit_test(too_much_to_search_is_no_finding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
