/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_SEAL_H
#define COPL_ANSWERS_SEAL_H

#include "bundle/box.h"

/*
 * A sealed answer: the line "cop-l10n sealed answer 1", the id of the key it
 * is sealed to (8 bytes), its mark (16 bytes), the last day on which it may be
 * kept (10 bytes, "2027-12-31", NULs when it is not said), and a sealed box of
 * libsodium (crypto_box_seal) with the XML, padded to a multiple of 256 bytes
 * by a byte 0x80 and NULs so that its length says little.  The mark is
 * BLAKE2b-128 of the content under the id that was sent as the key: whoever
 * has not seen the id can neither guess at answers nor compare two of them.
 */
#define COPL_SEAL_MAGIC "cop-l10n sealed answer 1\n"

/* What can be read of an answer without opening it. */
struct copl_mark {
	unsigned char content[16];
	char keep_until[11]; /* "": not said */
};

enum copl_status copl_seal(const struct copl_box_public *k,
    const struct copl_mark *mark, const char *bytes, size_t len,
    struct copl_strbuf *out) COPL_MUST_CHECK;

bool copl_seal_is(const char *bytes, size_t len);

/*
 * The XML of a sealed answer; *out is emptied first.  Findings at the file:
 * answers-seal-key (it is for another key), answers-seal-damaged. COPL_E_TRUST.
 */
enum copl_status copl_seal_open(const struct copl_box_secret *k,
    const char *bytes, size_t len, const char *file, struct copl_reporter *r,
    struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
