/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "whole.h"

const char *const whole_langs[6] = {"ar", "zh-Hans", "en", "fr", "ru", "es"};

static const char *const words[6][4] = {
    {"\u0633\u0644\u0627\u0645\u0629", "\u0627\u0644\u0634\u0628\u0627\u0628",
	"\u0639\u0644\u0649",
	"\u0627\u0644\u0625\u0646\u062a\u0631\u0646\u062a"},
    {"\u7f51\u7edc", "\u5b89\u5168", "\u9752\u5c11\u5e74", "\u610f\u89c1"},
    {"safe", "online", "young", "people"},
    {"les", "jeunes", "en", "s\u00e9curit\u00e9"},
    {"\u0431\u0435\u0437\u043e\u043f\u0430\u0441\u043d\u043e", "\u0432",
	"\u0441\u0435\u0442\u0438", "\u0434\u0435\u0442\u0438"},
    {"ni\u00f1os", "y", "j\u00f3venes", "seguros"}};

unsigned whole_roll(struct whole_dice *d, unsigned sides)
{
	if (d->left == 0)
		return 0;
	d->left--;
	return *d->s++ % sides;
}

static void put(struct whole_form *f, const char *s)
{
	copl_strbuf_puts(&f->body, s);
}

static void put_word(struct whole_dice *d, struct whole_form *f)
{
	size_t i = 0;

	while (i < 5 && strcmp(whole_langs[i], f->lang) != 0)
		i++;
	put(f, words[i][whole_roll(d, 4)]);
}

/* Something that may stand in a text. */
static void put_piece(struct whole_dice *d, struct whole_form *f)
{
	static const char *const pieces[] = {" &amp; ", "\n\t ", "\u00a0",
	    " &lt;script&gt; ", " {closes} ", " \"'&gt; ", "<!-- note -->",
	    "<![CDATA[ & <b> ]]>", "&#8239;", "<?mark here?>", " {office} ",
	    " &#x645; ", " {{ ", " ]]&gt; "};
	static const char *const tags[][2] = {{"<strong>", "</strong>"},
	    {"<em>", "</em>"}, {"<a to=\"help\">", "</a>"},
	    {"<term>", "</term>"}, {"<em><strong>", "</strong></em>"}};
	unsigned n = whole_roll(d, COPL_COUNT(tags) + COPL_COUNT(pieces));

	if (n >= COPL_COUNT(tags)) {
		put(f, pieces[n - COPL_COUNT(tags)]);
		return;
	}
	put(f, tags[n][0]);
	put_word(d, f);
	put(f, tags[n][1]);
}

/* The words of a text, its own among them. */
static void put_words(struct whole_dice *d, struct whole_form *f, bool plural)
{
	unsigned n = whole_roll(d, 4);

	f->plural[f->texts] = plural;
	f->plurals = f->plurals || plural;
	put_word(d, f);
	copl_strbuf_printf(&f->body, " q%uz ", f->texts++);
	while (n-- > 0) {
		put_piece(d, f);
		put_word(d, f);
	}
	if (plural)
		put(f, " {guardian_age}");
}

static bool has_room(const struct whole_form *f)
{
	return f->texts + 8 < WHOLE_TEXTS;
}

static bool has_two_forms(const struct whole_form *f)
{
	return strcmp(f->lang, "en") == 0;
}

static void put_text(struct whole_dice *d, struct whole_form *f,
    const char *name, bool may_be_plural)
{
	bool plural =
	    may_be_plural && has_two_forms(f) && whole_roll(d, 8) == 7;
	unsigned i;

	copl_strbuf_printf(
	    &f->body, "<%s%s>", name, plural ? " count=\"guardian_age\"" : "");
	for (i = 0; i < (plural ? 2 : 1); i++) {
		put(f, plural ? "<form>" : "");
		put_words(d, f, plural);
		put(f, plural ? "</form>" : "");
	}
	copl_strbuf_printf(&f->body, "</%s>", name);
}

static void put_flow(struct whole_dice *d, struct whole_form *f)
{
	unsigned n = whole_roll(d, 3);

	put_text(d, f, "p", true);
	if (n == 0)
		return;
	put(f, "<bullets>\n");
	while (n-- > 0)
		put_text(d, f, "item", true);
	put(f, "</bullets>");
}

static void put_options(struct whole_dice *d, struct whole_form *f)
{
	unsigned n = 2 + whole_roll(d, 4), i;

	for (i = 0; i < n; i++) {
		char tag[64];

		snprintf(tag, sizeof(tag), "option value=\"v%u\"", i);
		copl_strbuf_printf(&f->body, "<%s>", tag);
		put_words(d, f, false);
		put(f, "</option>\n");
	}
}

static void put_head(struct whole_dice *d, struct whole_form *f)
{
	put_text(d, f, "label", true);
	if (whole_roll(d, 2) == 1)
		put_text(d, f, "hint", true);
}

static void put_grid(struct whole_dice *d, struct whole_form *f)
{
	unsigned n = 1 + whole_roll(d, 3), i;

	put_head(d, f);
	for (i = 0; i < n; i++) {
		copl_strbuf_printf(&f->body, "<row id=\"r%u\">", i);
		put_words(d, f, false);
		put(f, "</row>");
	}
}

enum kind {
	ONE,
	USE,
	MANY,
	RATING,
	GRID,
	RANK,
	TEXT,
	NUMBER,
	DATE,
	CONSENT,
	NOTE
};
static const struct {
	const char *name;
	const char *attrs;
} kinds[] = {[ONE] = {"choose-one", " shuffle=\"no\""},
    [USE] = {"choose-one", " use=\"list\""},
    [MANY] = {"choose-many", " max=\"2\""},
    [RATING] = {"rating", " from=\"0\" to=\"10\""},
    [GRID] = {"grid", " use=\"list\""},
    [RANK] = {"rank", " top=\"2\""},
    [TEXT] = {"text", " maxlength=\"200\" lines=\"3\""},
    [NUMBER] = {"number", " min=\"0\" max=\"24\" step=\"0.5\""},
    [DATE] = {"date", " max=\"today\" precision=\"month\""},
    [CONSENT] = {"consent", " by=\"guardian\""},
    [NOTE] = {"note", ""}};

static void put_content(
    struct whole_dice *d, struct whole_form *f, enum kind kind)
{
	if (kind == NOTE) {
		put_flow(d, f);
		return;
	}
	if (kind == GRID)
		put_grid(d, f);
	else
		put_head(d, f);
	if (kind == ONE || kind == MANY || kind == RANK)
		put_options(d, f);
	if (kind == RATING) {
		put_text(d, f, "low", true);
		put_text(d, f, "high", true);
	}
	if (kind == NUMBER)
		put_text(d, f, "unit", true);
	put_text(d, f, "error", true);
}

static void put_item(struct whole_dice *d, struct whole_form *f)
{
	enum kind kind = (enum kind)whole_roll(d, COPL_COUNT(kinds));
	bool asks = f->choice[0] != '\0' && whole_roll(d, 3) == 2;

	copl_strbuf_printf(&f->body, "\n<%s id=\"x%u\"%s", kinds[kind].name,
	    f->ids, kinds[kind].attrs);
	if (asks)
		copl_strbuf_printf(&f->body, " when=\"%s = 'v0'\"", f->choice);
	if (kind == CONSENT || (kind != NOTE && whole_roll(d, 2) == 1))
		put(f, " required=\"yes\"");
	put(f, ">");
	put_content(d, f, kind);
	copl_strbuf_printf(&f->body, "</%s>", kinds[kind].name);
	if (kind == ONE && !asks)
		snprintf(f->choice, sizeof(f->choice), "x%u", f->ids);
	f->ids++;
}

/* What every form must have, and a use for all that is declared. */
static void put_first(struct whole_dice *d, struct whole_form *f)
{
	put(f, "\n<section id=\"first\">");
	put_text(d, f, "title", true);
	put(f, "<consent id=\"own\" by=\"participant\" required=\"yes\">");
	put_content(d, f, CONSENT);
	put(f, "</consent><consent id=\"others\" by=\"guardian\" "
	       "required=\"yes\">");
	put_content(d, f, CONSENT);
	put(f, "</consent><grid id=\"grid\" use=\"list\">");
	put_content(d, f, GRID);
	put(f, "</grid></section>");
}

static void put_section(struct whole_dice *d, struct whole_form *f)
{
	unsigned n = 1 + whole_roll(d, 5);

	copl_strbuf_printf(&f->body, "\n<section id=\"s%u\">", f->ids++);
	put_text(d, f, "title", true);
	if (whole_roll(d, 2) == 1) {
		put(f, "<intro>");
		put_flow(d, f);
		put(f, "</intro>");
	}
	do
		put_item(d, f);
	while (--n > 0 && has_room(f) && f->texts + 60 < WHOLE_TEXTS);
	put(f, "</section>");
}

static void put_about(struct whole_dice *d, struct whole_form *f)
{
	put(f, "<about>");
	put_text(d, f, "title", false);
	if (whole_roll(d, 2) == 1)
		put_text(d, f, "summary", true);
	put(f, "<opens at=\"2027-01-11T00:00:00Z\"/>"
	       "<closes at=\"2027-03-31T23:59:59Z\"/>"
	       "<audience min-age=\"10\" max-age=\"24\"/>"
	       "<param name=\"closes\" type=\"date\"/>"
	       "<param name=\"office\" type=\"text\"/>"
	       "<param name=\"guardian_age\" type=\"number\"/>"
	       "<link id=\"help\" href=\"https://help.example.org/\"/>");
	if (whole_roll(d, 2) == 1)
		put_text(d, f, "contact", true);
	put(f, "<privacy keep-until=\"2027-12-31\"><p>");
	put_words(d, f, false);
	put(f, " {closes} {office} {guardian_age} <a to=\"help\">");
	put_word(d, f);
	put(f, "</a></p>");
	put_flow(d, f);
	put(f, "</privacy><help>");
	put_flow(d, f);
	put(f, "</help></about>\n<choices id=\"list\">");
	put_options(d, f);
	put(f, "</choices>");
}

void whole_make_form(
    struct whole_dice *d, const char *lang, struct whole_form *f)
{
	unsigned n = 1 + whole_roll(d, 3);

	*f = (struct whole_form){.lang = lang,
	    .xml = COPL_STRBUF_INIT(WHOLE_FORM_MAX),
	    .body = COPL_STRBUF_INIT(WHOLE_FORM_MAX)};
	copl_strbuf_printf(&f->xml,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<consultation xmlns=\"urn:cop-l10n:form:1\" id=\"f\" "
	    "version=\"1\" xml:lang=\"%s\">\n",
	    lang);
	put_about(d, f);
	put_first(d, f);
	while (n-- > 0 && f->texts + 120 < WHOLE_TEXTS)
		put_section(d, f);
	put(f, "\n<thanks>");
	put_flow(d, f);
	put(f, "</thanks>\n</consultation>\n");
	copl_strbuf_add(&f->xml, copl_strbuf_text(&f->body), f->body.len);
	must(f->xml.st == COPL_OK && f->body.st == COPL_OK);
	copl_strbuf_clear(&f->body);
	if (fuzz_tells())
		fprintf(stderr, "%s", f->xml.s);
}

void whole_damage(struct whole_dice *d, struct copl_strbuf *b)
{
	static const char *const bits[] = {"<script>alert(1)</script>", "\"",
	    "<", ">", "&", "]]>", "{x}", "\\", "<!--", "\xff", "</p>",
	    "' onclick='x", "\\n", "&#0;", "\u202e", "\"\n\"", "#, fuzzy\n"};
	struct copl_strbuf out = COPL_STRBUF_INIT(2 * WHOLE_FORM_MAX);
	unsigned n = 1 + whole_roll(d, 4);

	while (n-- > 0 && b->len > 0) {
		size_t at =
		    (whole_roll(d, 256) * 256u + whole_roll(d, 256)) % b->len;
		size_t skip = whole_roll(d, 8);

		copl_strbuf_reset(&out);
		copl_strbuf_add(&out, b->s, at);
		copl_strbuf_puts(&out, bits[whole_roll(d, COPL_COUNT(bits))]);
		if (skip > b->len - at)
			skip = b->len - at;
		copl_strbuf_add(&out, b->s + at + skip, b->len - at - skip);
		copl_strbuf_reset(b);
		copl_strbuf_add(b, out.s, out.len);
	}
	copl_strbuf_clear(&out);
}
