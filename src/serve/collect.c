/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The collector's life: where answers go, and the threads that take them. */
#include "config.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include "base/i18n.h"
#include "serve/collect_priv.h"

/* Reading a form goes a few levels deep, no more. */
#define STACK_SIZE ((size_t)1 << 20)

/* Random bytes of the system. */
static bool throw_dice(void *arg, unsigned char *out, size_t len)
{
	(void)arg;
	return getrandom(out, len, 0) == (ssize_t)len;
}

bool collect_make_token(char out[COLLECT_TOKEN_SIZE])
{
	unsigned char dice[COLLECT_TOKEN_SIZE / 2];
	size_t i;

	if (!throw_dice(NULL, dice, sizeof(dice)))
		return false;
	for (i = 0; i < sizeof(dice); i++)
		snprintf(&out[2 * i], 3, "%02x", dice[i]);
	return true;
}

/* ---- threads ---- */

static struct collect_post *next_post(struct collect *c)
{
	struct collect_post *p;

	while (c->first == NULL && !c->ending)
		pthread_cond_wait(&c->more, &c->lock);
	p = c->first;
	if (p == NULL)
		return NULL;
	c->first = p->next;
	if (c->first == NULL)
		c->last = &c->first;
	c->waiting--;
	c->running++;
	return p;
}

/* From the resumption on the post is libmicrohttpd's, and may be gone. */
static void give_back(struct collect_post *p)
{
	struct front *front = p->front;
	struct MHD_Connection *connection = p->connection;

	p->state = COLLECT_ANSWERED;
	MHD_resume_connection(connection);
	atomic_fetch_sub(&front->held, 1);
}

static void *work(void *arg)
{
	struct collect *c = arg;
	struct collect_post *p;

	pthread_mutex_lock(&c->lock);
	while ((p = next_post(c)) != NULL) {
		pthread_mutex_unlock(&c->lock);
		if (p->phone)
			collect_take_odk(p);
		else
			collect_take_html(p);
		give_back(p);
		pthread_mutex_lock(&c->lock);
		c->running--;
		if (c->running == 0 && c->first == NULL)
			pthread_cond_broadcast(&c->idle);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

bool collect_hand_over(struct collect_post *p)
{
	struct collect *c = p->s->collect;
	bool room;

	pthread_mutex_lock(&c->lock);
	room = !c->stopping && !p->front->ending &&
	       c->waiting < COLLECT_WAITING_MAX;
	if (room) {
		p->state = COLLECT_WAITING;
		atomic_fetch_add(&p->front->held, 1);
		MHD_suspend_connection(p->connection);
		p->next = NULL;
		*c->last = p;
		c->last = &p->next;
		c->waiting++;
		pthread_cond_signal(&c->more);
	}
	pthread_mutex_unlock(&c->lock);
	return room;
}

bool collect_lets_go(struct serving *s, struct front *f)
{
	struct collect *c = s->collect;

	if (c == NULL)
		return true;
	pthread_mutex_lock(&c->lock);
	f->ending = atomic_load(&f->held) == 0;
	pthread_mutex_unlock(&c->lock);
	return f->ending;
}

static enum copl_status start_threads(
    struct collect *c, size_t n, struct copl_reporter *r)
{
	pthread_attr_t attr;
	int error;

	c->threads = calloc(n, sizeof(*c->threads));
	if (c->threads == NULL)
		return COPL_E_NOMEM;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	for (error = 0; error == 0 && c->nthreads < n;
	     c->nthreads += error == 0)
		error =
		    pthread_create(&c->threads[c->nthreads], &attr, work, c);
	pthread_attr_destroy(&attr);
	/* A few are slower, but all that is needed. */
	if (c->nthreads > 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "listen-failed",
	    (struct copl_place){NULL, 0, 0},
	    _("cannot serve here: the system has no threads or no descriptors "
	      "left"));
	return COPL_E_IO;
}

void collect_failing(struct serving *s, bool failing, int error)
{
	struct collect *c = s->collect;
	struct copl_reporter r;

	if (atomic_exchange(&c->failing, failing) == failing)
		return;
	copl_reporter_init(&r, s->sink);
	if (failing)
		copl_report(&r, COPL_ERROR, "collect-failing",
		    (struct copl_place){s->o->collect, 0, 0},
		    _("answers cannot be stored here now, and who sends some "
		      "is told so: %s"),
		    strerror(error == 0 ? EIO : error));
	(void)!copl_reporter_end(&r, COPL_OK);
	if (!failing)
		copl_tell(&r, "collecting-again", NULL, 0,
		    _("answers are stored again"));
}

bool collect_is_failing(struct serving *s)
{
	return s->collect != NULL &&
	       (atomic_load(&s->collect->failing) ||
		   copl_store_is_broken(s->collect->store));
}

/* ---- where answers go ---- */

/*
 * The path without links and "..", of what need not be there yet; the caller
 * frees it.
 */
static char *canonical(const char *path)
{
	char *full = realpath(path, NULL), *parent, *above = NULL, *made;
	const char *name = copl_path_name(path);
	size_t len = (size_t)(name - path);

	if (full != NULL || errno != ENOENT || *name == '\0')
		return full;
	parent = len == 0 ? strdup(".") : strndup(path, len > 1 ? len - 1 : 1);
	if (parent != NULL)
		above = canonical(parent);
	free(parent);
	if (above == NULL || asprintf(&made, "%s/%s", above, name) < 0)
		made = NULL;
	free(above);
	return made;
}

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	while (len > 0 && folder[len - 1] == '/')
		len--;
	return strncmp(path, folder, len) == 0 &&
	       (path[len] == '/' || path[len] == '\0');
}

/* Answers must not lie where the set lies, nor the set among answers. */
static enum copl_status check_place(
    const struct serving *s, struct copl_reporter *r)
{
	char *answers = canonical(s->o->collect);
	char *forms = canonical(s->o->dir);
	enum copl_status st = COPL_OK;

	if (answers == NULL || forms == NULL) {
		st = COPL_E_IO;
		copl_report(r, COPL_ERROR, "io-open",
		    (struct copl_place){
			answers == NULL ? s->o->collect : s->o->dir, 0, 0},
		    _("cannot open: %s"), strerror(errno));
	} else if (is_below(answers, forms) || is_below(forms, answers)) {
		st = COPL_E_INVALID;
		copl_report(r, COPL_ERROR, "collect-place",
		    (struct copl_place){s->o->collect, 0, 0},
		    _("answers cannot be kept in the folder that is served, "
		      "%s, nor around it: give them a folder of their own"),
		    s->o->dir);
	}
	free(answers);
	free(forms);
	return st;
}

enum copl_status collect_place(const struct serving *s, struct copl_reporter *r)
{
	enum copl_status st;

	if (s->o->collect == NULL)
		return COPL_OK;
	st = check_place(s, r);
	return st == COPL_OK ? copl_store_make(s->o->collect, r) : st;
}

static enum copl_status open_store(
    struct serving *s, struct collect *c, struct copl_reporter *r)
{
	struct copl_box_public key;
	enum copl_status st = COPL_OK;

	if (s->o->collect_key != NULL)
		st = copl_box_public_load(s->o->collect_key, r, &key);
	if (st == COPL_OK)
		st = copl_store_open(s->o->collect,
		    s->o->collect_key == NULL ? NULL : &key, r, &c->store);
	return st;
}

static enum copl_status open_rate(
    const struct serving *s, struct collect *c, struct copl_reporter *r)
{
	enum copl_status st = collect_rate_open(
	    &c->rate, s->o->collect_rate, throw_dice, NULL, serve_now(s));

	if (st == COPL_E_IO)
		copl_report(r, COPL_ERROR, "io-read",
		    (struct copl_place){NULL, 0, 0},
		    _("the system has no random bytes"));
	return st;
}

enum copl_status collect_open(struct serving *s, struct copl_reporter *r)
{
	struct collect *c;
	enum copl_status st;

	if (s->o->collect == NULL)
		return COPL_OK;
	c = calloc(1, sizeof(*c));
	if (c == NULL)
		return COPL_E_NOMEM;
	s->collect = c;
	c->last = &c->first;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->more, NULL);
	pthread_cond_init(&c->idle, NULL);
	st = open_rate(s, c, r);
	if (st == COPL_OK)
		st = open_store(s, c, r);
	if (st == COPL_OK)
		st = start_threads(c, s->limits->collect_threads, r);
	return st;
}

void collect_drain(struct serving *s)
{
	struct collect *c = s->collect;

	if (c == NULL)
		return;
	pthread_mutex_lock(&c->lock);
	c->stopping = true;
	while (c->first != NULL || c->running > 0)
		pthread_cond_wait(&c->idle, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

void collect_close(struct serving *s)
{
	struct collect *c = s->collect;
	struct copl_reporter r;
	size_t i;

	if (c == NULL)
		return;
	pthread_mutex_lock(&c->lock);
	c->ending = true;
	pthread_cond_broadcast(&c->more);
	pthread_mutex_unlock(&c->lock);
	for (i = 0; i < c->nthreads; i++)
		pthread_join(c->threads[i], NULL);
	copl_reporter_init(&r, s->sink);
	(void)!copl_reporter_end(&r, copl_store_close(c->store, &r));
	collect_rate_close(&c->rate);
	pthread_cond_destroy(&c->more);
	pthread_cond_destroy(&c->idle);
	pthread_mutex_destroy(&c->lock);
	free(c->threads);
	free(c);
	s->collect = NULL;
}

/* ---- what is collected ---- */

static void list_forms(const struct collect_set *set, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; set != NULL && i < set->nforms; i++)
		copl_strbuf_printf(out, "%s%s%s", i == 0 ? "" : " ",
		    set->forms[i].folder, set->forms[i].id);
}

void collect_tell(struct serving *s, struct copl_reporter *r)
{
	struct copl_strbuf forms = COPL_STRBUF_INIT((size_t)1 << 20);
	const struct copl_field fields[] = {{"dir", s->o->collect},
	    {"forms", NULL},
	    {"sealed", s->o->collect_key == NULL ? "no" : "yes"}};
	struct copl_field list[COPL_COUNT(fields)];
	struct shelf *shelf;

	if (s->collect == NULL)
		return;
	shelf = serve_shelf(s);
	list_forms(shelf->collect, &forms);
	shelf_drop(shelf);
	memcpy(list, fields, sizeof(list));
	list[1].value = copl_strbuf_text(&forms);
	copl_tell(r, "collecting", list, COPL_COUNT(list),
	    forms.len == 0
		? _("nothing can be answered yet; answers will be kept in %s")
		: _("answers are kept in %s, to these forms: %s"),
	    s->o->collect, list[1].value);
	copl_strbuf_clear(&forms);
}
