/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogs: complete, one reference an entry. */
#include "config.h"
#include "gen.h"
#include "po.h"

static void catalog(const struct form *form, size_t lang)
{
	struct buf text = {NULL, 0, 0};
	FILE *file = NULL;

	buf_str(&text, lang_name[lang]);
	buf_str(&text, ".po");
	file = gen_open(form->folder, text.at);
	po_header(file, lang_name[lang], lang);
	for (size_t i = 0; i < form->strings; i++) {
		const struct string *s = &form->string[i];

		fprintf(file, "\n#: form.xml:%u\n", (unsigned)s->line);
		phrases_compose(form->phrases, s->kind, s->seed, 0, &text);
		po_field(file, "msgid", text.at);
		phrases_compose(form->phrases, s->kind, s->seed, lang, &text);
		po_field(file, "msgstr", text.at);
	}
	gen_close(file);
	buf_free(&text);
}

void gen_catalogs(const struct form *form)
{
	for (size_t lang = 1; lang < LANGS; lang++)
		catalog(form, lang);
}
