/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer as it is stored: forms/schema/cop-answer.rnc, docs/answers.md. */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include "answers/answers_priv.h"

static void put_head(struct copl_strbuf *out, const struct copl_answer *a)
{
	char hour[COPL_INSTANT_SIZE];

	copl_instant_format(a->hour, hour);
	copl_strbuf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<answer xmlns=\"" COPL_ANSWER_NS "\"");
	copl_xml_put_named(out, "id", a->id);
	copl_xml_put_named(out, "form", a->form);
	copl_xml_put_named(out, "version", a->version);
	copl_strbuf_printf(out, " release=\"%" PRIu64 "\"", a->release);
	copl_xml_put_named(out, "lang", a->lang);
	copl_xml_put_named(out, "recipient", a->recipient);
	copl_xml_put_named(out, "draft", a->draft ? "yes" : NULL);
	copl_xml_put_named(out, "hour", hour);
	copl_strbuf_puts(out, ">\n");
}

/* One element for each code, so that readers need no other. */
static void put_value(
    struct copl_strbuf *out, const struct copl_answer_value *v)
{
	size_t i;

	for (i = 0; i < v->n; i++) {
		copl_strbuf_puts(out, "<value");
		copl_xml_put_named(out, "question", v->question->id);
		copl_xml_put_named(out, "part", v->part);
		copl_strbuf_puts(out, ">");
		copl_xml_put_text(out, v->codes[i], strlen(v->codes[i]));
		copl_strbuf_puts(out, "</value>\n");
	}
}

enum copl_status copl_answer_write(
    const struct copl_answer *a, struct copl_strbuf *out)
{
	size_t i;

	if (a->nfaults > 0 || a->refused || a->id == NULL)
		return COPL_E_BUG;
	put_head(out, a);
	for (i = 0; i < a->nvalues; i++)
		put_value(out, &a->values[i]);
	copl_strbuf_puts(out, "</answer>\n");
	return out->st;
}
