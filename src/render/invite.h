/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_RENDER_INVITE_H
#define COPL_RENDER_INVITE_H

#include "render/render.h"

/*
 * What brings young people to a form: a text message, a text for social
 * media, and a poster.  The words are texts of the interface, the same for all
 * forms.  The form's title and the address are in none of them: they have a
 * line of their own above and below, so that no translation must bend around
 * a title or can lose the address, no full stop becomes part of a link, and
 * the address is shown from left to right in every language.
 */

enum copl_invite_kind { COPL_INVITE_SMS, COPL_INVITE_SOCIAL };
/* Id of the words in the interface. */
const char *copl_invite_words(enum copl_invite_kind kind);

struct copl_invite {
	const char *lang;
	const char *title; /* of the form, plain text */
	const char *closes; /* the last day, ready to show */
	const char *address; /* ASCII */
};
/* The title, the words with their {closes}, the address. */
void copl_invite_text(enum copl_invite_kind kind, const char *words,
    const struct copl_invite *about, struct copl_strbuf *out);

/*
 * A text message as networks count it (3GPP TS 23.038): in septets of the
 * default alphabet and its extension table when that has all characters,
 * else in UTF-16 units.  One part holds 160 or 70; of several each holds 153
 * or 67, and no character is cut in two.
 */
#define COPL_SMS_PARTS_MAX                                                     \
	2 /* longer ones cost more and may come in pieces                      \
	   */
struct copl_sms {
	bool unicode;
	size_t units;
	size_t parts;
	size_t room; /* units that COPL_SMS_PARTS_MAX parts hold */
};
/* text is valid UTF-8. */
void copl_sms_count(const char *text, struct copl_sms *out);

/*
 * A post as the strictest of the large networks counts it: 280, where Chinese
 * and the like count double; an address counts as it is written, and as 23 at
 * least.
 */
#define COPL_SOCIAL_MAX 280
size_t copl_social_count(const char *text, const char *address);

/* Both texts below their headings, for who is to send them.  UTF-8. */
enum copl_status copl_render_invite(const struct copl_page *page,
    const struct copl_invite *about, struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * One page of A4 with the address and its QR code: no script, no outside
 * request, everything in it.  COPL_E_LIMIT: no QR code holds the address.
 */
enum copl_status copl_render_poster(const struct copl_page *page,
    const char *address, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
