/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posted fields against each rule of a form. */
#include "config.h"
#include "help_answers.h"

static struct copl_answer_form *form; /* every type; guardians below 16 */

static int setup(void **state)
{
	(void)state;
	form = load_form("tests/render/every_type.xml", 16);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	copl_answer_form_free(form);
	return 0;
}

/* An answer that is right, of somebody of 16 to 24 who is asked the least. */
static const char *const least[][2] = {
    {"age", "16_24"}, {"my_ok", "yes"}, {"seen", "never"}};
/* ... and of a child, who is asked the last section, too. */
static const char *const child[][2] = {{"age", "10_12"}, {"guardian_ok", "yes"},
    {"my_ok", "yes"}, {"seen", "often"}, {"word", "слово"}};

/* changes: "name=value", put behind the others; "!name" takes it away. */
static bool is_dropped(const char *name, const char *const *changes)
{
	for (; *changes != NULL; changes++)
		if (**changes == '!' && strcmp(*changes + 1, name) == 0)
			return true;
	return false;
}

static void fill(struct post *p, const char *const (*base)[2], size_t n,
    const char *const *changes)
{
	size_t i;

	post_frame(p, form);
	for (i = 0; i < n; i++)
		if (!is_dropped(base[i][0], changes))
			post(p, base[i][0], base[i][1]);
	for (; *changes != NULL; changes++) {
		const char *eq = strchr(*changes, '=');
		char name[200];

		if (**changes == '!')
			continue;
		assert_non_null(eq);
		snprintf(
		    name, sizeof(name), "%.*s", (int)(eq - *changes), *changes);
		post(p, name, eq + 1);
	}
}

struct outcome {
	char faults[2000];
	char values[4000];
	bool refused;
	enum copl_status st;
};

static struct outcome take_post(const struct post *p)
{
	const struct copl_answer_about about = {.release = 7, .now = NOON};
	struct copl_strbuf faults = COPL_STRBUF_INIT(1 << 20);
	struct copl_strbuf values = COPL_STRBUF_INIT(1 << 20);
	struct copl_answer a;
	struct outcome o = {.st = COPL_OK};

	o.st = copl_answer_take_fields(form, p->list, p->n, &about, &a);
	put_faults(&a, &faults);
	put_values(&a, &values);
	snprintf(o.faults, sizeof(o.faults), "%s", copl_strbuf_text(&faults));
	snprintf(o.values, sizeof(o.values), "%s", copl_strbuf_text(&values));
	o.refused = a.refused;
	copl_strbuf_clear(&faults);
	copl_strbuf_clear(&values);
	copl_answer_free(&a);
	return o;
}

#define CHANGES_MAX 8
struct change {
	const char *changes[CHANGES_MAX]; /* ends with NULL */
	const char *faults;
	const char *values; /* a line that must be there; NULL: not looked at */
};

static void check(const struct change *list, size_t n,
    const char *const (*base)[2], size_t nbase, bool refused)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct post p = {.n = 0};
		struct outcome o;
		char line[500];
		bool held;

		fill(&p, base, nbase, list[i].changes);
		o = take_post(&p);
		snprintf(line, sizeof(line), "%s\n",
		    list[i].values == NULL ? "" : list[i].values);
		held =
		    o.st == COPL_OK && strcmp(o.faults, list[i].faults) == 0 &&
		    o.refused == refused &&
		    (list[i].values == NULL || strstr(o.values, line) != NULL);
		if (!held) {
			print_message(
			    "# row %zu: want \"%s\" got \"%s\" %s\n%s", i,
			    list[i].faults, o.faults,
			    o.refused ? "refused" : "", o.values);
			fail();
		}
		post_free(&p);
	}
}

#define CHECK(list, base, refused)                                             \
	check(list, COPL_COUNT(list), base, COPL_COUNT(base), refused)

/* ---- what is right ---- */

static void good_answers(void **state)
{
	static const struct change rows[] = {
	    {{NULL}, "", "age=16_24\nmy_ok=yes\nseen=never"},
	    {{"spaces=chat", "spaces=games", "word=да", NULL}, "",
		"spaces=chat|games"},
	    {{"spaces=games", "spaces=chat", "word=да", NULL}, "",
		"spaces=chat|games"},
	    {{"spaces=none", NULL}, "", "spaces=none"},
	    {{"spaces=other", "spaces=games", "spaces.other=论坛", NULL}, "",
		"spaces=games|other\nspaces.other=论坛"},
	    {{"spaces=games", "spaces=videos", "spaces.other=论坛", NULL}, "",
		"spaces=games|videos\nseen=never"},
	    {{"spaces=other", "spaces=games", "spaces.other= \t", NULL}, "",
		"spaces=games|other\nseen=never"},
	    {{"safe=0", NULL}, "", "safe=0"},
	    {{"happens.group=often", NULL}, "", "happens.group=often"},
	    {{"wishes.truth=1", "wishes.rights=2", "wishes.safety=", NULL}, "",
		"wishes=truth|rights"},
	    {{"wishes.rights=1", NULL}, "", "wishes=rights"},
	    {{"wishes.rights=2", NULL}, "", "wishes=|rights"},
	    {{"hours=0", NULL}, "", "hours=0"},
	    {{"hours=", "safe=", "spaces=", NULL}, "", NULL},
	};

	(void)state;
	CHECK(rows, least, false);
}

/* ---- each rule ---- */

static void broken_rules(void **state)
{
	static const struct change rows[] = {
	    {{"!age", NULL}, "age:missing", NULL},
	    {{"!age", "age=", NULL}, "age:missing", NULL},
	    {{"!age", "age=99", NULL}, "age:option", NULL},
	    {{"!my_ok", NULL}, "my_ok:consent", NULL},
	    {{"!my_ok", "my_ok=no", NULL}, "my_ok:consent", NULL},
	    {{"!seen", NULL}, "seen:missing", "age=16_24"},
	    {{"spaces=games", NULL}, "spaces:too-few", "spaces=games"},
	    {{"spaces=games", "spaces=videos", "spaces=other", "spaces=chat",
		 "word=w", NULL},
		"spaces:too-many", NULL},
	    {{"spaces=games", "spaces=none", NULL}, "spaces:exclusive",
		"spaces=games|none"},
	    {{"spaces=games", "spaces=videos", "spaces=Игры", NULL},
		"spaces:option", "spaces=games|videos"},
	    {{"safe=6", NULL}, "safe:range", NULL},
	    {{"safe=-1", NULL}, "safe:range", NULL},
	    {{"safe=1.5", NULL}, "safe:range", NULL},
	    {{"safe=очень", NULL}, "safe:number", NULL},
	    {{"happens.lies=always", NULL}, "happens:option@happens.lies",
		NULL},
	    {{"wishes.truth=1", "wishes.rights=1", NULL},
		"wishes:rank@wishes.rights", "wishes=truth"},
	    {{"wishes.truth=3", NULL}, "wishes:option@wishes.truth", NULL},
	    {{"wishes.truth=0", NULL}, "wishes:option@wishes.truth", NULL},
	    {{"wishes.truth=x", NULL}, "wishes:option@wishes.truth", NULL},
	    {{"hours=25", NULL}, "hours:range", "hours=25"},
	    {{"hours=-1", NULL}, "hours:range", NULL},
	    {{"hours=1.5", NULL}, "hours:range", NULL},
	    {{"hours=много", NULL}, "hours:number", NULL},
	    {{"hours=1e400", NULL}, "hours:range", NULL},
	    /* In the order of the form, all of them at once. */
	    {{"hours=x", "!age", "safe=9", NULL},
		"age:missing safe:range hours:number", NULL},
	};

	(void)state;
	CHECK(rows, least, false);
}

/* ---- conditions ---- */

static void conditions(void **state)
{
	static const struct change rows[] = {
	    {{NULL}, "", "guardian_ok=yes"},
	    {{"!guardian_ok", NULL}, "guardian_ok:consent", NULL},
	    {{"!age", "age=13_15", "!guardian_ok", NULL}, "guardian_ok:consent",
		NULL},
	    {{"!age", "age=16_24", "!guardian_ok", NULL}, "", NULL},
	    /* Who is old enough is not asked, whatever the page sends. */
	    {{"!age", "age=16_24", NULL}, "", "age=16_24\nmy_ok=yes"},
	    {{"!word", NULL}, "word:missing", NULL},
	    {{"!word", "!seen", "seen=skip", NULL}, "", NULL},
	    /* A hidden section takes its wrong answers with it. */
	    {{"!word", "!seen", "seen=skip", "day.year=x", "year.year=1", NULL},
		"", "my_ok=yes\nseen=skip"},
	    {{"!word", "!seen", "seen=skip", "spaces=chat", "spaces=games",
		 NULL},
		"word:missing", NULL},
	    {{"idea=Я ребёнок", NULL}, "", "seen=often\nword=слово"},
	    {{"!age", "age=16_24", "idea=想法", NULL}, "", "idea=想法"},
	    {{"month.year=2027", "month.month=2", NULL}, "", "month=2027-02"},
	    {{"!age", "age=16_24", "month.year=2027", "month.month=2", NULL},
		"", "seen=often\nword=слово"},
	    /* What was not understood is no answer to a condition. */
	    {{"!seen", "seen=OFTEN", "!word", NULL}, "seen:option", NULL},
	};

	(void)state;
	CHECK(rows, child, false);
}

/* ---- dates ---- */

static void dates(void **state)
{
	static const struct change rows[] = {
	    {{"day.day=1", "day.month=2", "day.year=2027", NULL}, "",
		"day=2027-02-01"},
	    {{"day.day=01", "day.month=02", "day.year=2027", NULL}, "",
		"day=2027-02-01"},
	    {{"day.day=", "day.month=", "day.year=", NULL}, "", NULL},
	    {{"day.day=11", "day.month=1", "day.year=2027", NULL}, "",
		"day=2027-01-11"},
	    {{"day.day=10", "day.month=1", "day.year=2027", NULL}, "day:range",
		NULL},
	    {{"day.day=31", "day.month=3", "day.year=2027", NULL}, "",
		"day=2027-03-31"},
	    {{"day.day=1", "day.month=4", "day.year=2027", NULL}, "day:range",
		NULL},
	    {{"day.day=29", "day.month=2", "day.year=2027", NULL}, "day:date",
		NULL},
	    {{"day.day=1", "day.month=13", "day.year=2027", NULL}, "day:date",
		NULL},
	    {{"day.day=1", "day.month=2", "day.year=", NULL},
		"day:date@day.year", NULL},
	    {{"day.month=2", "day.year=2027", NULL}, "day:date@day.day", NULL},
	    {{"day.day=1", "day.month=февраль", "day.year=2027", NULL},
		"day:date@day.month", NULL},
	    /* "today" is this month, which is not over. */
	    {{"month.year=2027", "month.month=3", NULL}, "month:range", NULL},
	    {{"month.year=1999", "month.month=12", NULL}, "", "month=1999-12"},
	    {{"year.year=2020", NULL}, "", "year=2020"},
	    {{"year.year=2019", NULL}, "year:range", NULL},
	    {{"year.year=2027", NULL}, "year:range", NULL},
	    {{"year.year=20200", NULL}, "year:date@year.year", NULL},
	};

	(void)state;
	CHECK(rows, child, false);
}

/* ---- numbers, however they are written ---- */

static void numbers(void **state)
{
	static const struct change rows[] = {
	    {{"hours=07", NULL}, "", "hours=7"},
	    {{"hours= 7 ", NULL}, "", "hours=7"},
	    {{"hours=7.0", NULL}, "", "hours=7"},
	    {{"hours=1e1", NULL}, "", "hours=10"},
	    {{"hours=120e-1", NULL}, "", "hours=12"},
	    {{"hours=-0", NULL}, "", "hours=0"},
	    {{"hours=١٢", NULL}, "", "hours=12"},
	    {{"hours=۱۲", NULL}, "", "hours=12"},
	    {{"hours=１２", NULL}, "", "hours=12"},
	    {{"hours=٧٫٠", NULL}, "", "hours=7"},
	    {{"hours=7,0", NULL}, "hours:number", NULL},
	    {{"hours=7.", NULL}, "hours:number", NULL},
	    {{"hours=.", NULL}, "hours:number", NULL},
	    {{"hours=-", NULL}, "hours:number", NULL},
	    {{"hours=1e", NULL}, "hours:number", NULL},
	    {{"hours=0x7", NULL}, "hours:number", NULL},
	    {{"hours=7 8", NULL}, "hours:number", NULL},
	    {{"hours=nan", NULL}, "hours:number", NULL},
	    {{"hours=0.0000000000000000001", NULL}, "hours:range", NULL},
	    {{"hours=99999999999999999999999", NULL}, "hours:range", NULL},
	};

	(void)state;
	CHECK(rows, least, false);
}

/* ---- texts ---- */

/* n times the same character. */
static char *times(const char *s, size_t n)
{
	size_t len = strlen(s), i;
	char *out = malloc(n * len + 1);

	assert_non_null(out);
	for (i = 0; i < n; i++)
		memcpy(out + i * len, s, len);
	out[n * len] = '\0';
	return out;
}

static struct outcome word_of(const char *s, size_t len)
{
	static const char *const none[] = {"!word", NULL};
	struct post p = {.n = 0};
	struct outcome o;

	fill(&p, child, COPL_COUNT(child), none);
	post_bytes(&p, "word", s, len);
	o = take_post(&p);
	post_free(&p);
	return o;
}

/* As the page counts: UTF-16, so one emoji is two. */
static void lengths(void **state)
{
	static const struct {
		const char *letter;
		size_t fits;
	} rows[] = {{"a", 40}, {"я", 40}, {"字", 40}, {"ب", 40}, {"😀", 20}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		char *fits = times(rows[i].letter, rows[i].fits);
		char *more = times(rows[i].letter, rows[i].fits + 1);

		assert_string_equal(word_of(fits, strlen(fits)).faults, "");
		assert_string_equal(
		    word_of(more, strlen(more)).faults, "word:long");
		free(fits);
		free(more);
	}
}

static void line_ends(void **state)
{
	static const char *const same[] = {"раз\r\nдва", "раз\rдва", "раз\nдва",
	    "раз\vдва", "раз\fдва", "раз\xc2\x85два"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(same); i++) {
		struct outcome o = word_of(same[i], strlen(same[i]));

		assert_string_equal(o.faults, "");
		assert_non_null(strstr(o.values, "word=раз\nдва\n"));
	}
	/* A line end is one character, as in the page. */
	assert_string_equal(
	    word_of("123456789012345678901234567890123456789\r\n", 41).faults,
	    "");
}

static void texts(void **state)
{
	static const struct {
		const char *s;
		size_t len;
		const char *faults;
		bool refused;
	} rows[] = {{"شكرا", 8, "", false}, {"谢谢", 6, "", false},
	    {"  ", 2, "word:missing", false},
	    {"\xe3\x80\x80", 3, "word:missing", false}, {"a\tb", 3, "", false},
	    {"<script>&\"'", 11, "", false}, {"=1+1", 4, "", false},
	    {"\xe2\x80\xab"
	     "شكرا",
		11, "", false},
	    {"a\0b", 3, "word:text", false},
	    {"a\x1b[2J", 5, "word:text", false},
	    {"a\x7f", 2, "word:text", false},
	    {"a\xc2\x9b", 3, "word:text", false},
	    {"a\xef\xbf\xbf", 4, "word:text", false},
	    {"a\xff", 2, "word:text@word word:missing", true},
	    {"\xc0\x80", 2, "word:text@word word:missing", true},
	    {"\xed\xa0\x80", 3, "word:text@word word:missing", true},
	    {"\xd0", 1, "word:text@word word:missing", true}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		struct outcome o = word_of(rows[i].s, rows[i].len);

		if (strcmp(o.faults, rows[i].faults) != 0 ||
		    o.refused != rows[i].refused) {
			print_message("# row %zu: %s\n", i, o.faults);
			fail();
		}
	}
}

/* ---- what no page of ours sends ---- */

static void hostile(void **state)
{
	static const struct change rows[] = {
	    {{"extra=1", NULL}, "-:field@extra", NULL},
	    {{"hours.x=1", NULL}, "-:field@hours.x", NULL},
	    {{"spaces.chat=x", NULL}, "-:field@spaces.chat", NULL},
	    {{"<b>=1", NULL}, "-:field", NULL},
	    {{"имя=1", NULL}, "-:field", NULL},
	    {{"=1", NULL}, "-:field", NULL},
	    {{"_order=1", NULL}, "-:field@_order", NULL},
	    {{"age=10_12", NULL}, "age:twice@age", NULL},
	    {{"age=", NULL}, "age:twice@age", NULL},
	    {{"spaces=games", "spaces=games", "spaces=chat", "word=x", NULL},
		"spaces:twice@spaces", NULL},
	    {{"hours=1", "hours=2", NULL}, "hours:twice@hours", NULL},
	    {{"hours=1\r\n2", NULL}, "hours:text@hours", NULL},
	    {{"_form=every_type", NULL}, "-:twice@_form", NULL},
	    {{"_draft=maybe", NULL}, "-:field@_draft", NULL},
	    {{"_recipient=Europe!", NULL}, "-:field@_recipient", NULL},
	};

	(void)state;
	CHECK(rows, least, true);
}

/* The page of another form, version or language, or no page at all. */
static void frame(void **state)
{
	static const struct {
		const char *name;
		const char *value;
		const char *faults;
	} rows[] = {{"_form", "other", "-:field@_form"},
	    {"_version", "2", "-:field@_version"},
	    {"_lang", "ar", "-:field@_lang"}, {"_form", NULL, "-:field@_form"},
	    {"_version", NULL, "-:field@_version"},
	    {"_lang", NULL, "-:field@_lang"},
	    {"_id", "../../etc/passwd", "-:field@_id"},
	    {"_version", "a\x01", "-:text@_version -:field@_version"}};
	static const char *const none[] = {NULL};
	size_t i, k;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		struct post p = {.n = 0};
		struct outcome o;

		fill(&p, least, COPL_COUNT(least), none);
		for (k = 0; k < p.n; k++)
			if (strcmp(p.list[k].name, rows[i].name) == 0)
				p.list[k] = p.list[--p.n];
		if (rows[i].value != NULL)
			post(&p, rows[i].name, rows[i].value);
		o = take_post(&p);
		assert_string_equal(o.faults, rows[i].faults);
		assert_true(o.refused);
		post_free(&p);
	}
}

static void too_much(void **state)
{
	static const char *const none[] = {NULL};
	struct post p = {.n = 0};
	char *large = times("字", 60000);
	size_t i;

	(void)state;
	fill(&p, least, COPL_COUNT(least), none);
	post(&p, "word", large);
	assert_int_equal(take_post(&p).st, COPL_E_LIMIT);
	post_free(&p);
	large[64 << 10] = '\0'; /* in the middle of a character */
	large[(64 << 10) - 1] = '\0';
	assert_string_equal(word_of(large, strlen(large)).faults, "word:long");
	for (i = 0; i <= COPL_ANSWER_FIELDS_MAX; i++)
		post(&p, "x", "y");
	assert_int_equal(take_post(&p).st, COPL_E_LIMIT);
	p.n--;
	assert_true(take_post(&p).refused);
	post_free(&p);
	free(large);
}

/* ---- what must be whole; numbers between numbers ---- */

static const char demanding[] =
    "<consultation xmlns='urn:cop-l10n:form:1' id='yaoqiu' version='1' "
    "xml:lang='zh-Hans'><about><title>你的想法</title>"
    "<closes at='2027-03-31T12:00:00Z'/><audience min-age='18'/>"
    "<privacy keep-until='2027-12-31'><p>我们会保护你的隐私。</p></privacy>"
    "<help><p>你可以找人谈谈。</p></help></about>"
    "<choices id='l'><option value='yes'>是</option>"
    "<option value='no'>否</option></choices>"
    "<section id='s'><title>问题</title>"
    "<grid id='g' use='l' required='yes'><label>表</label>"
    "<row id='a'>甲</row><row id='b'>乙</row><error>请选。</error></grid>"
    "<rank id='all' required='yes'><label>排</label>"
    "<option value='x'>一</option><option value='y'>二</option>"
    "<option value='z'>三</option><error>请排。</error></rank>"
    "<rank id='top' top='2' required='yes'><label>先</label>"
    "<option value='x'>一</option><option value='y'>二</option>"
    "<option value='z'>三</option><error>请排。</error></rank>"
    "<number id='n' min='-1.5' max='2' step='0.1'><label>数</label></number>"
    "<number id='free'><label>数</label></number>"
    "<rating id='r' from='-2' to='2'><label>分</label><low>低</low>"
    "<high>高</high></rating></section>"
    "<thanks><p>谢谢！</p></thanks></consultation>";

static void whole_answers(void **state)
{
	static const char *const whole[][2] = {{"g.a", "yes"}, {"g.b", "no"},
	    {"all.x", "3"}, {"all.y", "1"}, {"all.z", "2"}, {"top.x", ""},
	    {"top.y", "2"}, {"top.z", "1"}};
	static const struct change rows[] = {
	    {{NULL}, "", "g.a=yes\ng.b=no\nall=y|z|x\ntop=z|y"},
	    {{"!g.b", NULL}, "g:missing@g.b", "g.a=yes"},
	    {{"!g.a", "!g.b", NULL}, "g:missing@g.a g:missing@g.b", NULL},
	    {{"!all.z", NULL}, "all:rank", "all=y||x"},
	    {{"!all.x", "!all.y", "!all.z", NULL}, "all:missing", NULL},
	    {{"!all.x", "all.x=1", NULL}, "all:rank@all.y", NULL},
	    {{"!top.y", NULL}, "top:rank", "top=z"},
	    {{"!top.y", "!top.z", NULL}, "top:missing", NULL},
	    {{"!top.x", "top.x=3", NULL}, "top:option@top.x", NULL},
	    {{"n=-1.5", NULL}, "", "n=-1.5"},
	    {{"n=-1.6", NULL}, "n:range", NULL},
	    {{"n=0.70", NULL}, "", "n=0.7"},
	    {{"n=.7", NULL}, "", "n=0.7"},
	    {{"n=-0.05", NULL}, "n:range", NULL},
	    {{"n=2.0", NULL}, "", "n=2"},
	    {{"n=−1", NULL}, "", "n=-1"},
	    {{"free=123456789012345678.5", NULL}, "",
		"free=123456789012345678.5"},
	    {{"free=-0.000000000000000001", NULL}, "",
		"free=-0.000000000000000001"},
	    {{"r=-2", NULL}, "", "r=-2"},
	    {{"r=-3", NULL}, "r:range", NULL},
	};
	struct copl_answer_form *every = form;
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_answer_form_read(demanding, sizeof(demanding) - 1,
			     "y.xml", -1, &r, &form),
	    COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	CHECK(rows, whole, false);
	copl_answer_form_free(form);
	form = every;
}

/* ---- what the set says ---- */

static enum copl_status read_with(
    const char *attrs, int age, struct copl_answer_form **out)
{
	struct copl_strbuf xml = COPL_STRBUF_INIT(FORM_XML_MAX);
	struct copl_strbuf with = COPL_STRBUF_INIT(FORM_XML_MAX);
	struct copl_reporter r;
	enum copl_status st;
	const char *at;

	read_source("tests/render/every_type.xml", &xml);
	at = strstr(xml.s, " version=\"3\"");
	assert_non_null(at);
	copl_strbuf_add(&with, xml.s, (size_t)(at - xml.s));
	copl_strbuf_puts(&with, attrs);
	copl_strbuf_puts(&with, at);
	copl_reporter_init(&r, NULL);
	st = copl_answer_form_read(with.s, with.len, "f.xml", age, &r, out);
	st = copl_reporter_end(&r, st);
	copl_strbuf_clear(&xml);
	copl_strbuf_clear(&with);
	return st;
}

static void age_of_guardians(void **state)
{
	struct copl_answer_form *f = NULL;

	(void)state;
	assert_int_equal(
	    read_with("", COPL_GUARDIAN_AGE_OF_FORM, &f), COPL_E_INVALID);
	assert_null(f);
	assert_int_equal(read_with(" recipient=\"europe\" guardian-age=\"13\"",
			     COPL_GUARDIAN_AGE_OF_FORM, &f),
	    COPL_OK);
	assert_int_equal(copl_answer_form_guardian_age(f), 13);
	assert_string_equal(copl_answer_form_recipient(f), "europe");
	assert_false(copl_answer_form_draft(f));
	copl_answer_form_free(f);
	assert_int_equal(read_with(" recipient=\"europe\" draft=\"yes\"",
			     COPL_GUARDIAN_AGE_OF_FORM, &f),
	    COPL_OK);
	assert_int_equal(copl_answer_form_guardian_age(f), -1);
	assert_true(copl_answer_form_draft(f));
	copl_answer_form_free(f);
	assert_int_equal(read_with("", -1, &f), COPL_OK);
	copl_answer_form_free(f);
}

/* Nobody is a minor where the recipient knows no such age. */
static void nobody_minor(void **state)
{
	static const char *const none[] = {"!guardian_ok", NULL};
	struct copl_answer_form *with = form;
	struct post p = {.n = 0};

	(void)state;
	form = load_form("tests/render/every_type.xml", -1);
	fill(&p, child, COPL_COUNT(child), none);
	assert_string_equal(take_post(&p).faults, "");
	post_free(&p);
	copl_answer_form_free(form);
	form = with;
}

/* An answer to the form of one recipient is not one to another's. */
static void recipients(void **state)
{
	static const char *const none[] = {NULL};
	const struct copl_answer_about about = {
	    .recipient = "africa", .now = NOON + 1799};
	struct post p = {.n = 0};
	struct copl_answer a;

	(void)state;
	fill(&p, least, COPL_COUNT(least), none);
	post(&p, "_recipient", "europe");
	assert_int_equal(
	    copl_answer_take_fields(form, p.list, p.n, &about, &a), COPL_OK);
	assert_true(a.refused);
	assert_string_equal(a.faults[0].field, "_recipient");
	copl_answer_free(&a);
	p.list[p.n - 1].value = "africa";
	post(&p, "_draft", "yes");
	assert_int_equal(
	    copl_answer_take_fields(form, p.list, p.n, &about, &a), COPL_OK);
	assert_int_equal(a.nfaults, 0);
	assert_string_equal(a.recipient, "africa");
	assert_string_equal(a.id, ID);
	assert_true(a.draft);
	assert_true(a.hour == NOON);
	copl_answer_free(&a);
	post_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(good_answers),
	    cmocka_unit_test(broken_rules), cmocka_unit_test(conditions),
	    cmocka_unit_test(dates), cmocka_unit_test(numbers),
	    cmocka_unit_test(lengths), cmocka_unit_test(line_ends),
	    cmocka_unit_test(texts), cmocka_unit_test(hostile),
	    cmocka_unit_test(frame), cmocka_unit_test(too_much),
	    cmocka_unit_test(whole_answers), cmocka_unit_test(age_of_guardians),
	    cmocka_unit_test(nobody_minor), cmocka_unit_test(recipients)};

	return cmocka_run_group_tests(tests, setup, teardown);
}
