/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/serve_priv.h"

enum copl_status log_open(const char *path, struct copl_reporter *r, int *out)
{
	*out = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (*out >= 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "io-open", (struct copl_place){path, 0, 0},
	    _("cannot open: %s"), strerror(errno));
	return COPL_E_IO;
}

/*
 * Young people fill the forms: the log is there to see that a server works,
 * not who came.  The last parts of an address are zero, and what follows a
 * "?" is not in it.
 */
static void mask(const struct sockaddr *a, char *out, size_t room)
{
	union {
		const struct sockaddr *any;
		const struct sockaddr_in *v4;
		const struct sockaddr_in6 *v6;
	} u = {.any = a};
	unsigned char bytes[16];

	out[0] = '\0';
	if (a == NULL)
		return;
	if (a->sa_family == AF_INET) {
		memcpy(bytes, &u.v4->sin_addr, 4);
		bytes[3] = 0;
		if (inet_ntop(AF_INET, bytes, out, (socklen_t)room) == NULL)
			out[0] = '\0';
	} else if (a->sa_family == AF_INET6) {
		memcpy(bytes, &u.v6->sin6_addr, 16);
		memset(bytes + 6, 0, 10);
		if (inet_ntop(AF_INET6, bytes, out, (socklen_t)room) == NULL)
			out[0] = '\0';
	}
}

/* A target may be any bytes; what is not text is not repeated. */
static void put_target(struct copl_strbuf *line, const char *target)
{
	size_t len = strnlen(target, COPL_GATE_PATH_SIZE);
	char text[COPL_GATE_PATH_SIZE + 1];

	memcpy(text, target, len);
	text[len] = '\0';
	text[copl_utf8_valid(text, len)] = '\0';
	copl_json_put_string(line, text);
}

void log_write(
    struct serving *s, struct MHD_Connection *c, const struct log_line *l)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct copl_strbuf line = COPL_STRBUF_INIT(4096);
	char when[COPL_INSTANT_SIZE], peer[INET6_ADDRSTRLEN];
	int64_t now = serve_now(s);

	copl_instant_format(l->discreet ? now - now % 3600 : now, when);
	mask(info == NULL || l->discreet ? NULL : info->client_addr, peer,
	    sizeof(peer));
	copl_strbuf_printf(
	    &line, "{\"time\":\"%s\",\"peer\":\"%s\",\"method\":", when, peer);
	put_target(&line, l->method);
	copl_strbuf_puts(&line, ",\"path\":");
	put_target(&line, l->target);
	copl_strbuf_printf(&line,
	    ",\"status\":%u,\"bytes\":%" PRIu64 ",\"ms\":%" PRIu64
	    ",\"whole\":%s}\n",
	    l->status, l->bytes, l->ms, l->whole ? "true" : "false");
	pthread_mutex_lock(&s->view);
	/* A full disk must not stop the server; the next line may fit. */
	if (s->log >= 0 && line.st == COPL_OK &&
	    write(s->log, line.s, line.len) < 0)
		line.st = COPL_E_IO;
	pthread_mutex_unlock(&s->view);
	copl_strbuf_clear(&line);
}
