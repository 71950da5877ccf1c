/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "deliver/sigv4.h"

#define ALGORITHM "AWS4-HMAC-SHA256"
#define SERVICE "s3"
#define CANONICAL_MAX 16384
#define HOST_MAX 300
#define DATE_SIZE 17 /* "20270331T235959Z" */
#define DAY_LEN 8

static char lower(char c)
{
	return copl_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

/* ---- addresses ---- */

static int digit_of(char c)
{
	if (copl_is_digit(c))
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_unreserved(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) ||
	       (c != '\0' && strchr("-._~", c) != NULL);
}

/* The byte at s, which may be written as %XX; *used: how it was written. */
static char byte_at(const char *s, size_t *used)
{
	int high = s[0] == '%' ? digit_of(s[1]) : -1;
	int low = high < 0 ? -1 : digit_of(s[2]);

	*used = low < 0 ? 1 : 3;
	return low < 0 ? s[0] : (char)(high * 16 + low);
}

/* Where host and port end. */
static const char *host_of(const char *url, size_t *len)
{
	const char *host = strstr(url, "://");

	host = host == NULL ? url : host + 3;
	*len = strcspn(host, "/?#");
	return host;
}

/* Without the port that goes without saying, as clients send it. */
static size_t without_port(const char *url, const char *host, size_t len)
{
	const char *port = strncmp(url, "https:", 6) == 0 ? ":443" : ":80";
	size_t n = strlen(port);

	return len > n && memcmp(host + len - n, port, n) == 0 ? len - n : len;
}

static void put_path(struct copl_strbuf *out, const char *path)
{
	size_t used;

	for (; *path != '\0'; path += used) {
		char c = byte_at(path, &used);

		if (c == '/' || is_unreserved(c))
			copl_strbuf_add(out, &c, 1);
		else
			copl_strbuf_printf(out, "%%%02X", (unsigned char)c);
	}
}

enum copl_status copl_sigv4_url(
    const char *url, const char *path, char *out, size_t room)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(room - 1);
	size_t len, i;
	const char *host = host_of(url, &len), *rest = host + len;
	enum copl_status st;

	for (i = 0; i < (size_t)(host - url); i++)
		copl_strbuf_printf(&b, "%c", lower(url[i]));
	len = without_port(url, host, len);
	for (i = 0; i < len; i++)
		copl_strbuf_printf(&b, "%c", lower(host[i]));
	put_path(&b, *rest == '\0' ? "/" : rest);
	put_path(&b, path);
	st = b.st;
	if (st == COPL_OK)
		memcpy(out, copl_strbuf_text(&b), b.len + 1);
	copl_strbuf_clear(&b);
	return st;
}

/* ---- what is digested ---- */

static bool is_signed(const char *name)
{
	static const char *const prefixes[] = {"content-type", "x-amz-"};
	size_t i, k;

	for (i = 0; i < COPL_COUNT(prefixes); i++) {
		for (k = 0; lower(name[k]) == prefixes[i][k] && name[k] != '\0';
		     k++)
			;
		if (prefixes[i][k] == '\0' && (i > 0 || name[k] == '\0'))
			return true;
	}
	return false;
}

static void put_lower(struct copl_strbuf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		char c = lower(*s);

		copl_strbuf_add(out, &c, 1);
	}
}

/* Without blanks around it, and one where there are several. */
static void put_trimmed(struct copl_strbuf *out, const char *s)
{
	bool blank = false, any = false;

	for (; *s != '\0'; s++) {
		if (*s == ' ' || *s == '\t') {
			blank = any;
			continue;
		}
		if (blank)
			copl_strbuf_puts(out, " ");
		copl_strbuf_add(out, s, 1);
		blank = false;
		any = true;
	}
}

static int by_name(const void *a, const void *b)
{
	const char *x = ((const struct copl_net_header *)a)->name;
	const char *y = ((const struct copl_net_header *)b)->name;

	while (*x != '\0' && lower(*x) == lower(*y)) {
		x++;
		y++;
	}
	return (unsigned char)lower(*x) - (unsigned char)lower(*y);
}

/* Headers that are signed, in their order; how many. */
static size_t choose(const struct copl_net_request *q, const char *host,
    struct copl_net_header out[COPL_ASKING_HEADERS + 1])
{
	size_t n = 0, i;

	out[n++] = (struct copl_net_header){"host", host};
	for (i = 0; i < q->nheaders && n <= COPL_ASKING_HEADERS; i++)
		if (is_signed(q->headers[i].name))
			out[n++] = q->headers[i];
	qsort(out, n, sizeof(*out), by_name);
	return n;
}

static void put_names(
    struct copl_strbuf *out, const struct copl_net_header *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (i > 0)
			copl_strbuf_puts(out, ";");
		put_lower(out, list[i].name);
	}
}

static enum copl_status canonical(const struct copl_net_request *q,
    const char *payload, struct copl_strbuf *out, struct copl_strbuf *names)
{
	struct copl_net_header list[COPL_ASKING_HEADERS + 1];
	char host[HOST_MAX];
	size_t len, n, i;
	const char *at = host_of(q->url, &len);

	n = (size_t)snprintf(host, sizeof(host), "%.*s", (int)len, at);
	if (n >= sizeof(host))
		return COPL_E_LIMIT;
	n = choose(q, host, list);
	put_names(names, list, n);
	copl_strbuf_printf(out, "%s\n%s\n\n", q->method, at + len);
	for (i = 0; i < n; i++) {
		put_lower(out, list[i].name);
		copl_strbuf_puts(out, ":");
		put_trimmed(out, list[i].value);
		copl_strbuf_puts(out, "\n");
	}
	copl_strbuf_printf(out, "\n%s\n%s", copl_strbuf_text(names), payload);
	return names->st != COPL_OK ? names->st : out->st;
}

enum copl_status copl_sigv4_canonical(const struct copl_net_request *q,
    const char *payload, struct copl_strbuf *out)
{
	struct copl_strbuf names = COPL_STRBUF_INIT(CANONICAL_MAX);
	enum copl_status st = canonical(q, payload, out, &names);

	copl_strbuf_clear(&names);
	return st;
}

/* ---- the signature ---- */

static void sign_text(unsigned char key[COPL_SHA256_BYTES], const char *text)
{
	unsigned char next[COPL_SHA256_BYTES];

	copl_hmac_sha256(key, COPL_SHA256_BYTES, text, strlen(text), next);
	memcpy(key, next, sizeof(next));
	explicit_bzero(next, sizeof(next));
}

/* A key for this day, region and service only. */
static enum copl_status day_key(const struct copl_sigv4 *who, const char *day,
    unsigned char out[COPL_SHA256_BYTES])
{
	size_t len = who->key_len + sizeof("AWS4");
	char *secret = malloc(len);

	if (secret == NULL)
		return COPL_E_NOMEM;
	snprintf(secret, len, "AWS4%.*s", (int)who->key_len, who->key);
	copl_hmac_sha256(secret, len - 1, day, DAY_LEN, out);
	explicit_bzero(secret, len);
	free(secret);
	sign_text(out, who->region);
	sign_text(out, SERVICE);
	sign_text(out, "aws4_request");
	return COPL_OK;
}

static void to_hex(const unsigned char *bytes, char out[COPL_SHA256_HEX])
{
	size_t i;

	for (i = 0; i < COPL_SHA256_BYTES; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

/* The same instant as S3 writes it. */
static void date_of(int64_t now, char out[DATE_SIZE])
{
	char instant[COPL_INSTANT_SIZE];
	const char *from;
	size_t n = 0;

	copl_instant_format(now, instant);
	for (from = instant; *from != '\0' && n < DATE_SIZE - 1; from++)
		if (*from != '-' && *from != ':')
			out[n++] = *from;
	out[n] = '\0';
}

static enum copl_status add_signature(struct copl_asking *out,
    const struct copl_sigv4 *who, const char *date,
    const struct copl_strbuf *request, const struct copl_strbuf *names)
{
	unsigned char key[COPL_SHA256_BYTES];
	char digest[COPL_SHA256_HEX], signature[COPL_SHA256_HEX];
	char scope[128], text[320];
	enum copl_status st = day_key(who, date, key);
	int n = snprintf(scope, sizeof(scope),
	    "%.*s/%s/" SERVICE "/aws4_request", DAY_LEN, date, who->region);

	if (st != COPL_OK)
		return st;
	if (n < 0 || (size_t)n >= sizeof(scope))
		return COPL_E_LIMIT;
	copl_sha256_hex(copl_strbuf_text(request), request->len, digest);
	snprintf(
	    text, sizeof(text), ALGORITHM "\n%s\n%s\n%s", date, scope, digest);
	sign_text(key, text);
	to_hex(key, signature);
	explicit_bzero(key, sizeof(key));
	return copl_asking_add(out, "Authorization",
	    ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s",
	    who->id, scope, copl_strbuf_text(names), signature);
}

/* The value stays where it is: a session token is longer than our room. */
static enum copl_status add_token(struct copl_asking *out, const char *token)
{
	if (out->q.nheaders == COPL_ASKING_HEADERS)
		return COPL_E_LIMIT;
	out->q.headers = out->headers;
	out->headers[out->q.nheaders++] =
	    (struct copl_net_header){"X-Amz-Security-Token", token};
	return COPL_OK;
}

enum copl_status copl_sigv4_sign(
    struct copl_asking *out, const struct copl_sigv4 *who, const char *payload)
{
	struct copl_strbuf request = COPL_STRBUF_INIT(CANONICAL_MAX);
	struct copl_strbuf names = COPL_STRBUF_INIT(CANONICAL_MAX);
	char date[DATE_SIZE];
	enum copl_status st;

	date_of(who->now, date);
	st = copl_asking_add(out, "X-Amz-Date", "%s", date);
	if (st == COPL_OK)
		st =
		    copl_asking_add(out, "X-Amz-Content-Sha256", "%s", payload);
	if (st == COPL_OK && who->token != NULL)
		st = add_token(out, who->token);
	if (st == COPL_OK)
		st = canonical(&out->q, payload, &request, &names);
	if (st == COPL_OK)
		st = add_signature(out, who, date, &request, &names);
	copl_strbuf_clear(&request);
	copl_strbuf_clear(&names);
	return st;
}
