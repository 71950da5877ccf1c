/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_COLLECT_H
#define COPL_SERVE_COLLECT_H

#include "serve/route.h"

/*
 * serve --collect: answers come in.  What the other parts of the server call;
 * all of it does nothing, or says no, where nothing is collected.
 *
 * A post is read by libmicrohttpd's threads.  Judging and storing it takes
 * as long as the disk does, so its connection is suspended and threads of
 * the collector's own do that, many at a time: what they store together is
 * flushed together.
 */
struct collect;
struct collect_set;
struct collect_post;

/* Makes the folder for answers.  Finding collect-place. */
enum copl_status collect_place(const struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Findings of the store and of the key; behind collect_place(). */
enum copl_status collect_open(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
/*
 * No post of this front is suspended, nor will be, so that it can be ended;
 * false: one is.
 */
bool collect_lets_go(struct serving *s, struct front *f);
/* Takes no further post, and waits until those it has are answered. */
void collect_drain(struct serving *s);
void collect_close(struct serving *s);

/*
 * Reads the forms of a set that is to be shown.  What cannot be collected is
 * left out with warning collect-form.
 */
enum copl_status collect_set_load(const struct serving *s, struct shelf *shelf,
    struct copl_reporter *r) COPL_MUST_CHECK;
void collect_set_free(struct collect_set *set); /* NULL is allowed */
/* Event "collecting": which forms, and where answers go. */
void collect_tell(struct serving *s, struct copl_reporter *r);

/* Could the last answer not be stored? */
bool collect_is_failing(struct serving *s);

/* ---- posts ---- */
/* Its fields are there: it may come in, or is refused at once. */
enum MHD_Result collect_begin(
    struct serving *s, const struct exchange *x, struct collect_post **out);
/* More of its content, its end, or the time to answer. */
enum MHD_Result collect_more(
    struct collect_post *p, const char *bytes, size_t *len);
void collect_end(struct collect_post *p);

/* ---- what is shown ---- */
/*
 * Is this file one that a browser gets from the collector: a form's page,
 * which there has a token of its own, or the one that says that it is not
 * open?
 */
bool collect_shows(const struct serving *s, const struct exchange *x,
    const struct shelf_item *item);
enum MHD_Result collect_show(
    struct serving *s, const struct exchange *x, const struct shelf_item *item);
/* "submission", or "africa/submission": where phones send to. */
bool collect_is_submission(const char *path);
enum MHD_Result collect_submission(struct serving *s, const struct exchange *x);

#endif
