/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address as a QR code in SVG. */
#include "config.h"
#include <errno.h>
#include <qrencode.h>
#include <string.h>
#include "render/render_priv.h"

/* Light around the code that readers need, in modules. */
#define QUIET 4

/* A row is a line as wide as a module, drawn where modules are dark. */
static void put_row(struct render_pen *p, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
	int x, from, at = -1;

	for (x = 0; x < code->width; x++) {
		if ((row[x] & 1) == 0)
			continue;
		from = x;
		while (x + 1 < code->width && (row[x + 1] & 1) != 0)
			x++;
		if (at < 0)
			copl_strbuf_printf(
			    p->out, "M%d %d.5", from + QUIET, y + QUIET);
		else
			copl_strbuf_printf(p->out, "m%d 0", from - at);
		at = x + 1;
		copl_strbuf_printf(p->out, "h%d", at - from);
	}
}

static void put_svg(struct render_pen *p, const QRcode *code)
{
	int size = code->width + 2 * QUIET, y;

	copl_strbuf_printf(p->out,
	    "<svg viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" "
	    "role=\"img\" aria-label=\"",
	    size, size);
	copl_xml_put_attr(p->out, copl_interface_text(p->words, "poster_code"));
	render_put(p, "\"><path stroke=\"#000\" d=\"");
	for (y = 0; y < code->width; y++)
		put_row(p, code, y);
	render_put(p, "\"/></svg>\n");
}

/* A quarter of the code may be dirty, torn or covered. */
enum copl_status render_code(struct render_pen *p, const char *address)
{
	QRinput *input = QRinput_new2(0, QR_ECLEVEL_Q);
	enum copl_status st = COPL_E_NOMEM;
	QRcode *code = NULL;

	if (input == NULL ||
	    QRinput_append(input, QR_MODE_8, (int)strlen(address),
		(const unsigned char *)address) != 0)
		goto out;
	code = QRcode_encodeInput(input);
	if (code == NULL && errno == ERANGE)
		st = COPL_E_LIMIT;
	if (code == NULL)
		goto out;
	put_svg(p, code);
	st = p->out->st;
out:
	QRcode_free(code);
	QRinput_free(input);
	return st;
}
