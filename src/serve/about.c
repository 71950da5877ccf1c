/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include "base/i18n.h"
#include "serve/collect.h"

static enum MHD_Result send_out(
    struct serving *s, const struct exchange *x, struct answer *a)
{
	enum MHD_Result result = answer_send(s, x->c, a);

	copl_strbuf_clear(&a->body);
	return result;
}

/* For whatever watches this server: it is up, and shows so much. */
static enum MHD_Result healthz(struct serving *s, const struct exchange *x)
{
	struct answer a = {.status = 200,
	    .type = "application/json",
	    .body = COPL_STRBUF_INIT(256),
	    .keep = true};

	if (collect_is_failing(s)) {
		a.status = 503;
		copl_strbuf_puts(&a.body, "{\"status\":\"not storing\"}\n");
	} else if (x->shelf->manifest == NULL)
		copl_strbuf_puts(&a.body, "{\"status\":\"empty\"}\n");
	else
		copl_strbuf_printf(&a.body,
		    "{\"status\":\"ok\",\"version\":%" PRIu64 "}\n",
		    x->shelf->manifest->version);
	return send_out(s, x, &a);
}

/* What a sender may count on, and what is in place. */
static enum MHD_Result discovery(struct serving *s, const struct exchange *x)
{
	const struct copl_manifest *m = x->shelf->manifest;
	struct answer a = {.status = 200,
	    .type = "application/json",
	    .body = COPL_STRBUF_INIT(4096),
	    .cache = "no-cache",
	    .keep = true};

	copl_strbuf_printf(&a.body,
	    "{\"service\":\"cop-l10n\",\"api\":1,\"accept\":{\"put\":%s,"
	    "\"digest\":[\"sha-256\"],\"if_match\":%s,\"token\":%s,"
	    "\"max_file\":%zu,\"max_files\":%d},",
	    s->o->read_only ? "false" : "true",
	    s->o->demand_match ? "\"demanded\"" : "\"honoured\"",
	    s->o->token_file == NULL ? "false" : "true", COPL_RELEASE_FILE_MAX,
	    STAGED_FILES_MAX);
	if (m == NULL) {
		copl_strbuf_puts(&a.body, "\"release\":null}\n");
		return send_out(s, x, &a);
	}
	copl_strbuf_puts(&a.body, "\"release\":{\"project\":");
	copl_json_put_string(&a.body, m->project);
	copl_strbuf_puts(&a.body, ",\"recipient\":");
	if (m->recipient == NULL)
		copl_strbuf_puts(&a.body, "null");
	else
		copl_json_put_string(&a.body, m->recipient);
	copl_strbuf_printf(&a.body,
	    ",\"version\":%" PRIu64 ",\"manifest\":\"/" COPL_MANIFEST
	    "\",\"sha256\":\"%s\"}}\n",
	    m->version, x->shelf->sha256);
	return send_out(s, x, &a);
}

static enum MHD_Result security(struct serving *s, const struct exchange *x)
{
	struct answer a = {.status = 200,
	    .type = "text/plain; charset=utf-8",
	    .body = COPL_STRBUF_INIT((size_t)65536),
	    .cache = "max-age=3600",
	    .keep = true};

	pthread_mutex_lock(&s->view);
	if (s->security != NULL)
		copl_strbuf_puts(&a.body, s->security);
	pthread_mutex_unlock(&s->view);
	if (a.body.len == 0)
		return answer_refuse(s, x->c, 404,
		    _("the operator of this server has not written one"));
	return send_out(s, x, &a);
}

static const struct route rows[] = {
    {"healthz", false, healthz},
    {".well-known/cop-l10n", false, discovery},
    {".well-known/security.txt", false, security},
};
const struct route_list about_routes = {rows, COPL_COUNT(rows)};
