/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The style of our pages for a part of another page: each selector holds only
 * inside ".shown", and what depends on the width of the page depends on the
 * width of the part.  Our own style sheets are all that is read here.
 */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

#define SCOPE ".shown"

/* What shows that a selector means the page as a whole. */
static const char *const wholes[] = {":root", "html", "body"};

static size_t whole(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(wholes); i++)
		if (strlen(wholes[i]) <= len &&
		    memcmp(s, wholes[i], strlen(wholes[i])) == 0)
			return strlen(wholes[i]);
	return 0;
}

static void put_selector(struct copl_strbuf *out, const char *s, size_t len)
{
	size_t skip = whole(s, len);

	copl_strbuf_puts(out, skip > 0 ? SCOPE : SCOPE " ");
	copl_strbuf_add(out, s + skip, len - skip);
}

/* A list of selectors; commas inside :is() part nothing. */
static void put_selectors(struct copl_strbuf *out, const char *s, size_t len)
{
	size_t start = 0, i;
	int depth = 0;

	for (i = 0; i < len; i++) {
		depth += (s[i] == '(') - (s[i] == ')');
		if (s[i] != ',' || depth > 0)
			continue;
		put_selector(out, s + start, i - start);
		copl_strbuf_puts(out, ",");
		start = i + 1;
	}
	put_selector(out, s + start, len - start);
}

/* "@media screen and (max-width:40rem)" */
static void put_condition(struct copl_strbuf *out, const char *s, size_t len)
{
	static const char width[] = "(max-width:";
	size_t i;

	for (i = 0; i + sizeof(width) - 1 < len; i++) {
		if (memcmp(s + i, width, sizeof(width) - 1) != 0)
			continue;
		copl_strbuf_puts(out, "@container ");
		copl_strbuf_add(out, s + i, len - i);
		return;
	}
	copl_strbuf_add(out, s, len);
}

static void put_scoped(struct copl_strbuf *out, const char *css)
{

	while (*css != '\0') {
		size_t len = strcspn(css, "{}");

		if (css[len] == '\0')
			return;
		if (css[len] == '}') { /* of a condition */
			copl_strbuf_puts(out, "}");
			css += len + 1;
		} else if (*css == '@') {
			put_condition(out, css, len);
			copl_strbuf_puts(out, "{");
			css += len + 1;
		} else {
			put_selectors(out, css, len);
			css += len;
			len = strcspn(css, "}") + 1;
			copl_strbuf_add(out, css, len);
			css += len;
		}
	}
}

/* clang-format off */
static const char first[] =
".shown{container-type:inline-size;border-radius:.5rem;overflow:hidden}"
".shown,.shown *{all:revert}"
".shown{display:block}";
/* Nothing is hidden from who has to read all of it. */
static const char last[] =
".shown{container-type:inline-size;background:var(--page);color:var(--ink);"
"padding:.75rem;border-radius:.5rem;font-size:1rem}"
".shown .error,.shown .paper,.shown .only{display:block!important}"
".shown .other{display:block!important}"
".shown .unseen{position:static;width:auto;height:auto;margin:0;"
"clip-path:none;white-space:normal;border:1px dashed var(--edge);"
"padding:.25rem .5rem;border-radius:.4rem}"
".shown .part{margin-block-start:0}.shown .end{margin-block-start:0}"
".shown header{border-radius:.5rem}"
".shown :is(.q,.block,.note,.end):last-child{margin-block-end:0}";
/* clang-format on */

void copl_render_pieces_style(struct copl_strbuf *out)
{
	copl_strbuf_puts(out, first);
	put_scoped(out, render_style);
	put_scoped(out, render_form_style);
	copl_strbuf_puts(out, last);
}
