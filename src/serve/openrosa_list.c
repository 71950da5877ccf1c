/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/language.h"
#include "serve/openrosa.h"

/* Of one form; a project has at most so many. */
#define LANGUAGES_MAX 200
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const struct copl_odk_name *first_named(const struct copl_odk_about *a)
{
	size_t i;

	for (i = 0; i < a->nnames; i++)
		if (a->names[i].name != NULL)
			return &a->names[i];
	return NULL;
}

/* What a client asks for, once for all forms. */
struct wish {
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	size_t n;
};

/* The name in the language asked for, else in the form's first. */
static struct copl_odk_name name_for(
    const struct copl_odk_about *a, const struct wish *wish)
{
	const char *tags[LANGUAGES_MAX];
	const struct copl_odk_name *n;
	size_t i, chosen;

	for (i = 0; i < a->nnames && i < COPL_COUNT(tags); i++)
		tags[i] = a->names[i].name == NULL || a->names[i].lang == NULL
			      ? ""
			      : a->names[i].lang;
	chosen = copl_language_lookup(wish->ranges, wish->n, tags, i);
	n = chosen < i ? &a->names[chosen] : first_named(a);
	if (n != NULL)
		return *n;
	return (struct copl_odk_name){.name = a->title};
}

static void put_element(
    struct copl_strbuf *out, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	copl_strbuf_printf(out, "    <%s>", name);
	copl_xml_put_text(out, value, strlen(value));
	copl_strbuf_printf(out, "</%s>\n", name);
}

static void put_form(struct copl_strbuf *out,
    const struct copl_openrosa_form *f, const struct copl_openrosa_ask *ask,
    const struct copl_odk_name *name)
{
	copl_strbuf_puts(out, "  <xform>\n");
	put_element(out, "formID", f->about.id);
	put_element(out, "name", name->name);
	put_element(out, "version", f->about.version);
	copl_strbuf_printf(out, "    <hash>md5:%s</hash>\n", f->md5);
	if (ask->verbose)
		put_element(out, "descriptionText", name->summary);
	copl_strbuf_puts(out, "    <downloadUrl>");
	copl_xml_put_text(out, ask->base, strlen(ask->base));
	copl_strbuf_printf(
	    out, "/forms/%s.xml</downloadUrl>\n  </xform>\n", f->about.id);
}

static bool is_listed(const struct copl_strbuf *list, const char *lang)
{
	const char *s = copl_strbuf_text(list);
	size_t len = strlen(lang);

	while (*s != '\0') {
		size_t n = strcspn(s, ",");

		if (n == len && memcmp(s, lang, len) == 0)
			return true;
		s += n;
		s += strspn(s, ", ");
	}
	return false;
}

static void note_language(struct copl_strbuf *list, const char *lang)
{
	if (lang == NULL || !copl_shape_is_tag(lang) || is_listed(list, lang))
		return;
	copl_strbuf_puts(list, list->len > 0 ? ", " : "");
	copl_strbuf_puts(list, lang);
}

enum copl_status copl_openrosa_list(const struct copl_openrosa *o,
    const struct copl_openrosa_ask *ask, struct copl_strbuf *out,
    struct copl_strbuf *languages)
{
	struct wish wish = {.n = 0};
	size_t i;

	if (ask->accept_language != NULL)
		wish.n =
		    copl_language_ranges(ask->accept_language, wish.ranges);
	copl_strbuf_puts(out,
	    HEAD "<xforms xmlns=\"http://openrosa.org/xforms/xformsList\">\n");
	for (i = 0; i < o->nforms; i++) {
		const struct copl_openrosa_form *f = &o->forms[i];
		struct copl_odk_name name;

		if (ask->id != NULL && strcmp(ask->id, f->about.id) != 0)
			continue;
		name = name_for(&f->about, &wish);
		put_form(out, f, ask, &name);
		note_language(languages, name.lang);
	}
	copl_strbuf_puts(out, "</xforms>\n");
	return out->st != COPL_OK ? out->st : languages->st;
}

enum copl_status copl_openrosa_manifest(struct copl_strbuf *out)
{
	copl_strbuf_puts(out, HEAD
	    "<manifest xmlns=\"http://openrosa.org/xforms/xformsManifest\">"
	    "</manifest>\n");
	return out->st;
}
