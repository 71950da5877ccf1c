/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "answers/seal.h"
#include "answers/store_priv.h"
#include "base/i18n.h"

#define SETTLE_SECONDS 1
/*
 * Flushes beside the batches, each of what came during the one before it, until
 * one is so short that the last may hold them up.
 */
#define FLUSHES_MAX 4
#define FLUSH_SHORT_MS 20

/* ---- opening and closing ---- */

static enum copl_status say(
    struct copl_reporter *r, const char *dir, int error, const char *what)
{
	if (error == ENOMEM)
		return COPL_E_NOMEM;
	copl_report(r, COPL_ERROR, "io-dir", (struct copl_place){dir, 0, 0},
	    "%s: %s", what, strerror(error));
	return COPL_E_IO;
}

static enum copl_status make_parents(const char *dir, struct copl_reporter *r)
{
	const char *slash = strrchr(dir, '/');
	enum copl_status st;
	char *parent;

	if (slash == NULL || slash == dir)
		return COPL_OK;
	parent = strndup(dir, (size_t)(slash - dir));
	if (parent == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(parent, r);
	free(parent);
	return st;
}

enum copl_status copl_store_make(const char *dir, struct copl_reporter *r)
{
	enum copl_status st = make_parents(dir, r);
	int fd;

	if (st != COPL_OK)
		return st;
	fd = copl_store_dir_open(dir, true);
	if (fd < 0)
		return say(r, dir, errno, _("cannot open this folder"));
	close(fd);
	return COPL_OK;
}

static void warn_mode(int fd, const char *dir, struct copl_reporter *r)
{
	struct stat sb;

	if (fstat(fd, &sb) == 0 && (sb.st_mode & 077) != 0)
		copl_report(r, COPL_WARNING, "answers-mode",
		    (struct copl_place){dir, 0, 0},
		    _("other users can look into this folder of answers: take "
		      "the permission away with \"chmod 700\""));
}

/* Takes up what a run that was killed had acknowledged. */
static enum copl_status recover(
    struct copl_store *s, const char *dir, bool make, struct copl_reporter *r)
{
	int error;

	if (!copl_journal_lock(&s->journal))
		return say(r, dir, errno, _("cannot lock this folder"));
	error = copl_store_sweep(s->dir) ? 0 : errno;
	if (error == 0)
		error = copl_journal_catch_up(
		    &s->journal, true, copl_store_redo, s);
	if (error == 0)
		error = copl_store_settle_locked(s, !make);
	return error == 0 ? COPL_OK
			  : say(r, dir, error,
				_("the answers in this folder cannot be "
				  "brought in order"));
}

static struct copl_store *new_store(void)
{
	struct copl_store *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	if (pthread_mutex_init(&s->mutex, NULL) != 0) {
		free(s);
		return NULL;
	}
	s->dir = s->beside = s->journal.fd = -1;
	return s;
}

enum copl_status copl_store_begin(const char *dir, bool make,
    struct copl_reporter *r, struct copl_store **out)
{
	struct copl_store *s = new_store();
	enum copl_status st;
	int state = -1;

	*out = NULL;
	if (s == NULL)
		return COPL_E_NOMEM;
	st = sodium_init() < 0 ? COPL_E_BUG : COPL_OK;
	if (st == COPL_OK && make)
		st = make_parents(dir, r);
	if (st != COPL_OK)
		goto out;
	s->dir = copl_store_dir_open(dir, make);
	if (s->dir >= 0)
		s->beside = copl_store_dir_at(s->dir, ".", false);
	if (s->beside >= 0)
		state = copl_store_dir_at(s->dir, STORE_DIR, make);
	if (state < 0 || !copl_journal_open(&s->journal, state, make)) {
		st = errno == ENOENT && !make
			 ? COPL_E_NOTFOUND
			 : say(r, dir, errno, _("cannot open this folder"));
		goto out;
	}
	warn_mode(s->dir, dir, r);
	st = recover(s, dir, make, r);
	if (st != COPL_OK)
		goto out;
	*out = s;
	s = NULL;
out:
	if (state >= 0)
		close(state);
	copl_store_end(s);
	return st;
}

void copl_store_end(struct copl_store *s)
{
	if (s == NULL)
		return;
	copl_journal_close(&s->journal);
	copl_store_folders_close(s);
	if (s->beside >= 0)
		close(s->beside);
	if (s->dir >= 0)
		close(s->dir);
	pthread_mutex_destroy(&s->mutex);
	free(s);
}

enum copl_status copl_store_settle(const char *dir, struct copl_reporter *r)
{
	struct copl_store *s = NULL;
	enum copl_status st;

	/* Read only, or of another user: nothing can be done about it. */
	if (faccessat(AT_FDCWD, dir, W_OK, AT_EACCESS) != 0)
		return COPL_OK;
	st = copl_store_begin(dir, false, r, &s);
	copl_store_end(s);
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

/* ---- the thread that settles ---- */

/* Who leads next and is to be told so, when the mutex is free; NULL: nobody. */
static struct store_item *give_lead(struct copl_store *s)
{
	if (!s->wanted && s->first != NULL)
		return s->first;
	s->leading = false;
	if (s->wanted)
		pthread_cond_signal(&s->idle);
	return NULL;
}

static void tell_lead(struct store_item *next)
{
	if (next == NULL)
		return;
	next->leads = true;
	sem_post(&next->wake);
}

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Most of what there is to flush, while others go on. */
static int flush_beside(struct copl_store *s)
{
	int64_t begun, now = milliseconds();
	int n;

	for (n = 0; n < FLUSHES_MAX; n++) {
		begun = now;
		if (syncfs(s->beside) != 0)
			return errno;
		now = milliseconds();
		if (now - begun <= FLUSH_SHORT_MS)
			break;
	}
	return 0;
}

static void settle(struct copl_store *s)
{
	bool flush;
	int error;

	pthread_mutex_unlock(&s->mutex);
	error = flush_beside(s);
	pthread_mutex_lock(&s->mutex);
	/* Whoever leads just now may be about to empty the journal. */
	if (error != 0) {
		s->broken = error;
		return;
	}
	s->wanted = true;
	while (s->leading)
		pthread_cond_wait(&s->idle, &s->mutex);
	s->wanted = false;
	s->leading = true;
	s->unsettled = s->filling = false;
	pthread_mutex_unlock(&s->mutex);
	error = copl_store_settle_now(s, false, &flush);
	pthread_mutex_lock(&s->mutex);
	if (error != 0 && flush)
		s->broken = error;
	else if (error != 0)
		s->unsettled = true;
	tell_lead(give_lead(s));
}

/* As many files at once as come in a second, if the journal has room. */
static void wait_for_more(struct copl_store *s)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += SETTLE_SECONDS;
	while (!s->stop && !s->filling &&
	       pthread_cond_timedwait(&s->due, &s->mutex, &until) == 0)
		continue;
}

static void *settler(void *arg)
{
	struct copl_store *s = arg;

	pthread_mutex_lock(&s->mutex);
	while (!s->stop) {
		if (!s->unsettled || s->broken != 0) {
			pthread_cond_wait(&s->due, &s->mutex);
			continue;
		}
		wait_for_more(s);
		if (!s->stop)
			settle(s);
	}
	pthread_mutex_unlock(&s->mutex);
	return NULL;
}

static bool start(struct copl_store *s)
{
	pthread_condattr_t attr;
	sigset_t all, old;
	bool ok;

	if (pthread_condattr_init(&attr) != 0)
		return false;
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	ok = pthread_cond_init(&s->idle, NULL) == 0 &&
	     pthread_cond_init(&s->due, &attr) == 0;
	pthread_condattr_destroy(&attr);
	/* Signals are for the threads of the program. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	ok = ok && pthread_create(&s->settler, NULL, settler, s) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return ok;
}

enum copl_status copl_store_open(const char *dir,
    const struct copl_box_public *public_key, struct copl_reporter *r,
    struct copl_store **out)
{
	enum copl_status st = copl_store_begin(dir, true, r, out);
	struct copl_store *s = *out;

	if (st != COPL_OK)
		return st;
	copl_journal_unlock(&s->journal);
	s->sealed = public_key != NULL;
	if (s->sealed)
		s->key = *public_key;
	if (start(s))
		return COPL_OK;
	copl_store_end(s);
	*out = NULL;
	return COPL_E_NOMEM;
}

static void stop(struct copl_store *s)
{
	pthread_mutex_lock(&s->mutex);
	s->stop = true;
	pthread_cond_signal(&s->due);
	pthread_mutex_unlock(&s->mutex);
	pthread_join(s->settler, NULL);
	pthread_cond_destroy(&s->due);
	pthread_cond_destroy(&s->idle);
}

enum copl_status copl_store_close(struct copl_store *s, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	bool flush;
	int error;

	if (s == NULL)
		return COPL_OK;
	stop(s);
	error = s->broken;
	if (error == 0)
		error = copl_store_settle_now(s, true, &flush);
	if (error != 0)
		st = say(r, NULL, error,
		    _("the last answers are in the journal of their folder "
		      "and not yet in files: they will be when it is opened "
		      "again"));
	copl_store_end(s);
	return st;
}

/* ---- storing ---- */

int copl_store_broken(struct copl_store *s)
{
	int broken;

	pthread_mutex_lock(&s->mutex);
	broken = s->broken;
	pthread_mutex_unlock(&s->mutex);
	return broken;
}

bool copl_store_is_broken(struct copl_store *s)
{
	return copl_store_broken(s) != 0;
}

static bool has_name(const struct store_batch *b, const struct store_item *i)
{
	size_t n;

	for (n = 0; n < b->n; n++)
		if (strcmp(b->items[n]->file.name, i->file.name) == 0 &&
		    strcmp(b->items[n]->file.form, i->file.form) == 0)
			return true;
	return false;
}

/* As many as fit.  Two of one name are judged one after the other. */
static void take_more(struct copl_store *s, struct store_batch *b)
{
	while (s->first != NULL && b->n < STORE_BATCH &&
	       b->bytes < STORE_BATCH_BYTES && !has_name(b, s->first)) {
		struct store_item *i = s->first;

		s->first = i->next;
		b->items[b->n++] = i;
		b->bytes += i->file.len;
	}
	if (s->first == NULL)
		s->last = NULL;
}

void copl_store_take(struct copl_store *s, struct store_batch *b)
{
	pthread_mutex_lock(&s->mutex);
	take_more(s, b);
	pthread_mutex_unlock(&s->mutex);
}

/* A batch was written.  With the mutex held, by the thread that leads. */
static void tell_settler(struct copl_store *s)
{
	const bool filling = copl_journal_is_filling(&s->journal);

	if (!s->unsettled || filling != s->filling)
		pthread_cond_signal(&s->due);
	s->unsettled = true;
	s->filling = filling;
}

/* One batch, by the thread that leads, in which is its own item. */
static void lead(struct copl_store *s, struct store_item *own)
{
	struct store_batch b = {.n = 0};
	struct store_item *next;
	int broken;
	size_t n;

	pthread_mutex_lock(&s->mutex);
	broken = s->broken;
	take_more(s, &b);
	pthread_mutex_unlock(&s->mutex);
	if (broken != 0)
		copl_store_fail_all(&b, broken);
	else
		broken = copl_store_batch(s, &b);
	pthread_mutex_lock(&s->mutex);
	if (broken != 0)
		s->broken = broken;
	tell_settler(s);
	next = give_lead(s);
	pthread_mutex_unlock(&s->mutex);
	tell_lead(next);
	for (n = 0; n < b.n; n++)
		if (b.items[n] != own)
			sem_post(&b.items[n]->wake);
}

static void wait_for(struct copl_store *s, struct store_item *i)
{
	bool leads;

	pthread_mutex_lock(&s->mutex);
	if (s->last == NULL)
		s->first = i;
	else
		s->last->next = i;
	s->last = i;
	leads = !s->leading && !s->wanted;
	if (leads)
		s->leading = true;
	pthread_mutex_unlock(&s->mutex);
	if (!leads) {
		while (sem_wait(&i->wake) != 0)
			continue;
		leads = i->leads;
	}
	if (leads)
		lead(s, i);
}

/* The bytes of the file, sealed or with the mark at its end. */
static enum copl_status make_file(const struct copl_store *s,
    const struct copl_store_answer *a, const struct copl_mark *mark,
    struct copl_strbuf *out)
{
	if (s->sealed)
		return copl_seal(&s->key, mark, a->bytes, a->len, out);
	copl_strbuf_add(out, a->bytes, a->len);
	if (a->len > 0 && a->bytes[a->len - 1] != '\n')
		copl_strbuf_puts(out, "\n");
	copl_mark_put(mark, out);
	return out->st;
}

static enum copl_status check(
    const struct copl_store_answer *a, struct copl_mark *mark)
{
	const char *content = a->content == NULL ? a->bytes : a->content;
	size_t len = a->content == NULL ? a->len : a->content_len;

	if (!copl_shape_is_name(a->form) || a->id_len == 0)
		return COPL_E_INVALID;
	if (a->len > COPL_STORE_BYTES_MAX)
		return COPL_E_LIMIT;
	copl_mark_make(mark, a->id, a->id_len, content, len);
	return a->keep_until == NULL || copl_mark_keep(mark, a->keep_until)
		   ? COPL_OK
		   : COPL_E_INVALID;
}

/*
 * Writes the file while others are flushed.  Where files without a name cannot
 * be had it is written when its turn has come.
 */
static bool prepare(struct copl_store *s, struct store_item *i)
{
	bool named;

	pthread_mutex_lock(&s->mutex);
	i->folder = copl_store_folder(s, i->file.form);
	named = s->named;
	pthread_mutex_unlock(&s->mutex);
	if (i->folder == NULL)
		return false;
	copl_store_look_ahead(i->folder->fd, i->file.name);
	if (named)
		return true;
	i->fd = copl_store_unnamed(i->folder->fd, &i->file);
	if (i->fd >= 0)
		return true;
	/* So many wait: one file at a time is had later. */
	if (errno == EMFILE || errno == ENFILE)
		return true;
	if (errno != EOPNOTSUPP)
		return false;
	pthread_mutex_lock(&s->mutex);
	s->named = true;
	pthread_mutex_unlock(&s->mutex);
	return true;
}

static void put(struct copl_store *s, struct store_item *i)
{
	sem_init(&i->wake, 0, 0);
	if (prepare(s, i))
		wait_for(s, i);
	else
		copl_store_fail(i, errno);
	if (i->fd >= 0)
		close(i->fd);
	sem_destroy(&i->wake);
}

enum copl_status copl_store_put(struct copl_store *s,
    const struct copl_store_answer *a, enum copl_stored *how, int *error)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(2 * COPL_STORE_BYTES_MAX);
	char name[COPL_STORE_NAME_SIZE];
	struct store_item item = {.replace = a->replace, .fd = -1};
	enum copl_status st;

	*how = COPL_STORED_NOT;
	*error = 0;
	st = check(a, &item.mark);
	if (st == COPL_OK)
		st = make_file(s, a, &item.mark, &bytes);
	if (st != COPL_OK)
		goto out;
	copl_store_name(a->id, a->id_len, name);
	item.file = (struct store_file){.form = a->form,
	    .name = name,
	    .sealed = s->sealed,
	    .hour = a->hour - (a->hour % 3600 + 3600) % 3600,
	    .bytes = bytes.s,
	    .len = bytes.len};
	put(s, &item);
	*how = item.how;
	*error = item.error;
	if (item.how < COPL_STORED_NEW)
		st = COPL_E_IO;
out:
	copl_strbuf_clear(&bytes);
	return st;
}
