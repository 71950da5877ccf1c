/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <libxml/xpathInternals.h>
#include "base/i18n.h"
#include "its/its_priv.h"

static bool is_name_start(char c)
{
	return copl_is_alpha(c) || c == '_' || ((unsigned char)c & 0x80) != 0;
}

static bool is_name(char c)
{
	return is_name_start(c) || copl_is_digit(c) || c == '-' || c == '.';
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	if (!is_name_start(s[0]))
		return 0;
	while (is_name(s[n]))
		n++;
	return n;
}

static bool equals(const char *name, const char *s, size_t len)
{
	return strlen(name) == len && memcmp(name, s, len) == 0;
}

const char *its_scope_ns(
    const struct its_scope *scope, const char *prefix, size_t len)
{
	size_t i;

	for (i = 0; i < scope->nns; i++)
		if (scope->ns[i].prefix != NULL &&
		    equals(scope->ns[i].prefix, prefix, len))
			return scope->ns[i].uri;
	return equals("xml", prefix, len) ? COPL_XML_NS : NULL;
}

const char *its_scope_param(
    const struct its_scope *scope, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < scope->nparams; i++)
		if (equals(scope->params[i].name, name, len))
			return scope->params[i].value;
	return NULL;
}

/* ---- what names in an expression mean ---- */

struct names {
	const struct its_scope *scope;
	struct copl_place at;
	enum copl_severity severity;
	struct copl_reporter *r;
	const char *text;
	bool good;
};

static void unknown_prefix(struct names *n, const char *s, size_t len)
{
	n->good = false;
	copl_report(n->r, n->severity, "its-prefix", n->at,
	    _("the prefix \"%.*s\" in \"%s\" is not bound to a namespace: "
	      "declare xmlns:%.*s"),
	    (int)len, s, n->text, (int)len, s);
}

static void unknown_param(struct names *n, const char *s, size_t len)
{
	n->good = false;
	copl_report(n->r, n->severity, "its-param", n->at,
	    _("the parameter $%.*s in \"%s\" has no value: write an its:param "
	      "or --param %.*s=VALUE"),
	    (int)len, s, n->text, (int)len, s);
}

/* What may stand before "(": functions, kinds of nodes, operators. */
static bool is_called(const char *s, size_t len)
{
	static const char *const names[] = {"last", "position", "count", "id",
	    "local-name", "namespace-uri", "name", "string", "concat",
	    "starts-with", "contains", "substring-before", "substring-after",
	    "substring", "string-length", "normalize-space", "translate",
	    "boolean", "not", "true", "false", "lang", "number", "sum", "floor",
	    "ceiling", "round", "comment", "text", "processing-instruction",
	    "node", "and", "or", "div", "mod"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (equals(names[i], s, len))
			return true;
	return false;
}

/* What is called at s, and what follows it. */
static void check_call(struct names *n, const char *s, const char *end)
{
	size_t len = (size_t)(end - s);

	end += strspn(end, " \t\r\n");
	if (*end != '(' || is_called(s, len))
		return;
	n->good = false;
	copl_report(n->r, n->severity, "its-selector", n->at,
	    _("\"%.*s()\" in \"%s\" is no function of XPath 1.0"), (int)len, s,
	    n->text);
}

/* A name at s; returns what follows. */
static const char *check_name(struct names *n, const char *s, bool param)
{
	size_t len = name_length(s);
	const char *end;

	if (param && its_scope_param(n->scope, s, len) == NULL)
		unknown_param(n, s, len);
	if (!param && s[len] == ':' && s[len + 1] != ':' &&
	    its_scope_ns(n->scope, s, len) == NULL)
		unknown_prefix(n, s, len);
	/* The local name behind a prefix is not looked at again. */
	end = s + len;
	if (end[0] == ':' && end[1] != ':')
		end += 1 + name_length(end + 1);
	if (!param)
		check_call(n, s, end);
	return end;
}

static bool check_names(struct names *n)
{
	const char *s = n->text;

	while (*s != '\0') {
		if (*s == '"' || *s == '\'') {
			const char *end = strchr(s + 1, *s);

			s = end == NULL ? s + strlen(s) : end + 1;
		} else if (*s == '$' && is_name_start(s[1])) {
			s = check_name(n, s + 1, true);
		} else if (is_name_start(*s)) {
			s = check_name(n, s, false);
		} else {
			s++;
		}
	}
	return n->good;
}

/* ---- XPath ---- */

/* Keeps libxml2's complaints to ourselves. */
static void keep_quiet(void *arg, xmlErrorPtr e)
{
	(void)arg;
	(void)e;
}

static bool register_param(xmlXPathContext *ctxt, const struct its_param *param)
{
	xmlXPathObject *value = xmlXPathNewCString(param->value);

	if (value != NULL && xmlXPathRegisterVariable(ctxt,
				 (const xmlChar *)param->name, value) == 0)
		return true;
	xmlXPathFreeObject(value);
	return false;
}

/* Without memory a name may be kept without what it stands for. */
static bool register_ns(xmlXPathContext *ctxt, const struct its_ns *ns)
{
	const xmlChar *prefix = (const xmlChar *)ns->prefix, *kept;

	if (prefix == NULL)
		return true;
	if (xmlXPathRegisterNs(ctxt, prefix, (const xmlChar *)ns->uri) != 0)
		return false;
	kept = xmlXPathNsLookup(ctxt, prefix);
	return kept != NULL && xmlStrEqual(kept, (const xmlChar *)ns->uri);
}

/* Without memory it lacks some functions: not all of libxml2 says so. */
static xmlXPathContext *new_context(xmlDoc *doc)
{
	struct copl_reporter quiet = {0};
	struct copl_xml_watch watch;
	xmlXPathContext *ctxt;

	copl_xml_watch(&watch, &quiet);
	ctxt = xmlXPathNewContext(doc);
	copl_xml_unwatch(&watch);
	if (!quiet.nomem && (ctxt == NULL || its_costs_register(ctxt)))
		return ctxt;
	xmlXPathFreeContext(ctxt);
	return NULL;
}

xmlXPathContext *its_xpath_context(xmlDoc *doc, const struct its_scope *scope)
{
	xmlXPathContext *ctxt = new_context(doc);
	bool good = true;
	size_t i;

	if (ctxt == NULL)
		return NULL;
	ctxt->error = keep_quiet;
	for (i = scope->nns; i-- > 0;)
		good &= register_ns(ctxt, &scope->ns[i]);
	/* The first of a name counts, so it is registered last. */
	for (i = scope->nparams; i-- > 0;)
		good &= register_param(ctxt, &scope->params[i]);
	if (good)
		return ctxt;
	xmlXPathFreeContext(ctxt);
	return NULL;
}

/* Not every place in libxml2 has the context at hand when memory is out. */
static void forget_errors(xmlXPathContext *ctxt)
{
	xmlResetLastError();
	xmlResetError(&ctxt->lastError);
}

static bool ran_out(const xmlXPathContext *ctxt)
{
	const xmlError *last = xmlGetLastError();

	return ctxt->lastError.code == XML_ERR_NO_MEMORY ||
	       (last != NULL && last->code == XML_ERR_NO_MEMORY);
}

xmlXPathObject *its_xpath_eval(
    xmlXPathCompExpr *expr, xmlXPathContext *ctxt, struct copl_reporter *r)
{
	xmlXPathObject *o;

	forget_errors(ctxt);
	o = xmlXPathCompiledEval(expr, ctxt);
	if (!ran_out(ctxt))
		return o;
	r->nomem = true;
	xmlXPathFreeObject(o);
	return NULL;
}

xmlXPathCompExpr *its_xpath_compile(const char *text,
    const struct its_scope *scope, struct copl_place at,
    enum copl_severity severity, struct copl_reporter *r)
{
	struct names n = {scope, at, severity, r, text, true};
	xmlXPathCompExpr *expr;
	xmlXPathContext *ctxt;

	if (!check_names(&n))
		return NULL;
	ctxt = its_xpath_context(NULL, scope);
	if (ctxt == NULL) {
		r->nomem = true;
		return NULL;
	}
	forget_errors(ctxt);
	expr = xmlXPathCtxtCompile(ctxt, (const xmlChar *)text);
	if (ran_out(ctxt)) {
		r->nomem = true;
		xmlXPathFreeCompExpr(expr);
		expr = NULL;
	}
	xmlXPathFreeContext(ctxt);
	if (expr == NULL && !r->nomem)
		copl_report(r, severity, "its-selector", at,
		    _("\"%s\" is not valid XPath 1.0"), text);
	return expr;
}

/* A value as an XPath literal, which has no escapes. */
static void put_literal(struct copl_strbuf *b, const char *value)
{
	const char *quote = strchr(value, '\'') == NULL ? "'" : "\"";

	copl_strbuf_puts(b, quote);
	copl_strbuf_puts(b, value);
	copl_strbuf_puts(b, quote);
}

const char *its_scope_expand(
    const struct its_scope *scope, const char *path, struct copl_arena *a)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 16);
	const char *s = path, *copy;

	for (;;) {
		size_t n = strcspn(s, "$"), len;
		const char *value;

		copl_strbuf_add(&b, s, n);
		s += n;
		if (*s == '\0')
			break;
		len = name_length(s + 1);
		value = its_scope_param(scope, s + 1, len);
		if (value == NULL)
			copl_strbuf_add(&b, s, len + 1);
		else
			put_literal(&b, value);
		s += len + 1;
	}
	copy =
	    b.st == COPL_OK ? copl_arena_strdup(a, copl_strbuf_text(&b)) : path;
	copl_strbuf_clear(&b);
	return copy;
}
