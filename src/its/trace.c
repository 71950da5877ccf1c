/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "its/its_priv.h"

static void forget(struct copl_its_trace *t, size_t category, uint32_t element)
{
	t->reasons[category] = (struct copl_its_reason){
	    .by = COPL_ITS_BY_DEFAULT, .element = element};
}

/* What a node does not inherit is unsaid when the walk comes to it. */
static void inherit(struct copl_its_trace *t, uint32_t element, uint32_t attr)
{
	size_t c;

	for (c = 0; c < COPL_ITS_CATEGORIES; c++) {
		const struct its_category *k =
		    its_category((enum copl_its_category)c);

		if (attr != COPL_XML_NONE ? !k->attributes : !k->inherits)
			forget(t, c, element);
	}
}

static void set_reason(struct copl_its_trace *t,
    const struct copl_its_rules *rules, const struct copl_xml *x, size_t c,
    uint32_t by, uint32_t element)
{
	struct copl_its_reason *reason = &t->reasons[c];
	const struct its_rule *rule;

	reason->element = element;
	reason->selector = NULL;
	reason->builtin = false;
	if (by == ITS_BY_MARKUP) {
		reason->by = COPL_ITS_BY_MARKUP;
		reason->at = copl_xml_at(x, x->elements[element].start);
		return;
	}
	rule = &rules->rules[by];
	reason->by = COPL_ITS_BY_RULE;
	reason->at = rule->at;
	reason->selector = rule->selector.text;
	reason->builtin = rule->builtin;
}

void its_trace_node(struct copl_its_trace *trace,
    const struct copl_its_rules *rules, const struct copl_xml *x,
    uint32_t categories, const uint32_t *by, uint32_t element, uint32_t attr)
{
	size_t c;

	if (trace == NULL || element > trace->element ||
	    x->elements[element].next <= trace->element)
		return;
	if (attr != COPL_XML_NONE &&
	    (element != trace->element || attr != trace->attr))
		return;
	inherit(trace, element, attr);
	for (c = 0; c < COPL_ITS_CATEGORIES; c++)
		if ((categories & (1U << c)) != 0)
			set_reason(trace, rules, x, c, by[c], element);
}
