/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that invite young people to a form. */
#include "config.h"
#include <string.h>
#include "base/bidi.h"
#include "render/invite.h"
#include "render/render_priv.h"

const char *copl_invite_words(enum copl_invite_kind kind)
{
	switch (kind) {
	case COPL_INVITE_SMS:
		return "invite_sms";
	case COPL_INVITE_SOCIAL:
		break;
	}
	return "invite_social";
}

/* Bytes of a space that does not break; 0: there is none. */
static size_t hard_space(const char *s)
{
	if (strncmp(s, "\xc2\xa0", 2) == 0)
		return 2;
	return strncmp(s, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

/* One hard space would make a whole message one of the larger characters. */
static void put_text(enum copl_invite_kind kind, const char *s, size_t len,
    struct copl_strbuf *out)
{
	const char *end = s + len;

	while (s < end) {
		size_t hard = kind == COPL_INVITE_SMS ? hard_space(s) : 0;

		copl_strbuf_add(out, hard > 0 ? " " : s, 1);
		s += hard > 0 ? hard : 1;
	}
}

static bool is_closes(const char *name, size_t len)
{
	return len == 6 && memcmp(name, "closes", len) == 0;
}

/* Words with {closes}; "{{" is one brace that is meant. */
static void put_words(enum copl_invite_kind kind, const char *s,
    const char *closes, struct copl_strbuf *out)
{
	while (*s != '\0') {
		size_t run = strcspn(s, "{}"), len = 0;
		const char *name;

		put_text(kind, s, run, out);
		s += run;
		if (*s == '\0')
			return;
		name = copl_placeholder(s, &len);
		if (name != NULL && is_closes(name, len)) {
			put_text(kind, closes, strlen(closes), out);
			s += len + 2;
		} else {
			copl_strbuf_add(out, s, 1);
			s += s[1] == s[0] ? 2 : 1;
		}
	}
}

void copl_invite_text(enum copl_invite_kind kind, const char *words,
    const struct copl_invite *about, struct copl_strbuf *out)
{
	bool rtl = strcmp(copl_locale_dir(about->lang), "rtl") == 0;

	put_text(kind, about->title, strlen(about->title), out);
	copl_strbuf_puts(out, "\n");
	put_words(kind, words, about->closes, out);
	/*
	 * An isolate ends with its paragraph by itself.  Nothing stands behind
	 * the address, because phones would take it for a part of the link.
	 */
	copl_strbuf_puts(out, rtl ? "\n" COPL_LRI : "\n");
	copl_strbuf_puts(out, about->address);
}

/* ---- the file ---- */

static void put_one(const struct copl_page *page,
    const struct copl_invite *about, enum copl_invite_kind kind,
    const char *heading, struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "[");
	copl_strbuf_puts(out, copl_interface_text(page->words, heading));
	copl_strbuf_puts(out, "]\n\n");
	copl_invite_text(kind,
	    copl_interface_text(page->words, copl_invite_words(kind)), about,
	    out);
	copl_strbuf_puts(out, "\n");
}

enum copl_status copl_render_invite(const struct copl_page *page,
    const struct copl_invite *about, struct copl_strbuf *out)
{
	if (page->draft) {
		copl_strbuf_puts(
		    out, copl_interface_text(page->words, "draft_title"));
		copl_strbuf_puts(out, " – ");
		copl_strbuf_puts(
		    out, copl_interface_text(page->words, "draft_text"));
		copl_strbuf_puts(out, "\n\n");
	}
	put_one(page, about, COPL_INVITE_SMS, "invite_sms_title", out);
	copl_strbuf_puts(out, "\n");
	put_one(page, about, COPL_INVITE_SOCIAL, "invite_social_title", out);
	return out->st;
}
