/* SPDX-License-Identifier: GPL-3.0-or-later */

/* XLIFF 1.2 as CAT tools give it back. */
#include "config.h"
#include <string.h>
#include <libxml/tree.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"
#include "xml/xml.h"

#define FORMS_MAX COPL_PLURALS_MAX

struct reader {
	struct copl_returns *rs;
	struct copl_return *one; /* texts go there */
	const struct copl_xml *xml;
	struct copl_reporter *r;
	struct xl_codes codes;
	struct copl_map keys; /* key -> index + 1 in one->list */
	bool literal; /* line breaks that are meant came */
	enum copl_status st;
};

static bool is(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)n->name, name) == 0;
}

static xmlNode *child(const xmlNode *parent, const char *name)
{
	xmlNode *n;

	for (n = parent->children; n != NULL; n = n->next)
		if (is(n, name))
			return n;
	return NULL;
}

/* An attribute, in whatever namespace a tool put it. */
static const char *get(struct reader *rd, const xmlNode *n, const char *name)
{
	xmlChar *s = xmlGetProp(n, (const xmlChar *)name);
	const char *own = NULL;

	if (s != NULL) {
		own = copl_arena_strdup(rd->rs->arena, (const char *)s);
		rd->r->nomem |= own == NULL;
	} else {
		rd->r->nomem |= xmlHasProp(n, (const xmlChar *)name) != NULL;
	}
	xmlFree(s);
	return own;
}

/* ---- inline content ---- */

/* Is it "{name}", or a tag of the kind that the element stands for? */
static bool is_code(const char *equiv, bool pair)
{
	size_t len = strlen(equiv);

	if (len < 3)
		return false;
	if (equiv[0] == '{' && equiv[len - 1] == '}')
		return true;
	return equiv[0] == '<' && equiv[1] != '/' && equiv[len - 1] == '>' &&
	       pair == (equiv[len - 2] != '/');
}

/*
 * The bytes of a message that an element stands for: what the source says of
 * its id, or what the element says of itself.
 */
static const struct xl_code *code_for(struct reader *rd, const xmlNode *n)
{
	const char *id = get(rd, n, "id"), *rid = get(rd, n, "rid");
	const char *equiv = get(rd, n, "equiv-text"), *close = NULL;
	const struct xl_code *c = NULL;
	bool pair = is(n, "g");
	int name;

	if (id != NULL)
		c = xl_code_find(&rd->codes, id, strlen(id));
	if (c == NULL && rid != NULL)
		c = xl_code_find(&rd->codes, rid, strlen(rid));
	if (c != NULL || equiv == NULL || id == NULL || !is_code(equiv, pair))
		return c;
	name = (int)strcspn(equiv + 1, " \t\n/>");
	if (pair)
		close = copl_arena_printf(
		    rd->codes.arena, "</%.*s>", name, equiv + 1);
	rd->codes.nomem |= pair && close == NULL;
	return xl_code_add(&rd->codes, id, strlen(id), equiv, strlen(equiv),
	    close, close == NULL ? 0 : strlen(close));
}

static void put_content(
    struct reader *rd, const xmlNode *parent, struct copl_strbuf *out);

/* Bytes that a tool must not change: ours are in the element as text. */
static bool put_literal(
    struct reader *rd, const xmlNode *n, struct copl_strbuf *out)
{
	const char *ctype = get(rd, n, "ctype");
	uint64_t code = 0;
	xmlChar *s;

	if (ctype == NULL)
		return false;
	if (strcmp(ctype, "x-raw") == 0) {
		s = xmlNodeGetContent(n);
		if (s != NULL) {
			rd->literal |= strpbrk((const char *)s, "\n\t") != NULL;
			copl_strbuf_puts(out, (const char *)s);
		}
		xmlFree(s);
		return true;
	}
	if (strncmp(ctype, "x-char-", 7) != 0 || strlen(ctype) != 11)
		return false;
	for (ctype += 7; *ctype != '\0'; ctype++)
		code = code * 16 + (uint64_t)(copl_is_digit(*ctype)
						  ? *ctype - '0'
						  : *ctype - 'a' + 10);
	rd->literal = true;
	if (code > 0 && code < 0x20)
		copl_strbuf_printf(out, "%c", (char)code);
	else if (code == 0xfffe || code == 0xffff)
		copl_strbuf_puts(
		    out, code == 0xfffe ? "\xef\xbf\xbe" : "\xef\xbf\xbf");
	return true;
}

/* One end of a pair that is marked apart: <bx/>, <ept>, <it pos="open">. */
static bool put_end(struct reader *rd, const xmlNode *n,
    const struct xl_code *c, struct copl_strbuf *out)
{
	const char *pos = is(n, "it") ? get(rd, n, "pos") : "";
	bool close = is(n, "ex") || is(n, "ept") ||
		     (pos != NULL && strcmp(pos, "close") == 0);

	if (!close && !is(n, "bx") && !is(n, "bpt") && !is(n, "it"))
		return false;
	if (c == NULL)
		return true;
	if (c->close == NULL && close)
		return true;
	copl_strbuf_puts(out, close ? c->close : c->open);
	return true;
}

/* A native code that another tool made: its text, if we know it. */
static void put_native(
    struct reader *rd, const xmlNode *n, struct copl_strbuf *out)
{
	xmlChar *s = xmlNodeGetContent(n);
	const char *text = s == NULL ? "" : (const char *)s;
	size_t i, len = 0;
	bool known =
	    copl_placeholder(text, &len) != NULL && text[len + 2] == '\0';

	rd->r->nomem |= s == NULL;
	for (i = 0; i < rd->codes.n && !known; i++)
		known = strcmp(rd->codes.list[i].open, text) == 0;
	if (known)
		copl_strbuf_puts(out, text);
	xmlFree(s);
}

static bool is_inline_code(const xmlNode *n)
{
	static const char *const names[] = {
	    "g", "x", "ph", "bx", "ex", "bpt", "ept", "it"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (is(n, names[i]))
			return true;
	return false;
}

static void put_element(
    struct reader *rd, const xmlNode *n, struct copl_strbuf *out)
{
	const struct xl_code *c;

	if (is(n, "ph") && put_literal(rd, n, out))
		return;
	if (!is_inline_code(n)) {
		/* <mrk>, <sub> and what tools add: the text inside counts. */
		put_content(rd, n, out);
		return;
	}
	c = code_for(rd, n);
	if (put_end(rd, n, c, out))
		return;
	if (is(n, "g")) {
		copl_strbuf_puts(out, c == NULL ? "" : c->open);
		put_content(rd, n, out);
		copl_strbuf_puts(
		    out, c == NULL || c->close == NULL ? "" : c->close);
		return;
	}
	if (c == NULL) {
		put_native(rd, n, out);
		return;
	}
	copl_strbuf_puts(out, c->open);
	/* A pair that a tool shortened to one code. */
	copl_strbuf_puts(out, c->close == NULL ? "" : c->close);
}

static void put_content(
    struct reader *rd, const xmlNode *parent, struct copl_strbuf *out)
{
	const xmlNode *n;

	for (n = parent->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			xl_text_to_message(out, &rd->codes,
			    (const char *)n->content,
			    strlen((const char *)n->content));
		else if (n->type == XML_ELEMENT_NODE)
			put_element(rd, n, out);
	}
}

/* ---- the codes of a source ---- */

static void gather(struct reader *rd, const xmlNode *parent)
{
	const xmlNode *n;

	for (n = parent->children; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (is(n, "g") || is(n, "x"))
			(void)code_for(rd, n);
		gather(rd, n);
	}
}

/*
 * Line breaks in a text that has none in its source are the tool's: each run
 * of blanks that holds one becomes one blank, none at the ends.
 */
static void tidy(struct copl_strbuf *b)
{
	char *to = b->s;
	size_t i = 0, n;

	while (b->s != NULL && i < b->len) {
		bool line = false;

		for (n = 0; copl_is_space(b->s[i + n]); n++)
			line |= b->s[i + n] != ' ';
		if (n == 0 || !line) {
			memmove(to, b->s + i, n == 0 ? 1 : n);
			to += n == 0 ? 1 : n;
		} else if (to != b->s && i + n < b->len) {
			*to++ = ' ';
		}
		i += n == 0 ? 1 : n;
	}
	if (b->s != NULL) {
		*to = '\0';
		b->len = (size_t)(to - b->s);
	}
}

static const char *message_of(struct reader *rd, const xmlNode *n, bool source)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_XML_MAX);
	const char *own = NULL;

	rd->literal = false;
	put_content(rd, n, &b);
	if (source)
		rd->codes.lines = b.s != NULL && strpbrk(b.s, "\n\t") != NULL;
	else if (!rd->codes.lines && !rd->literal && b.s != NULL &&
		 strpbrk(b.s, "\n\t") != NULL)
		tidy(&b);
	if (b.st == COPL_OK)
		own = copl_arena_strdup(rd->rs->arena, copl_strbuf_text(&b));
	if (own == NULL)
		rd->st = b.st == COPL_OK ? COPL_E_NOMEM : b.st;
	copl_strbuf_clear(&b);
	return own;
}

/* ---- units ---- */

static void take_state(
    struct reader *rd, const xmlNode *target, struct copl_taken *t)
{
	static const struct {
		const char *name;
		enum copl_review_state state;
	} states[] = {
	    {"final", COPL_REVIEW_APPROVED},
	    {"signed-off", COPL_REVIEW_REVIEWED},
	    {"translated", COPL_REVIEW_TRANSLATED},
	    {"needs-review-translation", COPL_REVIEW_NONE},
	    {"needs-review-l10n", COPL_REVIEW_NONE},
	    {"needs-review-adaptation", COPL_REVIEW_NONE},
	    {"needs-translation", COPL_REVIEW_NONE},
	    {"needs-l10n", COPL_REVIEW_NONE},
	    {"needs-adaptation", COPL_REVIEW_NONE},
	    {"new", COPL_REVIEW_NONE},
	};
	const char *state = get(rd, target, "state");
	const char *approved = get(rd, target->parent, "approved");
	size_t i;

	if (state == NULL && approved != NULL && strcmp(approved, "yes") == 0)
		state = "final";

	for (i = 0; state != NULL && i < COPL_COUNT(states); i++) {
		if (strcmp(state, states[i].name) != 0)
			continue;
		/* Of plural forms the one that is least done counts. */
		if (!t->state_said || states[i].state < t->state)
			t->state = states[i].state;
		t->fuzzy |= states[i].state == COPL_REVIEW_NONE;
		t->state_said = true;
	}
}

static void take_comment(
    struct reader *rd, const xmlNode *unit, struct copl_taken *t)
{
	const xmlNode *n;

	for (n = unit->children; n != NULL; n = n->next) {
		const char *from = is(n, "note") ? get(rd, n, "from") : NULL;
		xmlChar *s;

		if (from == NULL || (strcmp(from, "translator") != 0 &&
					strcmp(from, "po-translator") != 0))
			continue;
		s = xmlNodeGetContent(n);
		t->comment = s == NULL ? NULL
				       : copl_arena_strdup(
					     rd->rs->arena, (const char *)s);
		rd->r->nomem |= t->comment == NULL;
		xmlFree(s);
	}
}

/* "years[2]" as "years" and 2; false: there is no such end. */
static bool split_key(
    struct copl_arena *a, const char *id, const char **key, size_t *form)
{
	const char *open = strrchr(id, '[');
	char *head;
	uint64_t n;

	if (open == NULL || id[strlen(id) - 1] != ']')
		return false;
	head = copl_arena_strndup(a, open + 1, strlen(open) - 2);
	if (head == NULL || !copl_number_parse(head, FORMS_MAX - 1, &n))
		return false;
	*key = copl_arena_strndup(a, id, (size_t)(open - id));
	*form = (size_t)n;
	return *key != NULL;
}

static bool in_plural_group(struct reader *rd, const xmlNode *unit)
{
	const char *restype = unit->parent == NULL || !is(unit->parent, "group")
				  ? NULL
				  : get(rd, unit->parent, "restype");

	return restype != NULL && strcmp(restype, "x-gettext-plurals") == 0;
}

/* The text that a unit belongs to: a new one unless forms of it came. */
static struct copl_taken *taken_for(
    struct reader *rd, const char *key, const xmlNode *unit)
{
	struct copl_taken *t;
	size_t there;

	if (copl_map_get(&rd->keys, key, &there))
		return &rd->one->list[there];
	if (!copl_map_put(&rd->keys, key, rd->one->n, NULL))
		return NULL;
	t = xl_taken_new(rd->rs, rd->one);
	if (t == NULL)
		return NULL;
	t->key = key;
	t->ctxt = get(rd, unit, "resname");
	t->line = copl_xml_place(rd->xml, unit).line;
	t->column = copl_xml_place(rd->xml, unit).column;
	return t;
}

static void take_unit(struct reader *rd, const xmlNode *unit)
{
	const char *key = get(rd, unit, "id");
	const char *type = get(rd, unit, "datatype");
	const xmlNode *source = child(unit, "source");
	const xmlNode *target = child(unit, "target");
	const char *text;
	struct copl_taken *t;
	size_t form = 0;
	bool plural;

	if (key == NULL || source == NULL)
		return;
	plural = in_plural_group(rd, unit) &&
		 split_key(rd->rs->arena, key, &key, &form);
	t = taken_for(rd, key, unit);
	if (t == NULL || !xl_taken_forms(rd->rs, t, form + 1)) {
		rd->st = COPL_E_NOMEM;
		return;
	}
	xl_codes_begin(&rd->codes, "");
	if (rd->codes.nomem) {
		rd->st = COPL_E_NOMEM;
		return;
	}
	rd->codes.markup = type == NULL || strcmp(type, "plaintext") != 0;
	gather(rd, source);
	text = message_of(rd, source, true);
	if (t->id == NULL)
		t->id = text;
	else if (plural && text != NULL && strcmp(text, t->id) != 0)
		t->plural = text;
	if (target != NULL) {
		t->str[form] = message_of(rd, target, false);
		take_state(rd, target, t);
	}
	if (form == 0)
		take_comment(rd, unit, t);
	rd->r->nomem |= rd->codes.nomem;
}

static void walk(struct reader *rd, const xmlNode *parent)
{
	const xmlNode *n;

	for (n = parent->children; n != NULL && rd->st == COPL_OK; n = n->next)
		if (is(n, "trans-unit"))
			take_unit(rd, n);
		else if (is(n, "group"))
			walk(rd, n);
}

/* ---- files ---- */

static void take_file(struct reader *rd, const xmlNode *n, const char *file)
{
	const xmlNode *body = child(n, "body");

	if (body == NULL)
		return;
	rd->one = xl_return_new(rd->rs, COPL_RETURN_XLIFF, file);
	if (rd->one == NULL) {
		rd->st = COPL_E_NOMEM;
		return;
	}
	rd->one->form = get(rd, n, "original");
	rd->one->lang = get(rd, n, "target-language");
	rd->one->pack = get(rd, n, "build-num");
	copl_map_free(&rd->keys);
	memset(&rd->keys, 0, sizeof(rd->keys));
	walk(rd, body);
}

static enum copl_status refuse(
    struct reader *rd, const xmlNode *root, const char *why)
{
	copl_report(rd->r, COPL_ERROR, "import-xliff",
	    copl_xml_place(rd->xml, root), "%s", why);
	return COPL_E_INVALID;
}

static enum copl_status take_document(
    struct reader *rd, const xmlNode *root, const char *file)
{
	const char *version = get(rd, root, "version");
	const xmlNode *n;
	size_t before = rd->rs->n;

	if (!is(root, "xliff"))
		return refuse(rd, root,
		    _("this XML file is not XLIFF: send back the file that the "
		      "pack holds, or export XLIFF 1.2 from your tool"));
	/* Entities in entities can become any amount of text. */
	if (root->doc->intSubset != NULL &&
	    root->doc->intSubset->entities != NULL)
		return refuse(rd, root,
		    _("this XLIFF file declares entities, which no translation "
		      "tool does: export it from your tool again"));
	if (version != NULL && version[0] == '2')
		return refuse(rd, root,
		    _("this is XLIFF 2, which cannot be taken back: export "
		      "XLIFF 1.2 from your tool"));
	for (n = root->children; n != NULL && rd->st == COPL_OK; n = n->next)
		if (is(n, "file"))
			take_file(rd, n, file);
	if (rd->st == COPL_OK && rd->rs->n == before)
		return refuse(rd, root,
		    _("this XLIFF file holds no texts: send back the file that "
		      "your tool exports when the translation is done"));
	return rd->r->nomem ? COPL_E_NOMEM : rd->st;
}

enum copl_status xl_read_xliff(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r)
{
	struct reader rd = {.rs = rs, .r = r};
	struct copl_xml *x = NULL;
	xmlDoc *doc = NULL;
	enum copl_status st;

	st = copl_xml_read(bytes, len, file, COPL_XML_DOCUMENT, r, &x);
	if (st == COPL_OK)
		st = copl_xml_tree(x, r, &doc);
	rd.xml = x;
	if (st == COPL_OK)
		st = take_document(&rd, xmlDocGetRootElement(doc), file);
	copl_map_free(&rd.keys);
	xl_codes_free(&rd.codes);
	xmlFreeDoc(doc);
	copl_xml_free(x);
	return st;
}
