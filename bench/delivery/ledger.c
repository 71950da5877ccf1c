/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ledger WHERE ENDPOINTS FILES: what a push of a new release asks of an empty
 * ledger, and nothing else: enlist all endpoints, claim them and record for
 * each its files with a receipt, 64 at a time.  Prints CPU and wall seconds,
 * peak memory in KiB and 0.
 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "../aid.h"
#include "ledger/ledger.h"

#define BATCH 64
#define FILES 64
#define NOW 1800000000
#define WORKER "bench:1"
#define SEAL "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct bench {
	struct copl_ledger *ledger;
	struct copl_reporter r;
	struct copl_ledger_fact facts[FILES];
	char paths[FILES][48];
	struct copl_ledger_receipt receipt;
	size_t files;
};

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t number(const char *text, size_t most)
{
	char *end = NULL;
	unsigned long n = strtoul(text, &end, 10);

	if (*text == '\0' || *end != '\0' || n < 1 || n > most)
		die("ledger: %s is not a number from 1 to %zu", text, most);
	return n;
}

static void enlist(struct bench *b, size_t n)
{
	struct copl_ledger_enlisting how = {WORKER, NOW, false};
	struct copl_ledger_task *tasks = grow(NULL, n, sizeof(*tasks));
	char(*urls)[48] = grow(NULL, n, sizeof(*urls));

	for (size_t i = 0; i < n; i++) {
		snprintf(urls[i], sizeof(urls[i]), "http://127.1.%zu.%zu:8101/",
		    i / 250, i % 250 + 1);
		tasks[i] = (struct copl_ledger_task){.endpoint = urls[i] + 7,
		    .url = urls[i],
		    .origin = urls[i],
		    .version = 1,
		    .seal = SEAL};
	}
	if (copl_ledger_enlist(b->ledger, &how, tasks, n, &b->r) != COPL_OK)
		die("ledger: cannot enlist");
	free(tasks);
	free(urls);
}

static void record(struct bench *b, const struct copl_ledger_task *t, size_t n,
    struct copl_arena *arena)
{
	struct copl_ledger_holding held[BATCH];
	struct copl_ledger_entry entries[BATCH];

	for (size_t i = 0; i < n; i++) {
		held[i] = (struct copl_ledger_holding){
		    .endpoint = t[i].endpoint, .url = t[i].url};
		entries[i] = (struct copl_ledger_entry){
		    .standing = {.endpoint = t[i].endpoint,
			.url = t[i].url,
			.status = "delivered",
			.version = 1,
			.seal = SEAL,
			.at = NOW},
		    .facts = b->facts,
		    .nfacts = b->files,
		    .receipt = &b->receipt};
	}
	if (copl_ledger_holdings(b->ledger, held, n, arena, &b->r) != COPL_OK ||
	    copl_ledger_record_all(b->ledger, WORKER, entries, n, &b->r) !=
		COPL_OK)
		die("ledger: cannot record");
}

/* Claims and records until nothing is left; how many that were. */
static size_t deliver(struct bench *b)
{
	const struct copl_ledger_claiming how = {.worker = WORKER,
	    .version = 1,
	    .now = NOW,
	    .due = NOW,
	    .lease_s = 300,
	    .most = BATCH};
	size_t done = 0;

	for (;;) {
		struct copl_arena *arena = copl_arena_new();
		struct copl_ledger_task *tasks = NULL;
		size_t n = 0;

		if (arena == NULL || copl_ledger_claim(b->ledger, &how, arena,
					 &b->r, &tasks, &n) != COPL_OK)
			die("ledger: cannot claim");
		if (n > 0)
			record(b, tasks, n, arena);
		copl_arena_free(arena);
		done += n;
		if (n == 0)
			return done;
	}
}

static void fill(struct bench *b)
{
	for (size_t i = 0; i < b->files; i++) {
		snprintf(b->paths[i], sizeof(b->paths[i]), "form.%zu.xml", i);
		b->facts[i] =
		    (struct copl_ledger_fact){b->paths[i], SEAL, 1, NOW};
	}
	b->receipt = (struct copl_ledger_receipt){.status = 201,
	    .etag = "\"65a1f2c0-6aa\"",
	    .peer = "127.1.0.1:8101",
	    .repr_digest = "sha-256=:"
			   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
	    .server_date = "Fri, 15 Jan 2027 08:00:00 GMT",
	    .requests = (unsigned)b->files,
	    .bytes = 120000,
	    .ms = 12,
	    .verified_by = "receipt"};
}

int main(int argc, char **argv)
{
	static struct bench b;
	struct rusage used;
	double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	double wall = seconds(CLOCK_MONOTONIC);
	size_t n = argc == 4 ? number(argv[2], 100000) : 0;

	if (argc != 4)
		die("usage: ledger WHERE ENDPOINTS FILES");
	b.files = number(argv[3], FILES);
	copl_reporter_init(&b.r, NULL);
	if (copl_ledger_open(argv[1], &b.r, &b.ledger) != COPL_OK)
		die("ledger: cannot open %s", argv[1]);
	fill(&b);
	enlist(&b, n);
	if (deliver(&b) != n)
		die("ledger: not all were claimed");
	copl_ledger_close(b.ledger);
	getrusage(RUSAGE_SELF, &used);
	printf("%.6f %.6f %ld 0\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
	    seconds(CLOCK_MONOTONIC) - wall, used.ru_maxrss);
	return 0;
}
