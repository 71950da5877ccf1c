/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a collector does with an incomplete post, without the network:
 * filler PAGE SLOTS FORM [BANNER] reads names and values, each with a NUL
 * behind it, judges them and writes the page that goes back.  BANNER is
 * "not-stored", or absent.  Faults go to stderr.
 */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "answers/answers.h"
#include "answers/fill.h"

#define TOKEN "00112233445566778899aabbccddeeff"

static struct copl_strbuf read_whole(const char *path, struct copl_reporter *r)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)64 << 20);

	if (copl_file_read(path, b.max, r, &b) != COPL_OK)
		exit(3);
	return b;
}

static struct copl_strbuf read_input(void)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)64 << 20);
	char buffer[65536];
	size_t n;

	while ((n = fread(buffer, 1, sizeof(buffer), stdin)) > 0)
		copl_strbuf_add(&b, buffer, n);
	return b;
}

static size_t split(
    const struct copl_strbuf *in, struct copl_answer_field *fields, size_t max)
{
	const char *s = copl_strbuf_text(in), *end = s + in->len;
	size_t n = 0;

	for (; s < end && n < max; n++) {
		fields[n].name = s;
		fields[n].namelen = strlen(s);
		s += fields[n].namelen + 1;
		if (s > end)
			break;
		fields[n].value = s;
		fields[n].len = strlen(s);
		s += fields[n].len + 1;
	}
	return n;
}

static void print(void *arg, const struct copl_diag *d)
{
	(void)arg;
	fprintf(stderr, "%s: %s\n", d->code, d->text);
}

int main(int argc, char **argv)
{
	static struct copl_answer_field fields[COPL_ANSWER_FIELDS_MAX];
	const struct copl_sink sink = {.diag = print};
	struct copl_strbuf page, slots, form, in,
	    out = COPL_STRBUF_INIT((size_t)64 << 20);
	struct copl_answer_about about = {.id = TOKEN};
	struct copl_answer answer = {.arena = NULL};
	struct copl_answer_form *rules = NULL;
	struct copl_slots *s = NULL;
	struct copl_reporter r;
	struct copl_fill what = {.token = TOKEN};
	enum copl_status st;
	size_t i;

	if (argc < 4)
		return 2;
	copl_reporter_init(&r, &sink);
	page = read_whole(argv[1], &r);
	slots = read_whole(argv[2], &r);
	form = read_whole(argv[3], &r);
	in = read_input();
	what.fields = fields;
	what.nfields = split(&in, fields, COPL_COUNT(fields));
	st = copl_answer_form_read(copl_strbuf_text(&form), form.len, argv[3],
	    COPL_GUARDIAN_AGE_OF_FORM, &r, &rules);
	if (st == COPL_OK)
		st = copl_slots_read(
		    copl_strbuf_text(&slots), slots.len, argv[2], &r, &s);
	if (st == COPL_OK)
		st = copl_answer_take_fields(
		    rules, what.fields, what.nfields, &about, &answer);
	what.faults = answer.faults;
	what.nfaults = argc > 4 ? 0 : answer.nfaults;
	what.banner = argc > 4             ? COPL_FILL_NOT_STORED
		      : answer.nfaults > 0 ? COPL_FILL_INCOMPLETE
					   : COPL_FILL_SILENT;
	if (st == COPL_OK)
		st = copl_page_fill(
		    copl_strbuf_text(&page), page.len, s, &what, &out);
	fwrite(copl_strbuf_text(&out), 1, out.len, stdout);
	for (i = 0; i < answer.nfaults; i++)
		fprintf(stderr, "fault %s %s\n",
		    copl_answer_fault_name(answer.faults[i].kind),
		    answer.faults[i].question == NULL
			? "-"
			: answer.faults[i].question->id);
	copl_answer_free(&answer);
	copl_answer_form_free(rules);
	copl_slots_free(s);
	copl_strbuf_clear(&page);
	copl_strbuf_clear(&slots);
	copl_strbuf_clear(&form);
	copl_strbuf_clear(&in);
	copl_strbuf_clear(&out);
	st = copl_reporter_end(&r, st);
	return st == COPL_OK && fflush(stdout) == 0 ? 0 : 4;
}
