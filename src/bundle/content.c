/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/content.h"
#include "xml/xml.h"

static enum copl_status check_language(const struct copl_manifest_file *f,
    const char *said, size_t len, struct copl_reporter *r)
{
	if (f->lang == NULL ||
	    (strlen(f->lang) == len && memcmp(f->lang, said, len) == 0))
		return COPL_OK;
	copl_report(r, COPL_ERROR, "content-language",
	    (struct copl_place){f->path, 0, 0},
	    _("the manifest says that this is in %s, but the file says %.*s: "
	      "somebody would get a language that they do not read"),
	    f->lang, (int)(len < 40 ? len : 40), said);
	return COPL_E_INVALID;
}

static enum copl_status check_xml(const struct copl_manifest_file *f,
    const char *bytes, size_t len, struct copl_reporter *r)
{
	struct copl_xml *x = NULL;
	enum copl_status st =
	    copl_xml_read(bytes, len, f->path, COPL_XML_STRICT, r, &x);
	const char *said;
	uint32_t lang;
	size_t n;

	if (st != COPL_OK)
		return st;
	lang = copl_xml_find_attr(x, 0, COPL_XML_NS, "lang");
	if (lang != COPL_XML_NONE) {
		said = copl_xml_value(x, &x->attrs[lang], &n);
		st = check_language(f, said, n, r);
	}
	copl_xml_free(x);
	return st;
}

/* The pages of a release write <html lang="..."> so, and in their first
 * lines. */
static enum copl_status check_page(const struct copl_manifest_file *f,
    const char *bytes, size_t len, struct copl_reporter *r)
{
	static const char tag[] = "<html", attr[] = " lang=\"";
	const char *html = memmem(bytes, len, tag, sizeof(tag) - 1), *end,
		   *said;
	size_t n;

	if (html == NULL)
		return COPL_OK;
	end = memchr(html, '>', len - (size_t)(html - bytes));
	if (end == NULL)
		return COPL_OK;
	said = memmem(html, (size_t)(end - html), attr, sizeof(attr) - 1);
	if (said == NULL)
		return COPL_OK;
	said += sizeof(attr) - 1;
	for (n = 0; said + n < end && said[n] != '"';)
		n++;
	return check_language(f, said, n, r);
}

static enum copl_status check_text(const struct copl_manifest_file *f,
    const char *bytes, size_t len, struct copl_reporter *r)
{
	if (copl_utf8_valid(bytes, len) == len)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "content-encoding",
	    (struct copl_place){f->path, 0, 0},
	    _("this text is not in UTF-8, so letters would be shown wrong"));
	return COPL_E_INVALID;
}

static bool is_type(const struct copl_manifest_file *f, const char *type)
{
	size_t len = strlen(type);

	return strncmp(f->type, type, len) == 0 &&
	       (f->type[len] == '\0' || f->type[len] == ';');
}

enum copl_status copl_content_check(const struct copl_manifest_file *f,
    const char *bytes, size_t len, struct copl_reporter *r)
{
	enum copl_status st;

	if (is_type(f, "application/xml") || is_type(f, "text/xml"))
		return check_xml(f, bytes, len, r);
	if (strncmp(f->type, "text/", 5) != 0)
		return COPL_OK;
	st = check_text(f, bytes, len, r);
	if (st == COPL_OK && is_type(f, "text/html"))
		st = check_page(f, bytes, len, r);
	return st;
}
