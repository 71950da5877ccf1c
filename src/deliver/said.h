/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SAID_H
#define COPL_SAID_H

#include "net/net.h"

#define COPL_SAID_SIZE 400

/*
 * What the other side says about a problem, with a colon before it, made
 * harmless: one line of text without control characters and without marks
 * that turn the direction of what follows.  Empty when it says nothing.
 */
void copl_said(const struct copl_net_answer *a, char out[COPL_SAID_SIZE]);
/* The same for any text of theirs, e.g. a Location. */
void copl_said_text(const char *text, char *out, size_t room);

#endif
