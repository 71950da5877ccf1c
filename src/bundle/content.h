/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_CONTENT_H
#define COPL_BUNDLE_CONTENT_H

#include "bundle/bundle.h"

/*
 * Can readers use what the manifest says this file is?  XML must be
 * well-formed and without a DTD, text must be UTF-8, and a page or document
 * that names its language must name that of the manifest.  A signature
 * vouches for who sent a file, not for that.  Findings: xml-*,
 * content-encoding, content-language; COPL_E_PARSE or COPL_E_INVALID.
 */
enum copl_status copl_content_check(const struct copl_manifest_file *f,
    const char *bytes, size_t len, struct copl_reporter *r) COPL_MUST_CHECK;

#endif
