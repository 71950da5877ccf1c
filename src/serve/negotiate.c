/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "serve/negotiate.h"

#define MEMBERS_MAX 32
#define WORD_SIZE 64

/* A member of a field such as Accept-Language, and how much it is wanted. */
struct member {
	char word[WORD_SIZE]; /* in lower case */
	unsigned q; /* 0 to 1000 */
};

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

/* "0.8" as 800; what is no weight counts as one. */
static unsigned weight(const char *s)
{
	unsigned q = 0, place = 100;

	if (*s != '0')
		return 1000;
	s++;
	if (*s == '.')
		s++;
	for (; copl_is_digit(*s) && place > 0; s++, place /= 10)
		q += (unsigned)(*s - '0') * place;
	return q;
}

/* Reads one member; behind it, or NULL at the end. */
static const char *read_member(const char *s, struct member *out)
{
	size_t n = 0;
	const char *p;

	s = skip_blanks(s);
	if (*s == '\0')
		return NULL;
	out->q = 1000;
	for (; *s != '\0' && strchr(",; \t", *s) == NULL; s++)
		if (n + 1 < WORD_SIZE)
			out->word[n++] =
			    copl_is_upper(*s) ? (char)(*s - 'A' + 'a') : *s;
	out->word[n] = '\0';
	for (p = s; *p != '\0' && *p != ','; p++)
		if (*p == ';') {
			const char *v = skip_blanks(p + 1);

			if ((v[0] == 'q' || v[0] == 'Q') && v[1] == '=')
				out->q = weight(v + 2);
		}
	return *p == ',' ? p + 1 : p;
}

/* Sorted by weight, those of one weight as they came. */
static size_t read_members(const char *field, struct member list[MEMBERS_MAX])
{
	size_t n = 0, i;
	struct member m;

	while (n < MEMBERS_MAX && (field = read_member(field, &m)) != NULL) {
		if (m.word[0] == '\0')
			continue;
		for (i = n; i > 0 && list[i - 1].q < m.q; i--)
			list[i] = list[i - 1];
		list[i] = m;
		n++;
	}
	return n;
}

bool negotiate_gzip(const char *accept)
{
	struct member list[MEMBERS_MAX];
	size_t n, i;

	if (accept == NULL)
		return false;
	n = read_members(accept, list);
	for (i = 0; i < n; i++)
		if (strcmp(list[i].word, "gzip") == 0 ||
		    strcmp(list[i].word, "x-gzip") == 0)
			return list[i].q > 0;
	for (i = 0; i < n; i++)
		if (strcmp(list[i].word, "*") == 0)
			return list[i].q > 0;
	return false;
}

bool negotiate_wants_page(const char *accept)
{
	struct member list[MEMBERS_MAX];
	size_t n, i;

	if (accept == NULL)
		return false;
	n = read_members(accept, list);
	for (i = 0; i < n && list[i].q > 0; i++)
		if (strcmp(list[i].word, "text/html") == 0)
			return true;
	return false;
}

/* Digits up to something else; false: none, or too many. */
static bool read_number(const char **s, uint64_t *out)
{
	const char *begin = *s;

	*out = 0;
	for (; copl_is_digit(**s) && *s - begin < 18; (*s)++)
		*out = *out * 10 + (uint64_t)(**s - '0');
	return *s > begin && !copl_is_digit(**s);
}

static enum negotiate_range of_the_end(
    const char *s, uint64_t length, uint64_t *from, uint64_t *count)
{
	uint64_t n;

	if (!read_number(&s, &n) || *skip_blanks(s) != '\0')
		return NEGOTIATE_WHOLE;
	if (n == 0 || length == 0)
		return NEGOTIATE_OUTSIDE;
	*count = n < length ? n : length;
	*from = length - *count;
	return NEGOTIATE_PART;
}

enum negotiate_range negotiate_range(
    const char *range, uint64_t length, uint64_t *from, uint64_t *count)
{
	static const char unit[] = "bytes=";
	const char *s;
	uint64_t last;

	if (range == NULL || strncmp(range, unit, sizeof(unit) - 1) != 0)
		return NEGOTIATE_WHOLE;
	s = skip_blanks(range + sizeof(unit) - 1);
	if (*s == '-')
		return of_the_end(s + 1, length, from, count);
	if (!read_number(&s, from) || *s != '-')
		return NEGOTIATE_WHOLE;
	s++;
	if (*skip_blanks(s) == '\0')
		last = UINT64_MAX;
	else if (!read_number(&s, &last) || *skip_blanks(s) != '\0' ||
		 last < *from)
		return NEGOTIATE_WHOLE;
	if (*from >= length)
		return NEGOTIATE_OUTSIDE;
	*count = (last < length - 1 ? last : length - 1) - *from + 1;
	return NEGOTIATE_PART;
}
