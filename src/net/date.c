/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <curl/curl.h>
#include "base/base.h"
#include "net/retry.h"

/* "Sun Nov  6 08:49:37 1994", as C writes it, which names no zone. */
#define ASCTIME_LENGTH 24
#define USUAL_LENGTH 29

/* libcurl reads far more than HTTP allows, such as "20" or "tomorrow". */
static bool may_be_date(const char *s)
{
	static const char zone[] = " GMT";
	size_t len = strlen(s);

	if (!copl_is_alpha(*s) || strchr(s, ':') == NULL)
		return false;
	if (strchr(s, ',') == NULL)
		return len == ASCTIME_LENGTH && copl_is_digit(s[len - 1]);
	return len > sizeof(zone) &&
	       strcmp(s + len - (sizeof(zone) - 1), zone) == 0;
}

/* The number of the name, from 1, in a row of names of three letters; or 0. */
static int name_number(const char *names, const char *name)
{
	int n = 1;

	for (; *names != '\0'; names += 3, n++)
		if (memcmp(names, name, 3) == 0)
			return n;
	return 0;
}

/*
 * "Sun, 06 Nov 2022 08:49:37 GMT", as servers say it with every answer: what
 * libcurl needs for it is more than all the rest of a head costs.  false: it
 * is written in another way, or is no date.
 */
static bool usual_date(const char *s, int64_t *out)
{
	char iso[] = "yyyy-mm-ddThh:mm:ssZ";
	struct copl_instant t;
	int month;

	if (strlen(s) != USUAL_LENGTH || memcmp(s + 3, ", ", 2) != 0 ||
	    s[7] != ' ' || memcmp(s + 11, " 20", 3) != 0 || s[16] != ' ' ||
	    strcmp(s + 25, " GMT") != 0 ||
	    name_number("MonTueWedThuFriSatSun", s) == 0)
		return false;
	month = name_number("JanFebMarAprMayJunJulAugSepOctNovDec", s + 8);
	memcpy(iso, s + 12, 4);
	iso[5] = (char)('0' + month / 10);
	iso[6] = (char)('0' + month % 10);
	memcpy(iso + 8, s + 5, 2);
	memcpy(iso + 11, s + 17, 8);
	if (month == 0 || !copl_instant_parse(iso, &t))
		return false;
	*out = t.seconds;
	return true;
}

bool copl_http_date(const char *s, int64_t *out)
{
	time_t t;

	if (usual_date(s, out))
		return true;
	t = may_be_date(s) ? curl_getdate(s, NULL) : -1;
	if (t < 0)
		return false;
	*out = t;
	return true;
}
