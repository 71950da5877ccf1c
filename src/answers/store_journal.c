/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "answers/store_priv.h"

/*
 * Batches in a row, each at the beginning of a page so that writing one never
 * touches the sectors of another.  A head, then a record for each file:
 *
 *   head    magic 8, generation 8, length 4 (with the head), files 4,
 *           BLAKE2b-256 of all this and the records
 *   record  length of the form's id 1, the id, name 32, sealed 1, hour 8,
 *           length 4, bytes
 *
 * Numbers are little-endian.  All batches since the journal was emptied have
 * one generation, a random number, so that older ones behind them are not
 * taken for theirs; and one that was not written to its end has a wrong sum.
 */
#define MAGIC "coplans1"
#define AT_GENERATION 8
#define AT_LENGTH 16
#define AT_FILES 20
#define AT_SUM 24
#define SUM 32
#define HEAD (AT_SUM + SUM)
#define PAGE 4096
#define NAME (COPL_STORE_NAME_SIZE - 1)
#define RECORD_HEAD (1 + NAME + 1 + 8 + 4) /* without the id */
#define BATCH_MAX                                                              \
	(HEAD + STORE_BATCH_BYTES + 2 * COPL_STORE_BYTES_MAX +                 \
	    (size_t)STORE_BATCH * (RECORD_HEAD + STORE_FORM_SIZE))

static void put_number(struct copl_strbuf *b, uint64_t n, int bytes)
{
	char raw[8];
	int i;

	for (i = 0; i < bytes; i++, n >>= 8)
		raw[i] = (char)(n & 0xff);
	copl_strbuf_add(b, raw, (size_t)bytes);
}

static uint64_t get_number(const char *p, int bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | (unsigned char)p[bytes];
	return n;
}

static void sum_of(const char *batch, size_t len, unsigned char out[SUM])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, SUM);
	crypto_generichash_update(&state, (const unsigned char *)batch, AT_SUM);
	crypto_generichash_update(
	    &state, (const unsigned char *)batch + HEAD, len - HEAD);
	crypto_generichash_final(&state, out, SUM);
}

static uint64_t next_page(uint64_t at)
{
	return (at + PAGE - 1) / PAGE * PAGE;
}

/* ---- opening ---- */

/* Whether so much room is not missed by anybody. */
static bool is_roomy(int fd, uint64_t size)
{
	struct statvfs fs;

	return fstatvfs(fd, &fs) == 0 &&
	       (uint64_t)fs.f_bavail * fs.f_frsize > 8 * size;
}

/*
 * Zeros, written: overwriting them later changes nothing but data, so that a
 * flush need not wait for the journal of the file system.  On a disk that is
 * nearly full it grows when it must.
 */
static void fill(int fd, uint64_t size)
{
	static const char zeros[65536];
	uint64_t at = size;

	if (!is_roomy(fd, STORE_JOURNAL_SIZE))
		return;
	while (at < STORE_JOURNAL_SIZE &&
	       pwrite(fd, zeros, sizeof(zeros), (off_t)at) ==
		   (ssize_t)sizeof(zeros))
		at += sizeof(zeros);
	if (at < STORE_JOURNAL_SIZE)
		(void)!ftruncate(fd, (off_t)size);
}

bool copl_journal_open(struct store_journal *j, int state, bool make)
{
	int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	struct stat sb;

	j->bytes = (struct copl_strbuf)COPL_STRBUF_INIT(BATCH_MAX);
	j->generation = j->end = 0;
	j->fd =
	    openat(state, STORE_JOURNAL, make ? flags | O_CREAT : flags, 0600);
	if (j->fd < 0)
		return false;
	if (fstat(j->fd, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    (!make || fchmod(j->fd, 0600) == 0)) {
		/* Nothing of anybody is in it, whoever made it. */
		if (make && sb.st_size == 0 && sb.st_nlink == 1)
			copl_store_give(j->fd, state);
		return true;
	}
	if (!S_ISREG(sb.st_mode))
		errno = EEXIST;
	copl_journal_close(j);
	return false;
}

void copl_journal_close(struct store_journal *j)
{
	if (j->fd >= 0)
		close(j->fd);
	j->fd = -1;
	copl_strbuf_clear(&j->bytes);
}

bool copl_journal_lock(struct store_journal *j)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int r;

	do {
		r = fcntl(j->fd, F_OFD_SETLKW, &whole);
	} while (r != 0 && errno == EINTR);
	return r == 0;
}

void copl_journal_unlock(struct store_journal *j)
{
	struct flock whole = {.l_type = F_UNLCK, .l_whence = SEEK_SET};

	(void)fcntl(j->fd, F_OFD_SETLK, &whole);
}

/* ---- reading ---- */

static bool read_all(int fd, char *to, size_t len, uint64_t at)
{
	while (len > 0) {
		ssize_t n = pread(fd, to, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (n == 0)
				errno = 0;
			return false;
		}
		to += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return true;
}

/* Length of the batch that begins here by its head; 0: none. */
static size_t batch_here(
    const struct store_journal *j, uint64_t at, uint64_t *generation)
{
	char head[HEAD];
	uint64_t len;

	errno = 0;
	if (!read_all(j->fd, head, HEAD, at) || memcmp(head, MAGIC, 8) != 0)
		return 0;
	*generation = get_number(head + AT_GENERATION, 8);
	len = get_number(head + AT_LENGTH, 4);
	return *generation == 0 || len < HEAD || len > BATCH_MAX ? 0
								 : (size_t)len;
}

/* Into j->bytes; false with errno 0: it was not written to its end. */
static bool read_batch(struct store_journal *j, uint64_t at, size_t len)
{
	unsigned char sum[SUM];

	copl_strbuf_reset(&j->bytes);
	copl_strbuf_room(&j->bytes, len + 1);
	if (j->bytes.st != COPL_OK) {
		errno = ENOMEM;
		return false;
	}
	errno = 0;
	if (!read_all(j->fd, j->bytes.s, len, at))
		return false;
	j->bytes.len = len;
	sum_of(j->bytes.s, len, sum);
	return memcmp(sum, j->bytes.s + AT_SUM, SUM) == 0;
}

/* The next record; false: there is none, or it is not of our making. */
static bool read_record(const char **p, const char *end,
    char form[STORE_FORM_SIZE], struct store_file *f)
{
	size_t room = (size_t)(end - *p);
	size_t id = room == 0 ? 0 : (unsigned char)(*p)[0];
	const char *q = *p + 1 + id;

	if (id == 0 || id >= STORE_FORM_SIZE || room < id + RECORD_HEAD)
		return false;
	memcpy(form, *p + 1, id);
	form[id] = '\0';
	*f = (struct store_file){.form = form,
	    .name = q,
	    .sealed = q[NAME] != 0,
	    .hour = (int64_t)get_number(q + NAME + 1, 8),
	    .bytes = q + NAME + 1 + 8 + 4,
	    .len = (size_t)get_number(q + NAME + 1 + 8, 4)};
	*p = f->bytes + f->len;
	return f->len <= (size_t)(end - f->bytes) && copl_shape_is_name(form) &&
	       strspn(q, "0123456789abcdef") >= NAME;
}

static bool hand_over(struct store_journal *j, store_redo_fn *redo, void *arg)
{
	const char *p = j->bytes.s + HEAD;
	const char *end = j->bytes.s + j->bytes.len;
	uint64_t n = get_number(j->bytes.s + AT_FILES, 4);
	char form[STORE_FORM_SIZE];
	struct store_file f;

	for (; n > 0; n--) {
		if (!read_record(&p, end, form, &f))
			return true;
		if (!redo(arg, &f))
			return false;
	}
	return true;
}

/* Reads the batch at j->end and steps over it; 0: there is no whole one. */
static size_t step(struct store_journal *j)
{
	uint64_t generation = 0;
	size_t len = batch_here(j, j->end, &generation);

	if (len == 0 || generation != j->generation ||
	    !read_batch(j, j->end, len))
		return 0;
	j->end = next_page(j->end + len);
	return len;
}

/* Goes to where the batches begin that are not known; false: errno. */
static bool rewind_to_new(struct store_journal *j, bool all)
{
	uint64_t generation = 0;

	if (batch_here(j, 0, &generation) == 0 && errno != 0)
		return false;
	if (all || generation != j->generation)
		j->end = 0;
	j->generation = generation;
	return true;
}

int copl_journal_catch_up(
    struct store_journal *j, bool all, store_redo_fn *redo, void *arg)
{
	uint64_t from, last = 0;
	size_t len, last_len = 0;
	bool good = true;

	if (!rewind_to_new(j, all))
		return errno;
	from = j->end;
	while (good && (len = step(j)) > 0) {
		last = j->end - next_page(len);
		last_len = len;
		good = !all || hand_over(j, redo, arg);
	}
	good = good && errno == 0;
	if (good && !all && last_len > 0)
		good = read_batch(j, last, last_len) && hand_over(j, redo, arg);
	if (good)
		return 0;
	j->end = from;
	return errno == 0 ? EIO : errno;
}

/* ---- writing ---- */

static void pack_file(struct copl_strbuf *b, const struct store_file *f)
{
	size_t id = strlen(f->form);

	put_number(b, id, 1);
	copl_strbuf_add(b, f->form, id);
	copl_strbuf_add(b, f->name, NAME);
	put_number(b, f->sealed, 1);
	put_number(b, (uint64_t)f->hour, 8);
	put_number(b, f->len, 4);
	copl_strbuf_add(b, f->bytes, f->len);
}

bool copl_journal_pack(struct store_journal *j, const struct store_batch *b)
{
	static const char no_sum[SUM];
	struct copl_strbuf *to = &j->bytes;
	uint64_t generation = j->generation;
	size_t i, n = 0;

	while (generation == 0)
		randombytes_buf(&generation, sizeof(generation));
	for (i = 0; i < b->n; i++)
		n += b->items[i]->staged;
	copl_strbuf_reset(to);
	copl_strbuf_puts(to, MAGIC);
	put_number(to, generation, 8);
	put_number(to, 0, 4);
	put_number(to, n, 4);
	copl_strbuf_add(to, no_sum, SUM);
	for (i = 0; i < b->n; i++)
		if (b->items[i]->staged)
			pack_file(to, &b->items[i]->file);
	if (to->st != COPL_OK)
		return false;
	for (i = 0; i < 4; i++)
		to->s[AT_LENGTH + i] = (char)(to->len >> 8 * i & 0xff);
	sum_of(to->s, to->len, (unsigned char *)to->s + AT_SUM);
	return true;
}

bool copl_journal_has_room(const struct store_journal *j)
{
	uint64_t end = j->end + j->bytes.len;

	return j->end == 0 || end <= STORE_JOURNAL_SIZE ||
	       (end <= STORE_JOURNAL_MAX && is_roomy(j->fd, STORE_JOURNAL_MAX));
}

bool copl_journal_is_filling(const struct store_journal *j)
{
	return j->end > STORE_JOURNAL_MAX / 2;
}

static bool write_at(int fd, const char *bytes, size_t len, uint64_t at)
{
	while (len > 0) {
		ssize_t n = pwrite(fd, bytes, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return true;
}

/* No batch begins here any more. */
static bool forget_from(struct store_journal *j, uint64_t at)
{
	static const char zeros[HEAD];

	return write_at(j->fd, zeros, HEAD, at);
}

int copl_journal_append(struct store_journal *j, bool *flush)
{
	const char *bytes = j->bytes.s;
	int error;

	*flush = false;
	if (write_at(j->fd, bytes, j->bytes.len, j->end)) {
		*flush = true;
		if (fdatasync(j->fd) == 0) {
			j->generation = get_number(bytes + AT_GENERATION, 8);
			j->end = next_page(j->end + j->bytes.len);
			return 0;
		}
	}
	error = errno;
	/* Whoever waits for it will be told that it is not stored. */
	(void)forget_from(j, j->end);
	return error;
}

int copl_journal_wipe(struct store_journal *j)
{
	if (ftruncate(j->fd, 0) != 0 || fsync(j->fd) != 0)
		return errno;
	j->generation = j->end = 0;
	return 0;
}

int copl_journal_reset(struct store_journal *j)
{
	struct stat sb;

	if (fstat(j->fd, &sb) != 0)
		return errno;
	if ((uint64_t)sb.st_size < STORE_JOURNAL_SIZE)
		fill(j->fd, (uint64_t)sb.st_size);
	/* Nothing to forget; or no room for it, on some file systems. */
	if (sb.st_size > 0 && !forget_from(j, 0))
		return copl_journal_wipe(j);
	if (fdatasync(j->fd) != 0)
		return errno;
	j->generation = j->end = 0;
	return 0;
}
