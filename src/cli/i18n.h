/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_I18N_H
#define CLI_I18N_H
/* The program's own words, in the language of its user. */
#ifdef ENABLE_NLS
#include <libintl.h>
#define _(s) dgettext(PACKAGE, s)
#define P_(one, many, n) dngettext(PACKAGE, one, many, n)
#else
#define _(s) (s)
#define P_(one, many, n) ((n) == 1 ? (one) : (many))
#endif
#define N_(s) s
#endif
