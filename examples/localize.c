/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A notice in memory becomes Arabic and Russian; docs/api.md tells how. */
#include <stdio.h>
#include <string.h>
#include <copl10n.h>

static const char notice[] =
    "<notice xml:lang=\"en\" dir=\"ltr\""
    " xmlns:its=\"http://www.w3.org/2005/11/its\">\n"
    "  <title xml:id=\"title\">Your answers</title>\n"
    "  <p xml:id=\"ask\" its:locNote=\"The sign on our door says the same.\">"
    "Ask <b class=\"team\" its:withinText=\"yes\">the youth team</b>.</p>\n"
    "</notice>\n";

/* clang-format off */
#define HEADER(language) \
	"msgid \"\"\n" \
	"msgstr \"\"\n" \
	"\"Language: " language "\\n\"\n" \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
#define MESSAGE(id, source, translation) \
	"msgctxt \"" id "\"\n" \
	"msgid \"" source "\"\n" \
	"msgstr \"" translation "\"\n\n"

static const char arabic[] =
	HEADER("ar")
	MESSAGE("title", "Your answers", "إجاباتك")
	MESSAGE("ask", "Ask <b>the youth team</b>.", "اسأل <b>فريق الشباب</b>.");
static const char russian[] =
	HEADER("ru")
	MESSAGE("title", "Your answers", "Ваши ответы")
	MESSAGE("ask", "Ask <b>the youth team</b>.",
		"Спросите <b>молодёжную группу</b>.");
/* Here the translator has lost a tag. */
static const char wrong[] =
	HEADER("ru")
	MESSAGE("title", "Your answers", "Ваши ответы")
	MESSAGE("ask", "Ask <b>the youth team</b>.", "Спросите у нас.");
/* clang-format on */

static void on_finding(void *arg, const struct copl_diag *d)
{
	(void)arg;
	printf("%s:%zu:%zu: %s [%s]\n", d->file, d->line, d->column, d->text,
	    d->code);
}

static const struct copl_sink sink = {.diag = on_finding};

static void print_texts(const struct copl_document *document)
{
	struct copl_text t;
	size_t i;

	for (i = 0; copl_document_text(document, i, &t); i++)
		printf("line %zu, %s: %s\n", t.line, t.id, t.text);
}

static enum copl_status print_template(const struct copl_document *document)
{
	struct copl_bytes pot;
	enum copl_status st = copl_document_template(document, NULL, &pot);

	if (st != COPL_OK)
		return st;
	/* The header is the same for all; the texts stand behind it. */
	printf("\n%s", strstr(pot.data, "\n\n") + 2);
	copl_bytes_free(&pot);
	return COPL_OK;
}

static enum copl_status print_localized(const struct copl_document *document,
    const char *name, const char *catalog, size_t len)
{
	struct copl_po *po = NULL;
	struct copl_bytes out = {0};
	enum copl_status st = copl_po_read(catalog, len, name, &sink, &po);

	if (st == COPL_OK)
		st = copl_document_localize(document, po, &sink, &out);
	if (st == COPL_OK)
		printf("\n%s", out.data);
	copl_bytes_free(&out);
	copl_po_free(po);
	return st;
}

int main(void)
{
	struct copl_document *document = NULL;
	enum copl_status st = copl_document_read(
	    notice, sizeof(notice) - 1, "notice.xml", NULL, &sink, &document);

	if (st != COPL_OK)
		return 1;
	print_texts(document);
	st = print_template(document);
	if (st == COPL_OK)
		st = print_localized(
		    document, "ar.po", arabic, sizeof(arabic) - 1);
	if (st == COPL_OK)
		st = print_localized(
		    document, "ru.po", russian, sizeof(russian) - 1);
	printf("\n");
	if (st == COPL_OK && print_localized(document, "wrong.po", wrong,
				 sizeof(wrong) - 1) != COPL_E_INVALID)
		st = COPL_E_BUG;
	copl_document_free(document);
	return st == COPL_OK ? 0 : 1;
}
