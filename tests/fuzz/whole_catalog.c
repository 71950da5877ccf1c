/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "whole.h"

/* What a browser, a parser or a terminal could take for more than text. */
static const char *const hostile[] = {" &lt;script&gt;alert(1)&lt;/script&gt; ",
    " &quot; onmouseover=&quot;alert(1) ", " \" onfocus=\"alert(1)\" ",
    " ' autofocus ' ", " --&gt; ", " ]]&gt; ", " &lt;!-- ",
    " javascript:alert(1) ", " &lt;/style&gt;&lt;img src=x&gt; ",
    " &amp;lt;b&amp;gt; ", " &#60;script&#62; ", " \u202e ", " \u2028 ",
    " expression(1) ", " &lt;/textarea&gt; ", " \\ ", " \\n ",
    " &lt;form action=//x&gt; "};
static const char *const words[] = {
    "\u0646\u0639\u0645", "\u662f", "oui", "\u0434\u0430", "s\u00ed"};

static bool is_own_word(const char *s)
{
	size_t n = 1;

	if (*s != 'q')
		return false;
	while (copl_is_digit(s[n]))
		n++;
	return n > 1 && s[n] == 'z';
}

/* A text in other words: tags, references and placeholders stay. */
static void translate(struct whole_dice *d, const char *msgid,
    enum whole_words how, struct copl_strbuf *out)
{
	copl_strbuf_reset(out);
	if (how == WHOLE_SAME) {
		copl_strbuf_puts(out, msgid);
		return;
	}
	while (*msgid != '\0') {
		enum copl_inline_kind kind;
		size_t n = copl_inline_piece(msgid, false, false, &kind);

		if (kind == COPL_PIECE_TEXT && is_own_word(msgid)) {
			if (how == WHOLE_HOSTILE)
				copl_strbuf_puts(
				    out, hostile[whole_roll(
					     d, COPL_COUNT(hostile))]);
			copl_strbuf_printf(out, "%s t",
			    words[whole_roll(d, COPL_COUNT(words))]);
		} else {
			copl_strbuf_add(out, msgid, n);
		}
		msgid += n;
	}
}

/* The form of 1 is made from the singular, all others from the plural. */
static void put_plural(struct whole_dice *d, const char *name,
    const struct copl_entry *e, enum whole_words how, struct copl_strbuf *out)
{
	struct copl_plural rule;
	struct copl_strbuf text[COPL_PLURALS_MAX];
	const char *forms[COPL_PLURALS_MAX];
	unsigned k;

	must(copl_plural_of(name, &rule));
	for (k = 0; k < e->nplurals; k++) {
		text[k] = (struct copl_strbuf)COPL_STRBUF_INIT(1 << 16);
		translate(d,
		    copl_plural_is_singular(&rule, k) ? e->id : e->plural, how,
		    &text[k]);
		forms[k] = copl_strbuf_text(&text[k]);
	}
	copl_po_put_forms(out, NULL, e, forms, e->nplurals);
	for (k = 0; k < e->nplurals; k++)
		copl_strbuf_clear(&text[k]);
}

void whole_make_catalog(struct whole_dice *d, const struct copl_units *u,
    const char *name, enum whole_words how, struct copl_strbuf *out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(1 << 16);
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *entries = NULL;
	unsigned nplurals = 0;
	struct copl_po_header h = {.project = "f 1",
	    .created = "2027-01-11 08:00+0000",
	    .language = name,
	    .plural_forms = copl_plural_forms(name, &nplurals)};
	size_t n = 0, i;

	must(a != NULL &&
	     copl_units_entries(u, "f.xml", a, &entries, &n) == COPL_OK);
	must(n == u->n);
	copl_po_put_header(out, &h);
	for (i = 0; i < n; i++) {
		copl_strbuf_puts(out, "\n");
		if (entries[i].plural != NULL) {
			entries[i].nplurals = nplurals;
			put_plural(d, name, &entries[i], how, out);
			continue;
		}
		translate(d, entries[i].id, how, &text);
		copl_po_put_translated(
		    out, &entries[i], copl_strbuf_text(&text));
	}
	must(out->st == COPL_OK && text.st == COPL_OK);
	copl_strbuf_clear(&text);
	copl_arena_free(a);
}
