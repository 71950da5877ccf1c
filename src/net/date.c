/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <curl/curl.h>
#include "base/base.h"
#include "net/retry.h"

/* "Sun Nov  6 08:49:37 1994", as C writes it, which names no zone. */
#define ASCTIME_LENGTH 24

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

bool copl_http_date(const char *s, int64_t *out)
{
	time_t t = may_be_date(s) ? curl_getdate(s, NULL) : -1;

	if (t < 0)
		return false;
	*out = t;
	return true;
}
