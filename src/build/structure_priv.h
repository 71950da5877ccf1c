/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUILD_STRUCTURE_PRIV_H
#define COPL_BUILD_STRUCTURE_PRIV_H

#include "build/structure.h"

#define ITS_NS "http://www.w3.org/2005/11/its"
/* What is wrong everywhere is said so often. */
#define STRUCTURE_FINDINGS_MAX 20

struct structure {
	const struct build_pair *p;
	const struct copl_xml *a; /* the master */
	const struct copl_xml *b; /* the localized document */
	struct copl_reporter *r;
	const char *source_lang; /* of the master's root; "": not said */
	struct copl_strbuf words[2]; /* of a finding */
	struct copl_strbuf text[2]; /* of what is not translated */
	unsigned said;
	bool nomem;
};

/* ---- structure_say.c ---- */
/* m: the master's element that the finding is about. */
void structure_lost(struct structure *s, uint32_t m);
void structure_added(struct structure *s, uint32_t m, uint32_t l);
void structure_moved(struct structure *s, uint32_t m);
void structure_text(struct structure *s, uint32_t m);
void structure_plural(struct structure *s, uint32_t m, size_t n);
/* am: the master's attribute, bl: the other's; COPL_XML_NONE: not there. */
void structure_attr(struct structure *s, uint32_t m, uint32_t am, uint32_t bl);
static inline bool structure_enough(const struct structure *s)
{
	return s->nomem || s->said >= STRUCTURE_FINDINGS_MAX;
}

/* ---- structure_attr.c ---- */
void structure_attrs(struct structure *s, uint32_t m, uint32_t l);
/* Do two elements have one name, and the attributes that tell them apart? */
bool structure_same_name(const struct structure *s, uint32_t m,
    const struct copl_xml *x, uint32_t l);
bool structure_same_key(const struct structure *s, uint32_t m,
    const struct copl_xml *x, uint32_t l);
bool structure_attr_is(const struct copl_xml *x, uint32_t element,
    const char *ns, const char *name, const char *value);
/* Order of elements by their names and all their attributes. */
int structure_order(
    const struct copl_xml *x, uint32_t i, const struct copl_xml *y, uint32_t k);

/* ---- structure_text.c: an element that people read ---- */
bool structure_is_text(const struct copl_xml *x, uint32_t element);
void structure_compare_text(struct structure *s, uint32_t m, uint32_t l);

#endif
