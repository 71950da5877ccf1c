/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_SEAL_H
#define COPL_ANSWERS_SEAL_H

#include "answers/mark.h"
#include "bundle/box.h"

/*
 * A sealed answer: the line "cop-l10n sealed answer 1", the id of the key it
 * is sealed to (8 bytes), its mark (16 bytes of content, 10 of the day, NULs
 * when none is said), and a sealed box of libsodium (crypto_box_seal) with the
 * XML, padded to a multiple of 256 bytes by a byte 0x80 and NULs, so that its
 * length says little.
 */
#define COPL_SEAL_MAGIC "cop-l10n sealed answer 1\n"
#define COPL_SEAL_HEAD                                                         \
	(sizeof(COPL_SEAL_MAGIC) - 1 + 8 + COPL_MARK_CONTENT +                 \
	    COPL_MARK_DAY_SIZE - 1)

/* Adds the file of a sealed answer. */
enum copl_status copl_seal(const struct copl_box_public *k,
    const struct copl_mark *mark, const char *bytes, size_t len,
    struct copl_strbuf *out) COPL_MUST_CHECK;

/* Does it begin like one? */
bool copl_seal_is(const char *bytes, size_t len);
bool copl_seal_mark(const char *bytes, size_t len, struct copl_mark *out)
    COPL_MUST_CHECK;

/*
 * The XML of a sealed answer; *out is emptied first.  Findings at the file:
 * answers-seal-key (it is for another key), answers-seal-damaged; COPL_E_TRUST.
 */
enum copl_status copl_seal_open(const struct copl_box_secret *k,
    const char *bytes, size_t len, const char *file, struct copl_reporter *r,
    struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
