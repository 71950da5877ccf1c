/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/bidi.h"
#include "inline/inline.h"
#include "work/pseudo.h"

#define LONGER 35 /* per cent */

/* ---- what a text is made of ---- */

/* Letters as far as it matters here: what accents and scripts are for. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return copl_is_alpha((char)c);
	return (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7 &&
		   (c < 0x300 || c >= 0x370)) ||
	       (c >= 0x3040 && c < 0xfe00);
}

static uint32_t next(const char *s, size_t *len)
{
	unsigned char lead = (unsigned char)*s;
	size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4, i;
	uint32_t c = n == 1 ? lead : lead & (0x7fU >> n);

	for (i = 1; i < n && s[i] != '\0'; i++)
		c = c << 6 | ((unsigned char)s[i] & 0x3f);
	*len = i;
	return c;
}

struct measure {
	size_t letters;
	const char *last; /* behind the last word of the text */
	const char *close; /* and behind what closes there: "</b>)" */
	size_t isolated; /* words that stay */
};

/* The mark that ends the sentence stays the last of the text. */
static const char *behind_closing(const char *s, const char *end)
{
	while (s < end) {
		size_t n = s[0] == '<' && s[1] == '/'   ? strcspn(s, ">") + 1
			   : strchr(")]\"", *s) != NULL ? 1
							: 0;

		if (n == 0 || s + n > end)
			break;
		s += n;
	}
	return s;
}

static struct measure measure(
    const struct copl_pseudo_how *how, const char *s, const char *end)
{
	struct measure m = {0, NULL, NULL, 0};
	bool start = true;
	enum copl_inline_kind p;
	size_t n, len;

	for (; s < end; s += n) {
		uint32_t c = next(s, &len);

		n = copl_inline_piece(s, start, how->directives, &p);
		if (p == COPL_PIECE_TEXT)
			m.letters += is_letter(c);
		m.isolated += p == COPL_PIECE_KEPT;
		if (p == COPL_PIECE_KEPT ||
		    (p == COPL_PIECE_TEXT &&
			(is_letter(c) || (c < 0x80 && copl_is_digit((char)c)))))
			m.last = s + n;
		start = !(p == COPL_PIECE_TEXT && is_letter(c));
	}
	m.close = m.last == NULL ? end : behind_closing(m.last, end);
	return m;
}

/* ---- letters ---- */

static void put_accented(struct copl_strbuf *out, const char *s, size_t len)
{
	static const char *const small[] = {"á", "ḃ", "č", "ď", "ê", "ḟ", "ğ",
	    "ḥ", "ï", "ǰ", "ǩ", "ĺ", "ṁ", "ň", "õ", "ṗ", "ʠ", "ř", "ŝ", "ť",
	    "ů", "ṿ", "ẅ", "ẍ", "ÿ", "ż"};
	static const char *const large[] = {"Á", "Ḃ", "Č", "Ď", "Ê", "Ḟ", "Ğ",
	    "Ḥ", "Ï", "Ĵ", "Ǩ", "Ĺ", "Ṁ", "Ň", "Õ", "Ṗ", "Ɋ", "Ř", "Ŝ", "Ť",
	    "Ů", "Ṿ", "Ẅ", "Ẍ", "Ÿ", "Ż"};

	if (copl_is_lower(*s))
		copl_strbuf_puts(out, small[*s - 'a']);
	else if (copl_is_upper(*s))
		copl_strbuf_puts(out, large[*s - 'A']);
	else
		copl_strbuf_add(out, s, len);
}

/* Different letters stay different, so that labels do. */
static const char *const arabic[] = {"ا", "ب", "ث", "د", "ع", "ف", "غ", "ه",
    "ي", "ج", "ك", "ل", "م", "ن", "و", "ط", "ق", "ر", "س", "ت", "ض", "ظ", "ص",
    "خ", "ح", "ز", "ش", "ذ"};

static void put_arabic(struct copl_strbuf *out, const char *s, size_t len)
{
	uint32_t c = next(s, &len);

	if (copl_is_lower(*s))
		copl_strbuf_puts(out, arabic[*s - 'a']);
	else if (copl_is_upper(*s))
		copl_strbuf_puts(out, arabic[*s - 'A']);
	else if (is_letter(c))
		copl_strbuf_puts(out, arabic[c % COPL_COUNT(arabic)]);
	else if (*s == '?')
		copl_strbuf_puts(out, "؟");
	else if (*s == ';')
		copl_strbuf_puts(out, "؛");
	else if (*s == ',' && !copl_is_digit(s[1]))
		copl_strbuf_puts(out, "،");
	else
		copl_strbuf_add(out, s, len);
}

/* ---- the text ---- */

/* Words of filling that add so many letters or a few more. */
static void put_filling(
    enum copl_pseudo_kind kind, size_t letters, struct copl_strbuf *out)
{
	static const char *const accents[] = {"õňê", "ťẅõ", "ťḥřêê", "ḟõůř",
	    "ḟïṿê", "ŝïẍ", "ŝêṿêň", "êïğḥť", "ňïňê", "ťêň"};
	static const char *const arab[] = {"واحد", "اثنان", "ثلاثة", "أربعة",
	    "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"};
	size_t added = 0, i;

	for (i = 0; added < letters; i = (i + 1) % COPL_COUNT(arab)) {
		const char *word =
		    kind == COPL_PSEUDO_ARABIC ? arab[i] : accents[i];

		copl_strbuf_puts(out, " ");
		copl_strbuf_puts(out, word);
		added += copl_utf8_count(word, strlen(word)) + 1;
	}
}

/* isolate: what stays is kept apart from the letters around it. */
static void put_piece(const struct copl_pseudo_how *how, bool isolate,
    enum copl_inline_kind p, const char *s, size_t n, struct copl_strbuf *out)
{
	bool ar = how->kind == COPL_PSEUDO_ARABIC;

	if (p == COPL_PIECE_TEXT && ar) {
		put_arabic(out, s, n);
	} else if (p == COPL_PIECE_TEXT) {
		put_accented(out, s, n);
	} else if (p == COPL_PIECE_KEPT && ar && isolate) {
		copl_strbuf_puts(out, COPL_FSI);
		copl_strbuf_add(out, s, n);
		copl_strbuf_puts(out, COPL_PDI);
	} else {
		copl_strbuf_add(out, s, n);
	}
}

/* The words in s..end, longer by so many letters; SIZE_MAX: no room. */
static void put_words(const struct copl_pseudo_how *how, const char *s,
    const char *end, const struct measure *m, size_t longer,
    struct copl_strbuf *out)
{
	bool start = true;
	enum copl_inline_kind p;
	size_t n, len;

	for (; s < end; s += n) {
		uint32_t c = next(s, &len);

		n = copl_inline_piece(s, start, how->directives, &p);
		put_piece(how, longer != SIZE_MAX, p, s, n, out);
		start = !(p == COPL_PIECE_TEXT && is_letter(c));
		if (s + n == m->last && longer != SIZE_MAX)
			put_filling(how->kind, longer, out);
		if (s + n == m->close && longer != SIZE_MAX)
			copl_strbuf_puts(out, "]");
	}
}

/*
 * Room for how many more letters?  A limit counts every character of the
 * text; SIZE_MAX: there is not even room for brackets.
 */
static size_t longer_by(const struct copl_pseudo_how *how, const char *text,
    const struct measure *m)
{
	size_t wanted = (m->letters * LONGER + 99) / 100;
	size_t used = copl_utf8_count(text, strlen(text)) + 2;

	if (how->kind == COPL_PSEUDO_ARABIC)
		used += 2 + 2 * m->isolated;
	if (how->maxchars == 0)
		return wanted;
	if (used > how->maxchars)
		return SIZE_MAX;
	/* A word of filling may be longer than what is asked for. */
	if (how->maxchars - used < wanted + 8)
		return how->maxchars - used < 8 ? 0 : how->maxchars - used - 8;
	return wanted;
}

void copl_pseudo_text(const struct copl_pseudo_how *how, const char *text,
    struct copl_strbuf *out)
{
	const char *end = text + strlen(text);
	bool ar = how->kind == COPL_PSEUDO_ARABIC, roomy;
	struct measure m;
	size_t longer, edge = strspn(text, " \t\n");

	m = measure(how, text, end);
	if (m.letters == 0) {
		copl_strbuf_puts(out, text);
		return;
	}
	longer = longer_by(how, text, &m);
	roomy = longer != SIZE_MAX;
	copl_strbuf_add(out, text, edge);
	text += edge;
	while (strchr(" \t\n", end[-1]) != NULL)
		end--;
	copl_strbuf_puts(out, roomy ? (ar ? COPL_RLI "[" : "[") : "");
	put_words(how, text, end, &m, longer, out);
	copl_strbuf_puts(out, roomy && ar ? COPL_PDI : "");
	copl_strbuf_puts(out, end);
}
