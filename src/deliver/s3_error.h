/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_S3_ERROR_H
#define COPL_S3_ERROR_H

#include "net/net.h"

/*
 * The text of an element of an error of S3: "Code", "Message", "ServerTime".
 * false: the answer is no such error, or has no such element that fits.
 */
bool copl_s3_error(
    const struct copl_net_answer *a, const char *name, char *out, size_t room);

/*
 * "Code: Message", in one line; of a clock that is wrong, both times.  Not
 * made harmless yet.  Empty: the answer is no error of S3.
 */
void copl_s3_said(const struct copl_net_answer *a, char *out, size_t room);

#endif
