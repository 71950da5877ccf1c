/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms in a folder of a release against the truth beside the project:
 * every text of the XML, in its order; and in pages and the form for apps the
 * text of each question, hint, error and answer of its own, at its place.
 */
#include "config.h"
#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "check.h"

static const char *const tag[] = {"ar", "zh-Hans", "en", "fr", "ru", "es"};
enum { TAGS = sizeof(tag) / sizeof(tag[0]) };

/* ---- what stands where ---- */

struct place {
	char *name;
	char *text;
};

struct places {
	struct place *list;
	size_t n;
};

static char *copy(const char *text)
{
	struct buf buf = {NULL, 0, 0};

	buf_add(&buf, text, strlen(text));
	return buf.at;
}

static void add_place(struct places *all, const char *name, const char *text)
{
	if (all->n % 1024 == 0)
		all->list =
		    grow(all->list, all->n + 1024, sizeof(struct place));
	all->list[all->n++] = (struct place){copy(name), copy(text)};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(
	    ((const struct place *)a)->name, ((const struct place *)b)->name);
}

static const char *text_at(const struct places *all, const char *name)
{
	const struct place want = {(char *)(uintptr_t)name, NULL};
	const struct place *found =
	    all->n == 0
		? NULL
		: bsearch(&want, all->list, all->n, sizeof(want), by_name);

	return found == NULL ? NULL : found->text;
}

static void free_places(struct places *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->list[i].name);
		free(all->list[i].text);
	}
	free(all->list);
	*all = (struct places){NULL, 0};
}

/* Empty when there is none; the parent of the root is no element. */
static const char *attribute(const xmlNode *n, const char *name)
{
	if (n->type != XML_ELEMENT_NODE)
		return "";
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, name) == 0 &&
		    a->children != NULL)
			return (const char *)a->children->content;
	return "";
}

static void add_text(const xmlNode *n, struct buf *out)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (c->type == XML_TEXT_NODE)
			buf_str(out, (const char *)c->content);
		else
			add_text(c, out);
}

static void take_place(struct places *all, const char *name, const xmlNode *n)
{
	struct buf text = {NULL, 0, 0};

	buf_add(&text, "", 0);
	add_text(n, &text);
	add_place(all, name, text.at);
	buf_free(&text);
}

/* Is N the text of the question around it? */
static bool is_question_text(const xmlNode *n)
{
	const char *name = (const char *)n->name;
	const char *parent = attribute(n->parent, "id");

	return strncmp(parent, "q-", 2) == 0 &&
	       (strcmp(name, "legend") == 0 || strcmp(name, "label") == 0) &&
	       xmlPreviousElementSibling((xmlNode *)(uintptr_t)n) == NULL;
}

/* Names the box that a consent is given in, "o-q2-yes", as its question. */
static void box_name(const char *box, struct buf *name)
{
	size_t len = strlen(box);

	buf_clear(name);
	buf_str(name, box);
	if (len > 6 && strcmp(box + len - 4, "-yes") == 0) {
		buf_clear(name);
		buf_str(name, "q");
		buf_add(name, box + 1, len - 5);
	}
}

/* In a page: by its id, its parent's, or that of the box it belongs to. */
static void page_places(const xmlNode *n, struct places *all)
{
	struct buf box = {NULL, 0, 0};

	for (n = n->children; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (is_question_text(n))
			take_place(all, attribute(n->parent, "id"), n);
		box_name(attribute(n, "for"), &box);
		if (box.len > 0)
			take_place(all, box.at, n);
		else if (strchr("ehrt", *attribute(n, "id")) != NULL &&
			 *attribute(n, "id") != '\0')
			take_place(all, attribute(n, "id"), n);
		page_places(n, all);
	}
	buf_free(&box);
}

/* The place of text ID in a page; empty when it has none of its own. */
static void page_name(const char *id, struct buf *name)
{
	static const char *const part[][2] = {
	    {"label", "q-"}, {"hint", "h-"}, {"error", "e-"}, {"title", "t-"}};
	const char *slash = strchr(id, '/');

	buf_clear(name);
	buf_add(name, "", 0);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (strcmp(slash + 1, part[i][0]) == 0) {
			buf_str(name, part[i][1]);
			buf_add(name, id, (size_t)(slash - id));
			return;
		}
	if (slash[1] != 'v' && slash[1] != 'r')
		return;
	buf_str(name, slash[1] == 'r' ? "r-" : "o-");
	buf_add(name, id, (size_t)(slash - id));
	buf_str(name, "-");
	buf_str(name, slash + 1);
}

/* ---- comparing ---- */

/* XML text without its tags and entities. */
static void plain(const char *text, struct buf *out)
{
	buf_clear(out);
	buf_add(out, "", 0);
	for (; *text != '\0'; text++)
		if (*text == '<') {
			text = strchr(text, '>');
		} else {
			buf_add(out, text, 1);
			if (strncmp(text, "&amp;", 5) == 0)
				text += 4;
		}
}

/* What apps have and a text has not: marks of emphasis, and the address of a
   link, "[word](https://...)" or "word (https://...)"; its length at TEXT. */
static size_t app_mark(const char *text)
{
	const char *open = text + (*text == ' ' || *text == ']');
	const char *end = *open == '(' ? strchr(open, ')') : NULL;
	const char *address = end == NULL ? NULL : strstr(open, "https://");

	if (address != NULL && address < end)
		return (size_t)(end + 1 - text);
	return *text != '\0' && strchr("*[\\", *text) != NULL;
}

/* Whether FOUND begins with WANT; marks of apps in it do not count. */
static bool begins(const char *found, const char *want)
{
	size_t mark = 0;

	while (*want != '\0')
		if ((mark = app_mark(found)) > 0)
			found += mark;
		else if (*found++ != *want++)
			return false;
	return true;
}

/* FOLDER/truth.NAME into LINES. */
static void load(struct buf *lines, const char *folder, const char *name)
{
	struct buf path = {NULL, 0, 0};

	buf_str(&path, folder);
	buf_str(&path, "/truth.");
	buf_str(&path, name);
	buf_load(lines, path.at);
	buf_free(&path);
}

/* Each text of a question or a section that has a place of its own.  APP:
   places are called as the texts are. */
static void compare(struct verdict *verdict, const struct places *all,
    char *names, char *texts, bool app)
{
	struct buf name = {NULL, 0, 0};
	struct buf want = {NULL, 0, 0};

	for (const char *id = next_line(&names); id != NULL;
	     id = next_line(&names)) {
		const char *text = next_line(&texts);
		const char *found = NULL;

		page_name(id, &name);
		if (text == NULL || strchr("qs", *id) == NULL || !name.len)
			continue;
		found = text_at(all, app ? id : name.at);
		plain(text, &want);
		verdict->all++;
		if (found != NULL && begins(found, want.at))
			continue;
		verdict->wrong++;
		show("expected", want.at);
		show("found", found == NULL ? "nothing" : found);
	}
	buf_free(&name);
	buf_free(&want);
}

/* ---- files ---- */

/* <text id="q1/label"> in the <translation> of LANG, "Français (fr)". */
static void app_places(
    const xmlNode *n, const char *lang, bool inside, struct places *all)
{
	for (n = n->children; n != NULL; n = n->next) {
		const char *name = (const char *)n->name;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (inside && strcmp(name, "text") == 0)
			take_place(all, attribute(n, "id"), n);
		else
			app_places(n, lang,
			    strcmp(name, "translation") == 0
				? strstr(attribute(n, "lang"), lang) != NULL
				: inside,
			    all);
	}
}

static xmlDocPtr read_file(const char *path, bool app)
{
	if (app)
		return xmlReadFile(path, NULL,
		    XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR |
			XML_PARSE_NOWARNING);
	return htmlReadFile(path, "UTF-8",
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
}

/* A page, or the form for apps, in LANG. */
static void check_places(struct verdict *verdict, const char *folder,
    const char *lang, const char *path, bool app)
{
	struct buf names = {NULL, 0, 0};
	struct buf texts = {NULL, 0, 0};
	struct buf mark = {NULL, 0, 0};
	struct places all = {NULL, 0};
	xmlDocPtr doc = read_file(path, app);

	buf_str(&mark, "(");
	buf_str(&mark, lang);
	buf_str(&mark, ")");
	load(&names, folder, "names");
	load(&texts, folder, lang);
	if (doc == NULL)
		show("not well-formed, or not there", path);
	else if (app)
		app_places((const xmlNode *)doc, mark.at, false, &all);
	else
		page_places((const xmlNode *)doc, &all);
	if (all.n > 0)
		qsort(all.list, all.n, sizeof(*all.list), by_name);
	compare(verdict, &all, names.at, texts.at, app);
	xmlFreeDoc(doc);
	free_places(&all);
	buf_free(&mark);
	buf_free(&names);
	buf_free(&texts);
}

static void check_output(struct verdict *verdict, const char *folder,
    const char *release, const char *lang, const char *output)
{
	struct buf path = {NULL, 0, 0};
	struct buf truth = {NULL, 0, 0};
	bool app = strcmp(output, "odk") == 0;

	buf_str(&path, release);
	buf_str(&path, "/form.");
	buf_str(&path, app ? "odk.xml" : lang);
	buf_str(&path, app ? "" : ".");
	buf_str(&path, app ? "" : output);
	buf_str(&truth, folder);
	buf_str(&truth, "/truth.");
	buf_str(&truth, lang);
	if (app || strcmp(output, "html") == 0)
		check_places(verdict, folder, lang, path.at, app);
	else
		check_units(verdict, truth.at, path.at);
	buf_free(&path);
	buf_free(&truth);
}

void check_release(
    struct verdict *verdict, const char *folder, const char *release)
{
	struct buf outputs = {NULL, 0, 0};
	char *rest = NULL;

	load(&outputs, folder, "outputs");
	rest = outputs.at;
	for (const char *output = next_line(&rest); output != NULL;
	     output = next_line(&rest))
		for (size_t i = 0; i < TAGS; i++)
			check_output(verdict, folder, release, tag[i], output);
	buf_free(&outputs);
}
