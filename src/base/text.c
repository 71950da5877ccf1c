/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/base.h"

/* What stands for a byte in XML; NULL: the byte itself. */
static const char *xml_reference(char c, bool attr)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r':
		return "&#13;";
	case '"':
		return attr ? "&quot;" : NULL;
	case '\t':
		return attr ? "&#9;" : NULL;
	case '\n':
		return attr ? "&#10;" : NULL;
	default:
		return NULL;
	}
}

/* Bytes before the first one that is written as a reference. */
static size_t plain_xml(const char *s, size_t len, bool attr)
{
	size_t i = 0;

	/* Letters, digits and what is not ASCII lie above these. */
	while (i < len &&
	       ((unsigned char)s[i] > '>' || xml_reference(s[i], attr) == NULL))
		i++;
	return i;
}

static void put_xml(struct copl_strbuf *b, const char *s, size_t len, bool attr)
{
	for (;;) {
		size_t n = plain_xml(s, len, attr);

		copl_strbuf_add(b, s, n);
		if (n == len)
			break;
		copl_strbuf_puts(b, xml_reference(s[n], attr));
		s += n + 1;
		len -= n + 1;
	}
}

void copl_xml_put_text(struct copl_strbuf *b, const char *s, size_t len)
{
	put_xml(b, s, len, false);
}

void copl_xml_put_attr(struct copl_strbuf *b, const char *s)
{
	put_xml(b, s, strlen(s), true);
}

void copl_xml_put_named(struct copl_strbuf *b, const char *name, const char *s)
{
	if (s == NULL)
		return;
	copl_strbuf_add(b, " ", 1);
	copl_strbuf_puts(b, name);
	copl_strbuf_add(b, "=\"", 2);
	copl_xml_put_attr(b, s);
	copl_strbuf_add(b, "\"", 1);
}

size_t copl_blank(const char *s)
{
	static const char *const wide[] = {"\xc2\x85", "\xc2\xa0",
	    "\xe1\x9a\x80", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
	    "\xe2\x81\x9f", "\xe3\x80\x80"};
	unsigned char c = (unsigned char)*s;
	size_t i;

	if (c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f))
		return 1;
	if (c < 0xc2)
		return 0;
	/* U+2000 to U+200A */
	if (strncmp(s, "\xe2\x80", 2) == 0 && (unsigned char)s[2] >= 0x80 &&
	    (unsigned char)s[2] <= 0x8a)
		return 3;
	for (i = 0; i < COPL_COUNT(wide); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

void copl_json_put_string(struct copl_strbuf *b, const char *s)
{
	copl_strbuf_add(b, "\"", 1);
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			copl_strbuf_printf(b, "\\%c", c);
		else if (c == '\n')
			copl_strbuf_puts(b, "\\n");
		else if (c < 0x20 || c == 0x7f)
			copl_strbuf_printf(b, "\\u%04x", c);
		else
			copl_strbuf_add(b, s, 1);
	}
	copl_strbuf_add(b, "\"", 1);
}

/* Bytes of the UTF-8 sequence at s (Unicode table 3-7), 0: not valid. */
static size_t sequence(const unsigned char *s, size_t len)
{
	unsigned char lo = 0x80, hi = 0xbf;
	size_t n, i;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (n > len)
		return 0;
	if (s[0] == 0xe0)
		lo = 0xa0;
	else if (s[0] == 0xed)
		hi = 0x9f;
	else if (s[0] == 0xf0)
		lo = 0x90;
	else if (s[0] == 0xf4)
		hi = 0x8f;
	if (s[1] < lo || s[1] > hi)
		return 0;
	for (i = 2; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

/* Bytes from i on that are ASCII, in steps of eight. */
static size_t skip_ascii(const char *s, size_t i, size_t len)
{
	uint64_t word;

	for (; len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	return i;
}

size_t copl_utf8_valid(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		size_t n;

		if ((unsigned char)s[i] < 0x80) {
			i = skip_ascii(s, i, len);
			if (i == len)
				break;
		}
		n = sequence((const unsigned char *)s + i, len - i);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

size_t copl_utf8_count(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t n = 0, i = 0;

	/* Bytes 10xxxxxx go on with a character: counted eight at a time. */
	for (; len - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word, on;

		memcpy(&word, s + i, sizeof(word));
		on = (word >> 7) & ~(word >> 6) & ones;
		n += sizeof(word) - (size_t)((on * ones) >> 56);
	}
	for (; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

const char *copl_placeholder(const char *s, size_t *len)
{
	size_t n = 1;

	if (s[0] != '{' || !copl_is_lower(s[1]))
		return NULL;
	while (copl_is_lower(s[n]) || copl_is_digit(s[n]) || s[n] == '_')
		n++;
	if (s[n] != '}')
		return NULL;
	*len = n - 1;
	return s + 1;
}

size_t copl_decimal(uint64_t n, char out[COPL_DECIMAL_SIZE])
{
	char digits[COPL_DECIMAL_SIZE];
	size_t at = sizeof(digits), len;

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	len = sizeof(digits) - at;
	memcpy(out, digits + at, len);
	out[len] = '\0';
	return len;
}

bool copl_number_parse(const char *s, uint64_t max, uint64_t *out)
{
	uint64_t n = 0;

	if (*s == '\0')
		return false;
	for (; *s != '\0'; s++) {
		uint64_t digit;

		if (!copl_is_digit(*s))
			return false;
		digit = (uint64_t)(*s - '0');
		if (digit > max || n > (max - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

bool copl_path_is_safe(const char *path)
{
	size_t segments = 1, len = strlen(path), i;

	if (len == 0 || len > 200 || path[len - 1] == '/')
		return false;
	for (i = 0; i < len; i++) {
		char c = path[i];

		if (c == '/')
			segments++;
		else if (!copl_is_alpha(c) && !copl_is_digit(c) && c != '.' &&
			 c != '_' && c != '-')
			return false;
		if ((i == 0 || path[i - 1] == '/') && (c == '.' || c == '/'))
			return false;
	}
	return segments <= 4;
}

bool copl_words_same(const char *a, const char *b)
{
	static const char blanks[] = " \t\r\n";

	a = a == NULL ? "" : a;
	b = b == NULL ? "" : b;
	if (strcmp(a, b) == 0)
		return true;
	for (;;) {
		size_t n, k;

		a += strspn(a, blanks);
		b += strspn(b, blanks);
		n = strcspn(a, blanks);
		k = strcspn(b, blanks);
		if (n != k || memcmp(a, b, n) != 0)
			return false;
		if (n == 0)
			return true;
		a += n;
		b += n;
	}
}
