/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_MANIFEST_PRIV_H
#define COPL_MANIFEST_PRIV_H

#include "bundle/bundle.h"

#define MANIFEST_NS "urn:cop-l10n:manifest:1"

/* ---- what one value of a manifest may be ---- */
bool copl_manifest_version_ok(const char *s);
bool copl_manifest_instant_ok(const char *s);
bool copl_manifest_length_ok(const char *s);
bool copl_manifest_sha256_ok(const char *s);
bool copl_manifest_lang_ok(const char *s);
bool copl_manifest_type_ok(const char *s);
/* [a-z][a-z0-9_]{0,31}, as ids of forms and recipients are. */
bool copl_manifest_name_ok(const char *s);
/* Written where something is so, and not at all where it is not. */
bool copl_manifest_yes_ok(const char *s);
/* Safe, and not one of the files that vouch for the others. */
bool copl_manifest_path_ok(const char *s);

#endif
