/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address as a QR code in SVG. */
#include "config.h"
#include <errno.h>
#include <qrencode.h>
#include <string.h>
#include "render/render_priv.h"

/* Light around the code that readers need, in modules. */
#define QUIET 4

/* Dark modules of a row that stand side by side are one rectangle. */
static void put_row(struct render_pen *p, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
	int x, from;

	for (x = 0; x < code->width; x++) {
		if ((row[x] & 1) == 0)
			continue;
		from = x;
		while (x + 1 < code->width && (row[x + 1] & 1) != 0)
			x++;
		copl_strbuf_printf(p->out, "M%d %dh%dv1h-%dz", from + QUIET,
		    y + QUIET, x - from + 1, x - from + 1);
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
	render_put(p, "\"><path d=\"");
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
