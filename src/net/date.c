/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/base.h"
#include "net/retry.h"

#define FIRST_YEAR 1970
#define LAST_YEAR 9999

/* Where in a date is what: a digit for a number, a letter for a name. */
static const char *const shapes[] = {
    "www, DD mmm YYYY hh:nn:ss GMT", /* IMF-fixdate */
    "w, DD-mmm-yy hh:nn:ss GMT", /* RFC 850, long name of the day */
    "www mmm DD hh:nn:ss YYYY" /* of C, the day with a blank or 0 */
};
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct parts {
	int day, month, year, hour, minute, second;
};

static bool digits(const char **s, int n, int *out)
{
	*out = 0;
	while (n-- > 0) {
		if (!copl_is_digit(**s))
			return false;
		*out = *out * 10 + (*(*s)++ - '0');
	}
	return true;
}

static bool month(const char **s, int *out)
{
	const char *name = months;

	for (*out = 1; *out <= 12; ++*out, name += 3)
		if (strncmp(*s, name, 3) == 0) {
			*s += 3;
			return true;
		}
	return false;
}

/* Letters; the day of the week follows from the date and is not looked at. */
static bool weekday(const char **s, bool short_form)
{
	const char *from = *s;

	while (copl_is_alpha(**s))
		++*s;
	return short_form ? *s - from == 3 : *s - from >= 6;
}

static bool day(const char **s, int *out)
{
	if (**s != ' ')
		return digits(s, 2, out);
	++*s;
	return digits(s, 1, out);
}

/* Reads the field that the shape has at p, and moves p behind it. */
static bool field(const char **p, const char **s, struct parts *out)
{
	char kind = **p;
	const char *from = *p;

	while (**p == kind)
		++*p;
	switch (kind) {
	case 'w':
		return weekday(s, *p - from == 3);
	case 'D':
		return day(s, &out->day);
	case 'm':
		return month(s, &out->month);
	case 'Y':
		return digits(s, 4, &out->year);
	case 'y':
		/* 1970 is the first year there is. */
		if (!digits(s, 2, &out->year))
			return false;
		out->year += out->year < 70 ? 2000 : 1900;
		return true;
	case 'h':
		return digits(s, 2, &out->hour);
	case 'n':
		return digits(s, 2, &out->minute);
	default:
		return digits(s, 2, &out->second);
	}
}

static bool fits(const char *p, const char *s, struct parts *out)
{
	while (*p != '\0') {
		if (strchr("wDmYyhns", *p) != NULL) {
			if (!field(&p, &s, out))
				return false;
		} else if (*p++ != *s++) {
			return false;
		}
	}
	return *s == '\0';
}

/* Days from 1970-01-01 in the Gregorian calendar, years from March on. */
static int64_t days_from_epoch(int year, int m, int d)
{
	int64_t y = m <= 2 ? year - 1 : year;
	int64_t of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

static bool is_date(const struct parts *t)
{
	int64_t first, next;

	if (t->year < FIRST_YEAR || t->year > LAST_YEAR || t->hour > 23 ||
	    t->minute > 59 || t->second > 60 || t->day < 1)
		return false;
	first = days_from_epoch(t->year, t->month, 1);
	next = t->month == 12 ? days_from_epoch(t->year + 1, 1, 1)
			      : days_from_epoch(t->year, t->month + 1, 1);
	return t->day <= next - first;
}

bool copl_http_date(const char *s, int64_t *out)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(shapes); i++) {
		struct parts t = {0, 0, 0, 0, 0, 0};

		if (!fits(shapes[i], s, &t) || !is_date(&t))
			continue;
		*out = days_from_epoch(t.year, t.month, t.day) * 86400 +
		       (int64_t)t.hour * 3600 + (int64_t)t.minute * 60 +
		       t.second;
		return true;
	}
	return false;
}
