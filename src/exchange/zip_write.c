/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <time.h>
#include "exchange/archive.h"
#include "exchange/exchange_priv.h"

/* ---- the clock of DOS, which has no zone ---- */

/* From 1980 to 2107. */
#define DOS_FIRST INT64_C(315532800)
#define DOS_LAST INT64_C(4354819199)

static uint32_t dos_time(int64_t t)
{
	time_t at = (time_t)(t < DOS_FIRST  ? DOS_FIRST
			     : t > DOS_LAST ? DOS_LAST
					    : t);
	struct tm tm = {0};

	gmtime_r(&at, &tm);
	return (uint32_t)(tm.tm_year - 80) << 25 |
	       (uint32_t)(tm.tm_mon + 1) << 21 | (uint32_t)tm.tm_mday << 16 |
	       (uint32_t)tm.tm_hour << 11 | (uint32_t)tm.tm_min << 5 |
	       (uint32_t)tm.tm_sec / 2;
}

static uint32_t get32(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return (uint32_t)u[3] << 24 | (uint32_t)u[2] << 16 |
	       (uint32_t)u[1] << 8 | u[0];
}

static uint32_t get16(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return (uint32_t)u[1] << 8 | u[0];
}

static void put32(char *s, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++)
		s[i] = (char)(v >> 8 * i & 0xff);
}

#define CENTRAL 0x02014b50U
#define LOCAL 0x04034b50U
#define END_SIZE 22

/*
 * libarchive writes the time of day of this machine's zone; with UTC the
 * bytes are the same everywhere.
 */
static bool set_times(struct copl_strbuf *out, uint32_t dos)
{
	size_t at, n, local;

	if (out->len < END_SIZE)
		return false;
	n = get16(out->s + out->len - END_SIZE + 10);
	at = get32(out->s + out->len - END_SIZE + 16);
	for (; n > 0; n--) {
		if (at + 46 > out->len || get32(out->s + at) != CENTRAL)
			return false;
		local = get32(out->s + at + 42);
		if (local + 30 > out->len || get32(out->s + local) != LOCAL)
			return false;
		put32(out->s + at + 12, dos);
		put32(out->s + local + 10, dos);
		at += 46 + (size_t)get16(out->s + at + 28) +
		      get16(out->s + at + 30) + get16(out->s + at + 32);
	}
	return true;
}

/* ---- the archive ---- */

static bool put_file(struct archive *a, struct archive_entry *e,
    const struct copl_zip_file *f, int64_t time)
{
	archive_entry_clear(e);
	archive_entry_set_pathname(e, f->name);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, (la_int64_t)f->len);
	archive_entry_set_mtime(e, time, 0);
	return archive_write_header(a, e) == ARCHIVE_OK &&
	       archive_write_data(a, f->bytes, f->len) == (la_ssize_t)f->len &&
	       archive_write_finish_entry(a) == ARCHIVE_OK;
}

enum copl_status copl_zip_write(const struct copl_zip_file *files, size_t n,
    int64_t time, struct copl_strbuf *out)
{
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	bool ok = a != NULL && e != NULL;
	size_t i;

	ok = ok && archive_write_set_format_zip(a) == ARCHIVE_OK &&
	     xl_archive_open(a, out);
	for (i = 0; i < n && ok; i++)
		ok = put_file(a, e, &files[i], time);
	ok = ok && archive_write_close(a) == ARCHIVE_OK;
	archive_entry_free(e);
	archive_write_free(a);
	if (out->st != COPL_OK)
		return out->st;
	if (!ok)
		return COPL_E_NOMEM;
	return set_times(out, dos_time(time)) ? COPL_OK : COPL_E_BUG;
}
