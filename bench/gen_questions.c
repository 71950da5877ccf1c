/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a project: every type of question in turn, in sections, with
   conditions on the questions before. */
#include "config.h"
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include "project.h"

#define ANSWER_NOTE "One of the answers to the question"
#define END_NOTE " note=\"One end of a scale\""
#define UNIT_NOTE " note=\"Behind a number\""
enum { NAME = 40, LONG = 160 };

struct writer {
	struct texts *texts;
	FILE *file;
	size_t question; /* how many there are by now */
	size_t one; /* the last choose-one with answers of its own; 0: none */
	size_t many; /* the last choose-many; 0: none */
	struct buf text;
};

/* Of the percent values 0 to 99, PERCENT say yes. */
static bool luck(struct writer *w, unsigned percent)
{
	return dice(&w->texts->dice) % 100 < percent;
}

/* <NAME ATTRS>text</NAME>, whose id is OWNER/PART. */
static void text_with(struct writer *w, const char *name, const char *attrs,
    const char *owner, const char *part, enum kind kind, const char *tail,
    size_t apart)
{
	texts_add(w->texts, owner, part, kind, tail, apart, &w->text);
	fprintf(
	    w->file, "      <%s%s>%s</%s>\n", name, attrs, w->text.at, name);
}

static void text(
    struct writer *w, const char *name, const char *owner, enum kind kind)
{
	text_with(w, name, "", owner, name, kind, "", 0);
}

/* <p>, or <item>, number N of OWNER. */
static void paragraph(struct writer *w, const char *name, const char *owner,
    size_t n, const char *tail)
{
	char part[NAME];

	snprintf(part, sizeof(part), "%s%zu", name, n);
	text_with(w, name, "", owner, part, KIND_P, tail, 0);
}

/* ---- answers ---- */

/* COUNT answers of OWNER, v1, v2 and so on, no two alike. */
static void answers(
    struct writer *w, const char *owner, size_t count, enum kind kind)
{
	for (size_t i = 0; i < count; i++) {
		char attrs[LONG];
		char value[NAME];

		snprintf(value, sizeof(value), "v%zu", i + 1);
		snprintf(attrs, sizeof(attrs),
		    " value=\"%s\" maxchars=\"160\" note=\"%s\"", value,
		    ANSWER_NOTE);
		text_with(w, "option", attrs, owner, value, kind, "", i);
	}
}

static void rows(struct writer *w, const char *owner, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char attrs[LONG];
		char id[NAME];

		snprintf(id, sizeof(id), "r%zu", i + 1);
		snprintf(attrs, sizeof(attrs), " id=\"%s\"", id);
		text_with(w, "row", attrs, owner, id, KIND_CHOICE, "", i);
	}
}

/* ---- types of questions ---- */

static void own_one(struct writer *w, const char *id)
{
	answers(w, id, 4, KIND_ANSWER);
	w->one = w->question;
	text(w, "error", id, KIND_HINT);
}

static void shared_one(struct writer *w, const char *id)
{
	(void)w;
	(void)id;
}

static void many(struct writer *w, const char *id)
{
	answers(w, id, 5, KIND_CHOICE);
	text_with(w, "option", " value=\"none\" exclusive=\"yes\"", id, "none",
	    KIND_ANSWER, "", 5);
	w->many = w->question;
	text(w, "error", id, KIND_HINT);
}

static void rating(struct writer *w, const char *id)
{
	text_with(w, "low", END_NOTE, id, "low", KIND_ANSWER, "", 0);
	text_with(w, "high", END_NOTE, id, "high", KIND_ANSWER, "", 1);
}

static void grid(struct writer *w, const char *id)
{
	rows(w, id, 4);
}

static void rank(struct writer *w, const char *id)
{
	answers(w, id, 5, KIND_CHOICE);
	text(w, "error", id, KIND_HINT);
}

static void plain(struct writer *w, const char *id)
{
	text(w, "error", id, KIND_HINT);
}

static void number(struct writer *w, const char *id)
{
	text_with(w, "unit", UNIT_NOTE, id, "unit", KIND_ANSWER, "", 0);
	text(w, "error", id, KIND_HINT);
}

static const struct type {
	const char *name;
	const char *attrs;
	void (*rest)(struct writer *w, const char *id);
} types[] = {
    {"choose-one", " required=\"yes\"", own_one},
    {"choose-many", " max=\"3\"", many},
    {"grid", " use=\"agree\"", grid},
    {"choose-one", " use=\"yes_no\" sensitive=\"yes\"", shared_one},
    {"rating", " from=\"0\" to=\"10\"", rating},
    {"rank", " top=\"3\"", rank},
    {"text", " lines=\"6\" maxlength=\"1000\"", plain},
    {"number", " min=\"0\" max=\"24\" step=\"1\"", number},
    {"date", " precision=\"month\" max=\"today\"", plain},
};
enum { TYPES = sizeof(types) / sizeof(types[0]) };

/* A condition on questions before, for four of ten that can have one. */
static void condition(struct writer *w)
{
	if (w->one == 0 || !luck(w, 40))
		return;
	if (w->many == 0 || luck(w, 40))
		fprintf(w->file, " when=\"q%zu = 'v1'\"", w->one);
	else if (luck(w, 50))
		fprintf(
		    w->file, " when=\"not(q%zu includes 'none')\"", w->many);
	else
		fprintf(w->file,
		    " when=\"q%zu includes 'v2' and (q%zu = 'v1' or q%zu ="
		    " 'v3')\"",
		    w->many, w->one, w->one);
}

static void question(struct writer *w)
{
	const struct type *type = &types[w->question % TYPES];
	char id[NAME];

	w->question++;
	snprintf(id, sizeof(id), "q%zu", w->question);
	fprintf(w->file, "    <%s id=\"%s\"%s", type->name, id, type->attrs);
	condition(w);
	fputs(">\n", w->file);
	text(w, "label", id, KIND_TEXT);
	if (luck(w, 50))
		text(w, "hint", id, KIND_HINT);
	type->rest(w, id);
	fprintf(w->file, "    </%s>\n", type->name);
}

static void note(struct writer *w, size_t number)
{
	char id[NAME];

	snprintf(id, sizeof(id), "n%zu", number);
	fprintf(w->file, "    <note id=\"%s\"", id);
	condition(w);
	fputs(">\n", w->file);
	paragraph(w, "p", id, 1, "");
	fputs("    </note>\n", w->file);
}

/* ---- the frame ---- */

static void about(struct writer *w)
{
	fputs("  <about>\n", w->file);
	text(w, "title", "about", KIND_TITLE);
	text(w, "summary", "about", KIND_P);
	fputs("    <opens at=\"2027-01-11T08:00:00Z\"/>\n"
	      "    <closes at=\"2027-03-31T12:00:00Z\"/>\n"
	      "    <audience min-age=\"10\" max-age=\"24\"/>\n"
	      "    <param name=\"contact\" type=\"email\"/>\n"
	      "    <param name=\"closes\" type=\"date\"/>\n"
	      "    <param name=\"keep_until\" type=\"date\"/>\n"
	      "    <param name=\"guardian_age\" type=\"number\"/>\n"
	      "    <link id=\"more\" href=\"https://more.example.org/\"/>\n",
	    w->file);
	text_with(
	    w, "contact", "", "about", "contact", KIND_P, " {contact}", 0);
	fputs("    <privacy keep-until=\"2027-12-31\">\n", w->file);
	paragraph(w, "p", "privacy", 1, "");
	fputs("      <bullets>\n", w->file);
	paragraph(w, "item", "privacy", 1, "");
	paragraph(w, "item", "privacy", 2, " {keep_until}");
	fputs("      </bullets>\n    </privacy>\n    <help>\n", w->file);
	paragraph(w, "p", "help", 1, "");
	paragraph(w, "p", "help", 2, "");
	fputs("    </help>\n  </about>\n", w->file);
}

static void shared_answers(struct writer *w)
{
	fputs("  <choices id=\"agree\" kind=\"ordinal\">\n", w->file);
	answers(w, "agree", 5, KIND_ANSWER);
	fputs("  </choices>\n  <choices id=\"yes_no\">\n", w->file);
	answers(w, "yes_no", 3, KIND_ANSWER);
	text_with(w, "option", " value=\"skip\" note=\"" ANSWER_NOTE "\"",
	    "yes_no", "skip", KIND_ANSWER, "", 3);
	fputs("  </choices>\n", w->file);
}

static void consent(struct writer *w, const char *by, const char *when)
{
	char id[NAME];

	snprintf(id, sizeof(id), "q%zu", ++w->question);
	fprintf(w->file,
	    "    <consent id=\"%s\" by=\"%s\" required=\"yes\"%s>\n", id, by,
	    when);
	text(w, "label", id, KIND_CHOICE);
	text(w, "error", id, KIND_HINT);
	fputs("    </consent>\n", w->file);
}

static void ages(struct writer *w, const char *id)
{
	static const unsigned from[] = {10, 13, 16, 18};

	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		char attrs[LONG];
		char value[NAME];

		snprintf(value, sizeof(value), "v%zu", i + 1);
		snprintf(attrs, sizeof(attrs),
		    " value=\"%s\" from-age=\"%u\" note=\"%s\"", value, from[i],
		    ANSWER_NOTE);
		text_with(w, "option", attrs, id, value, KIND_ANSWER, "", i);
	}
}

/* The section that every form begins with: questions 1 to 3. */
static void start(struct writer *w)
{
	fputs("  <section id=\"s0\">\n", w->file);
	text(w, "title", "s0", KIND_TITLE);
	fputs("    <intro>\n", w->file);
	paragraph(w, "p", "s0/intro", 1, " {closes}");
	paragraph(w, "p", "s0/intro", 2, " {guardian_age}");
	fputs("    </intro>\n"
	      "    <choose-one id=\"q1\" required=\"yes\">\n",
	    w->file);
	text(w, "label", "q1", KIND_TEXT);
	ages(w, "q1");
	text(w, "error", "q1", KIND_HINT);
	fputs("    </choose-one>\n", w->file);
	w->question = 1;
	consent(w, "guardian", " when=\"q1 lt guardian-age\"");
	consent(w, "participant", "");
	fputs("  </section>\n", w->file);
}

static void section(struct writer *w, size_t number, size_t last)
{
	char id[NAME];
	char intro[LONG];

	snprintf(id, sizeof(id), "s%zu", number);
	snprintf(intro, sizeof(intro), "%s/intro", id);
	fprintf(w->file, "  <section id=\"%s\">\n", id);
	text(w, "title", id, KIND_TITLE);
	fputs("    <intro>\n", w->file);
	paragraph(w, "p", intro, 1, "");
	fputs("    </intro>\n", w->file);
	while (w->question < last)
		question(w);
	note(w, number);
	fputs("  </section>\n", w->file);
}

void project_form(struct texts *texts, const char *folder, size_t count)
{
	struct writer w = {.texts = texts};
	size_t each = 4 + count / 60;

	gen_folder(folder, "forms");
	w.file = gen_open(folder, "forms/form.xml");
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<consultation xmlns=\"urn:cop-l10n:form:1\" id=\"form\""
	      " version=\"1\" xml:lang=\"en\">\n",
	    w.file);
	about(&w);
	shared_answers(&w);
	start(&w);
	for (size_t i = 1; w.question < count; i++)
		section(&w, i,
		    w.question + each < count ? w.question + each : count);
	fputs("  <thanks>\n", w.file);
	paragraph(&w, "p", "thanks", 1, "");
	fputs("  </thanks>\n</consultation>\n", w.file);
	gen_close(w.file);
	buf_free(&w.text);
}
