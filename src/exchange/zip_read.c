/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"

struct unzip {
	struct archive *a;
	struct copl_reporter *r;
	const char *file;
	size_t packed; /* bytes of the zip */
	size_t total; /* bytes that came out of it */
	size_t files;
	struct copl_strbuf bytes; /* of one file */
	bool damaged; /* has been said */
};

/* Where libarchive passes on what another library says, only errno tells that
 * memory was out: it is 0 before each call. */
static enum copl_status damaged(struct unzip *z)
{
	if (archive_errno(z->a) == ENOMEM || errno == ENOMEM)
		return COPL_E_NOMEM;
	if (z->damaged)
		return COPL_E_PARSE;
	z->damaged = true;
	copl_report(z->r, COPL_ERROR, "import-zip",
	    (struct copl_place){z->file, 0, 0},
	    _("this zip is damaged or has a password: make it again, without a "
	      "password, or send the files on their own"));
	return COPL_E_PARSE;
}

static enum copl_status too_much(struct unzip *z)
{
	copl_report(z->r, COPL_ERROR, "import-limit",
	    (struct copl_place){z->file, 0, 0},
	    _("this zip holds far more than a pack does (at most %zu files and "
	      "%zu MiB): send only the files with the translation"),
	    COPL_ZIP_FILES_MAX, COPL_ZIP_TOTAL_MAX >> 20);
	return COPL_E_LIMIT;
}

/* What came out so far is no bomb. */
static bool fits(const struct unzip *z)
{
	return z->bytes.len <= COPL_ZIP_FILE_MAX &&
	       z->total <= COPL_ZIP_TOTAL_MAX &&
	       z->total / COPL_ZIP_RATIO_MAX <= z->packed;
}

static enum copl_status read_data(struct unzip *z)
{
	copl_strbuf_reset(&z->bytes);
	for (;;) {
		char block[16384];
		la_ssize_t n;

		errno = 0;
		n = archive_read_data(z->a, block, sizeof(block));
		if (n == 0)
			return z->bytes.st;
		if (n < 0)
			return damaged(z);
		copl_strbuf_add(&z->bytes, block, (size_t)n);
		z->total += (size_t)n;
		if (!fits(z))
			return too_much(z);
		if (z->bytes.st != COPL_OK)
			return z->bytes.st;
	}
}

/* Shown in findings: what terminals and pages must not get is replaced. */
static const char *name_of(struct archive_entry *e, char *out, size_t size)
{
	const char *s = archive_entry_pathname_utf8(e);
	size_t i;

	if (s == NULL && errno != ENOMEM)
		s = archive_entry_pathname(e);
	if (s == NULL)
		return NULL;
	for (i = 0; i + 1 < size && s[i] != '\0'; i++) {
		unsigned char c = (unsigned char)s[i];

		out[i] = c < 0x20 || c == 0x7f ? '?'
			 : s[i] == '\\'        ? '/'
					       : s[i];
	}
	out[copl_utf8_valid(out, i)] = '\0';
	return out;
}

static enum copl_status read_entry(struct unzip *z, struct archive_entry *e,
    copl_zip_wanted_fn *wanted, copl_zip_fn *each, void *arg)
{
	char shown[512];
	const char *name;
	enum copl_status st;

	errno = 0;
	name = name_of(e, shown, sizeof(shown));
	if (name == NULL && errno == ENOMEM)
		return COPL_E_NOMEM;

	if (++z->files > COPL_ZIP_FILES_MAX)
		return too_much(z);
	if (archive_entry_filetype(e) != AE_IFREG)
		return COPL_OK;
	/* A file without a name would be one that nobody misses. */
	if (name == NULL)
		return damaged(z);
	if (!wanted(arg, name))
		return COPL_OK;
	st = read_data(z);
	if (st != COPL_OK)
		return st;
	return each(arg, name, copl_strbuf_text(&z->bytes), z->bytes.len);
}

enum copl_status copl_zip_read(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, copl_zip_wanted_fn *wanted, copl_zip_fn *each,
    void *arg)
{
	struct unzip z = {.r = r, .file = file, .packed = len};
	enum copl_status st = COPL_E_NOMEM, worst = COPL_OK;
	struct archive_entry *e;
	int rc = ARCHIVE_FATAL;

	z.bytes.max = COPL_ZIP_FILE_MAX + 65536;
	z.a = archive_read_new();
	if (z.a == NULL)
		return st;
	errno = 0;
	if (archive_read_support_format_zip(z.a) == ARCHIVE_OK)
		rc = archive_read_open_memory(z.a, bytes, len);
	st = rc == ARCHIVE_OK ? COPL_OK : damaged(&z);
	while (st == COPL_OK) {
		errno = 0;
		rc = archive_read_next_header(z.a, &e);
		if (rc == ARCHIVE_EOF)
			break;
		if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN) {
			st = damaged(&z);
			break;
		}
		st = read_entry(&z, e, wanted, each, arg);
		/* A file with mistakes does not keep the others back. */
		if (st == COPL_E_PARSE || st == COPL_E_INVALID) {
			worst = st;
			st = COPL_OK;
		}
	}
	archive_read_free(z.a);
	copl_strbuf_clear(&z.bytes);
	return st == COPL_OK ? worst : st;
}
