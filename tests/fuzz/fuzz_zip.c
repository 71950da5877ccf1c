/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A zip that somebody sent, or ("W") files from which one is made, which must
 * come out of it again.  What comes out keeps its limits, and names are text.
 */
#include "config.h"
#include "exchange/exchange.h"
#include "fuzz.h"

#define FILES_MAX 20

struct unpacked {
	size_t files;
	size_t total;
	const struct copl_zip_file *want; /* NULL: nobody knows */
};

static bool wanted(void *arg, const char *name)
{
	struct unpacked *u = arg;
	const char *s;

	for (s = name; *s != '\0'; s++)
		must((unsigned char)*s >= ' ' && *s != 0x7f && *s != '\\');
	must(copl_utf8_valid(name, strlen(name)) == strlen(name));
	return u->want != NULL || strstr(name, "no") == NULL;
}

static enum copl_status each(
    void *arg, const char *name, const char *bytes, size_t len)
{
	struct unpacked *u = arg;

	must(len <= COPL_ZIP_FILE_MAX && bytes[len] == '\0');
	u->total += len;
	if (u->want != NULL) {
		const struct copl_zip_file *f = &u->want[u->files];

		must(strcmp(f->name, name) == 0 && f->len == len);
		must(len == 0 || memcmp(f->bytes, bytes, len) == 0);
	}
	must(++u->files <= COPL_ZIP_FILES_MAX);
	return COPL_OK;
}

static void unzip(const char *bytes, size_t len, struct unpacked *u, bool good)
{
	struct fuzz_heard h;
	enum copl_status st = copl_zip_read(
	    bytes, len, "f.zip", fuzz_listen(&h), wanted, each, u);

	st = fuzz_end(&h, st);
	must(u->total <= COPL_ZIP_TOTAL_MAX);
	must(!good || st == COPL_OK);
}

static void there_and_back(const char *rest, const char *end)
{
	static const char *const names[] = {"fr.po", "ar.xlf", "a/b/zh_CN.csv"};
	struct copl_zip_file files[FILES_MAX];
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)8 << 20);
	struct copl_strbuf again = COPL_STRBUF_INIT((size_t)8 << 20);
	struct unpacked u = {.want = files};
	size_t n = 0;

	while (rest < end && n < FILES_MAX) {
		struct fuzz_part p = fuzz_cut(&rest, end, "\n--\n");

		files[n] = (struct copl_zip_file){
		    names[n % COPL_COUNT(names)], p.s, p.len};
		n++;
	}
	must(copl_zip_write(files, n, 1803038400, &out) == COPL_OK);
	must(copl_zip_write(files, n, 1803038400, &again) == COPL_OK);
	must(out.len == again.len && memcmp(out.s, again.s, out.len) == 0);
	unzip(out.s, out.len, &u, true);
	must(u.files == n);
	while (n > 0)
		free((void *)(uintptr_t)files[--n].bytes);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;
	struct unpacked u = {.want = NULL};

	if (size > 1 << 16)
		return 0;
	if (size > 1 && *s == 'W')
		there_and_back(s + 1, s + size);
	else
		unzip(s, size, &u, false);
	return 0;
}
