/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/base.h"

/* Days since 1970-01-01 in the Gregorian calendar (year >= 1). */
static int64_t days_from_civil(int64_t y, int m, int d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int copl_days_in_month(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

/* width digits at *s, which moves behind them; -1: they are not there */
static int digits(const char **s, int width)
{
	int n = 0;

	while (width-- > 0) {
		if (!copl_is_digit(**s))
			return -1;
		n = n * 10 + (*(*s)++ - '0');
	}
	return n;
}

static bool skip(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool parse_day(const char **s, int64_t *out)
{
	int y, m, d;

	y = digits(s, 4);
	if (y < 1 || !skip(s, '-'))
		return false;
	m = digits(s, 2);
	if (m < 1 || m > 12 || !skip(s, '-'))
		return false;
	d = digits(s, 2);
	if (d < 1 || d > copl_days_in_month(y, m))
		return false;
	*out = days_from_civil(y, m, d) * 86400;
	return true;
}

bool copl_date_parse(const char *s, int64_t *out)
{
	return parse_day(&s, out) && *s == '\0';
}

static bool parse_zone(const char *s, int *out)
{
	int sign, h, m;

	if (strcmp(s, "Z") == 0) {
		*out = 0;
		return true;
	}
	if (*s != '+' && *s != '-')
		return false;
	sign = *s++ == '-' ? -1 : 1;
	h = digits(&s, 2);
	if (h < 0 || h > 14 || !skip(&s, ':'))
		return false;
	m = digits(&s, 2);
	if (m < 0 || m > 59 || *s != '\0')
		return false;
	*out = sign * (h * 60 + m);
	return true;
}

bool copl_instant_parse(const char *s, struct copl_instant *out)
{
	int h, m, sec;
	int64_t day;

	if (!parse_day(&s, &day) || !skip(&s, 'T'))
		return false;
	h = digits(&s, 2);
	if (h < 0 || h > 23 || !skip(&s, ':'))
		return false;
	m = digits(&s, 2);
	if (m < 0 || m > 59 || !skip(&s, ':'))
		return false;
	sec = digits(&s, 2);
	if (sec < 0 || sec > 60)
		return false;
	if (skip(&s, '.')) {
		if (!copl_is_digit(*s))
			return false;
		while (copl_is_digit(*s))
			s++;
	}
	if (!parse_zone(s, &out->offset))
		return false;
	out->seconds = day + (int64_t)h * 3600 + (int64_t)m * 60 + sec -
		       (int64_t)out->offset * 60;
	return true;
}

void copl_instant_format(int64_t seconds, char out[COPL_INSTANT_SIZE])
{
	int64_t days, rest, era, doe, yoe, doy, mp, y;
	int d, m;

	/* Four-digit years only: 0001-01-01 to 9999-12-31. */
	if (seconds < INT64_C(-62135596800))
		seconds = INT64_C(-62135596800);
	if (seconds > INT64_C(253402300799))
		seconds = INT64_C(253402300799);
	days = seconds / 86400;
	rest = seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	days += 719468;
	era = days / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = (int)(doy - (153 * mp + 2) / 5 + 1);
	m = (int)(mp < 10 ? mp + 3 : mp - 9);
	y = yoe + era * 400 + (m <= 2);
	snprintf(out, COPL_INSTANT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    (int)y, m, d, (int)(rest / 3600), (int)(rest / 60 % 60),
	    (int)(rest % 60));
}
