/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_SEEN_H
#define COPL_WORK_SEEN_H

#include "base/base.h"

/* Text for people, what is invisible or looks like another space drawn. */
void work_put_seen(struct copl_strbuf *b, const char *s, size_t len);

#endif
