/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_H
#define COPL10N_H
/* From general to particular; each stands alone. */
#include <copl10n/status.h>
#include <copl10n/diag.h>
#include <copl10n/its.h>
#include <copl10n/catalog.h>
#include <copl10n/l10n.h>
#include <copl10n/work.h>
#include <copl10n/lint.h>
#include <copl10n/explain.h>
#include <copl10n/fix.h>
#include <copl10n/merge.h>
#include <copl10n/pseudo.h>
#include <copl10n/review.h>
#include <copl10n/exchange.h>
#include <copl10n/sheet.h>
#include <copl10n/bundle.h>
#include <copl10n/build.h>
#include <copl10n/publish.h>
#endif
