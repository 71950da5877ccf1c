/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/s3_error.h"

#define NAME_MAX_BYTES 32
#define LOOK_MAX 16384

/* What an entity stands for and how long it is; a '&' alone is itself. */
static char entity_at(const char *s, size_t *len)
{
	static const struct {
		const char *name;
		char is;
	} known[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'},
	    {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}, {"&#34;", '"'}};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++) {
		*len = strlen(known[i].name);
		if (strncmp(s, known[i].name, *len) == 0)
			return known[i].is;
	}
	*len = 1;
	return *s;
}

bool copl_s3_error(
    const struct copl_net_answer *a, const char *name, char *out, size_t room)
{
	const char *body = copl_strbuf_text(&a->body), *from, *end;
	char tag[NAME_MAX_BYTES + 3];
	size_t n = 0, len;

	out[0] = '\0';
	if (a->body.len > LOOK_MAX || strstr(body, "<Error>") == NULL ||
	    (size_t)snprintf(tag, sizeof(tag), "<%s>", name) >= sizeof(tag))
		return false;
	from = strstr(body, tag);
	if (from == NULL)
		return false;
	from += strlen(tag);
	end = strchr(from, '<');
	if (end == NULL || end[1] != '/')
		return false;
	for (; from < end && n + 1 < room; from += len)
		out[n++] = entity_at(from, &len);
	out[n] = '\0';
	return from == end && n > 0;
}

/* Signatures are valid for minutes: both clocks, so that one can be set. */
static bool clock_said(const struct copl_net_answer *a, char *out, size_t room)
{
	char ours[40], theirs[40];

	if (!copl_s3_error(a, "RequestTime", ours, sizeof(ours)) ||
	    !copl_s3_error(a, "ServerTime", theirs, sizeof(theirs)))
		return false;
	snprintf(out, room,
	    _("the clock of this computer says %s and that of the server %s: "
	      "set the one that is wrong"),
	    ours, theirs);
	return true;
}

void copl_s3_said(const struct copl_net_answer *a, char *out, size_t room)
{
	char code[64], message[256];

	out[0] = '\0';
	if (!copl_s3_error(a, "Code", code, sizeof(code)))
		return;
	if (strcmp(code, "RequestTimeTooSkewed") == 0 &&
	    clock_said(a, out, room))
		return;
	if (copl_s3_error(a, "Message", message, sizeof(message)))
		snprintf(out, room, "%s: %s", code, message);
	else
		snprintf(out, room, "%s", code);
}
