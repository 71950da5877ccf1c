/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "answers/store_priv.h"

void copl_store_fail(struct store_item *i, int error)
{
	i->how = copl_store_is_full(error) ? COPL_STORED_FULL : COPL_STORED_NOT;
	i->error = error;
}

void copl_store_fail_all(struct store_batch *b, int error)
{
	size_t n;

	for (n = 0; n < b->n; n++)
		copl_store_fail(b->items[n], error);
}

static void fail_staged(struct store_batch *b, int error)
{
	size_t n;

	for (n = 0; n < b->n; n++)
		if (b->items[n]->staged)
			copl_store_fail(b->items[n], error);
}

/* What comes of the answer, looking at what is there. */
static void judge(struct store_item *i)
{
	bool there, sealed, good;
	struct copl_mark mark;
	int error = copl_store_look(
	    i->folder->fd, i->file.name, &there, &sealed, &good, &mark);

	if (error != 0)
		copl_store_fail(i, error);
	else if (!there)
		i->how = COPL_STORED_NEW;
	else if (good && copl_mark_same(&mark, &i->mark))
		i->how = COPL_STORED_SAME;
	else
		i->how =
		    i->replace ? COPL_STORED_REPLACED : COPL_STORED_CONFLICT;
}

/* How many of those from the number on wait for their names. */
static size_t stage(struct store_batch *b, size_t from)
{
	size_t n, staged = 0;

	for (n = from; n < b->n; n++) {
		struct store_item *i = b->items[n];

		judge(i);
		i->staged =
		    i->how == COPL_STORED_NEW || i->how == COPL_STORED_REPLACED;
		staged += i->staged;
	}
	return staged;
}

/*
 * Looking at some gives others the time to come: one flush serves them too.
 * It ends, for a batch has room for so many.
 */
static size_t stage_all(struct copl_store *s, struct store_batch *b)
{
	size_t from = 0, staged = 0;

	do {
		staged += stage(b, from);
		from = b->n;
		copl_store_take(s, b);
	} while (b->n > from);
	return staged;
}

static int append(struct copl_store *s, struct store_batch *b, bool *flush)
{
	int error;

	*flush = false;
	if (!copl_journal_pack(&s->journal, b))
		return ENOMEM;
	if (!copl_journal_has_room(&s->journal)) {
		*flush = true;
		error = copl_store_settle_locked(s, false);
		if (error != 0)
			return error;
		/* It begins again, as another generation. */
		if (!copl_journal_pack(&s->journal, b))
			return ENOMEM;
	}
	return copl_journal_append(&s->journal, flush);
}

/* The time of a folder would tell when the last answer came. */
static void set_times(const struct store_batch *b)
{
	size_t n;

	for (n = 0; n < b->n; n++) {
		struct store_folder *f = b->items[n]->folder;
		struct timespec t[2] = {
		    {(time_t)f->hour, 0}, {(time_t)f->hour, 0}};

		if (f->touched)
			(void)futimens(f->fd, t);
		f->touched = false;
	}
}

static void give_names(struct store_batch *b)
{
	size_t n;

	for (n = 0; n < b->n; n++) {
		struct store_item *i = b->items[n];
		int error;

		if (!i->staged)
			continue;
		error = copl_store_name_it(i->folder->fd, i->fd, &i->file,
		    i->how == COPL_STORED_REPLACED);
		if (error != 0)
			copl_store_fail(i, error);
		i->folder->touched = true;
		if (i->file.hour > i->folder->hour)
			i->folder->hour = i->file.hour;
	}
}

static int write_batch(struct copl_store *s, struct store_batch *b)
{
	bool flush = false;
	int error;

	if (stage_all(s, b) == 0)
		return 0;
	error = append(s, b, &flush);
	if (error != 0) {
		fail_staged(b, error);
		return flush ? error : 0;
	}
	give_names(b);
	set_times(b);
	return 0;
}

int copl_store_batch(struct copl_store *s, struct store_batch *b)
{
	int error = 0;
	int broken = 0;

	if (!copl_journal_lock(&s->journal)) {
		copl_store_fail_all(b, errno);
		return 0;
	}
	error = copl_journal_catch_up(&s->journal, false, copl_store_redo, s);
	if (error != 0)
		copl_store_fail_all(b, error);
	else
		broken = write_batch(s, b);
	copl_journal_unlock(&s->journal);
	return broken;
}

bool copl_store_redo(void *arg, const struct store_file *f)
{
	struct copl_store *s = arg;
	struct store_folder *folder;
	int error;

	pthread_mutex_lock(&s->mutex);
	folder = copl_store_folder(s, f->form);
	pthread_mutex_unlock(&s->mutex);
	if (folder == NULL)
		return false;
	/* Nearly always: nothing but a kill came between. */
	if (copl_store_has(folder->fd, f))
		return true;
	error = copl_store_name_it(folder->fd, -1, f, true);
	if (error != 0)
		errno = error;
	return error == 0;
}

int copl_store_settle_locked(struct copl_store *s, bool wipe)
{
	/*
	 * All of the file system at once: measured, it costs less than a
	 * flush of each file from three files on.
	 */
	int error = syncfs(s->dir) == 0 ? copl_store_broken(s) : errno;

	if (error != 0)
		return error;
	return wipe ? copl_journal_wipe(&s->journal)
		    : copl_journal_reset(&s->journal);
}

int copl_store_settle_now(struct copl_store *s, bool wipe, bool *flush)
{
	int error;

	*flush = false;
	if (!copl_journal_lock(&s->journal))
		return errno;
	error = copl_journal_catch_up(&s->journal, false, copl_store_redo, s);
	if (error == 0) {
		error = copl_store_settle_locked(s, wipe);
		*flush = error != 0;
	}
	copl_journal_unlock(&s->journal);
	return error;
}
