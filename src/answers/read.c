/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Stored answers, read one after the other in one pass: no tree, no memory
 * that is not used again.  The files come from many offices, so nothing in
 * them is taken for granted.
 */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include "base/i18n.h"
#include "answers/read_priv.h"

/* Names of strange files stay in the parser until it is made anew. */
#define READS_MAX 20000
#define ATTR_FIELDS 5 /* of libxml2's list: local, prefix, ns, value, end */

const char *answers_head_name(size_t head)
{
	static const char *const names[ANSWERS_HEADS] = {
	    [ANSWERS_HEAD_ID] = "id",
	    [ANSWERS_HEAD_FORM] = "form",
	    [ANSWERS_HEAD_VERSION] = "version",
	    [ANSWERS_HEAD_RELEASE] = "release",
	    [ANSWERS_HEAD_LANG] = "lang",
	    [ANSWERS_HEAD_RECIPIENT] = "recipient",
	    [ANSWERS_HEAD_DRAFT] = "draft",
	    [ANSWERS_HEAD_HOUR] = "hour"};

	return head < ANSWERS_HEADS ? names[head] : NULL;
}

struct answers_spot *answers_spot_add(struct copl_answer_reader *rd)
{
	struct answers_spot *list;

	if (rd->nspots >= ANSWERS_VALUES_MAX) {
		rd->st = COPL_E_LIMIT;
		return NULL;
	}
	list = copl_grow(rd->spots, rd->nspots, &rd->spots_room, sizeof(*list));
	if (list == NULL) {
		rd->st = COPL_E_NOMEM;
		return NULL;
	}
	rd->spots = list;
	list[rd->nspots] =
	    (struct answers_spot){ANSWERS_NONE, ANSWERS_NONE, ANSWERS_NONE};
	return &list[rd->nspots++];
}

/* ---- what the parser reports ---- */

static void stop(struct copl_answer_reader *rd, const char *wrong)
{
	if (rd->wrong == NULL) {
		rd->wrong = wrong;
		rd->line = xmlSAX2GetLineNumber(rd->ctxt);
	}
	xmlStopParser(rd->ctxt);
}

static void fail(struct copl_answer_reader *rd, enum copl_status st)
{
	if (rd->st == COPL_OK)
		rd->st = st;
	xmlStopParser(rd->ctxt);
}

static size_t put_string(struct copl_answer_reader *rd, const void *s, size_t n)
{
	size_t at = rd->text.len;

	copl_strbuf_add(&rd->text, s, n);
	copl_strbuf_add(&rd->text, "", 1);
	if (rd->text.st != COPL_OK)
		fail(rd, rd->text.st);
	return at;
}

static size_t put_attr(struct copl_answer_reader *rd, const xmlChar **attr)
{
	return put_string(rd, attr[3], (size_t)(attr[4] - attr[3]));
}

static bool is(const xmlChar *a, const char *b)
{
	return strcmp((const char *)a, b) == 0;
}

static void take_head(
    struct copl_answer_reader *rd, int n, const xmlChar **attrs)
{
	size_t k;
	int i;

	for (i = 0; i < n; i++, attrs += ATTR_FIELDS) {
		for (k = 0;
		     k < ANSWERS_HEADS && !is(attrs[0], answers_head_name(k));
		     k++)
			;
		if (k == ANSWERS_HEADS || attrs[2] != NULL)
			stop(rd, N_("<answer> has an attribute that is not "
				    "known"));
		else
			rd->head[k] = put_attr(rd, attrs);
	}
}

static void take_value(
    struct copl_answer_reader *rd, int n, const xmlChar **attrs)
{
	struct answers_spot *s = answers_spot_add(rd);
	int i;

	if (s == NULL) {
		xmlStopParser(rd->ctxt);
		return;
	}
	for (i = 0; i < n; i++, attrs += ATTR_FIELDS) {
		if (attrs[2] == NULL && is(attrs[0], "question"))
			s->question = put_attr(rd, attrs);
		else if (attrs[2] == NULL && is(attrs[0], "part"))
			s->part = put_attr(rd, attrs);
		else
			stop(rd, N_("<value> has an attribute that is not "
				    "known"));
	}
	if (s->question == ANSWERS_NONE)
		stop(rd, N_("a <value> does not say of which question it is"));
	s->code = rd->text.len;
}

static void start_element(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *ns, int nns, const xmlChar **namespaces, int nattrs,
    int ndefaults, const xmlChar **attrs)
{
	struct copl_answer_reader *rd = ctx;
	bool ours = ns != NULL && is(ns, COPL_ANSWER_NS);

	(void)prefix;
	(void)nns;
	(void)namespaces;
	(void)ndefaults;
	rd->depth++;
	if (rd->depth == 1 && ours && is(name, "answer"))
		take_head(rd, nattrs, attrs);
	else if (rd->depth == 2 && ours && is(name, "value"))
		take_value(rd, nattrs, attrs);
	else if (rd->depth == 1)
		stop(rd, N_("this is no stored answer"));
	else
		stop(rd, N_("only <value> can stand in <answer>, and only text "
			    "in <value>"));
}

static void end_element(
    void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
	struct copl_answer_reader *rd = ctx;

	(void)name;
	(void)prefix;
	(void)ns;
	if (rd->depth == 2)
		put_string(rd, "", 0);
	rd->depth--;
}

static void characters(void *ctx, const xmlChar *s, int n)
{
	struct copl_answer_reader *rd = ctx;
	int i;

	if (rd->depth == 2) {
		copl_strbuf_add(&rd->text, (const char *)s, (size_t)n);
		if (rd->text.st != COPL_OK)
			fail(rd, rd->text.st);
		return;
	}
	for (i = 0; i < n; i++)
		if (!copl_is_space((char)s[i]))
			stop(rd, N_("text stands outside of <value>"));
}

static void subset(void *ctx, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	struct copl_answer_reader *rd = ctx;

	(void)name;
	(void)external;
	(void)system;
	rd->dtd = true;
	xmlStopParser(rd->ctxt);
}

/* The last error is kept in the parser; but for memory, which others hide. */
static void on_error(void *ctx, xmlErrorPtr error)
{
	struct copl_answer_reader *rd = ctx;

	if (error->code == XML_ERR_NO_MEMORY)
		rd->st = COPL_E_NOMEM;
}

/* ---- the reader ---- */

static bool open_parser(struct copl_answer_reader *rd)
{
	xmlFreeParserCtxt(rd->ctxt);
	rd->ctxt = xmlNewParserCtxt();
	rd->reads = 0;
	if (rd->ctxt == NULL)
		return false;
	*rd->ctxt->sax = rd->sax;
	rd->ctxt->userData = rd;
	return true;
}

struct copl_answer_reader *copl_answer_reader_new(void)
{
	struct copl_answer_reader *rd = calloc(1, sizeof(*rd));

	if (rd == NULL)
		return NULL;
	rd->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
	    .startElementNs = start_element,
	    .endElementNs = end_element,
	    .characters = characters,
	    .cdataBlock = characters,
	    .ignorableWhitespace = characters,
	    .internalSubset = subset,
	    .serror = on_error};
	rd->source.max = rd->text.max = COPL_ANSWER_MAX;
	if (open_parser(rd))
		return rd;
	copl_answer_reader_free(rd);
	return NULL;
}

void copl_answer_reader_free(struct copl_answer_reader *rd)
{
	if (rd == NULL)
		return;
	xmlFreeParserCtxt(rd->ctxt);
	copl_strbuf_clear(&rd->source);
	copl_strbuf_clear(&rd->text);
	free(rd->spots);
	free(rd->pairs);
	free(rd->codes);
	free(rd);
}

/* ---- from what was found to a record ---- */

static const char *string(const struct copl_answer_reader *rd, size_t at)
{
	return at == ANSWERS_NONE ? NULL : rd->base + at;
}

static bool same(const char *a, const char *b)
{
	return a == b ||
	       (a != NULL && b != NULL && *a == *b && strcmp(a, b) == 0);
}

static bool make_room(struct copl_answer_reader *rd)
{
	size_t n = rd->nspots + 1;

	if (n > rd->pairs_room) {
		free(rd->pairs);
		rd->pairs = calloc(n * 2, sizeof(*rd->pairs));
		rd->pairs_room = rd->pairs == NULL ? 0 : n * 2;
	}
	if (n > rd->codes_room) {
		free(rd->codes);
		rd->codes = calloc(n * 2, sizeof(*rd->codes));
		rd->codes_room = rd->codes == NULL ? 0 : n * 2;
	}
	return rd->pairs != NULL && rd->codes != NULL;
}

/* Values that follow each other and are of the same question are one. */
static void pair_up(
    struct copl_answer_reader *rd, struct copl_answer_record *out)
{
	size_t i, n = 0;

	for (i = 0; i < rd->nspots; i++) {
		const char *q = string(rd, rd->spots[i].question);
		const char *part = string(rd, rd->spots[i].part);

		rd->codes[i] = string(rd, rd->spots[i].code);
		if (n > 0 && same(rd->pairs[n - 1].question, q) &&
		    same(rd->pairs[n - 1].part, part)) {
			rd->pairs[n - 1].n++;
			continue;
		}
		rd->pairs[n] = (struct copl_answer_pair){.question = q,
		    .part = part,
		    .codes = &rd->codes[i],
		    .n = 1};
		n++;
	}
	out->pairs = rd->pairs;
	out->npairs = n;
}

static bool is_name_or_none(const char *s)
{
	return s == NULL || copl_shape_is_name(s);
}

/* Strings that may be missing are judged where they are there. */
static bool is_good(const struct copl_answer_record *rec)
{
	return answers_is_id(rec->id) && copl_shape_is_name(rec->form) &&
	       *rec->version != '\0' && is_name_or_none(rec->recipient) &&
	       (rec->lang == NULL || copl_shape_is_tag(rec->lang));
}

/* The values that are no strings; false: they cannot be these. */
static bool take_numbers(
    const struct copl_answer_reader *rd, struct copl_answer_record *out)
{
	const char *draft = string(rd, rd->head[ANSWERS_HEAD_DRAFT]);
	struct copl_instant at;

	if (!copl_number_parse(string(rd, rd->head[ANSWERS_HEAD_RELEASE]),
		INT64_MAX, &out->release) ||
	    !copl_instant_parse(string(rd, rd->head[ANSWERS_HEAD_HOUR]), &at) ||
	    at.seconds % 3600 != 0)
		return false;
	out->hour = (time_t)at.seconds;
	out->draft = draft != NULL;
	return draft == NULL || strcmp(draft, "yes") == 0;
}

/* NULL: all of it is as it must be. */
static const char *take_record(
    const struct copl_answer_reader *rd, struct copl_answer_record *out)
{
	static const enum answers_head needed[] = {ANSWERS_HEAD_ID,
	    ANSWERS_HEAD_FORM, ANSWERS_HEAD_VERSION, ANSWERS_HEAD_RELEASE,
	    ANSWERS_HEAD_HOUR};
	size_t i;

	for (i = 0; i < COPL_COUNT(needed); i++)
		if (rd->head[needed[i]] == ANSWERS_NONE)
			return N_("<answer> must say id, form, version, "
				  "release and hour");
	out->id = string(rd, rd->head[ANSWERS_HEAD_ID]);
	out->form = string(rd, rd->head[ANSWERS_HEAD_FORM]);
	out->version = string(rd, rd->head[ANSWERS_HEAD_VERSION]);
	out->lang = string(rd, rd->head[ANSWERS_HEAD_LANG]);
	out->recipient = string(rd, rd->head[ANSWERS_HEAD_RECIPIENT]);
	if (!take_numbers(rd, out) || !is_good(out))
		return N_("an attribute of <answer> has a value that it "
			  "cannot have");
	return NULL;
}

static enum copl_status say_syntax(const struct copl_answer_reader *rd,
    const char *name, struct copl_reporter *r)
{
	const xmlError *e = xmlCtxtGetLastError(rd->ctxt);
	const char *text = e == NULL || e->message == NULL ? "" : e->message;

	copl_report(r, COPL_ERROR, "xml-syntax",
	    (struct copl_place){
		name, e == NULL || e->line < 0 ? 0 : (size_t)e->line, 0},
	    _("this is not well-formed XML: %.*s"), (int)strcspn(text, "\n"),
	    text);
	return COPL_E_PARSE;
}

static enum copl_status say_wrong(
    const char *name, int line, const char *what, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "answer-malformed",
	    (struct copl_place){name, line < 0 ? 0 : (size_t)line, 0},
	    _("%s: somebody has changed the file, or it is of a newer version "
	      "of this program"),
	    copl_text(what));
	return COPL_E_INVALID;
}

static enum copl_status say_encoding(const char *name, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "xml-encoding",
	    (struct copl_place){name, 0, 0},
	    _("this is not valid UTF-8: somebody has changed the file"));
	return COPL_E_PARSE;
}

static enum copl_status say_too_much(const char *name, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "answer-malformed",
	    (struct copl_place){name, 0, 0},
	    _("this is too large for a stored answer: at most 2 MiB and %d "
	      "values"),
	    ANSWERS_VALUES_MAX);
	return COPL_E_LIMIT;
}

/*
 * The parser reads the bytes where they lie: what it has for input that comes
 * in pieces costs more than the parsing.
 */
static void run_parser(struct copl_answer_reader *rd)
{
	xmlParserInput *in;

	xmlCtxtReset(rd->ctxt);
	(void)xmlCtxtUseOptions(rd->ctxt,
	    XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
	in = xmlNewStringInputStream(
	    rd->ctxt, (const xmlChar *)copl_strbuf_text(&rd->source));
	if (in == NULL || inputPush(rd->ctxt, in) < 0)
		fail(rd, COPL_E_NOMEM);
	else
		(void)xmlParseDocument(rd->ctxt);
}

static void begin(struct copl_answer_reader *rd, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < ANSWERS_HEADS; i++)
		rd->head[i] = ANSWERS_NONE;
	rd->nspots = 0;
	rd->depth = 0;
	rd->wrong = NULL;
	rd->dtd = false;
	copl_strbuf_reset(&rd->text);
	copl_strbuf_reset(&rd->source);
	copl_strbuf_add(&rd->source, bytes, len);
	rd->st = rd->source.st;
}

/* What we have written ourselves needs no parser. */
static void parse(struct copl_answer_reader *rd, const char *bytes, size_t len)
{
	begin(rd, bytes, len);
	rd->base = copl_strbuf_text(&rd->source);
	if (rd->st != COPL_OK || answers_read_fast(rd))
		return;
	begin(rd, bytes, len);
	rd->reads++;
	if (rd->st == COPL_OK)
		run_parser(rd);
	rd->base = copl_strbuf_text(&rd->text);
}

static enum copl_status judge(struct copl_answer_reader *rd, const char *name,
    struct copl_reporter *r, struct copl_answer_record *out)
{
	const char *wrong;

	if (rd->st == COPL_E_LIMIT)
		return say_too_much(name, r);
	if (rd->st != COPL_OK)
		return rd->st;
	if (rd->dtd)
		return say_wrong(
		    name, 0, N_("a stored answer has no <!DOCTYPE"), r);
	if (rd->wrong != NULL)
		return say_wrong(name, rd->line, rd->wrong, r);
	if (rd->base != rd->source.s && !rd->ctxt->wellFormed)
		return say_syntax(rd, name, r);
	if (!make_room(rd))
		return COPL_E_NOMEM;
	wrong = take_record(rd, out);
	if (wrong != NULL)
		return say_wrong(name, 1, wrong, r);
	pair_up(rd, out);
	return COPL_OK;
}

enum copl_status copl_answer_read(struct copl_answer_reader *rd,
    const char *bytes, size_t len, const char *name, struct copl_reporter *r,
    struct copl_answer_record *out)
{
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	if (len > COPL_ANSWER_MAX)
		return say_too_much(name, r);
	if (rd->reads >= READS_MAX && !open_parser(rd))
		return COPL_E_NOMEM;
	if (copl_utf8_valid(bytes, len) != len ||
	    memchr(bytes, '\0', len) != NULL)
		return say_encoding(name, r);
	parse(rd, bytes, len);
	st = judge(rd, name, r, out);
	/* What strange files leave behind goes with the parser. */
	if (st != COPL_OK)
		rd->reads = READS_MAX;
	return st;
}
