/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BIDI_H
#define COPL_BIDI_H

/*
 * Isolates of Unicode's bidirectional algorithm: what stands between one of
 * them and its end has a direction of its own and does not disturb the other.
 */
#define COPL_LRI "\xe2\x81\xa6" /* U+2066, left to right */
#define COPL_RLI "\xe2\x81\xa7" /* U+2067, right to left */
#define COPL_FSI "\xe2\x81\xa8" /* U+2068, as the first letter says */
#define COPL_PDI "\xe2\x81\xa9" /* U+2069, the end */

#endif
