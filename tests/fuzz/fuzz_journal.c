/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The journal of the store.  "R": bytes as the file.  "B": batches parted by
 * a line "--", whose sums are made right, as if the program had written them:
 * the first byte of each is its generation, the second how many files it says
 * it has.  What is handed over lies in the batch and has names that are safe.
 */
#include "config.h"
#include <fcntl.h>
#include <sodium.h>
#include "answers/store_priv.h"
#include "fuzz.h"

/* As store_journal.c says; docs/answers-store.md. */
#define HEAD 56
#define AT_SUM 24
#define PAGE 4096
#define NAME (COPL_STORE_NAME_SIZE - 1)

struct seen {
	const struct store_journal *j;
	size_t files;
	size_t stop_at;
};

static bool redo(void *arg, const struct store_file *f)
{
	struct seen *s = arg;
	const char *begin = s->j->bytes.s, *end = begin + s->j->bytes.len;

	must(copl_shape_is_name(f->form));
	must(f->name >= begin && f->name + NAME <= end);
	must(strspn(f->name, "0123456789abcdef") >= NAME);
	must(f->bytes >= begin && f->bytes <= end);
	must(f->len <= (size_t)(end - f->bytes));
	return ++s->files != s->stop_at;
}

static void put(struct copl_strbuf *b, uint64_t n, int bytes)
{
	char raw[8];
	int i;

	for (i = 0; i < bytes; i++, n >>= 8)
		raw[i] = (char)(n & 0xff);
	copl_strbuf_add(b, raw, (size_t)bytes);
}

static void put_batch(struct copl_strbuf *b, const struct fuzz_part *p)
{
	static const char zeros[PAGE];
	size_t start = b->len, len = p->len - 2;
	crypto_generichash_state state;
	unsigned char sum[32];

	copl_strbuf_add(b, "coplans1", 8);
	put(b, (unsigned char)p->s[0], 8);
	put(b, HEAD + len, 4);
	put(b, (unsigned char)p->s[1], 4);
	crypto_generichash_init(&state, NULL, 0, sizeof(sum));
	crypto_generichash_update(
	    &state, (const unsigned char *)b->s + start, AT_SUM);
	crypto_generichash_update(&state, (const unsigned char *)p->s + 2, len);
	crypto_generichash_final(&state, sum, sizeof(sum));
	copl_strbuf_add(b, (const char *)sum, sizeof(sum));
	copl_strbuf_add(b, p->s + 2, len);
	copl_strbuf_add(b, zeros, (PAGE - b->len % PAGE) % PAGE);
}

static void put_batches(
    struct copl_strbuf *b, const char *rest, const char *end)
{
	while (rest < end) {
		struct fuzz_part p = fuzz_cut(&rest, end, "\n--\n");

		if (p.len >= 2)
			put_batch(b, &p);
		free(p.s);
	}
}

static void read_it(const struct copl_strbuf *file)
{
	int dir;
	struct store_journal j;
	struct seen all = {.j = &j}, more = {.j = &j},
		    some = {.j = &j, .stop_at = 1};

	fuzz_file(STORE_JOURNAL, copl_strbuf_text(file), file->len);
	dir = open(fuzz_folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	must(dir >= 0 && copl_journal_open(&j, dir, false));
	must(copl_journal_catch_up(&j, true, redo, &all) == 0);
	must(j.end % PAGE == 0 && j.end <= file->len + PAGE);
	/* Nobody has appended anything since. */
	must(copl_journal_catch_up(&j, false, redo, &more) == 0);
	must(more.files == 0);
	if (all.files > 0)
		must(copl_journal_catch_up(&j, true, redo, &some) != 0);
	copl_journal_close(&j);
	close(dir);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_strbuf file = COPL_STRBUF_INIT((size_t)4 << 20);
	const char *s = (const char *)data;

	if (size == 0 || size > 1 << 15)
		return 0;
	if (*s == 'R')
		copl_strbuf_add(&file, s + 1, size - 1);
	else if (*s == 'B')
		put_batches(&file, s + 1, s + size);
	if (file.len > 0)
		read_it(&file);
	copl_strbuf_clear(&file);
	return 0;
}
