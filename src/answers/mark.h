/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_MARK_H
#define COPL_ANSWERS_MARK_H

#include "base/base.h"

/*
 * What can be read of a stored answer without opening it: whether it has the
 * content of another sending, and until when it may be kept.  A sealed file
 * has it in its head, a plain one in a processing instruction at its end.
 */
#define COPL_MARK_CONTENT 16
#define COPL_MARK_DAY_SIZE 11
struct copl_mark {
	/*
	 * BLAKE2b-128 under a key made of the id that was sent: whoever has
	 * not seen the id can neither guess at answers nor compare two.
	 */
	unsigned char content[COPL_MARK_CONTENT];
	char keep_until[COPL_MARK_DAY_SIZE]; /* "": not said */
};

void copl_mark_make(struct copl_mark *m, const char *id, size_t id_len,
    const char *content, size_t len);
bool copl_mark_same(const struct copl_mark *a, const struct copl_mark *b);

/* A day as "2027-12-31" in m; false: it is none. */
bool copl_mark_keep(struct copl_mark *m, const char *day) COPL_MUST_CHECK;

/* "<?cop-l10n-mark ...?>" and a line end. */
void copl_mark_put(const struct copl_mark *m, struct copl_strbuf *out);

/* Is it what copl_mark_put() has written, and nothing else? */
bool copl_mark_of_text(const char *text, size_t len, struct copl_mark *out)
    COPL_MUST_CHECK;

/* Of a file that is open; false: it has none, it is damaged. */
bool copl_mark_of_plain(int fd, struct copl_mark *out) COPL_MUST_CHECK;
bool copl_mark_of_sealed(int fd, struct copl_mark *out) COPL_MUST_CHECK;

#endif
