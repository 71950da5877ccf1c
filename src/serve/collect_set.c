/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a set can be collected: its forms, and the pages that go back. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "serve/collect_priv.h"

#define RULES ".xml"

bool collect_text_is(struct collect_text t, const char *want)
{
	if (t.s == NULL || want == NULL)
		return t.s == NULL && want == NULL;
	return strlen(want) == t.len && memcmp(t.s, want, t.len) == 0;
}

/* ---- looking up ---- */

const struct collect_form *collect_set_find(const struct collect_set *set,
    struct collect_text form, struct collect_text recipient)
{
	const struct collect_form *found = NULL;
	size_t i;

	for (i = 0; i < set->nforms; i++) {
		const struct collect_form *f = &set->forms[i];

		if (!collect_text_is(form, f->id))
			continue;
		if (collect_text_is(recipient, f->recipient))
			return f;
		if (recipient.s != NULL)
			continue;
		if (found != NULL)
			return NULL;
		found = f;
	}
	return found;
}

struct collect_page *collect_set_page(const struct collect_set *set,
    const char *path, const struct collect_form **form)
{
	size_t i, k;

	for (i = 0; i < set->nforms; i++) {
		const struct collect_form *f = &set->forms[i];

		if (strncmp(path, f->folder, strlen(f->folder)) != 0)
			continue;
		for (k = 0; k < f->npages; k++) {
			struct collect_page *p = &f->pages[k];

			if (p->page.path == NULL ||
			    strcmp(p->page.path, path) != 0)
				continue;
			*form = f;
			return p;
		}
	}
	return NULL;
}

struct collect_page *collect_form_page(
    const struct collect_form *f, struct collect_text lang)
{
	size_t i;

	for (i = 0; i < f->npages; i++)
		if (collect_text_is(lang, f->pages[i].lang))
			return f->pages[i].page.path == NULL ? NULL
							     : &f->pages[i];
	return NULL;
}

bool collect_set_strays(const struct collect_set *set, const char *path,
    const struct collect_form *f)
{
	struct collect_text first = {path, strcspn(path, "/")};
	size_t i;

	if (collect_text_is(first, f->recipient))
		return false;
	for (i = 0; i < set->nforms; i++)
		if (set->forms[i].recipient != NULL &&
		    collect_text_is(first, set->forms[i].recipient))
			return true;
	return false;
}

enum collect_time collect_time_of(const struct collect_form *f, int64_t now)
{
	const struct copl_form *typed = copl_answer_form_typed(f->rules);

	if (now >= typed->closes.seconds)
		return COLLECT_CLOSED;
	if (typed->opens != NULL && now < typed->opens->seconds)
		return COLLECT_SOON;
	return COLLECT_OPEN;
}

/* ---- slots ---- */

/* Will they be the same when they are read once more? */
static bool is_for_good(enum copl_status st)
{
	return st != COPL_OK && st != COPL_E_NOMEM && st != COPL_E_IO &&
	       st != COPL_E_NOTFOUND;
}

/* With the lock of the set. */
static struct copl_slots *read_slots(const struct serving *s,
    const struct shelf *shelf, struct collect_page *page)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_slots *slots = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, page->slots_missed ? NULL : s->sink);
	st = shelf_read(shelf, &page->slots_file, &r, &bytes);
	if (st == COPL_OK)
		st = copl_slots_read(copl_strbuf_text(&bytes), bytes.len,
		    page->slots_file.path, &r, &slots);
	(void)!copl_reporter_end(&r, st);
	copl_strbuf_clear(&bytes);
	page->slots_missed = st != COPL_OK && st != COPL_E_NOMEM;
	atomic_store(&page->slots_useless, is_for_good(st));
	return st == COPL_OK ? slots : NULL;
}

const struct copl_slots *collect_page_slots(const struct serving *s,
    const struct shelf *shelf, struct collect_page *page)
{
	struct copl_slots *slots =
	    atomic_load_explicit(&page->slots, memory_order_acquire);

	if (slots != NULL || page->slots_file.path == NULL ||
	    atomic_load(&page->slots_useless))
		return slots;
	pthread_mutex_lock(&shelf->collect->lock);
	slots = atomic_load(&page->slots);
	if (slots == NULL && !atomic_load(&page->slots_useless)) {
		slots = read_slots(s, shelf, page);
		atomic_store_explicit(
		    &page->slots, slots, memory_order_release);
	}
	pthread_mutex_unlock(&shelf->collect->lock);
	return slots;
}

/* ---- reading a set ---- */

struct loading {
	const struct serving *s;
	struct shelf *shelf;
	struct collect_set *set;
	struct copl_reporter *r;
	struct collect_page *pages; /* room for the pages of all forms */
	size_t npages;
};

/* The first error, for a sentence that says why. */
struct reason {
	char text[400];
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct reason *w = arg;

	if (w->text[0] != '\0' || d->severity != COPL_ERROR)
		return;
	snprintf(w->text, sizeof(w->text), "%s", d->text);
	w->text[copl_utf8_valid(w->text, strlen(w->text))] = '\0';
}

static void leave_out(
    struct loading *d, const struct shelf_item *rules, const char *why)
{
	const char *path =
	    copl_path_join(d->set->arena, d->shelf->folder, rules->path);

	if (path == NULL)
		d->r->nomem = true;
	copl_report(d->r, COPL_WARNING, "collect-form",
	    (struct copl_place){path, 0, 0},
	    _("answers to this form cannot be taken here: %s"), why);
}

/* Is it the localized form of its language: "africa/youth.ar.xml"? */
static bool is_rules(const struct shelf_item *i)
{
	char name[COPL_GATE_PATH_SIZE];

	if (i->form == NULL || i->lang == NULL)
		return false;
	snprintf(name, sizeof(name), "%s.%s" RULES, i->form, i->lang);
	return strcmp(copl_path_name(i->path), name) == 0;
}

/* The file beside the rules that ends so; no path: it is not there. */
static void beside(const struct loading *d, const struct shelf_item *rules,
    const char *ending, struct shelf_item *out)
{
	size_t stem = strlen(rules->path) - (sizeof(RULES) - 1);
	char path[COPL_GATE_PATH_SIZE + 20];

	snprintf(path, sizeof(path), "%.*s%s", (int)stem, rules->path, ending);
	if (!shelf_find(d->shelf, path, out))
		out->path = NULL;
}

static void find_pages(const struct loading *d, const struct shelf_item *rules,
    struct collect_page *out)
{
	out->lang = rules->lang;
	beside(d, rules, ".html", &out->page);
	beside(d, rules, ".slots.xml", &out->slots_file);
	beside(d, rules, ".sent.html", &out->sent);
	beside(d, rules, ".soon.html", &out->soon);
	beside(d, rules, ".closed.html", &out->closed);
}

/* Why a page that can be filled in cannot be answered; NULL: it can. */
static const char *lack(const struct collect_page *p)
{
	if (p->page.path == NULL)
		return NULL;
	if (p->slots_file.path == NULL || p->sent.path == NULL ||
	    p->closed.path == NULL ||
	    (copl_answer_form_typed(p->rules)->opens != NULL &&
		p->soon.path == NULL))
		return _("its release has no pages to answer with; have one "
			 "built that sends answers here");
	return NULL;
}

/* NULL in out->rules: it was said why. */
static enum copl_status read_rules(
    struct loading *d, const struct shelf_item *rules, struct collect_page *out)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct reason why = {{0}};
	const struct copl_sink sink = {on_diag, NULL, &why};
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, &sink);
	st = shelf_read(d->shelf, rules, &quiet, &bytes);
	if (st == COPL_OK)
		st = copl_answer_form_read(copl_strbuf_text(&bytes), bytes.len,
		    rules->path, COPL_GUARDIAN_AGE_OF_FORM, &quiet,
		    &out->rules);
	st = copl_reporter_end(&quiet, st);
	copl_strbuf_clear(&bytes);
	if (st == COPL_OK || st == COPL_E_NOMEM)
		return st;
	out->rules = NULL;
	leave_out(d, rules,
	    why.text[0] == '\0' ? _("its rules cannot be read") : why.text);
	return COPL_OK;
}

/* The folder of a path with its slash, "" for none. */
static const char *folder_of(struct copl_arena *a, const char *path)
{
	return copl_arena_strndup(
	    a, path, (size_t)(copl_path_name(path) - path));
}

static const char *recipient_of(const struct loading *d, const char *path)
{
	const struct copl_manifest *m = d->shelf->manifest;
	const struct copl_manifest_file *f = copl_manifest_find(m, path);

	return f != NULL && f->recipient != NULL ? f->recipient : m->recipient;
}

/* Files are sorted, so those of a form stand one behind the other. */
static struct collect_form *last_form(
    const struct loading *d, const struct shelf_item *rules)
{
	struct collect_form *f =
	    d->set->nforms == 0 ? NULL : &d->set->forms[d->set->nforms - 1];
	size_t len = (size_t)(copl_path_name(rules->path) - rules->path);

	if (f == NULL || strcmp(f->id, rules->form) != 0 ||
	    strlen(f->folder) != len ||
	    memcmp(f->folder, rules->path, len) != 0)
		return NULL;
	return f;
}

static enum copl_status begin_form(struct loading *d,
    const struct shelf_item *rules, struct collect_form **out)
{
	struct collect_form *f = &d->set->forms[d->set->nforms];

	f->id = rules->form;
	f->recipient = recipient_of(d, rules->path);
	f->folder = folder_of(d->set->arena, rules->path);
	f->pages = &d->pages[d->npages];
	f->rules = f->pages[0].rules;
	if (f->folder == NULL)
		return COPL_E_NOMEM;
	d->set->nforms++;
	*out = f;
	return COPL_OK;
}

static enum copl_status add_page(
    struct loading *d, const struct shelf_item *rules)
{
	struct collect_form *f = last_form(d, rules);
	enum copl_status st = COPL_OK;

	if (f == NULL)
		st = begin_form(d, rules, &f);
	if (st != COPL_OK)
		return st;
	f->npages++;
	d->npages++;
	return COPL_OK;
}

static enum copl_status add(struct loading *d, const struct shelf_item *rules)
{
	struct collect_page *page = &d->pages[d->npages];
	enum copl_status st = read_rules(d, rules, page);
	const char *why;

	if (st != COPL_OK || page->rules == NULL)
		return st;
	find_pages(d, rules, page);
	why = lack(page);
	if (why == NULL)
		st = add_page(d, rules);
	else
		leave_out(d, rules, why);
	if (why == NULL && st == COPL_OK)
		return st;
	copl_answer_form_free(page->rules);
	memset(page, 0, sizeof(*page));
	return st;
}

static enum copl_status read_all(struct loading *d)
{
	enum copl_status st = COPL_OK;
	struct shelf_item item;
	size_t n = 1, i;

	for (i = 0; shelf_at(d->shelf, i, &item); i++)
		n += is_rules(&item);
	d->set->forms =
	    copl_arena_alloc(d->set->arena, n * sizeof(*d->set->forms));
	d->pages = copl_arena_alloc(d->set->arena, n * sizeof(*d->pages));
	if (d->set->forms == NULL || d->pages == NULL)
		return COPL_E_NOMEM;
	for (i = 0; st == COPL_OK && shelf_at(d->shelf, i, &item); i++)
		if (is_rules(&item))
			st = add(d, &item);
	return st;
}

void collect_set_free(struct collect_set *set)
{
	size_t i, k;

	if (set == NULL)
		return;
	for (i = 0; i < set->nforms; i++) {
		for (k = 0; k < set->forms[i].npages; k++) {
			struct collect_page *p = &set->forms[i].pages[k];

			copl_answer_form_free(p->rules);
			copl_slots_free(atomic_load(&p->slots));
		}
	}
	pthread_mutex_destroy(&set->lock);
	copl_arena_free(set->arena);
	free(set);
}

static struct collect_set *new_set(void)
{
	struct collect_set *set = calloc(1, sizeof(*set));

	if (set == NULL)
		return NULL;
	set->arena = copl_arena_new();
	if (set->arena == NULL) {
		free(set);
		return NULL;
	}
	pthread_mutex_init(&set->lock, NULL);
	return set;
}

enum copl_status collect_set_load(
    const struct serving *s, struct shelf *shelf, struct copl_reporter *r)
{
	struct loading d = {.s = s, .shelf = shelf, .r = r};
	enum copl_status st;

	if (s->o->collect == NULL || shelf->manifest == NULL)
		return COPL_OK;
	d.set = new_set();
	if (d.set == NULL)
		return COPL_E_NOMEM;
	st = read_all(&d);
	if (st == COPL_OK)
		shelf->collect = d.set;
	else
		collect_set_free(d.set);
	return st;
}
