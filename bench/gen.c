/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gen PHRASES COUNT FOLDER: a consultation form of COUNT strings, its rules,
 * complete catalogs in six languages, and what is right: the same bytes on
 * every machine.  A file "done" is written last.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "gen.h"

static const char rules[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<its:rules xmlns:its=\"http://www.w3.org/2005/11/its\" version=\"2.0\">\n"
    "  <its:translateRule selector=\"/enquiry\" translate=\"no\"/>\n"
    "  <its:translateRule translate=\"yes\"\n"
    "    selector=\"//title | //p | //text | //hint | //choice\"/>\n"
    "  <its:translateRule selector=\"//open/@placeholder\""
    " translate=\"yes\"/>\n"
    "  <its:withinTextRule selector=\"//em | //strong | //a\""
    " withinText=\"yes\"/>\n"
    "  <its:langRule selector=\"//*[@xml:lang]\""
    " langPointer=\"@xml:lang\"/>\n"
    "</its:rules>\n";

static const char locating[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<locatingRules>\n"
    "  <locatingRule name=\"Form\" pattern=\"*.xml\">\n"
    "    <documentRule localName=\"enquiry\" target=\"form.its\"/>\n"
    "  </locatingRule>\n"
    "</locatingRules>\n";

void gen_rules(const char *folder)
{
	FILE *file = NULL;

	gen_folder(folder, "its");
	file = gen_open(folder, "its/form.its");
	fputs(rules, file);
	gen_close(file);
	file = gen_open(folder, "its/form.loc");
	fputs(locating, file);
	gen_close(file);
}

static void write_units(const struct form *form, size_t lang)
{
	struct buf name = {NULL, 0, 0};
	struct buf text = {NULL, 0, 0};
	FILE *file = NULL;

	buf_str(&name, "truth.");
	buf_str(&name, lang_name[lang]);
	file = gen_open(form->folder, name.at);
	for (size_t i = 0; i < form->units; i++) {
		const struct string *s = &form->string[form->unit[i]];

		phrases_compose(form->phrases, s->kind, s->seed, lang, &text);
		fprintf(file, "%s\n", text.at);
	}
	gen_close(file);
	buf_free(&name);
	buf_free(&text);
}

void gen_truth(const struct form *form)
{
	struct buf text = {NULL, 0, 0};
	FILE *file = gen_open(form->folder, "truth.ids");

	for (size_t i = 0; i < form->strings; i++) {
		const struct string *s = &form->string[i];

		phrases_compose(form->phrases, s->kind, s->seed, 0, &text);
		fprintf(file, "%s\n", text.at);
	}
	gen_close(file);
	buf_free(&text);
	for (size_t lang = 0; lang < LANGS; lang++)
		write_units(form, lang);
}

int main(int argc, char **argv)
{
	struct form form = {.phrases = NULL};
	struct phrases *phrases = NULL;
	char *end = NULL;
	unsigned long want = argc == 4 ? strtoul(argv[2], &end, 10) : 0;

	if (argc != 4 || *end != '\0' || want == 0 || want > 100000000)
		die("usage: gen PHRASES COUNT FOLDER");
	phrases = phrases_load(argv[1]);
	form.phrases = phrases;
	form.folder = argv[3];
	gen_rules(form.folder);
	gen_form(&form, want);
	gen_catalogs(&form);
	gen_truth(&form);
	gen_close(gen_open(form.folder, "done"));
	free(form.string);
	free(form.unit);
	free(form.table);
	phrases_free(phrases);
	return 0;
}
