/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_EXCHANGE_ARCHIVE_H
#define COPL_EXCHANGE_ARCHIVE_H

#include <archive.h>
#include "base/base.h"

/* What is written into the archive goes into the buffer, unpadded. */
bool xl_archive_open(struct archive *a, struct copl_strbuf *out)
    COPL_MUST_CHECK;

#endif
