/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_STORE_PRIV_H
#define COPL_ANSWERS_STORE_PRIV_H

#include <pthread.h>
#include <semaphore.h>
#include "answers/mark.h"
#include "answers/store.h"

/*
 * How an answer becomes durable.  The files of one batch are written under
 * temporary names; all their bytes go into the journal as well, which is
 * flushed once; then the files get their names, and whoever waits is told.
 * The files themselves are flushed later, all at once (a settlement), after
 * which the journal is emptied.  Whoever opens the folder first writes again
 * what the journal holds.  docs/answers-store.md has the measurements
 * that chose this.
 *
 * One lock, of the journal's open file description, is held for each batch,
 * settlement and purge.  The system lets it go when a process dies.
 */
#define STORE_DIR ".store" /* in the folder of answers */
#define STORE_JOURNAL "journal"
#define STORE_BATCH 256 /* answers in one at most */
#define STORE_BATCH_BYTES ((size_t)2 << 20) /* no more once it has so much */
#define STORE_JOURNAL_SIZE ((uint64_t)8 << 20) /* written beforehand */
/* It may grow so far, where the disk has room for many of it. */
#define STORE_JOURNAL_MAX ((uint64_t)64 << 20)
#define STORE_FORM_SIZE 33

/* The folder of one form, kept open until the store is closed. */
struct store_folder {
	struct store_folder *next;
	char form[STORE_FORM_SIZE];
	int fd;
	/* The rest is for the thread that leads. */
	int64_t hour; /* of what came last */
	bool touched; /* by this batch */
};

/* A file as it will be; all that the journal keeps. */
struct store_file {
	const char *form;
	const char *name; /* COPL_STORE_NAME_SIZE - 1 characters */
	bool sealed;
	int64_t hour;
	const char *bytes;
	size_t len;
};

/* One answer on its way; on the stack of the thread that waits for it. */
struct store_item {
	struct store_item *next;
	/*
	 * Posted once: it is done, or this thread is to lead.  Nobody touches
	 * the item after a post that says it is done.
	 */
	sem_t wake;
	bool leads;
	struct store_file file;
	struct copl_mark mark;
	bool replace;
	enum copl_stored how;
	int error;
	struct store_folder *folder;
	int fd; /* of its file, which has no name yet; -1: there is none */
	bool staged; /* the journal is to have it */
};

struct store_batch {
	struct store_item *items[STORE_BATCH];
	size_t n;
	size_t bytes;
};

struct store_journal {
	int fd;
	uint64_t generation; /* of the batches in it; 0: it is empty */
	uint64_t end; /* where the next batch goes */
	struct copl_strbuf bytes; /* of one batch */
};

struct copl_store {
	int dir;
	/*
	 * The same folder, opened once more for flushes beside the batches: the
	 * system tells each open file description once of what it could not
	 * write, and whoever empties the journal must hear of it too.
	 */
	int beside;
	struct store_journal journal;
	bool sealed;
	struct copl_box_public key;

	/* Under the mutex. */
	pthread_mutex_t mutex;
	struct store_folder *folders; /* added to, never taken from */
	bool named; /* files without a name cannot be had here */
	pthread_cond_t idle; /* nobody leads: for the thread that settles */
	pthread_cond_t due; /* there is something to settle, or to stop */
	struct store_item *first, *last;
	/*
	 * A thread has the folders and the journal.  While it is false, and
	 * nothing is wanted, nobody waits.
	 */
	bool leading;
	bool wanted; /* by the thread that settles, who comes next */
	bool unsettled;
	bool filling; /* the journal: it should be settled now */
	bool stop;
	int broken; /* errno of the flush that failed, and stays; 0: none */
	pthread_t settler;
};

/* ---- store_dir.c: folders and files, no link followed ---- */
/* The folder of answers; made if missing.  -1 leaves errno. */
int copl_store_dir_open(const char *dir, bool make) COPL_MUST_CHECK;
/* A folder in a folder, made with mode 0700 if missing.  -1 leaves errno. */
int copl_store_dir_at(int dir, const char *name, bool make) COPL_MUST_CHECK;
/*
 * What the administrator makes beside a service belongs to whom the folder
 * belongs, so that the service can go on with it.  Where that cannot be, the
 * answer is safe all the same.
 */
void copl_store_give(int fd, int folder);
/* With the mutex held.  NULL leaves errno. */
struct store_folder *copl_store_folder(struct copl_store *s, const char *form)
    COPL_MUST_CHECK;
void copl_store_folders_close(struct copl_store *s);
/*
 * Is there a file for the name, and what is its mark?  0, or an errno;
 * *there and *sealed say what was found, *good that it has a mark.
 */
int copl_store_look(int folder, const char *name, bool *there, bool *sealed,
    bool *good, struct copl_mark *mark) COPL_MUST_CHECK;
/*
 * Nothing comes of it but that the system knows the answer when the thread
 * that leads asks, for whom others wait.
 */
void copl_store_look_ahead(int folder, const char *name);
/* Does this errno say that there is no room? */
bool copl_store_is_full(int error);
/*
 * A file with these bytes that has no name.  -1 leaves errno; EOPNOTSUPP: the
 * file system has no such files.
 */
int copl_store_unnamed(int folder, const struct store_file *f) COPL_MUST_CHECK;
/*
 * Gives the bytes their name, at once and whatever had it before: the file
 * without a name, or (-1) one that is written for it.  other_too: the file
 * with the other ending goes.  0, or an errno.
 */
int copl_store_name_it(int folder, int fd, const struct store_file *f,
    bool other_too) COPL_MUST_CHECK;
/* Is the file there with these bytes, its mode and its hour, and no other? */
bool copl_store_has(int folder, const struct store_file *f) COPL_MUST_CHECK;
/* Calls for the names that may be folders of forms; false leaves errno. */
typedef bool store_form_fn(void *arg, const char *form);
bool copl_store_each_form(int dir, store_form_fn *fn, void *arg)
    COPL_MUST_CHECK;
/* Removes what a run that was killed left; with the lock held. */
bool copl_store_sweep(int dir) COPL_MUST_CHECK;

/* ---- store_journal.c ---- */
/* Opens or makes it, with its whole size if there is room; -1: errno. */
bool copl_journal_open(struct store_journal *j, int state, bool make)
    COPL_MUST_CHECK;
void copl_journal_close(struct store_journal *j);
bool copl_journal_lock(struct store_journal *j) COPL_MUST_CHECK;
void copl_journal_unlock(struct store_journal *j);

/*
 * Called for each file of a batch that was appended by another process or
 * before this one began; false stops with errno.
 */
typedef bool store_redo_fn(void *arg, const struct store_file *f);
/*
 * Goes to the end of the journal.  all: every batch is handed over, from the
 * beginning; otherwise only the last one of those appended by others, for
 * they finished what came before.  0, or an errno.
 */
int copl_journal_catch_up(struct store_journal *j, bool all,
    store_redo_fn *redo, void *arg) COPL_MUST_CHECK;

/* The batch in j->bytes; false: memory. */
bool copl_journal_pack(struct store_journal *j, const struct store_batch *b)
    COPL_MUST_CHECK;
bool copl_journal_has_room(const struct store_journal *j) COPL_MUST_CHECK;
/* It will soon have none: to be emptied while there is still some. */
bool copl_journal_is_filling(const struct store_journal *j) COPL_MUST_CHECK;
/*
 * Appends what was packed and flushes it.  0, or an errno; *flush tells
 * whether it was the flush that failed.
 */
int copl_journal_append(struct store_journal *j, bool *flush) COPL_MUST_CHECK;
/* Forgets all batches, durably.  0, or an errno. */
int copl_journal_reset(struct store_journal *j) COPL_MUST_CHECK;
/* The same, and leaves no byte of an answer in it. */
int copl_journal_wipe(struct store_journal *j) COPL_MUST_CHECK;

/* ---- store_batch.c: what the thread that leads does ---- */
/* It is not stored, because of this errno; or none of them is. */
void copl_store_fail(struct store_item *i, int error);
void copl_store_fail_all(struct store_batch *b, int error);
/*
 * Puts a file of the journal in place again; arg is the store, whose mutex is
 * not held.
 */
bool copl_store_redo(void *arg, const struct store_file *f);
/* Sets how and error of each item.  Returns errno of a failed flush, or 0. */
int copl_store_batch(struct copl_store *s, struct store_batch *b)
    COPL_MUST_CHECK;
/*
 * All files are on the disk and the journal is empty afterwards.  0, or an
 * errno; *flush tells whether a flush failed, after which nothing is known.
 * wipe: nothing of an answer is left in the journal.
 */
int copl_store_settle_now(struct copl_store *s, bool wipe, bool *flush)
    COPL_MUST_CHECK;
/* The same with the lock held. */
int copl_store_settle_locked(struct copl_store *s, bool wipe) COPL_MUST_CHECK;

/* ---- store.c ---- */
/* errno of a flush that failed, whoever called it; 0: none. */
int copl_store_broken(struct copl_store *s);
/* Moves those who wait into the batch, as long as there is room. */
void copl_store_take(struct copl_store *s, struct store_batch *b);
/*
 * A store without threads: folder and journal open, all that the journal
 * holds in place and settled, and the lock still held.  make false: nothing is
 * made, and COPL_E_NOTFOUND means that there is no journal.
 */
enum copl_status copl_store_begin(const char *dir, bool make,
    struct copl_reporter *r, struct copl_store **out) COPL_MUST_CHECK;
void copl_store_end(struct copl_store *s);

#endif
