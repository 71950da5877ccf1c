/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "tally/sort.h"

/* Sorted runs in the file: 16384 times 1024 records. */
#define RUNS_MAX 1024

struct run {
	off_t at;
	size_t left; /* records in the file */
	char *page; /* some of them */
	size_t n;
	size_t next;
};

struct tally_sort {
	size_t size;
	size_t held;
	size_t page; /* records of a run that are read at a time */
	const char *scratch;
	char *records;
	size_t n;
	int fd; /* -1: all are in memory */
	struct run *runs;
	size_t nruns;
	size_t next; /* when all are in memory */
	size_t *heap; /* runs by their next record */
	size_t nheap;
};

struct tally_sort *tally_sort_new(size_t size, size_t held, const char *scratch)
{
	struct tally_sort *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->size = size;
	t->held = held;
	t->fd = -1;
	t->scratch = scratch;
	t->records = malloc(held * size);
	t->runs = calloc(RUNS_MAX, sizeof(*t->runs));
	t->heap = calloc(RUNS_MAX, sizeof(*t->heap));
	if (t->records == NULL || t->runs == NULL || t->heap == NULL) {
		tally_sort_free(t);
		return NULL;
	}
	return t;
}

void tally_sort_free(struct tally_sort *t)
{
	if (t == NULL)
		return;
	if (t->fd >= 0)
		close(t->fd);
	free(t->records);
	free(t->runs);
	free(t->heap);
	free(t);
}

static enum copl_status say(struct tally_sort *t, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "tally-scratch",
	    (struct copl_place){t->scratch, 0, 0},
	    _("cannot keep what does not fit into memory in this folder: %s"),
	    strerror(errno));
	return COPL_E_IO;
}

/* Records begin with a digest, so the first eight bytes nearly always tell. */
static int compare(const void *a, const void *b, size_t size)
{
	uint64_t x, y;

	if (size >= sizeof(x)) {
		memcpy(&x, a, sizeof(x));
		memcpy(&y, b, sizeof(y));
		if (x != y)
			return be64toh(x) < be64toh(y) ? -1 : 1;
	}
	return memcmp(a, b, size);
}

static int by_bytes(const void *a, const void *b, void *size)
{
	return compare(a, b, *(size_t *)size);
}

static bool open_scratch(struct tally_sort *t)
{
	char path[4096];
	const int n =
	    snprintf(path, sizeof(path), "%s/cop-l10n.XXXXXX", t->scratch);

	t->fd = open(t->scratch, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (t->fd >= 0 || n < 0 || (size_t)n >= sizeof(path))
		return t->fd >= 0;
	/* Not every file system can make a file without a name. */
	t->fd = mkostemp(path, O_CLOEXEC);
	return t->fd >= 0 && unlink(path) == 0;
}

/* What is in memory becomes a run of the file. */
static enum copl_status put_run(struct tally_sort *t, struct copl_reporter *r)
{
	struct run *run = &t->runs[t->nruns];

	qsort_r(t->records, t->n, t->size, by_bytes, &t->size);
	if (t->fd < 0 && !open_scratch(t))
		return say(t, r);
	run->at = lseek(t->fd, 0, SEEK_END);
	if (run->at < 0 || !copl_write_all(t->fd, t->records, t->n * t->size))
		return say(t, r);
	run->left = t->n;
	t->nruns++;
	t->n = 0;
	return COPL_OK;
}

enum copl_status tally_sort_add(
    struct tally_sort *t, const void *record, struct copl_reporter *r)
{
	if (t->n == t->held) {
		enum copl_status st;

		if (t->nruns + 1 == RUNS_MAX) {
			copl_report(r, COPL_ERROR, "tally-limit",
			    (struct copl_place){NULL, 0, 0},
			    _("there are more than %zu answers: count "
			      "fewer folders at a time"),
			    (RUNS_MAX - 1) * t->held);
			return COPL_E_LIMIT;
		}
		st = put_run(t, r);
		if (st != COPL_OK)
			return st;
	}
	memcpy(t->records + t->n++ * t->size, record, t->size);
	return COPL_OK;
}

/* ---- the runs are merged ---- */

static const char *head_of(const struct tally_sort *t, size_t run)
{
	return t->runs[run].page + t->runs[run].next * t->size;
}

static bool before(const struct tally_sort *t, size_t a, size_t b)
{
	return compare(
		   head_of(t, t->heap[a]), head_of(t, t->heap[b]), t->size) < 0;
}

static void sink(struct tally_sort *t, size_t at)
{
	for (;;) {
		size_t child = 2 * at + 1, swap;

		if (child >= t->nheap)
			return;
		if (child + 1 < t->nheap && before(t, child + 1, child))
			child++;
		if (!before(t, child, at))
			return;
		swap = t->heap[at];
		t->heap[at] = t->heap[child];
		t->heap[child] = swap;
		at = child;
	}
}

static bool read_page(struct tally_sort *t, struct run *run)
{
	const size_t n = run->left < t->page ? run->left : t->page;
	size_t done = 0;

	while (done < n * t->size) {
		const ssize_t got = pread(t->fd, run->page + done,
		    n * t->size - done, run->at + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	run->at += (off_t)done;
	run->left -= n;
	run->n = n;
	run->next = 0;
	return true;
}

enum copl_status tally_sort_end(struct tally_sort *t, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i;

	if (t->fd < 0) {
		qsort_r(t->records, t->n, t->size, by_bytes, &t->size);
		return COPL_OK;
	}
	if (t->n > 0)
		st = put_run(t, r);
	/* The memory of the records holds a page of each run from now on. */
	t->page = t->held / t->nruns;
	for (i = 0; i < t->nruns && st == COPL_OK; i++) {
		t->runs[i].page = t->records + i * t->page * t->size;
		if (!read_page(t, &t->runs[i]))
			st = say(t, r);
		t->heap[t->nheap++] = i;
	}
	for (i = t->nheap; i-- > 0 && st == COPL_OK;)
		sink(t, i);
	return st;
}

enum copl_status tally_sort_next(
    struct tally_sort *t, void *record, struct copl_reporter *r)
{
	struct run *run;

	if (t->fd < 0) {
		if (t->next == t->n)
			return COPL_E_NOTFOUND;
		memcpy(record, t->records + t->next++ * t->size, t->size);
		return COPL_OK;
	}
	if (t->nheap == 0)
		return COPL_E_NOTFOUND;
	run = &t->runs[t->heap[0]];
	memcpy(record, head_of(t, t->heap[0]), t->size);
	if (++run->next == run->n) {
		if (run->left == 0)
			t->heap[0] = t->heap[--t->nheap];
		else if (!read_page(t, run))
			return say(t, r);
	}
	sink(t, 0);
	return COPL_OK;
}
