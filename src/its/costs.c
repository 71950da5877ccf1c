/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What functions of XPath cost.  libxml2 counts the steps of an evaluation but
 * not the bytes that its functions read, and some read the one text for each
 * byte of the other: here they are counted with the steps.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <libxml/xpathInternals.h>
#include "its/its_priv.h"

#define BYTES_PER_STEP 64

static const struct function {
	const char *name;
	xmlXPathFunction is;
	bool product; /* of the bytes of both, not their sum */
} functions[] = {
    {"string", xmlXPathStringFunction, false},
    {"concat", xmlXPathConcatFunction, false},
    {"starts-with", xmlXPathStartsWithFunction, false},
    {"contains", xmlXPathContainsFunction, true},
    {"substring-before", xmlXPathSubstringBeforeFunction, true},
    {"substring-after", xmlXPathSubstringAfterFunction, true},
    {"substring", xmlXPathSubstringFunction, false},
    {"string-length", xmlXPathStringLengthFunction, false},
    {"normalize-space", xmlXPathNormalizeFunction, false},
    {"translate", xmlXPathTranslateFunction, true},
    {"number", xmlXPathNumberFunction, false},
    {"sum", xmlXPathSumFunction, false},
};

/* XPath 1.0 §4: what reads no texts, and id() and lang(), which read names. */
static const char *const others[] = {"boolean", "ceiling", "count", "false",
    "floor", "id", "lang", "last", "local-name", "name", "namespace-uri", "not",
    "position", "round", "true"};

static const struct function *find(const xmlChar *name)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(functions); i++)
		if (strcmp(functions[i].name, (const char *)name) == 0)
			return &functions[i];
	return NULL;
}

/* The next node below top, in the order of the document; NULL: none is left. */
static const xmlNode *next_below(const xmlNode *top, const xmlNode *n)
{
	/* Below a reference is what was declared, of another tree. */
	if (n->children != NULL && n->type != XML_ENTITY_REF_NODE)
		return n->children;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

/* Of its text, which is not put together for that. */
static uint64_t bytes_of_node(const xmlNode *top)
{
	const xmlNode *n;
	uint64_t bytes = 0;

	/* A namespace is no node inside libxml2. */
	if (top->type == XML_NAMESPACE_DECL)
		return 1;
	for (n = top; n != NULL; n = next_below(top, n))
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			bytes += (uint64_t)xmlStrlen(n->content);
	return bytes;
}

/* Of its text: of a set of nodes the first one, or all for sum(). */
static uint64_t bytes_of(const xmlXPathObject *o, bool all)
{
	uint64_t n = 0;
	int i;

	if (o->type == XPATH_STRING)
		return (uint64_t)xmlStrlen(o->stringval);
	if (o->type != XPATH_NODESET || o->nodesetval == NULL)
		return 1;
	for (i = 0; i < o->nodesetval->nodeNr && (all || i == 0); i++)
		n += bytes_of_node(o->nodesetval->nodeTab[i]);
	return n;
}

/* Steps for a call with the nargs values on top of the stack. */
static uint64_t steps(
    const xmlXPathParserContext *p, const struct function *f, int nargs)
{
	bool all = f->is == xmlXPathSumFunction;
	uint64_t sum = 0, product = 1, n;
	int i;

	if (nargs == 0)
		sum = p->context->node == NULL
			  ? 0
			  : bytes_of_node(p->context->node);
	for (i = 0; i < nargs && i < p->valueNr; i++) {
		n = bytes_of(p->valueTab[p->valueNr - 1 - i], all);
		sum += n;
		/* The third of translate() is as long as the second at most. */
		if (i >= nargs - 2)
			product *= n;
	}
	return (f->product ? sum + product : sum) / BYTES_PER_STEP;
}

static void counted(xmlXPathParserContext *p, int nargs)
{
	const struct function *f = find(p->context->function);
	uint64_t n;

	if (f == NULL) {
		xmlXPathErr(p, XPATH_UNKNOWN_FUNC_ERROR);
		return;
	}
	n = steps(p, f, nargs);
	if (p->context->opLimit > 0 &&
	    n > p->context->opLimit - p->context->opCount) {
		p->context->opCount = p->context->opLimit;
		xmlXPathErr(p, XPATH_OP_LIMIT_EXCEEDED);
		return;
	}
	p->context->opCount += (unsigned long)n;
	f->is(p, nargs);
}

/* A context that was made without memory may lack some, and not say so. */
static bool has_others(xmlXPathContext *ctxt)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(others); i++)
		if (xmlXPathFunctionLookup(ctxt, (const xmlChar *)others[i]) ==
		    NULL)
			return false;
	return true;
}

bool its_costs_register(xmlXPathContext *ctxt)
{
	bool good = has_others(ctxt);
	size_t i;

	for (i = 0; i < COPL_COUNT(functions); i++) {
		const xmlChar *name = (const xmlChar *)functions[i].name;

		/* It does not take the place of one that is there. */
		(void)xmlXPathRegisterFunc(ctxt, name, NULL);
		/* Without memory for the name it says that all is well. */
		good &= xmlXPathRegisterFunc(ctxt, name, counted) == 0 &&
			xmlXPathFunctionLookup(ctxt, name) == counted;
	}
	return good;
}
