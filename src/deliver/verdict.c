/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/push_priv.h"
#include "deliver/said.h"

#define URL(s) ((s)->endpoint->url)

static struct verdict say(const struct pushing *p, const struct spot *s,
    enum spot_state state, const char *code, const char *fmt, ...)
    COPL_PRINTF(5, 6);

/* What a person must look into is an error, what time heals a warning. */
static struct verdict say(const struct pushing *p, const struct spot *s,
    enum spot_state state, const char *code, const char *fmt, ...)
{
	char text[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	copl_report(p->r,
	    state == SPOT_REFUSED || state == SPOT_GONE ? COPL_ERROR
							: COPL_WARNING,
	    code, s->endpoint->at, "%s", text);
	return (struct verdict){state, code, false};
}

static struct verdict refused(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a)
{
	const struct copl_job *j = &s->turn->job;
	const char *path = j->target.set->files[j->file].path;
	char said[COPL_SAID_SIZE];

	/* A status of success is not the reason. */
	if (a->status == 0 || (a->failure != COPL_NET_NONE &&
				  copl_retry_judge(a->status) == COPL_TRY_DONE))
		return say(p, s, SPOT_REFUSED, "endpoint-refused",
		    _("%s%s is refused: %s"), URL(s), path, a->error);
	copl_said(a, said);
	return say(p, s, SPOT_REFUSED, "endpoint-refused",
	    _("%s%s is refused with status %ld%s; ask whoever runs this "
	      "endpoint"),
	    URL(s), path, a->status, said);
}

static struct verdict moved(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a)
{
	char where[sizeof(a->location)];

	/* Not modified, say: that is no other address. */
	if (a->location[0] == '\0')
		return refused(p, s, a);
	copl_said_text(a->location, where, sizeof(where));
	return say(p, s, SPOT_REFUSED, "endpoint-moved",
	    _("%s answers that it has moved to \"%s\": ask whoever runs this "
	      "endpoint and correct the address in the project"),
	    URL(s), where);
}

static struct verdict auth(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a)
{
	char said[COPL_SAID_SIZE];

	copl_said(a, said);
	return say(p, s, SPOT_REFUSED, "endpoint-auth",
	    _("%s does not accept who we say we are (status %ld%s): look "
	      "whether its user and its secret are still the right ones"),
	    URL(s), a->status, said);
}

static struct verdict failed(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a)
{
	struct verdict v;

	switch (s->turn->job.attempt) {
	case COPL_TRY_MOVED:
		return moved(p, s, a);
	case COPL_TRY_BUSY:
		return say(p, s, SPOT_WAITING, "endpoint-busy",
		    _("%s is not able to take it now (status %ld): the next "
		      "push tries again"),
		    URL(s), a->status);
	case COPL_TRY_UNREACHABLE:
		return say(p, s, SPOT_WAITING, "endpoint-unreachable",
		    _("%s cannot be reached (%s): the next push tries again"),
		    URL(s), a->error);
	case COPL_TRY_UNSAFE:
		return say(p, s, SPOT_WAITING, "endpoint-tls",
		    _("%s cannot prove who it is (%s): nothing was sent"),
		    URL(s), a->error);
	case COPL_TRY_LOCAL:
		v = say(p, s, SPOT_WAITING, "endpoint-local",
		    _("%s was not tried, because this computer lacks something "
		      "for it (%s): put that right and push again"),
		    URL(s), a->error);
		v.spared = true;
		return v;
	case COPL_TRY_AUTH:
		return auth(p, s, a);
	case COPL_TRY_GONE:
		return say(p, s, SPOT_GONE, "endpoint-gone",
		    _("%s says that this endpoint is given up for good (status "
		      "%ld): it is not tried any more; ask the recipient where "
		      "the forms should go"),
		    URL(s), a->status);
	case COPL_TRY_CONFLICT:
	case COPL_TRY_REFUSED:
	case COPL_TRY_DONE:
		break;
	}
	return refused(p, s, a);
}

static struct verdict conflict(const struct pushing *p, const struct spot *s)
{
	return say(p, s, SPOT_REFUSED, "endpoint-conflict",
	    _("%s holds other forms than we brought there: somebody else sent "
	      "them. Nothing was overwritten; when yours are the right ones, "
	      "send them with cop-l10n push --force --to=%s"),
	    URL(s), s->endpoint->id);
}

struct verdict verdict_of(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a)
{
	switch (s->turn->job.end) {
	case COPL_JOB_DELIVERED:
		return (struct verdict){SPOT_DELIVERED, NULL, false};
	case COPL_JOB_WRONG:
		return say(p, s, SPOT_WAITING, "receipt-wrong",
		    _("the endpoint took the set but shows another one: "
		      "delivery is not proven, the next push tries again"));
	case COPL_JOB_MISSING:
		return say(p, s, SPOT_WAITING, "receipt-missing",
		    _("the endpoint took the set but does not show it: "
		      "delivery is not proven, the next push tries again"));
	case COPL_JOB_INCOMPLETE:
		return say(p, s, SPOT_WAITING, "endpoint-incomplete",
		    _("the endpoint says that files are missing though all "
		      "were sent: the next push tries again"));
	case COPL_JOB_CONFLICT:
		return conflict(p, s);
	case COPL_JOB_FAILED:
	case COPL_JOB_GOES_ON:
		break;
	}
	return failed(p, s, a);
}

struct verdict verdict_dropped(enum copl_schedule_why why)
{
	switch (why) {
	case COPL_DROP_DEADLINE:
		return (struct verdict){SPOT_WAITING, "push-deadline", true};
	case COPL_DROP_STOPPED:
		return (struct verdict){SPOT_WAITING, "push-stopped", true};
	case COPL_DROP_ORIGIN:
		break;
	}
	return (struct verdict){SPOT_WAITING, "origin-down", true};
}
