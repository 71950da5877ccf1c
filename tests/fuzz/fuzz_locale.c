/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A language, a time zone and a value, a line each, formatted in all ways.
 * What comes out is text with Western digits, or there is none.
 */
#include "config.h"
#include "fuzz.h"
#include "locale/locale.h"

static void check_out(enum copl_status st, struct copl_strbuf *out)
{
	static const char *const digits[] = {"\u0660", "\u0669", "\u06f1"};
	const char *s = copl_strbuf_text(out);
	size_t i;

	must(st == COPL_OK || st == COPL_E_NOTFOUND || st == COPL_E_LIMIT);
	must(copl_utf8_valid(s, out->len) == out->len);
	must(strlen(s) == out->len);
	must(st != COPL_OK || out->len > 0);
	for (i = 0; i < COPL_COUNT(digits); i++)
		must(strstr(s, digits[i]) == NULL);
	copl_strbuf_reset(out);
}

static void format_dates(const char *tag, const char *zone, const char *value,
    struct copl_strbuf *out)
{
	struct copl_instant at = {1803038400, 0};
	enum copl_precision p;

	if (!copl_instant_parse(value, &at))
		(void)!copl_date_parse(value, &at.seconds);
	for (p = COPL_DAY; p <= COPL_YEAR; p++) {
		check_out(copl_locale_date(tag, at, zone, p, out), out);
		check_out(copl_locale_date(tag, at, NULL, p, out), out);
	}
}

static void format_values(
    const char *tag, const char *value, struct copl_strbuf *out)
{
	const char *const list[] = {value, "\u0434\u0432\u0430", "\u4e09"};
	enum copl_status st = copl_locale_decimal(tag, value, out);

	check_out(st, out);
	check_out(copl_locale_percent(tag, value, out), out);
	if (copl_utf8_valid(value, strlen(value)) == strlen(value) &&
	    strstr(value, "\u0660") == NULL &&
	    strstr(value, "\u0669") == NULL && strstr(value, "\u06f1") == NULL)
		check_out(copl_locale_list(tag, list, 3, out), out);
	check_out(copl_locale_autonym(tag, out), out);
}

static void compare(const char *tag, const char *a, const char *b)
{
	struct copl_collator *c = NULL;

	if (copl_collator_new(tag, &c) != COPL_OK)
		return;
	must(copl_collate(c, a, a) == 0);
	must((copl_collate(c, a, b) < 0) == (copl_collate(c, b, a) > 0));
	copl_collator_free(c);
}

static void known(enum copl_status st)
{
	must(st == COPL_OK || st == COPL_E_NOTFOUND);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);
	struct fuzz_part tag, zone, value;
	const char *dir;

	if (size > 1 << 10)
		return 0;
	tag = fuzz_cut(&rest, end, "\n");
	zone = fuzz_cut(&rest, end, "\n");
	value = fuzz_cut(&rest, end, "\n");
	dir = copl_locale_dir(tag.s);
	must(strcmp(dir, "rtl") == 0 || strcmp(dir, "ltr") == 0);
	known(copl_locale_known(tag.s));
	known(copl_locale_zone_known(zone.s));
	format_dates(tag.s, zone.s, value.s, &out);
	format_values(tag.s, value.s, &out);
	fuzz_as_text(&value);
	fuzz_as_text(&zone);
	compare(tag.s, value.s, zone.s);
	copl_strbuf_clear(&out);
	free(tag.s);
	free(zone.s);
	free(value.s);
	return 0;
}
