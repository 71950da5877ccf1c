/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs of the bench share.  None of them is ever installed. */
#ifndef BENCH_AID_H
#define BENCH_AID_H
#include <stddef.h>
#include <stdint.h>

/* Bytes that grow; all zero is an empty one.  at[len] is always 0. */
struct buf {
	char *at;
	size_t len;
	size_t cap;
};

/* Says why on stderr and ends the program with status 2. */
__attribute__((noreturn, format(printf, 1, 2))) void die(const char *why, ...);

/* Like realloc() for COUNT things of SIZE bytes; ends the program rather
   than give NULL. */
void *grow(void *old, size_t count, size_t size);

/* Empties BUF and keeps its memory. */
void buf_clear(struct buf *buf);
void buf_add(struct buf *buf, const char *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_num(struct buf *buf, uint64_t number);
void buf_free(struct buf *buf);

/* The whole file at PATH into BUF; ends the program when it cannot. */
void buf_load(struct buf *buf, const char *path);

/* 64 bits that depend on every byte. */
uint64_t hash_bytes(const char *bytes, size_t len);

/* The next value of a splitmix64 generator, the same on every machine. */
uint64_t dice(uint64_t *state);
#endif
