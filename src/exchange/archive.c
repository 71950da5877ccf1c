/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "exchange/archive.h"

static la_ssize_t put(
    struct archive *a, void *arg, const void *bytes, size_t len)
{
	struct copl_strbuf *out = arg;

	(void)a;
	copl_strbuf_add(out, bytes, len);
	return out->st == COPL_OK ? (la_ssize_t)len : -1;
}

bool xl_archive_open(struct archive *a, struct copl_strbuf *out)
{
	return archive_write_set_bytes_per_block(a, 0) == ARCHIVE_OK &&
	       archive_write_open(a, out, NULL, put, NULL) == ARCHIVE_OK;
}
