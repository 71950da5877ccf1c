/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <archive.h>
#include <archive_entry.h>
#include "exchange/archive.h"
#include "exchange/exchange_priv.h"

static bool put_file(struct archive *a, const char *bytes, size_t len)
{
	struct archive_entry *e = archive_entry_new();
	bool ok = e != NULL;

	if (ok) {
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_size(e, (la_int64_t)len);
		ok = archive_write_header(a, e) == ARCHIVE_OK &&
		     archive_write_data(a, bytes, len) == (la_ssize_t)len;
	}
	archive_entry_free(e);
	return ok;
}

enum copl_status copl_gzip_write(
    const char *bytes, size_t len, struct copl_strbuf *out)
{
	struct archive *a = archive_write_new();
	bool ok =
	    a != NULL && archive_write_set_format_raw(a) == ARCHIVE_OK &&
	    archive_write_add_filter_gzip(a) == ARCHIVE_OK &&
	    archive_write_set_options(
		a, "gzip:compression-level=9,gzip:!timestamp") == ARCHIVE_OK &&
	    xl_archive_open(a, out);

	ok = ok && put_file(a, bytes, len);
	ok = ok && archive_write_close(a) == ARCHIVE_OK;
	archive_write_free(a);
	if (out->st != COPL_OK)
		return out->st;
	return ok ? COPL_OK : COPL_E_NOMEM;
}
