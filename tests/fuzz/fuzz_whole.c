/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A form and its translation, built from the input, through all that happens
 * to them.  No text is lost, on the way to translators and back; the source's
 * own text gives the source's own bytes; what comes out can be read, and is
 * no markup or script that was not in the form; nothing of the source is left
 * in a language that nobody speaks; checking ends; merging the same twice is
 * merging once.  With some bytes changed: the same of what still is accepted.
 */
#include "config.h"
#include "../unit/never_lost.h"
#include "form/form.h"
#include "glossary/glossary.h"
#include "lint/lint.h"
#include "render/render.h"
#include "whole.h"
#include "work/pseudo.h"

#define PAGE_MAX ((size_t)8 << 20)

/* A form as the program sees it. */
struct master {
	struct copl_xml *xml;
	struct copl_units *units;
	struct copl_form *form;
};

static void promise(bool kept, const char *what)
{
	if (kept)
		return;
	fprintf(stderr, "fuzz_whole: %s\n", what);
	__builtin_trap();
}

/* ---- a form ---- */

static void master_free(struct master *m)
{
	copl_form_free(m->form);
	copl_units_free(m->units);
	copl_xml_free(m->xml);
}

static bool master_read(const struct copl_strbuf *xml, struct master *m)
{
	struct fuzz_heard h;
	struct copl_reporter *r = fuzz_listen(&h);
	enum copl_status st;

	memset(m, 0, sizeof(*m));
	st = copl_xml_read(copl_strbuf_text(xml), xml->len, "f.xml",
	    COPL_XML_STRICT, r, &m->xml);
	if (st == COPL_OK)
		st = copl_form_read(m->xml, r, &m->form);
	if (st == COPL_OK)
		st = copl_units_of(m->xml, NULL, r, &m->units);
	st = fuzz_end(&h, st);
	if (st != COPL_OK)
		master_free(m);
	return st == COPL_OK;
}

static struct copl_catalog *read_po(const struct copl_strbuf *po)
{
	struct copl_catalog *c = NULL;
	struct fuzz_heard h;
	enum copl_status st = copl_catalog_read(
	    copl_strbuf_text(po), po->len, "f.po", fuzz_listen(&h), &c);

	(void)fuzz_end(&h, st);
	return c;
}

/* ---- no text is lost ---- */

static bool has_word(const char *text, char kind, unsigned n)
{
	char word[16];

	snprintf(word, sizeof(word), "%c%uz", kind, n);
	return strstr(text, word) != NULL;
}

/* Every text of the form is a message, and every unit has its own. */
static void check_extraction(const struct whole_form *f, const struct master *m)
{
	struct copl_strbuf pot = COPL_STRBUF_INIT(PAGE_MAX);
	/* It does not know of texts with several forms. */
	const char *why = f->plurals ? NULL : never_lost(m->xml);
	struct copl_catalog *c;
	unsigned n;
	size_t i;

	promise(why == NULL, why);
	promise(copl_units_template(m->units, "f.xml", NULL, &pot) == COPL_OK,
	    "there is no template");
	c = read_po(&pot);
	promise(c != NULL, "the template cannot be read");
	for (i = 0; i < m->units->n; i++)
		promise(copl_catalog_find(c, m->units->list[i].id,
			    m->units->list[i].text.msgid) != NULL,
		    "a unit is no message of the template");
	for (n = 0; n < f->texts; n++)
		promise(has_word(pot.s, 'q', n), "a text is in no message");
	copl_catalog_free(c);
	copl_strbuf_clear(&pot);
}

/* ---- applying a catalog ---- */

static enum copl_status apply(const struct master *m,
    const struct copl_catalog *c, const char *tag, bool broken,
    struct copl_strbuf *out)
{
	const struct copl_apply how = {.lang = tag,
	    .dir = strcmp(tag, "ar") == 0 ? "rtl" : "ltr",
	    .missing = broken ? COPL_MISSING_SOURCE : COPL_MISSING_FAIL,
	    .keep_broken = broken};
	struct fuzz_heard h;

	copl_strbuf_reset(out);
	return fuzz_end(
	    &h, copl_units_apply(m->units, c, &how, fuzz_listen(&h), out));
}

/* Behind the start tag of the root, where the language is said. */
static const char *behind_root(const struct copl_strbuf *xml)
{
	const char *root = strstr(copl_strbuf_text(xml), "<consultation");

	return root == NULL ? NULL : strchr(root, '>');
}

static void check_identity(
    struct whole_dice *d, const struct whole_form *f, const struct master *m)
{
	struct copl_strbuf po = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_catalog *c;

	whole_make_catalog(d, m->units, f->lang, WHOLE_SAME, &po);
	c = read_po(&po);
	promise(c != NULL && apply(m, c, f->lang, false, &out) == COPL_OK,
	    "a text is no translation of itself");
	promise(strcmp(behind_root(&out), behind_root(&f->xml)) == 0,
	    "the source's own text gives other bytes");
	copl_catalog_free(c);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&po);
}

/* ---- pages ---- */

/* As long as a digest and the same for the same bytes. */
static void no_digest(const void *bytes, size_t len, char out[45])
{
	(void)bytes;
	memset(out, 'A' + (int)(len % 26), 44);
	out[44] = '\0';
}

static struct copl_interface *interface_of(const struct copl_xml *x)
{
	struct copl_interface *words = NULL;
	struct fuzz_heard h;
	enum copl_status st =
	    copl_interface_read_unfinished(x, fuzz_listen(&h), &words);

	st = copl_reporter_end(&h.r, st);
	must(st == COPL_OK && words != NULL);
	return words;
}

/* The shipped words of the pages, read once, in hostile words. */
static const struct copl_interface *interface_words(void)
{
	static struct copl_interface *words;
	static const uint8_t all[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
	struct whole_dice d = {all, sizeof(all)};
	const char *top = getenv("top_srcdir");
	struct copl_strbuf po = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	struct master m = {NULL, NULL, NULL};
	struct copl_catalog *c;
	struct fuzz_heard h;
	char path[4096];

	if (words != NULL)
		return words;
	snprintf(path, sizeof(path), "%s/forms/interface.xml",
	    top == NULL ? "." : top);
	promise(fuzz_end(&h, copl_xml_load(path, COPL_XML_STRICT, COPL_XML_MAX,
				 fuzz_listen(&h), &m.xml)) == COPL_OK,
	    "forms/interface.xml is not below top_srcdir");
	must(fuzz_end(&h, copl_units_of(m.xml, NULL, fuzz_listen(&h),
			      &m.units)) == COPL_OK);
	whole_make_catalog(&d, m.units, "fr", WHOLE_HOSTILE, &po);
	c = read_po(&po);
	must(c != NULL && apply(&m, c, "fr", false, &out) == COPL_OK);
	copl_xml_free(m.xml);
	must(fuzz_end(&h, copl_xml_read(out.s, out.len, "i", COPL_XML_STRICT,
			      fuzz_listen(&h), &m.xml)) == COPL_OK);
	words = interface_of(m.xml);
	copl_catalog_free(c);
	copl_strbuf_clear(&po);
	copl_strbuf_clear(&out);
	master_free(&m);
	return words;
}

static const struct copl_param_value params[] = {
    {"office", "<script>\"A\" & 'B'</script>"}, {"contact", "cop@example.org"},
    {"opens", "11 January 2027"}, {"closes", "31 <b>March</b> 2027"},
    {"keep_until", "2027"}, {"guardian_age", "16"}};

struct page_seen {
	struct copl_strbuf html;
	struct copl_strbuf shape;
	struct copl_strbuf text;
};

static void page_clear(struct page_seen *p)
{
	copl_strbuf_clear(&p->html);
	copl_strbuf_clear(&p->shape);
	copl_strbuf_clear(&p->text);
}

static void see_page(
    const struct copl_form *form, const char *tag, struct page_seen *p)
{
	struct copl_render_digest digest = {no_digest, "", "", ""};
	const struct copl_page page = {.form = form,
	    .words = interface_words(),
	    .lang = tag,
	    .params = params,
	    .nparams = COPL_COUNT(params),
	    .guardian_age = 16,
	    .responses = "https://answers.example.org/",
	    .recipient = "office",
	    .digest = &digest};
	const char *why;

	p->html = p->shape = p->text =
	    (struct copl_strbuf)COPL_STRBUF_INIT(PAGE_MAX);
	promise(
	    copl_render_html(&page, &p->html) == COPL_OK, "there is no page");
	why = whole_html(&p->html, &p->shape, &p->text);
	promise(why == NULL, why);
}

static void check_odk(const struct copl_form *form, const char *tag)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	const struct copl_odk_language one = {.tag = tag,
	    .form = form,
	    .words = interface_words(),
	    .params = params,
	    .nparams = COPL_COUNT(params)};
	const struct copl_odk odk = {.languages = &one,
	    .nlanguages = 1,
	    .guardian_age = 16,
	    .recipient = "office"};
	struct copl_xml *x = NULL;
	struct fuzz_heard h;
	enum copl_status st = copl_render_odk(&odk, fuzz_listen(&h), &out);

	if (fuzz_end(&h, st) == COPL_OK)
		promise(fuzz_end(&h, copl_xml_read(copl_strbuf_text(&out),
					 out.len, "o", COPL_XML_STRICT,
					 fuzz_listen(&h), &x)) == COPL_OK,
		    "a form for phones cannot be read");
	copl_xml_free(x);
	copl_strbuf_clear(&out);
}

/* ---- a localized form ---- */

/* Reads and shows what came out; false: it is no form. */
static bool show(
    const struct copl_strbuf *xml, const char *tag, struct page_seen *page)
{
	struct copl_form *form = NULL;
	struct copl_xml *x = NULL;
	struct fuzz_heard h;
	enum copl_status st = copl_xml_read(copl_strbuf_text(xml), xml->len,
	    "f.xml", COPL_XML_STRICT, fuzz_listen(&h), &x);

	promise(fuzz_end(&h, st) == COPL_OK, "a localized form cannot be read");
	st = copl_form_read_localized(x, fuzz_listen(&h), &form);
	st = fuzz_end(&h, st);
	if (st == COPL_OK) {
		see_page(form, tag, page);
		check_odk(form, tag);
	}
	copl_form_free(form);
	copl_xml_free(x);
	return st == COPL_OK;
}

static void check_words(const struct whole_form *f, const char *text)
{
	unsigned n;

	for (n = 0; n < f->texts; n++) {
		promise(
		    !has_word(text, 'q', n), "a text of the source is left");
		promise(f->plural[n] || has_word(text, 't', n),
		    "a translation is lost");
	}
}

/* The same form in kind and in hostile words: the same page but for text. */
static void check_localized(struct whole_dice *d, const struct whole_form *f,
    const struct master *m, const char *tag, const struct copl_strbuf *po)
{
	struct copl_strbuf kind_po = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	struct page_seen kind, hostile;
	struct copl_catalog *c;

	whole_make_catalog(d, m->units, tag, WHOLE_KIND, &kind_po);
	c = read_po(&kind_po);
	promise(c != NULL && apply(m, c, tag, false, &out) == COPL_OK,
	    "a good translation is refused");
	check_words(f, out.s);
	promise(show(&out, tag, &kind), "a localized form is refused");
	copl_catalog_free(c);
	c = read_po(po);
	promise(c != NULL && apply(m, c, tag, false, &out) == COPL_OK,
	    "a good translation is refused");
	check_words(f, out.s);
	promise(show(&out, tag, &hostile), "a localized form is refused");
	promise(strcmp(copl_strbuf_text(&kind.shape),
		    copl_strbuf_text(&hostile.shape)) == 0,
	    "a translation became markup");
	copl_catalog_free(c);
	page_clear(&kind);
	page_clear(&hostile);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&kind_po);
}

/* ---- a language that nobody speaks ---- */

static void check_pseudo(const struct whole_form *f, const struct master *m)
{
	struct copl_strbuf pot = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf po = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	static const char *const tags[] = {"en-XA", "ar-XB"};
	struct copl_catalog *template, *c;
	enum copl_pseudo_kind kind;
	unsigned n;

	must(copl_units_template(m->units, "f.xml", NULL, &pot) == COPL_OK);
	template = read_po(&pot);
	for (kind = COPL_PSEUDO_ACCENTS; kind <= COPL_PSEUDO_ARABIC; kind++) {
		copl_strbuf_reset(&po);
		must(copl_pseudo_catalog(template, kind,
			 "2027-01-11 08:00+0000", &po) == COPL_OK);
		c = read_po(&po);
		promise(c != NULL &&
			    apply(m, c, tags[kind], false, &out) == COPL_OK,
		    "a pseudo-translation is refused");
		for (n = 0; n < f->texts; n++)
			promise(!has_word(out.s, 'q', n),
			    "a text of the source is in a pseudo-language");
		copl_catalog_free(c);
	}
	copl_catalog_free(template);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&po);
	copl_strbuf_clear(&pot);
}

/* ---- checking ---- */

static const struct copl_glossary *glossary(void)
{
	static struct copl_glossary *g;

	if (g == NULL)
		must(copl_glossary_shipped(&g) == COPL_OK);
	return g;
}

static void check_lint(const struct master *m, const struct copl_catalog *c,
    const char *tag, const char *source)
{
	struct copl_lint_unit *list = calloc(m->units->n + 1, sizeof(*list));
	struct copl_lint how = {.tag = tag,
	    .name = tag,
	    .source_lang = source,
	    .units = list,
	    .nunits = m->units->n,
	    .release = true,
	    .glossary = glossary()};
	struct fuzz_heard h;
	size_t i;

	must(list != NULL);
	for (i = 0; i < m->units->n; i++)
		list[i] = (struct copl_lint_unit){.id = m->units->list[i].id,
		    .msgid = m->units->list[i].text.msgid,
		    .plural = m->units->list[i].plural};
	(void)fuzz_end(&h, copl_lint_catalog(c, &how, fuzz_listen(&h)));
	free(list);
}

/* ---- merging ---- */

static void merge(const struct copl_catalog *c, const struct copl_entry *e,
    size_t n, struct copl_strbuf *out)
{
	static const struct copl_po_header h = {
	    .project = "f 2", .created = "2027-02-01 08:00+0000"};
	struct copl_merge_counts counts;

	copl_strbuf_reset(out);
	must(copl_catalog_merge(c, e, n, &h, out, &counts) == COPL_OK);
	promise(
	    counts.kept + counts.refreshed + counts.added + counts.changed >= n,
	    "an entry got lost in a merge");
}

static bool equal(const struct copl_strbuf *a, const struct copl_strbuf *b)
{
	return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

static void check_three(const struct copl_catalog *base,
    const struct copl_catalog *ours, const struct copl_strbuf *bytes)
{
	const struct copl_catalog *const sides[][3] = {
	    {base, ours, ours}, {base, ours, base}, {base, base, ours}};
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_three_counts n;
	struct fuzz_heard h;
	enum copl_status st;
	size_t i;

	for (i = 0; i < 3; i++) {
		copl_strbuf_reset(&out);
		st = copl_catalog_merge_three(sides[i][0], sides[i][1],
		    sides[i][2], "f.po", fuzz_listen(&h), &out, &n);
		promise(fuzz_end(&h, st) == COPL_OK && n.conflicts == 0,
		    "one side alone is in conflict");
		promise(i == 2 || equal(&out, bytes),
		    "a merge of nothing changed something");
	}
	copl_strbuf_clear(&out);
}

/* The form changes: some texts go, some are new or others. */
static size_t change(struct whole_dice *d, struct copl_entry *e, size_t n)
{
	size_t i, to = 0;

	for (i = 0; i < n; i++) {
		unsigned what = whole_roll(d, 8);

		if (what == 1)
			continue;
		e[to] = e[i];
		if (what == 2)
			e[to].id = "\u043d\u043e\u0432\u043e\u0435 {closes}";
		if (what == 3)
			e[to].extracted = "\u65b0 note";
		if (what == 4 && i > 0)
			e[to].id = e[i - 1].id;
		to++;
	}
	return to;
}

static void check_kept(const struct copl_catalog *before,
    const struct copl_catalog *after, const struct copl_entry *e, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++) {
		const struct copl_message *a =
		    copl_catalog_find(before, e[i].ctxt, e[i].id);
		const struct copl_message *b =
		    copl_catalog_find(after, e[i].ctxt, e[i].id);

		promise(b != NULL, "an entry is not in the merged catalog");
		for (k = 0; a != NULL && k < a->nstr; k++)
			promise(b->nstr == a->nstr &&
				    strcmp(a->str[k], b->str[k]) == 0,
			    "a merge changed a translation");
	}
}

static void check_merge(
    struct whole_dice *d, const struct master *m, const struct copl_strbuf *po)
{
	struct copl_strbuf once = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf twice = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_catalog *c = read_po(po), *merged;
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *e = NULL;
	size_t n = 0;

	must(a != NULL && c != NULL);
	must(copl_units_entries(m->units, "f.xml", a, &e, &n) == COPL_OK);
	merge(c, e, n, &once);
	promise(equal(&once, po), "an update without news changed something");
	n = change(d, e, n);
	merge(c, e, n, &once);
	merged = read_po(&once);
	promise(merged != NULL, "a merged catalog cannot be read");
	check_kept(c, merged, e, n);
	merge(merged, e, n, &twice);
	promise(equal(&once, &twice), "merging twice is not merging once");
	check_three(c, merged, &once);
	copl_catalog_free(merged);
	copl_catalog_free(c);
	copl_arena_free(a);
	copl_strbuf_clear(&once);
	copl_strbuf_clear(&twice);
}

/* ---- with some bytes changed ---- */

static void damaged_catalog(struct whole_dice *d, const struct whole_form *f,
    const struct master *m, const char *tag, struct copl_strbuf *po)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_catalog *c;
	struct page_seen page;
	enum copl_status st;

	whole_damage(d, po);
	c = read_po(po);
	if (c != NULL) {
		check_lint(m, c, tag, f->lang);
		st = apply(m, c, tag, true, &out);
		promise(st == COPL_OK || st == COPL_E_INVALID,
		    "what cannot be used is not left out");
		if (show(&out, tag, &page))
			page_clear(&page);
	}
	copl_catalog_free(c);
	copl_strbuf_clear(&out);
}

static void damaged_form(struct whole_dice *d, struct whole_form *f)
{
	struct page_seen page;
	struct master m;

	whole_damage(d, &f->xml);
	if (!master_read(&f->xml, &m))
		return;
	f->texts = 0;
	check_extraction(f, &m);
	see_page(m.form, f->lang, &page);
	page_clear(&page);
	master_free(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct whole_dice d = {data, size};
	struct copl_strbuf po = COPL_STRBUF_INIT(PAGE_MAX);
	unsigned damage = whole_roll(&d, 4);
	const char *from = whole_langs[whole_roll(&d, 6)];
	const char *to = whole_langs[whole_roll(&d, 6)];
	struct whole_form f;
	struct copl_catalog *c;
	struct master m;

	whole_make_form(&d, from, &f);
	if (damage == 1) {
		damaged_form(&d, &f);
		copl_strbuf_clear(&f.xml);
		return 0;
	}
	promise(master_read(&f.xml, &m), "a good form is refused");
	check_extraction(&f, &m);
	check_identity(&d, &f, &m);
	check_pseudo(&f, &m);
	whole_make_catalog(&d, m.units, to, WHOLE_HOSTILE, &po);
	c = read_po(&po);
	promise(c != NULL, "a good catalog cannot be read");
	check_lint(&m, c, to, from);
	copl_catalog_free(c);
	check_localized(&d, &f, &m, to, &po);
	check_merge(&d, &m, &po);
	if (damage == 2)
		damaged_catalog(&d, &f, &m, to, &po);
	copl_strbuf_clear(&po);
	copl_strbuf_clear(&f.xml);
	master_free(&m);
	return 0;
}
