/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gen_project PHRASES COUNT FOLDER OUTPUT...: a project with one form of COUNT
 * questions and one recipient who speaks six languages, its complete catalogs,
 * and what is right: the same bytes on every machine.  OUTPUT is xml, html or
 * another kind that the project file may have.  The interface is not written:
 * it is the one that is shipped.  A file "done" is written last.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "po.h"
#include "project.h"

/* As the project and its catalogs call what phrases.txt calls en, ar, zh... */
static const char *const tag[PROJECT_LANGS] = {
    "en", "ar", "zh-Hans", "fr", "ru", "es"};
static const char *const catalog_name[PROJECT_LANGS] = {
    NULL, "ar", "zh_CN", "fr", "ru", "es"};

static void project_file(
    struct texts *texts, const char *folder, int outputs, char **output)
{
	struct buf text = {NULL, 0, 0};
	FILE *file = gen_open(folder, "consultation.xml");

	texts_add(texts, "title", NULL, KIND_PROMPT, "", 0, &text);
	fprintf(file,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<project xmlns=\"urn:cop-l10n:project:1\" id=\"bench\""
	    " version=\"1\" xml:lang=\"en\">\n"
	    "  <title>%s</title>\n"
	    "  <languages>\n",
	    text.at);
	for (size_t i = 0; i < PROJECT_LANGS; i++)
		fprintf(file, "    <language tag=\"%s\" catalog=\"%s\"/>\n",
		    tag[i], i == 0 ? "en" : catalog_name[i]);
	fputs("  </languages>\n"
	      "  <interface src=\"forms/interface.xml\"/>\n"
	      "  <form src=\"forms/form.xml\"/>\n",
	    file);
	for (int i = 0; i < outputs; i++)
		fprintf(file, "  <output kind=\"%s\"/>\n", output[i]);
	texts_add(texts, PARTNER, "name", KIND_PROMPT, "", 1, &text);
	fprintf(file,
	    "  <recipient id=\"" PARTNER "\" kind=\"partner\""
	    " languages=\"ar zh-Hans en fr ru es\"\n"
	    "             guardian-age=\"" GUARDIAN_AGE "\" zone=\"UTC\">\n"
	    "    <name>%s</name>\n"
	    "    <contact email=\"" CONTACT "\"/>\n"
	    "    <safeguarding email=\"" CONTACT "\" role=\"Care\"/>\n"
	    "    <helpline href=\"https://helpline.example.org/\"/>\n"
	    "    <responses href=\"https://answers.example.org/\"/>\n"
	    "    <pickup by=\"zip\"/>\n"
	    "  </recipient>\n"
	    "</project>\n",
	    text.at);
	gen_close(file);
	buf_free(&text);
}

static void catalog(
    const struct texts *texts, FILE *file, const char *master, size_t lang)
{
	struct buf text = {NULL, 0, 0};

	po_header(file, catalog_name[lang], lang);
	for (size_t i = 0; i < texts->n; i++) {
		const struct unit *unit = &texts->unit[i];

		fprintf(file, "\n#: %s#%s\n", master, unit->id);
		if (*unit->tail != '\0')
			fputs("#, python-brace-format\n", file);
		fprintf(file, "msgctxt \"%s\"\n", unit->id);
		texts_get(texts, i, 0, SHAPE_CATALOG, &text);
		po_field(file, "msgid", text.at);
		texts_get(texts, i, lang, SHAPE_CATALOG, &text);
		po_field(file, "msgstr", text.at);
	}
	buf_free(&text);
}

/* po/NAME/LANG.po of every language but the master's. */
static void catalogs(const struct texts *texts, const char *folder,
    const char *name, const char *master)
{
	struct buf path = {NULL, 0, 0};

	buf_str(&path, "po/");
	buf_str(&path, name);
	gen_folder(folder, "po");
	gen_folder(folder, path.at);
	for (size_t lang = 1; lang < PROJECT_LANGS; lang++) {
		FILE *file = NULL;

		buf_clear(&path);
		buf_str(&path, "po/");
		buf_str(&path, name);
		buf_str(&path, "/");
		buf_str(&path, catalog_name[lang]);
		buf_str(&path, ".po");
		file = gen_open(folder, path.at);
		catalog(texts, file, master, lang);
		gen_close(file);
	}
	buf_free(&path);
}

/* truth.ids, what template and catalogs hold; truth.TAG, a line for each text
   of the form; truth.names, its id; truth.outputs, the kinds of outputs. */
static void truth(
    const struct texts *form, const char *folder, int outputs, char **output)
{
	struct buf text = {NULL, 0, 0};
	struct buf name = {NULL, 0, 0};
	FILE *ids = gen_open(folder, "truth.ids");
	FILE *names = gen_open(folder, "truth.names");
	FILE *file = gen_open(folder, "truth.outputs");

	for (int i = 0; i < outputs; i++)
		fprintf(file, "%s\n", output[i]);
	gen_close(file);
	for (size_t i = 0; i < form->n; i++) {
		texts_get(form, i, 0, SHAPE_CATALOG, &text);
		fprintf(ids, "%s\4%s\n", form->unit[i].id, text.at);
		fprintf(names, "%s\n", form->unit[i].id);
	}
	gen_close(ids);
	gen_close(names);
	for (size_t lang = 0; lang < PROJECT_LANGS; lang++) {
		buf_clear(&name);
		buf_str(&name, "truth.");
		buf_str(&name, tag[lang]);
		file = gen_open(folder, name.at);
		for (size_t i = 0; i < form->n; i++) {
			texts_get(form, i, lang, SHAPE_RESULT, &text);
			fprintf(file, "%s\n", text.at);
		}
		gen_close(file);
	}
	buf_free(&name);
	buf_free(&text);
}

int main(int argc, char **argv)
{
	char *end = NULL;
	unsigned long count = argc > 4 ? strtoul(argv[2], &end, 10) : 0;
	struct phrases *phrases = NULL;
	struct texts project = {.dice = 11};
	struct texts form = {.dice = 13};

	if (argc < 5 || *end != '\0' || count < 12 || count > 10000)
		die("usage: gen_project PHRASES COUNT FOLDER OUTPUT..., "
		    "COUNT from 12 to 10000");
	project.phrases = form.phrases = phrases = phrases_load(argv[1]);
	project_file(&project, argv[3], argc - 4, argv + 4);
	project_form(&form, argv[3], count);
	catalogs(&project, argv[3], "consultation", "consultation.xml");
	catalogs(&form, argv[3], "form", "forms/form.xml");
	truth(&form, argv[3], argc - 4, argv + 4);
	gen_close(gen_open(argv[3], "done"));
	texts_free(&project);
	texts_free(&form);
	phrases_free(phrases);
	return 0;
}
