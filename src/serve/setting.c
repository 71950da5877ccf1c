/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/serve_priv.h"

#define TOKEN_FILE_MAX ((size_t)4096)
#define PEM_FILE_MAX ((size_t)1 << 20)
#define SECURITY_FILE_MAX ((size_t)32768)

void serve_tell_pinned(const struct serving *s, const struct copl_trust *before,
    struct copl_reporter *r)
{
	char now[COPL_FINGERPRINT_SIZE], old[COPL_FINGERPRINT_SIZE] = "";
	const struct copl_field fields[] = {
	    {"dir", s->o->dir}, {"fingerprint", now}, {"previous", old}};
	size_t i;

	if (before->nkeys > 0)
		copl_fingerprint(&before->keys[0], old);
	for (i = 0; i < s->trust.nkeys; i++) {
		if (copl_trust_pins(before, &s->trust.keys[i]))
			continue;
		copl_fingerprint(&s->trust.keys[i], now);
		copl_tell(r, "pinned", fields, COPL_COUNT(fields),
		    _("from now on releases signed by %s are accepted"), now);
	}
}

static enum copl_status pin_file(struct serving *s, struct copl_reporter *r)
{
	struct copl_trust before = s->trust;
	struct copl_public_key key;
	enum copl_status st = copl_public_key_load(s->o->key, r, &key);

	if (st != COPL_OK || copl_trust_knows(&s->trust, &key))
		return st;
	copl_trust_name(&s->trust, &key);
	st = copl_trust_save(s->o->dir, &s->trust, r);
	if (st == COPL_OK)
		serve_tell_pinned(s, &before, r);
	else
		s->trust = before;
	return st;
}

enum copl_status setting_trust(struct serving *s, struct copl_reporter *r)
{
	struct copl_trust read;
	enum copl_status st = copl_trust_load(s->o->dir, r, &read);

	if (st != COPL_OK)
		return st;
	s->trust = read;
	if (s->o->key != NULL)
		return pin_file(s, r);
	if (s->o->fingerprint != NULL) {
		s->choose =
		    !copl_trust_knows_fingerprint(&s->trust, s->o->fingerprint);
		return COPL_OK;
	}
	if (s->trust.nkeys > 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "key-none",
	    (struct copl_place){s->o->dir, 0, 0},
	    _("nobody has said yet whose releases are accepted here: give "
	      "the sender's key with --key, or its fingerprint as read out "
	      "with --fingerprint"));
	return COPL_E_TRUST;
}

/* The whole file as a string of its own; NULL path: none. */
static enum copl_status read_text(
    const char *path, size_t max, struct copl_reporter *r, char **out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(max);
	enum copl_status st;

	*out = NULL;
	if (path == NULL)
		return COPL_OK;
	st = copl_file_read(path, max, r, &text);
	if (st == COPL_OK && (*out = strdup(copl_strbuf_text(&text))) == NULL)
		st = COPL_E_NOMEM;
	copl_strbuf_clear(&text);
	return st;
}

static enum copl_status read_token(
    const struct serving *s, struct copl_reporter *r, char **out)
{
	enum copl_status st =
	    read_text(s->o->token_file, TOKEN_FILE_MAX, r, out);
	size_t len;

	if (st != COPL_OK || *out == NULL)
		return st;
	len = strcspn(*out, "\r\n");
	while (len > 0 && copl_is_space((*out)[len - 1]))
		len--;
	(*out)[len] = '\0';
	if (len > 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "token-empty",
	    (struct copl_place){s->o->token_file, 0, 0},
	    _("this file should hold the bearer token, but it is empty"));
	free(*out);
	*out = NULL;
	return COPL_E_INVALID;
}

/* Counts the lines that begin with a name of RFC 9116, in any case. */
static size_t count_lines(const char *text, const char *name, const char **last)
{
	size_t n = 0, len = strlen(name);
	const char *line;

	for (line = text; *line != '\0';
	     line += strcspn(line, "\n"), line += *line == '\n') {
		char word[16] = "";

		memcpy(word, line, strnlen(line, len));
		if (!copl_gate_name_is(word, name))
			continue;
		*last = line + len;
		n++;
	}
	return n;
}

static enum copl_status wrong_security(
    const struct serving *s, struct copl_reporter *r, const char *text)
{
	copl_report(r, COPL_ERROR, "security-txt",
	    (struct copl_place){s->o->security_txt, 0, 0}, "%s", text);
	return COPL_E_INVALID;
}

static enum copl_status check_security(
    const struct serving *s, const char *text, struct copl_reporter *r)
{
	const char *line = "";
	struct copl_instant end;
	char when[COPL_INSTANT_SIZE];
	size_t len;

	if (count_lines(text, "contact:", &line) == 0)
		return wrong_security(s, r,
		    _("security.txt must say whom to write to, in a line "
		      "such as \"Contact: mailto:security@example.org\""));
	if (count_lines(text, "expires:", &line) != 1)
		return wrong_security(s, r,
		    _("security.txt must have one line that begins with "
		      "\"Expires:\""));
	while (*line == ' ' || *line == '\t')
		line++;
	len = strcspn(line, " \t\r\n");
	if (len >= sizeof(when))
		len = sizeof(when) - 1;
	memcpy(when, line, len);
	when[len] = '\0';
	if (!copl_instant_parse(when, &end))
		return wrong_security(s, r,
		    _("the date behind \"Expires:\" must be written like "
		      "2027-12-31T23:59:59Z"));
	if (end.seconds < serve_now(s))
		copl_report(r, COPL_WARNING, "security-txt-expired",
		    (struct copl_place){s->o->security_txt, 0, 0},
		    _("security.txt has expired: check what it says, and "
		      "give it a new date"));
	return COPL_OK;
}

static enum copl_status read_security(
    const struct serving *s, struct copl_reporter *r, char **out)
{
	enum copl_status st =
	    read_text(s->o->security_txt, SECURITY_FILE_MAX, r, out);

	if (st == COPL_OK && *out != NULL)
		st = check_security(s, *out, r);
	return st;
}

static void swap_text(char **a, char **b)
{
	char *was = *a;

	*a = *b;
	*b = was;
}

/* What is read together takes effect together. */
struct readings {
	char *token, *security, *cert, *cert_key;
	int log;
};

static enum copl_status read_all(
    struct serving *s, struct readings *in, struct copl_reporter *r)
{
	enum copl_status st = read_token(s, r, &in->token);

	if (st == COPL_OK)
		st = read_security(s, r, &in->security);
	if (st == COPL_OK)
		st = read_text(s->o->tls_cert, PEM_FILE_MAX, r, &in->cert);
	if (st == COPL_OK)
		st = read_text(s->o->tls_key, PEM_FILE_MAX, r, &in->cert_key);
	if (st == COPL_OK && s->o->access_log != NULL)
		st = log_open(s->o->access_log, r, &in->log);
	return st;
}

static void forget(struct readings *in)
{
	free(in->token);
	free(in->security);
	free(in->cert);
	free(in->cert_key);
	if (in->log >= 0)
		close(in->log);
}

enum copl_status setting_read(struct serving *s, struct copl_reporter *r)
{
	struct readings in = {.log = -1};
	enum copl_status st = read_all(s, &in, r);
	int was;

	if (st == COPL_OK) {
		pthread_mutex_lock(&s->view);
		swap_text(&s->token, &in.token);
		swap_text(&s->security, &in.security);
		swap_text(&s->cert, &in.cert);
		swap_text(&s->cert_key, &in.cert_key);
		was = s->log;
		s->log = in.log;
		in.log = was;
		pthread_mutex_unlock(&s->view);
	}
	forget(&in);
	return st;
}

void setting_clear(struct serving *s)
{
	struct readings in = {
	    s->token, s->security, s->cert, s->cert_key, s->log};

	forget(&in);
}
