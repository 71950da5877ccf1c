/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "deliver/report.h"

const char *report_state_text(enum report_state state)
{
	switch (state) {
	case REPORT_HOLDS:
		return _("up to date");
	case REPORT_WAITS:
		return _("will be tried again");
	case REPORT_REFUSED:
		return _("refused");
	case REPORT_GONE:
		return _("closed by the recipient");
	case REPORT_DEAD:
		return _("not reached for days");
	case REPORT_NOT_TRIED:
		return _("not sent yet");
	}
	return "";
}

const char *report_state_name(enum report_state state)
{
	static const char *const names[REPORT_STATES] = {
	    "holds", "waits", "refused", "gone", "dead", "not-tried"};

	return names[state];
}

/* In words for readers who have never seen a server. */
static const struct {
	const char *code;
	const char *text;
} reasons[] = {
    {"endpoint-busy",
	N_("The server said that it is busy. It is tried again.")},
    {"endpoint-incomplete",
	N_("Not all files have arrived yet. What is missing is sent the next "
	   "time; until then the old forms stay in use.")},
    {"endpoint-moved",
	N_("The server says that its address has changed. The recipient must "
	   "confirm the new one.")},
    {"endpoint-refused",
	N_("The server refused the forms. Its owner must say why.")},
    {"endpoint-tls",
	N_("No secure connection could be made: the certificate of the "
	   "server is not valid or not known. Its owner must renew it.")},
    {"endpoint-unreachable",
	N_("The server did not answer. It is tried again.")},
    {"receipt-missing",
	N_("The server took the forms, but did not give proof that it holds "
	   "them. It is asked again.")},
    {"receipt-wrong",
	N_("The server holds something else than what was sent. It is sent "
	   "again.")},
};

const char *report_reason_text(const char *code)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return _(reasons[i].text);
	return _("The delivery did not succeed. The secretariat knows the "
		 "reason by the word in brackets.");
}
