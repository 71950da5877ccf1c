/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A review record.  What is read and written is read again as the same, and
 * merged with itself, or with nothing new on one side, it stays what it is.
 */
#include "config.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "review/review.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct copl_review *read_record(const char *bytes, size_t len)
{
	struct copl_review *rv = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, NULL);
	st = copl_review_read(bytes, len, "fuzz.review", &r, &rv);
	if ((st == COPL_OK) != (rv != NULL) ||
	    (st == COPL_OK) != (r.errors == 0))
		__builtin_trap(); /* status, result and findings agree */
	(void)copl_reporter_end(&r, st);
	return rv;
}

static void assert_written(
    const struct copl_review *rv, const struct copl_strbuf *want)
{
	struct copl_strbuf got = COPL_STRBUF_INIT(COPL_REVIEW_MAX);

	copl_review_write(rv, &got);
	if (got.len != want->len || memcmp(got.s, want->s, got.len) != 0)
		__builtin_trap();
	copl_strbuf_clear(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_strbuf first = COPL_STRBUF_INIT(COPL_REVIEW_MAX);
	struct copl_review *rv = read_record((const char *)data, size);
	struct copl_review *again, *nothing, *merged = NULL;

	if (rv == NULL)
		return 0;
	copl_review_write(rv, &first);
	again = read_record(first.s, first.len);
	nothing = read_record("", 0);
	if (again == NULL || nothing == NULL)
		__builtin_trap();
	assert_written(again, &first);
	if (copl_review_merge(again, rv, again, &merged) != COPL_OK)
		__builtin_trap();
	assert_written(merged, &first);
	copl_review_free(merged);
	if (copl_review_merge(nothing, nothing, rv, &merged) != COPL_OK)
		__builtin_trap();
	assert_written(merged, &first);
	copl_review_free(merged);
	copl_review_free(nothing);
	copl_review_free(again);
	copl_review_free(rv);
	copl_strbuf_clear(&first);
	return 0;
}
