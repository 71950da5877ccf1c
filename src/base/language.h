/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LANGUAGE_H
#define COPL_LANGUAGE_H

#include "base/base.h"

/*
 * Which of the languages there are does a person get who asks for some?
 * RFC 4647, section 3.4 (lookup), and RFC 9110, section 12.5.4 (weights).
 */
#define COPL_LANGUAGE_RANGES_MAX 32
#define COPL_LANGUAGE_TAG_MAX 36

struct copl_language_range {
	char tag[COPL_LANGUAGE_TAG_MAX]; /* "fr-CA", or "*" */
	unsigned q; /* thousandths; 0: on no account */
};

/*
 * Reads what an Accept-Language field holds: "fr-CA, ar;q=0.8, *;q=0.1".
 * A part that is none is left out, and so is what goes over the limit, since
 * whoever wrote it wants an answer rather than a lesson.  Returns how many
 * there are.
 */
size_t copl_language_ranges(const char *field,
    struct copl_language_range out[COPL_LANGUAGE_RANGES_MAX]);

/*
 * The index of the tag to give, m when none of them will do: then it is for
 * the caller to say which language everybody gets.  Of equal weights the
 * range that comes first counts.  "*" stands for no language, and a range
 * with q=0 shuts out all that it is the beginning of, unless a longer range
 * lets some in again.
 *
 * Further than the standard: a range of which nothing but the language is
 * left ("zh", from "zh-CN") also takes the first tag of that language
 * ("zh-Hans"), unless both say a script and not the same one.  For Chinese a
 * region says the script.  Browsers ask for "zh-CN", and would get English.
 */
size_t copl_language_lookup(const struct copl_language_range *ranges, size_t n,
    const char *const *tags, size_t m);

#endif
