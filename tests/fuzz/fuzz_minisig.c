/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "bundle/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Signed by the seed "good". */
static const char message[] = "hi\n";
static const char key[] =
    "RWSZousSZRlnkPlKcvnYQ2TvjHbW4nnP52p83PPdyqDJXKWV3dCgMf3R";

static void as_signature(const char *text)
{
	struct copl_arena *a = copl_arena_new();
	const char *comment = NULL;
	struct copl_public_key k;
	struct copl_reporter r;
	enum copl_status st;
	size_t by = 1;

	copl_reporter_init(&r, NULL);
	if (a == NULL ||
	    copl_public_key_read(
		key, (struct copl_place){NULL, 0, 0}, &r, &k) != COPL_OK)
		__builtin_trap();
	st = copl_signature_check(text, "fuzz", message, strlen(message), &k, 1,
	    a, &r, &by, &comment);
	if ((st == COPL_OK) != (comment != NULL && by == 0 && r.errors == 0))
		__builtin_trap();
	copl_arena_free(a);
}

static void as_key(const char *text)
{
	char b64[COPL_PUBLIC_KEY_B64];
	struct copl_public_key k;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, NULL);
	st =
	    copl_public_key_read(text, (struct copl_place){NULL, 0, 0}, &r, &k);
	if ((st == COPL_OK) != (r.errors == 0))
		__builtin_trap();
	if (st != COPL_OK)
		return;
	copl_public_key_b64(&k, b64);
	if (strstr(text, b64) == NULL)
		__builtin_trap();
	(void)copl_fingerprint_equal(text, &k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (text == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	as_signature(text);
	as_key(text);
	free(text);
	return 0;
}
