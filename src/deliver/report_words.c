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
    {"endpoint-auth",
	N_("The server did not accept the password or token of the "
	   "secretariat. Both sides must agree on it again.")},
    {"endpoint-busy",
	N_("The server said that it is busy. It is tried again.")},
    {"endpoint-clock", N_("The clock of the server is wrong by more than five "
			  "minutes. Its owner must set it.")},
    {"endpoint-conflict",
	N_("The server holds forms that somebody else has put there, and they "
	   "were not overwritten. Its owner must say which ones are right.")},
    {"endpoint-disabled", N_("The secretariat has switched this address off.")},
    {"endpoint-folder", N_("The folder in which the forms belong cannot be "
			   "written. Its owner must allow it.")},
    {"endpoint-gone",
	N_("The server says that nothing is to be sent to this address any "
	   "more. The recipient must name another one.")},
    {"endpoint-incomplete",
	N_("Not all files have arrived yet. What is missing is sent the next "
	   "time; until then the old forms stay in use.")},
    {"endpoint-local",
	N_("The computer of the secretariat lacks something that is needed to "
	   "ask this server. The secretariat must see to it.")},
    {"endpoint-moved", N_("The server says that its address has changed. The "
			  "recipient must confirm the new one.")},
    {"endpoint-no-folder", N_("The folder in which the forms belong is not "
			      "there. Perhaps a drive is not connected.")},
    {"endpoint-refused",
	N_("The server refused the forms. Its owner must say why.")},
    {"endpoint-secret", N_("The secretariat could not read its own password or "
			   "token for this server.")},
    {"endpoint-tls",
	N_("No secure connection could be made: the certificate of the server "
	   "is not valid or not known. Its owner must renew it.")},
    {"endpoint-unreachable",
	N_("The server did not answer. It is tried again.")},
    {"push-deadline",
	N_("The time that was set for sending was over. It is tried again.")},
    {"push-proxy", N_("The proxy of the secretariat let nothing through. It "
		      "is tried again.")},
    {"push-stopped", N_("Sending was stopped by hand. The next time it goes on "
			"where it stopped.")},
    {"receipt-missing", N_("The server took the forms, but did not give proof "
			   "that it holds them. It is asked again.")},
    {"receipt-wrong", N_("The server holds something else than what was sent. "
			 "It is sent again.")},
};

const char *report_reason_text(const char *code)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return _(reasons[i].text);
	return NULL;
}
