/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_EXPLAIN_H
#define COPL10N_EXPLAIN_H

#include <stddef.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** Code of a check on translations; NULL: behind the last. */
const char *copl_explain_code(size_t index);

/**
 * Say what a check on translations looks at, why, and what to write: event
 * "check" with fields check, severity, looks, why, write, ignore (the comment
 * that silences it; "" where nothing does), then event "example" for each, with
 * fields language, source, wrong, right.  Several texts are one a line, and a
 * byte that is no UTF-8 is drawn: "<0xE9>".
 *
 * @code  as it stands in brackets behind a finding; NULL: all of them, one
 *        line each and no examples
 *
 * @return COPL_OK, COPL_E_NOTFOUND (there is no such check) or COPL_E_NOMEM
 */
enum copl_status copl_explain_check(const char *code,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
