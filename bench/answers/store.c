/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many answers a second a folder takes so that power may fail, and what
 * its disk allows.  One line of result: WHAT CLIENTS RATE P50_MS P99_MS CPU_US.
 *
 *   store HOW DIR CLIENTS SECONDS
 *
 * HOW is "store" or "sealed" (what cop-l10n does, CLIENTS threads, each with
 * one answer at a time), or a way of writing CLIENTS answers at once: "batch"
 * (records in one file that is there already, one fdatasync: the most that
 * the disk allows), "append" (the same in a file that grows), "syncfs" (files,
 * one syncfs, names, a flush of the folder) or "each" (files, an fdatasync
 * each, names, a flush of the folder).  And what files cost without being
 * safe: "plain" (CLIENTS threads that each make, write and name one at a time,
 * nothing is ever flushed) or "second" (the same, and one more thread that
 * flushes all of them once a second, and at the end).
 */
#include "config.h"
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "answers/store.h"

#define ANSWER 1000 /* bytes of one, as a form of 20 questions has */
#define CLIENTS_MAX 1024
#define SAMPLES ((size_t)1 << 20)
#define BATCH_FILE ((off_t)8 << 20)

struct run {
	const char *dir;
	unsigned clients;
	double seconds;
	int fd; /* of the folder */
	double begun;
	double cpu; /* seconds of it, when it began */
	char text[ANSWER];
	unsigned long done;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds of CPU that this process has used. */
static double used(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void need(bool ok, const char *what)
{
	if (!ok) {
		perror(what);
		exit(3);
	}
}

/* The time counts from here: a folder is opened once. */
static void start(struct run *r)
{
	r->begun = now();
	r->cpu = used();
}

/* ---- what the disk allows ---- */

static char *pack(const struct run *r, size_t *len)
{
	char *all;
	unsigned i;

	*len = (r->clients * sizeof(r->text) + 4095) / 4096 * 4096;
	all = calloc(1, *len);
	need(all != NULL, "memory");
	for (i = 0; i < r->clients; i++)
		memcpy(all + i * sizeof(r->text), r->text, sizeof(r->text));
	return all;
}

static int open_log(const struct run *r, bool filled)
{
	int fd = openat(r->fd, "log", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	char *zeros = calloc(1, (size_t)BATCH_FILE);

	need(fd >= 0 && zeros != NULL, "log");
	if (filled)
		need(write(fd, zeros, (size_t)BATCH_FILE) == BATCH_FILE &&
			 fsync(fd) == 0,
		    "log");
	free(zeros);
	return fd;
}

static void one_file(struct run *r, bool filled)
{
	int fd = open_log(r, filled);
	double end;
	off_t at = 0;
	size_t len;
	char *all = pack(r, &len);

	start(r);
	end = r->begun + r->seconds;
	while (now() < end) {
		if (filled && at + (off_t)len > BATCH_FILE)
			at = 0;
		need(pwrite(fd, all, len, at) == (ssize_t)len, "write");
		need(fdatasync(fd) == 0, "fdatasync");
		at += (off_t)len;
		r->done += r->clients;
	}
	close(fd);
	free(all);
}

static void file_name(char *name, size_t size, char kind, unsigned long n)
{
	snprintf(name, size, "%c%lu.xml", kind, n);
}

static void write_files(struct run *r, int *fds)
{
	char name[40];
	unsigned i;

	for (i = 0; i < r->clients; i++) {
		file_name(name, sizeof(name), 't', r->done + i);
		fds[i] = openat(
		    r->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		need(fds[i] >= 0, "open");
		need(
		    write(fds[i], r->text, sizeof(r->text)) == ANSWER, "write");
	}
}

static void name_files(struct run *r, int *fds)
{
	char from[40], to[40];
	unsigned i;

	for (i = 0; i < r->clients; i++) {
		close(fds[i]);
		file_name(from, sizeof(from), 't', r->done + i);
		file_name(to, sizeof(to), 'a', r->done + i);
		need(renameat(r->fd, from, r->fd, to) == 0, "rename");
	}
	need(fsync(r->fd) == 0, "fsync");
}

static void many_files(struct run *r, bool each)
{
	int fds[CLIENTS_MAX];
	double end;
	unsigned i;

	start(r);
	end = r->begun + r->seconds;
	while (now() < end) {
		write_files(r, fds);
		for (i = 0; each && i < r->clients; i++)
			need(fdatasync(fds[i]) == 0, "fdatasync");
		need(each || syncfs(r->fd) == 0, "syncfs");
		name_files(r, fds);
		r->done += r->clients;
	}
}

/* ---- what files cost ---- */

struct maker {
	struct run *run;
	unsigned number;
	unsigned long done;
	atomic_bool *stop; /* for the thread that flushes */
};

static void make_file(const struct maker *m)
{
	char from[40], to[40];
	int fd;

	snprintf(from, sizeof(from), ".%u", m->number);
	snprintf(to, sizeof(to), "%08x%08lx.xml", m->number * 2654435761u,
	    m->done * 2654435761u & 0xffffffff);
	fd = openat(
	    m->run->fd, from, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	need(fd >= 0, "open");
	need(write(fd, m->run->text, ANSWER) == ANSWER, "write");
	close(fd);
	need(renameat(m->run->fd, from, m->run->fd, to) == 0, "rename");
}

static void *make_files(void *arg)
{
	struct maker *m = arg;

	for (; now() < m->run->begun + m->run->seconds; m->done++)
		make_file(m);
	return NULL;
}

static void *flush_files(void *arg)
{
	struct maker *m = arg;
	double next = m->run->begun + 1;

	while (!atomic_load(m->stop)) {
		usleep(10000);
		if (now() < next)
			continue;
		need(syncfs(m->run->fd) == 0, "syncfs");
		next = now() + 1;
	}
	return NULL;
}

static void without_safety(struct run *r, bool flush)
{
	struct maker makers[CLIENTS_MAX];
	pthread_t threads[CLIENTS_MAX], flusher;
	atomic_bool stop = false;
	struct maker f = {.run = r, .stop = &stop};
	unsigned i;

	start(r);
	need(!flush || pthread_create(&flusher, NULL, flush_files, &f) == 0,
	    "thread");
	for (i = 0; i < r->clients; i++) {
		makers[i] = (struct maker){.run = r, .number = i};
		need(pthread_create(
			 &threads[i], NULL, make_files, &makers[i]) == 0,
		    "thread");
	}
	for (i = 0; i < r->clients; i++) {
		pthread_join(threads[i], NULL);
		r->done += makers[i].done;
	}
	atomic_store(&stop, true);
	if (flush) {
		pthread_join(flusher, NULL);
		need(syncfs(r->fd) == 0, "syncfs");
	}
}

/* ---- what the store does ---- */

struct load {
	struct copl_store *store;
	const struct run *run;
	double end;
	atomic_ulong done;
	atomic_size_t nsamples;
	float *samples; /* milliseconds */
};

static void put(struct load *l)
{
	struct copl_store_answer a = {.form = "youth",
	    .id_len = 32,
	    .bytes = l->run->text,
	    .len = sizeof(l->run->text),
	    .hour = 1790000000,
	    .keep_until = "2027-12-31"};
	unsigned char raw[16];
	char id[33];
	enum copl_stored how;
	double begun = now();
	size_t n;
	int error;

	randombytes_buf(raw, sizeof(raw));
	sodium_bin2hex(id, sizeof(id), raw, sizeof(raw));
	a.id = id;
	if (copl_store_put(l->store, &a, &how, &error) != COPL_OK ||
	    how != COPL_STORED_NEW) {
		fprintf(stderr, "not stored: %s\n", strerror(error));
		exit(3);
	}
	n = atomic_fetch_add(&l->nsamples, 1);
	if (n < SAMPLES)
		l->samples[n] = (float)((now() - begun) * 1e3);
	atomic_fetch_add(&l->done, 1);
}

static void *client(void *arg)
{
	struct load *l = arg;

	while (now() < l->end)
		put(l);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static void with_store(struct run *r, bool sealed, double *p50, double *p99)
{
	struct load l = {.run = r};
	struct copl_reporter rep;
	struct copl_box_public key = {.id = {1}};
	unsigned char secret[crypto_box_SECRETKEYBYTES];
	pthread_t threads[CLIENTS_MAX] = {0};
	size_t n;
	unsigned i;

	copl_reporter_init(&rep, NULL);
	l.samples = calloc(SAMPLES, sizeof(*l.samples));
	need(sodium_init() >= 0 && l.samples != NULL, "memory");
	crypto_box_keypair(key.key, secret);
	need(copl_store_open(r->dir, sealed ? &key : NULL, &rep, &l.store) ==
		 COPL_OK,
	    "store");
	start(r);
	l.end = r->begun + r->seconds;
	for (i = 0; i < r->clients; i++)
		need(pthread_create(&threads[i], NULL, client, &l) == 0,
		    "thread");
	for (i = 0; i < r->clients; i++)
		pthread_join(threads[i], NULL);
	r->done = l.done;
	need(copl_store_close(l.store, &rep) == COPL_OK, "close");
	n = l.nsamples < SAMPLES ? l.nsamples : SAMPLES;
	qsort(l.samples, n, sizeof(*l.samples), by_value);
	*p50 = (double)l.samples[n / 2];
	*p99 = (double)l.samples[n * 99 / 100];
	free(l.samples);
	(void)copl_reporter_end(&rep, COPL_OK);
}

int main(int argc, char **argv)
{
	struct run r = {.fd = -1};
	double took, cpu, p50 = 0, p99 = 0;
	const char *how;

	if (argc != 5)
		return 2;
	how = argv[1];
	r.dir = argv[2];
	r.clients = (unsigned)strtoul(argv[3], NULL, 10);
	r.seconds = strtod(argv[4], NULL);
	if (r.clients == 0 || r.clients > CLIENTS_MAX)
		return 2;
	memset(r.text, 'x', sizeof(r.text));
	mkdir(r.dir, 0700);
	r.fd = open(r.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	need(r.fd >= 0, r.dir);
	if (strcmp(how, "batch") == 0 || strcmp(how, "append") == 0)
		one_file(&r, how[0] == 'b');
	else if (strcmp(how, "syncfs") == 0 || strcmp(how, "each") == 0)
		many_files(&r, how[0] == 'e');
	else if (strcmp(how, "plain") == 0 || strcmp(how, "second") == 0)
		without_safety(&r, how[0] == 's');
	else
		with_store(&r, strcmp(how, "sealed") == 0, &p50, &p99);
	took = now() - r.begun;
	cpu = used() - r.cpu;
	if (p50 == 0)
		p50 = p99 = took * 1e3 * r.clients / (double)r.done;
	printf("%s %u %.0f %.2f %.2f %.1f\n", how, r.clients,
	    (double)r.done / took, p50, p99, cpu * 1e6 / (double)r.done);
	close(r.fd);
	return 0;
}
