/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "answers/answers.h"
#include "answers/fill.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every byte of the page comes out, in its order. */
static void check_page(
    const char *page, size_t len, const struct copl_strbuf *out)
{
	const char *s = copl_strbuf_text(out), *end = s + out->len;
	size_t i;

	for (i = 0; i < len; i++) {
		s = memchr(s, page[i], (size_t)(end - s));
		if (s == NULL)
			__builtin_trap();
		s++;
	}
}

/* What was posted is the page itself: it has all that could do harm. */
static void fill(const struct copl_slots *s, const char *page, size_t len)
{
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_question wrong = {.id = "q"};
	const struct copl_answer_field fields[] = {
	    {"q", 1, page, len}, {"q.b", 3, page, len}, {"q", 1, "a", 1}};
	const struct copl_answer_fault faults[] = {
	    {COPL_FAULT_MISSING, &wrong, "q.b"},
	    {COPL_FAULT_LONG, &wrong, NULL}, {COPL_FAULT_FIELD, NULL, "x"}};
	const struct copl_fill what = {.fields = fields,
	    .nfields = COPL_COUNT(fields),
	    .faults = faults,
	    .nfaults = COPL_COUNT(faults),
	    .token = "\"<",
	    .base = "/\"",
	    .banner = COPL_FILL_INCOMPLETE};

	if (copl_page_fill(page, len, s, &what, &out) == COPL_OK)
		check_page(page, len, &out);
	else if (copl_slots_fit(s, page, len) && out.st == COPL_OK)
		__builtin_trap();
	copl_strbuf_clear(&out);
}

/* The places, a NUL, the page. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *nul = size == 0 ? NULL : memchr(text, '\0', size);
	size_t len = nul == NULL ? size : (size_t)(nul - text);
	struct copl_slots *s = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	if (copl_slots_read(text, len, "slots.xml", &r, &s) == COPL_OK &&
	    nul != NULL)
		fill(s, nul + 1, size - len - 1);
	copl_slots_free(s);
	(void)copl_reporter_end(&r, COPL_OK);
	return 0;
}
