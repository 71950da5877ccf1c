/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pages that follow the catalogs: what is saved is shown.  What can be read no
 * more, as after a save in the middle of a line, leaves the page as it was and
 * stands above it.
 */
#include "config.h"
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "work/preview_priv.h"

/* A save is over when nothing has moved for so long; editors that write a
 * second file and rename it take two steps. */
#define QUIET_MS 10
#define QUIET_TURNS 5

/* One page that is kept up to date. */
struct page {
	size_t master;
	size_t language;
	bool broken; /* the catalog cannot be read as it is now */
	struct copl_findings findings; /* why */
};

struct watch {
	const struct copl_preview_options *o;
	const char *dir;
	const char *output;
	struct copl_reporter *r;
	struct copl_workspace *w;
	struct preview_files *files;
	struct copl_findings findings; /* of the forms, as they are now */
	bool broken; /* the project cannot be read as it is now */
	struct page *pages;
	size_t npages;
	unsigned long stamp;
	bool over; /* pages are written for the last time */
};

/* ---- the page looks whether it is still the newest ---- */

/*
 * A script in a file of its own is what a page may load without a server.
 * The place in the page is that of the text at its top, because what is above
 * it may have become longer.
 */
static const char script[] =
    "<script>(function(me,file){"
    "var key='cop-l10n '+file;"
    "function text(){var a=document.querySelectorAll('.e'),i,r;"
    "for(i=0;i<a.length;i++){r=a[i].getBoundingClientRect();"
    "if(r.bottom>0&&r.height>0)return{i:i,id:a[i].id,top:r.top}}return null}"
    "addEventListener('pagehide',function(){"
    "var s=document.querySelector('input[name=show]:checked');"
    "try{sessionStorage.setItem(key,JSON.stringify("
    "{t:text(),s:s&&s.id,y:scrollY}))}catch(e){}});"
    "try{history.scrollRestoration='manual'}catch(e){}"
    "addEventListener('DOMContentLoaded',function(){var v=null,s,e;"
    "try{v=JSON.parse(sessionStorage.getItem(key))}catch(x){}"
    "if(!v)return;s=v.s&&document.getElementById(v.s);if(s)s.checked=true;"
    "e=v.t&&(document.getElementById(v.t.id)||"
    "document.querySelectorAll('.e')[v.t.i]);"
    "scrollTo(0,e?scrollY+e.getBoundingClientRect().top-v.t.top:v.y)});"
    "window.coplStamp=function(s){if(s!==me)location.reload()};"
    "function ask(){var s=document.createElement('script');"
    "s.src=file+'.js?'+Date.now();"
    "s.onload=function(){s.remove();setTimeout(ask,250)};"
    "s.onerror=function(){s.remove();setTimeout(ask,2000)};"
    "document.head.appendChild(s)}ask()"
    "})('%ld-%lu','%s.%s')</script>\n";

static const char *page_path(
    struct watch *s, const struct page *p, const char *ending)
{
	const struct copl_master *m = &s->w->masters[p->master];

	return copl_arena_printf(preview_files_arena(s->files), "%s/%s.%s.%s",
	    s->output, m->id, m->catalogs[p->language].language->tag, ending);
}

static enum copl_status write_stamp(struct watch *s, const struct page *p)
{
	const char *path = page_path(s, p, "js");
	char text[64];
	int len;

	if (path == NULL)
		return COPL_E_NOMEM;
	len = snprintf(text, sizeof(text), "coplStamp(\"%ld-%lu\");\n",
	    (long)getpid(), s->stamp);
	return copl_file_output(path, text, (size_t)len, 0666, s->r, NULL);
}

/* ---- one page ---- */

static enum copl_status put_page(struct watch *s, struct page *p,
    struct copl_strbuf *out, struct copl_preview_counts *counts)
{
	struct copl_master *m = &s->w->masters[p->master];
	struct copl_strbuf head = COPL_STRBUF_INIT(8192);
	struct copl_preview_how how = {0};
	enum copl_status st;

	copl_strbuf_printf(&head, script, (long)getpid(), s->stamp, m->id,
	    m->catalogs[p->language].language->tag);
	if (!s->over)
		how.head = copl_strbuf_text(&head);
	if (s->broken)
		how.broken = &s->findings;
	else if (p->broken)
		how.broken = &p->findings;
	st = head.st;
	if (st == COPL_OK)
		st = copl_preview_page(s->w, m, p->language, &how, out, counts);
	copl_strbuf_clear(&head);
	return st;
}

static enum copl_status write_page(struct watch *s, struct page *p)
{
	const struct copl_master *m = &s->w->masters[p->master];
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_PREVIEW_MAX);
	const char *path = page_path(s, p, "html");
	struct copl_preview_counts counts;
	enum copl_status st = COPL_E_NOMEM;

	s->stamp++;
	if (path != NULL)
		st = put_page(s, p, &out, &counts);
	if (st == COPL_OK)
		st = copl_file_output(
		    path, copl_strbuf_text(&out), out.len, 0666, s->r, NULL);
	copl_strbuf_clear(&out);
	/* The page is there before it is called for. */
	if (st == COPL_OK && !s->over)
		st = write_stamp(s, p);
	if (st == COPL_OK && !s->over)
		preview_tell(
		    path, m, &m->catalogs[p->language], &counts, true, s->r);
	return st;
}

/* ---- reading again ---- */

static void hand_over(struct watch *s, const struct copl_findings *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		copl_report(s->r, f->list[i].severity, f->list[i].code,
		    (struct copl_place){
			f->list[i].file, f->list[i].line, f->list[i].column},
		    "%s", f->list[i].text);
}

/* The catalog as it is now, or else what is wrong with it. */
static enum copl_status read_catalog(struct watch *s, struct page *p)
{
	struct copl_master_catalog *mc =
	    &s->w->masters[p->master].catalogs[p->language];
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	struct copl_sink sink;
	enum copl_status st;

	copl_findings_free(&p->findings);
	p->broken = false;
	if (mc->own || !copl_path_exists(mc->path))
		return COPL_OK;
	sink = copl_findings_sink(&p->findings);
	copl_reporter_init(&r, &sink);
	st = copl_catalog_load(mc->path, &r, &c);
	st = copl_reporter_end(&r, st);
	if (st == COPL_OK) {
		copl_catalog_free(mc->catalog);
		mc->catalog = c;
		return COPL_OK;
	}
	p->broken = true;
	hand_over(s, &p->findings);
	return st == COPL_E_NOMEM ? st : COPL_OK;
}

static bool is_whole(const struct copl_workspace *w)
{
	size_t i;

	for (i = 0; i < w->nmasters; i++)
		if (w->masters[i].units == NULL ||
		    w->masters[i].catalogs == NULL)
			return false;
	return true;
}

static void drop_pages(struct watch *s)
{
	size_t i;

	for (i = 0; i < s->npages; i++)
		copl_findings_free(&s->pages[i].findings);
	free(s->pages);
	s->pages = NULL;
	s->npages = 0;
}

static enum copl_status list_pages(struct watch *s)
{
	size_t most = s->w->nmasters * s->w->project->nlanguages, i, k;
	enum copl_status st = COPL_OK;

	s->pages = calloc(most + 1, sizeof(*s->pages));
	if (s->pages == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < s->w->nmasters; i++)
		for (k = 0; k < s->w->project->nlanguages; k++) {
			const struct copl_master *m = &s->w->masters[i];
			struct page *p = &s->pages[s->npages];

			if (!preview_wants(s->o, m, &m->catalogs[k]))
				continue;
			p->master = i;
			p->language = k;
			s->npages++;
			if (m->catalogs[k].catalog == NULL && st == COPL_OK)
				st = read_catalog(s, p);
		}
	return st;
}

/* Takes a new state of the project, unless its forms cannot be read. */
static enum copl_status take(
    struct watch *s, struct copl_workspace *w, enum copl_status st)
{
	s->broken = w == NULL || !is_whole(w);
	if (s->broken) {
		copl_workspace_free(w);
		hand_over(s, &s->findings);
		return s->w == NULL ? st : COPL_OK;
	}
	drop_pages(s);
	copl_workspace_free(s->w);
	s->w = w;
	st = preview_check_wishes(w, s->o, s->r);
	if (st == COPL_OK)
		st = list_pages(s);
	if (st == COPL_OK)
		st = preview_files_list(s->files, w);
	return st;
}

static enum copl_status read_project(struct watch *s)
{
	struct copl_workspace *w = NULL;
	struct copl_reporter r;
	struct copl_sink sink;
	enum copl_status st;

	copl_findings_free(&s->findings);
	sink = copl_findings_sink(&s->findings);
	copl_reporter_init(&r, &sink);
	st = copl_workspace_load(
	    s->dir, &(struct copl_workspace_load){.lint = false}, &r, &w);
	st = copl_reporter_end(&r, st);
	if (st == COPL_E_NOMEM) {
		copl_workspace_free(w);
		return st;
	}
	return take(s, w, st);
}

/* ---- what follows from a change ---- */

static enum copl_status write_all(struct watch *s)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < s->npages && st == COPL_OK; i++)
		st = write_page(s, &s->pages[i]);
	return st;
}

/* Words of the pages, and names of offices, are seen in all forms. */
static bool is_seen(
    const struct watch *s, const struct page *p, size_t master, size_t language)
{
	if (p->language != language)
		return false;
	return p->master == master ||
	       s->w->masters[master].kind != COPL_MASTER_FORM;
}

static struct page *page_of(struct watch *s, size_t master, size_t language)
{
	size_t i;

	for (i = 0; i < s->npages; i++)
		if (s->pages[i].master == master &&
		    s->pages[i].language == language)
			return &s->pages[i];
	return NULL;
}

static enum copl_status follow_catalog(
    struct watch *s, size_t master, size_t language)
{
	struct page other = {.master = master, .language = language};
	struct page *own = page_of(s, master, language);
	enum copl_status st = read_catalog(s, own == NULL ? &other : own);
	size_t i;

	for (i = 0; i < s->npages && st == COPL_OK; i++)
		if (is_seen(s, &s->pages[i], master, language))
			st = write_page(s, &s->pages[i]);
	copl_findings_free(&other.findings);
	return st;
}

/* One look at all files; what was found goes to the sink at once. */
static enum copl_status follow(struct watch *s)
{
	enum copl_status st = COPL_OK;
	struct preview_change c;

	preview_files_scan(s->files);
	while (st == COPL_OK && preview_files_next(s->files, &c)) {
		if (!c.project) {
			st = follow_catalog(s, c.master, c.language);
			continue;
		}
		st = read_project(s);
		if (st == COPL_OK)
			st = write_all(s);
	}
	return copl_reporter_end(s->r, st);
}

/* ---- waiting ---- */

/* False: it is time to end. */
static bool wait(struct watch *s)
{
	struct pollfd fds[] = {{.fd = s->o->stop_fd, .events = POLLIN},
	    {.fd = preview_files_fd(s->files), .events = POLLIN}};
	int turns = 0;

	if (poll(fds, COPL_COUNT(fds), preview_files_patience(s->files)) <= 0)
		return true;
	while (fds[0].revents == 0 && turns++ < QUIET_TURNS) {
		preview_files_drain(s->files);
		if (poll(fds, COPL_COUNT(fds), QUIET_MS) <= 0)
			break;
	}
	return fds[0].revents == 0;
}

/* Pages that are looked at later need no stamp. */
static enum copl_status end(struct watch *s)
{
	enum copl_status st;
	size_t i;

	s->over = true;
	st = write_all(s);
	for (i = 0; i < s->npages; i++) {
		const char *path = page_path(s, &s->pages[i], "js");

		if (path != NULL)
			(void)unlink(path);
	}
	return st;
}

static enum copl_status run(struct watch *s)
{
	char pages[24];
	const struct copl_field field = {"pages", pages};
	enum copl_status st = write_all(s);

	st = copl_reporter_end(s->r, st);
	if (st != COPL_OK)
		return st;
	snprintf(pages, sizeof(pages), "%zu", s->npages);
	copl_tell(s->r, "watching", &field, 1,
	    _("watching: what is saved is shown; Ctrl-C ends it"));
	while (st == COPL_OK && wait(s))
		st = follow(s);
	return st == COPL_OK ? end(s) : st;
}

enum copl_status preview_watch(const char *dir,
    const struct copl_preview_options *o, const char *output,
    struct copl_reporter *r)
{
	struct watch s = {.o = o, .dir = dir, .output = output, .r = r};
	enum copl_status st = copl_dir_make(output, r);

	if (st != COPL_OK)
		return st;
	s.files = preview_files_new(dir);
	st = s.files == NULL ? COPL_E_NOMEM : read_project(&s);
	if (st == COPL_OK)
		st = run(&s);
	drop_pages(&s);
	copl_findings_free(&s.findings);
	copl_workspace_free(s.w);
	preview_files_free(s.files);
	return st;
}
