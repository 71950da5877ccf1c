/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_COLLECT_PRIV_H
#define COPL_SERVE_COLLECT_PRIV_H

#include "answers/answers.h"
#include "answers/fill.h"
#include "answers/store.h"
#include "serve/collect.h"
#include "serve/collect_body.h"
#include "serve/collect_rate.h"
#include "serve/collect_words.h"

/* Posts that wait for a thread, and what all of them may hold. */
#define COLLECT_WAITING_MAX 4000
#define COLLECT_BYTES_MAX ((uint64_t)64 << 20)
/* 128 bits, in hex: what tells one filling in from another. */
#define COLLECT_TOKEN_SIZE 33
#define COLLECT_PAGE_MAX ((size_t)4 << 20)

/* ---- collect_set.c: the forms of a set ---- */
struct collect_page { /* of one form in one language */
	const char *lang;
	struct copl_answer_form *rules;
	/* Files that are not there have no path. */
	struct shelf_item page, slots_file, sent, soon, closed;
	_Atomic(struct copl_slots *) slots; /* read when first asked for */
	atomic_bool slots_useless; /* they are what they are: not read again */
	bool slots_missed; /* it was said; under the lock of the set */
};
struct collect_form { /* of one recipient */
	const char *id;
	const char *recipient; /* NULL: nobody's */
	const char *folder; /* of its files: "" or "africa/" */
	const struct copl_answer_form *rules; /* of its first language */
	struct collect_page *pages;
	size_t npages;
};
struct collect_set {
	struct copl_arena *arena;
	pthread_mutex_t lock; /* of slots that are being read */
	struct collect_form *forms;
	size_t nforms;
};
/* A text that need not end with a NUL. */
struct collect_text {
	const char *s; /* NULL: none */
	size_t len;
};
bool collect_text_is(struct collect_text t, const char *want);
/* The form of that recipient; none said: the only one there is. */
const struct collect_form *collect_set_find(const struct collect_set *set,
    struct collect_text form, struct collect_text recipient);
/* The page with that path; *form is whose it is. */
struct collect_page *collect_set_page(const struct collect_set *set,
    const char *path, const struct collect_form **form);
struct collect_page *collect_form_page(
    const struct collect_form *f, struct collect_text lang);
/* Does the first folder of the path name a recipient, and not this one? */
bool collect_set_strays(const struct collect_set *set, const char *path,
    const struct collect_form *f);
/* NULL: they are not there or of no use. */
const struct copl_slots *collect_page_slots(const struct serving *s,
    const struct shelf *shelf, struct collect_page *page);

/* When may it be answered? */
enum collect_time { COLLECT_SOON, COLLECT_OPEN, COLLECT_CLOSED };
enum collect_time collect_time_of(const struct collect_form *f, int64_t now);

/* ---- a post ---- */
enum collect_state {
	COLLECT_READING,
	COLLECT_WAITING, /* suspended, until a thread has an answer */
	COLLECT_ANSWERED
};
struct collect_post {
	struct collect_post *next; /* of those that wait */
	struct serving *s;
	const struct shelf *shelf; /* the set that was shown when it began */
	struct shelf *borrowed; /* the same, to be given back */
	struct shelf *before; /* what was shown before it; NULL: none */
	struct MHD_Connection *connection;
	struct front *front;
	enum collect_state state;
	bool phone; /* a submission of OpenRosa */
	bool page; /* who sends asks for a page */
	bool gzip; /* and takes it compressed */
	bool over; /* its address has sent too many */
	bool too_large; /* what did not fit was thrown away */
	enum collect_body_kind kind;
	char boundary[COLLECT_BOUNDARY_SIZE];
	const char *lang; /* of the six, as Accept-Language asks */
	char base[COPL_OPENROSA_BASE]; /* of a Location; "": from the root */
	char path[COPL_GATE_PATH_SIZE];
	bool chunked;
	uint64_t length; /* of the content, unless chunked */
	struct copl_strbuf body;
	uint64_t came; /* bytes of it, kept or not */
	uint64_t held; /* of them that are kept and counted */
	struct answer answer;
	/* Texts of the answer's fields. */
	char location[COPL_OPENROSA_BASE + COPL_GATE_PATH_SIZE + 2];
	char token[COLLECT_TOKEN_SIZE];
	char number[24];
	char most[24];
};

struct collect {
	struct copl_store *store;
	struct collect_rate rate;
	atomic_uint_fast64_t bytes; /* that posts hold */
	atomic_bool failing; /* the last one could not be stored */
	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t more;
	pthread_cond_t idle;
	struct collect_post *first, **last;
	size_t waiting; /* in the queue */
	size_t running; /* with a thread */
	bool stopping; /* nothing new comes in */
	bool ending; /* threads go home when nothing waits */
	pthread_t *threads;
	size_t nthreads;
};
/* Suspends the connection until there is an answer; false: not now. */
bool collect_hand_over(struct collect_post *p);

/* A token for one filling in; false: there are no random bytes. */
bool collect_make_token(char out[COLLECT_TOKEN_SIZE]);

/* ---- collect_take.c: judging and storing ---- */
/* The answer to the whole of a post; run by a thread of the collector. */
void collect_take_html(struct collect_post *p);
/* ---- collect_odk.c ---- */
void collect_take_odk(struct collect_post *p);

/* Says, when it changed, that answers cannot be stored, or can again. */
void collect_failing(struct serving *s, bool failing, int error);
/* How storing went. */
enum collect_outcome {
	COLLECT_STORED,
	COLLECT_CONFLICT, /* another answer has this id */
	COLLECT_NO_ROOM,
	COLLECT_TOO_LARGE,
	COLLECT_FAILED
};
/* Writes and stores an answer without faults; replace: a newer one of the
 * same id takes its place. */
enum collect_outcome collect_store(struct collect_post *p,
    const struct collect_form *f, const struct copl_answer *a, bool replace);

/* ---- collect_answer.c: what goes back ---- */
/* A page of the server's own: these answers were not stored. */
void collect_answer_sorry(struct collect_post *p, unsigned status);
/* Bytes of a file of the set, which the caller has; or which are looked up. */
void collect_answer_content(struct collect_post *p, unsigned status,
    const struct collect_page *page, const struct content *c);
void collect_answer_file(struct collect_post *p, unsigned status,
    const struct collect_page *page, const struct shelf_item *item);
/* The form with what was answered; the sorry page where that cannot be. */
void collect_answer_filled(struct collect_post *p, unsigned status,
    const struct collect_form *f, struct collect_page *page,
    const struct copl_fill *fill);
/* An OpenRosa document with the sentence of collect_words.h that goes with the
 * status, and what is to stand behind it, NULL: nothing. */
void collect_answer_phone(struct collect_post *p, unsigned status,
    enum collect_time when, const char *detail);
/* Before the content is there: an answer on the spot. */
enum MHD_Result collect_refuse(
    struct collect_post *p, unsigned status, const char *why);

#endif
