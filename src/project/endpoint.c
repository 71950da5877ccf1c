/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

#define PER_MINUTE_MAX 60000
#define TIMEOUT_MAX 600
#define REGION_DEFAULT "us-east-1"
#define PIN_BYTES 52 /* "sha256//" and 32 bytes in base64 */
#define FILE_FD_MAX 255

static const char *const setting_names[] = {
    [COPL_SET_ID] = "id",
    [COPL_SET_URL] = "url",
    [COPL_SET_DRIVER] = "driver",
    [COPL_SET_AUTH] = "auth",
    [COPL_SET_USER] = "user",
    [COPL_SET_SECRET] = "secret",
    [COPL_SET_CA] = "ca",
    [COPL_SET_CERT] = "cert",
    [COPL_SET_CERT_KEY] = "cert-key",
    [COPL_SET_CERT_PASS] = "cert-pass",
    [COPL_SET_PINS] = "pins",
    [COPL_SET_PRIVATE] = "private",
    [COPL_SET_CLEARTEXT] = "cleartext",
    [COPL_SET_HTTP] = "http",
    [COPL_SET_REGION] = "region",
    [COPL_SET_VERIFY] = "verify",
    [COPL_SET_PER_MINUTE] = "per-minute",
    [COPL_SET_TIMEOUT] = "timeout",
    [COPL_SET_DISABLED] = "disabled",
};
static const char *const driver_names[] = {
    [COPL_DRIVER_OFFICE] = "office",
    [COPL_DRIVER_PUT] = "put",
    [COPL_DRIVER_S3] = "s3",
    [COPL_DRIVER_DIR] = "dir",
};
static const char *const auth_names[] = {
    [COPL_ENDPOINT_NONE] = "none",
    [COPL_ENDPOINT_BASIC] = "basic",
    [COPL_ENDPOINT_BEARER] = "bearer",
    [COPL_ENDPOINT_DIGEST] = "digest",
    [COPL_ENDPOINT_SIGV4] = "sigv4",
};
static const char *const verify_names[] = {
    [COPL_VERIFY_RECEIPT] = "receipt",
    [COPL_VERIFY_READBACK] = "readback",
};

/* One reading: what is said of one endpoint, and where it goes. */
struct saying {
	struct copl_project_reader *rd;
	const struct copl_settings *s;
	struct copl_endpoint *out;
};

const char *copl_setting_name(enum copl_setting which)
{
	return setting_names[which];
}

const char *copl_driver_name(enum copl_driver_kind kind)
{
	return driver_names[kind];
}

const char *copl_endpoint_auth_name(enum copl_endpoint_auth auth)
{
	return auth_names[auth];
}

/* A value that cannot be: reported at the setting with what to write. */
static void bad_setting(struct copl_project_reader *rd,
    const struct copl_settings *s, enum copl_setting which, const char *advice)
{
	const char *value = s->value[which];

	copl_report(rd->r, COPL_ERROR, "project-bad-value", s->place(s, which),
	    _("\"%.*s\" cannot be the value of \"%s\": %s"),
	    copl_project_shown(value), value, setting_names[which], advice);
}

/* ---- words and numbers ---- */

/* Which of the names is said; fallback when none is, or a wrong one. */
static unsigned read_word(struct saying *t, enum copl_setting which,
    const char *const *names, size_t n, unsigned fallback, const char *advice)
{
	const char *value = t->s->value[which];
	unsigned i;

	if (value == NULL)
		return fallback;
	for (i = 0; i < n; i++)
		if (strcmp(names[i], value) == 0)
			return i;
	bad_setting(t->rd, t->s, which, copl_text(advice));
	return fallback;
}

static bool read_yes(struct saying *t, enum copl_setting which)
{
	static const char *const names[] = {"no", "yes"};

	return read_word(t, which, names, 2, 0,
		   N_("write \"yes\", or leave it out")) == 1;
}

static unsigned read_number(struct saying *t, enum copl_setting which,
    uint64_t most, const char *advice)
{
	const char *value = t->s->value[which];
	uint64_t n = 0;

	if (value != NULL && (!copl_number_parse(value, most, &n) || n == 0)) {
		bad_setting(t->rd, t->s, which, copl_text(advice));
		n = 0;
	}
	return (unsigned)n;
}

static bool has_controls(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return true;
	return false;
}

/* Words that go into requests or name files; "" is none. */
static const char *read_text(struct saying *t, enum copl_setting which)
{
	const char *value = t->s->value[which];

	if (value == NULL || (value[0] != '\0' && !has_controls(value)))
		return value;
	bad_setting(t->rd, t->s, which,
	    _("write some text without line breaks and other control "
	      "characters, or leave it out"));
	return NULL;
}

/* ---- files and secrets ---- */

static const char *full_path(struct saying *t, const char *value)
{
	const char *path =
	    copl_path_join(t->rd->p->arena, t->rd->p->dir, value);

	if (path == NULL)
		t->rd->r->nomem = true;
	return path;
}

static const char *read_file_name(struct saying *t, enum copl_setting which)
{
	const char *value = read_text(t, which);

	return value == NULL ? NULL : full_path(t, value);
}

/* What stands here may be the secret itself: it is not repeated. */
static void bad_secret(struct saying *t, enum copl_setting which)
{
	copl_report(t->rd->r, COPL_ERROR, "project-secret",
	    t->s->place(t->s, which),
	    _("\"%s\" says where a secret is kept and never the secret itself: "
	      "write \"file:PATH\", \"fd:NUMBER\" or \"command:PROGRAM "
	      "ARGUMENTS\"; if a secret stood here, replace it by a new one"),
	    setting_names[which]);
}

static bool is_command(struct saying *t, const char *value)
{
	bool nomem = false;
	bool ok = copl_argv_split(t->rd->p->arena, value, &nomem) != NULL;

	if (nomem)
		t->rd->r->nomem = true;
	return ok || nomem;
}

static struct copl_secret_ref read_secret(
    struct saying *t, enum copl_setting which)
{
	static const char *const kinds[] = {
	    [COPL_SECRET_FILE] = "file:",
	    [COPL_SECRET_FD] = "fd:",
	    [COPL_SECRET_COMMAND] = "command:",
	};
	const char *value = t->s->value[which];
	struct copl_secret_ref ref = {COPL_SECRET_NONE, NULL, {NULL, 0, 0}};
	uint64_t fd;
	size_t i, len;

	if (value == NULL)
		return ref;
	for (i = COPL_SECRET_FILE; i < COPL_COUNT(kinds); i++) {
		len = strlen(kinds[i]);
		if (strncmp(value, kinds[i], len) != 0 || value[len] == '\0' ||
		    has_controls(value))
			continue;
		ref.kind = (enum copl_secret_kind)i;
		ref.value = value + len;
		ref.at = t->s->place(t->s, which);
	}
	if (ref.kind == COPL_SECRET_FILE)
		ref.value = full_path(t, ref.value);
	if (ref.kind == COPL_SECRET_NONE ||
	    (ref.kind == COPL_SECRET_FD &&
		(!copl_number_parse(ref.value, FILE_FD_MAX, &fd) || fd < 3)) ||
	    (ref.kind == COPL_SECRET_COMMAND && !is_command(t, ref.value)))
		bad_secret(t, which);
	return ref;
}

/* ---- pins ---- */

static bool is_pin(const char *s, size_t len)
{
	size_t i;

	if (len != PIN_BYTES || memcmp(s, "sha256//", 8) != 0)
		return false;
	for (i = 8; i < PIN_BYTES - 1; i++)
		if (!copl_is_alpha(s[i]) && !copl_is_digit(s[i]) &&
		    s[i] != '+' && s[i] != '/')
			return false;
	return s[PIN_BYTES - 1] == '=';
}

static void read_pins(struct saying *t)
{
	const char *p = t->s->value[COPL_SET_PINS];
	struct copl_endpoint *e = t->out;
	size_t len;

	if (p == NULL)
		return;
	for (p += strspn(p, " "); *p != '\0'; p += len, p += strspn(p, " ")) {
		len = strcspn(p, " ");
		if (!is_pin(p, len) || e->npins == COPL_COUNT(e->pins))
			break;
		e->pins[e->npins] = copl_arena_strndup(t->rd->p->arena, p, len);
		if (e->pins[e->npins++] == NULL)
			t->rd->r->nomem = true;
	}
	if (*p != '\0' || e->npins == 0)
		bad_setting(t->rd, t->s, COPL_SET_PINS,
		    _("write one or two public keys, the one of now and the "
		      "next one, each as \"sha256//\" and 44 characters"));
}

/* ---- what another endpoint has already ---- */

/* Where the name was used first; NULL: here.  It must stay. */
static const struct copl_place *first_use(
    struct saying *t, struct copl_map *names, const char *name)
{
	struct copl_project_reader *rd = t->rd;
	size_t first = rd->nplaces;
	struct copl_place *places = copl_grow(
	    rd->places, rd->nplaces, &rd->places_room, sizeof(*rd->places));

	if (places != NULL)
		rd->places = places;
	if (places == NULL || !copl_map_put(names, name, first, &first)) {
		rd->r->nomem = true;
		return NULL;
	}
	if (first < rd->nplaces)
		return &rd->places[first];
	rd->places[rd->nplaces++] = t->s->at;
	return NULL;
}

static void check_id_once(struct saying *t)
{
	const struct copl_place *first =
	    first_use(t, &t->rd->endpoints, t->out->id);

	if (first == NULL)
		return;
	if (strcmp(first->file, t->s->at.file) == 0)
		copl_report(t->rd->r, COPL_ERROR, "project-duplicate",
		    t->s->place(t->s, COPL_SET_ID),
		    _("the endpoint \"%s\" is on line %zu already: give this "
		      "one another id"),
		    t->out->id, first->line);
	else
		copl_report(t->rd->r, COPL_ERROR, "project-duplicate",
		    t->s->place(t->s, COPL_SET_ID),
		    _("the endpoint \"%s\" is on line %zu of %s already: give "
		      "this one another id"),
		    t->out->id, first->line, first->file);
}

static void check_url_once(struct saying *t)
{
	const char *key = copl_project_url_key(t->rd->p->arena, t->out->url);
	const struct copl_place *first;

	if (key == NULL)
		t->rd->r->nomem = true;
	first = key == NULL ? NULL : first_use(t, &t->rd->urls, key);
	if (first == NULL)
		return;
	if (strcmp(first->file, t->s->at.file) == 0)
		copl_report(t->rd->r, COPL_ERROR, "project-duplicate",
		    t->s->place(t->s, COPL_SET_URL),
		    _("the endpoint on line %zu has this address already: one "
		      "would overwrite the other"),
		    first->line);
	else
		copl_report(t->rd->r, COPL_ERROR, "project-duplicate",
		    t->s->place(t->s, COPL_SET_URL),
		    _("the endpoint on line %zu of %s has this address "
		      "already: one would overwrite the other"),
		    first->line, first->file);
}

/* ---- the whole ---- */

static void read_id(struct saying *t)
{
	const char *id = t->s->value[COPL_SET_ID];

	if (id == NULL)
		return;
	t->out->id = id;
	if (!copl_shape_is_name(id))
		bad_setting(t->rd, t->s, COPL_SET_ID,
		    _("use small letters a-z, digits and \"_\", begin with a "
		      "letter, at most 32 characters"));
}

/* A path, for a folder of this computer; it gets the slash it lacks. */
static void read_folder(struct saying *t, const char *url)
{
	const char *path = url;
	size_t len = strlen(url);

	if (strncmp(path, "file:///", 8) == 0)
		path += 7;
	if (len == 0 || has_controls(url) || strncmp(path, "file:", 5) == 0 ||
	    strstr(path, "://") != NULL ||
	    (path != url && strchr(path, '%') != NULL)) {
		bad_setting(t->rd, t->s, COPL_SET_URL,
		    _("write the path of a folder, such as \"/srv/forms/\""));
		return;
	}
	t->out->folder = full_path(t, path);
	if (url[len - 1] != '/')
		url = copl_arena_printf(t->rd->p->arena, "%s/", url);
	if (url == NULL)
		t->rd->r->nomem = true;
	t->out->url = url;
}

static void read_address(struct saying *t)
{
	const char *url = t->s->value[COPL_SET_URL], *fault;
	struct copl_endpoint *e = t->out;

	if (t->s->value[COPL_SET_DRIVER] == NULL && url != NULL &&
	    strncmp(url, "file:", 5) == 0)
		e->driver = COPL_DRIVER_DIR;
	if (url == NULL)
		return;
	if (e->driver == COPL_DRIVER_DIR) {
		read_folder(t, url);
		return;
	}
	e->url = url;
	fault = e->cleartext_ok ? copl_project_open_url_fault(url)
				: copl_project_url_fault(url, true);
	if (fault != NULL)
		copl_report(t->rd->r, COPL_ERROR, "project-url",
		    t->s->place(t->s, COPL_SET_URL), "%s", fault);
}

static void read_access(struct saying *t)
{
	struct copl_endpoint *e = t->out;

	e->auth = (enum copl_endpoint_auth)read_word(t, COPL_SET_AUTH,
	    auth_names, COPL_COUNT(auth_names),
	    e->driver == COPL_DRIVER_S3 ? COPL_ENDPOINT_SIGV4
					: COPL_ENDPOINT_NONE,
	    N_("write \"none\", \"basic\", \"bearer\", \"digest\" or "
	       "\"sigv4\""));
	e->user = read_text(t, COPL_SET_USER);
	e->secret = read_secret(t, COPL_SET_SECRET);
	e->ca = read_file_name(t, COPL_SET_CA);
	e->cert = read_file_name(t, COPL_SET_CERT);
	e->cert_key = read_file_name(t, COPL_SET_CERT_KEY);
	e->cert_pass = read_secret(t, COPL_SET_CERT_PASS);
	e->region = read_text(t, COPL_SET_REGION);
	if (e->region == NULL && e->driver == COPL_DRIVER_S3)
		e->region = REGION_DEFAULT;
	read_pins(t);
}

static void read_manner(struct saying *t)
{
	static const char *const versions[] = {"1.1", "2"};
	struct copl_endpoint *e = t->out;

	e->private_ok = read_yes(t, COPL_SET_PRIVATE);
	e->disabled = read_yes(t, COPL_SET_DISABLED);
	e->http2 = read_word(t, COPL_SET_HTTP, versions, 2, 0,
		       N_("write \"1.1\" or \"2\"")) == 1;
	e->verify = (enum copl_endpoint_verify)read_word(t, COPL_SET_VERIFY,
	    verify_names, COPL_COUNT(verify_names), COPL_VERIFY_RECEIPT,
	    N_("write \"receipt\" or \"readback\""));
	e->per_minute = read_number(t, COPL_SET_PER_MINUTE, PER_MINUTE_MAX,
	    N_("write how many requests a minute, from 1 to 60000"));
	e->timeout_s = read_number(t, COPL_SET_TIMEOUT, TIMEOUT_MAX,
	    N_("write how many seconds, from 1 to 600"));
}

void copl_project_read_endpoint(struct copl_project_reader *rd,
    const struct copl_settings *s, struct copl_endpoint *out)
{
	struct saying t = {rd, s, out};

	out->at = s->at;
	read_id(&t);
	out->driver = (enum copl_driver_kind)read_word(&t, COPL_SET_DRIVER,
	    driver_names, COPL_COUNT(driver_names), COPL_DRIVER_OFFICE,
	    N_("write \"office\", \"put\", \"s3\" or \"dir\""));
	out->cleartext_ok = read_yes(&t, COPL_SET_CLEARTEXT);
	read_address(&t);
	read_access(&t);
	read_manner(&t);
	copl_project_check_endpoint(rd, s, out);
	if (out->id == NULL || out->url == NULL)
		return;
	check_id_once(&t);
	check_url_once(&t);
}
