/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A rule file, a line "--", a document: rules that are read are evaluated on
 * the document, and what they say is printed in every category.
 */
#include "config.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "its/its.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *rule_path(void)
{
	static char path[256];
	const char *dir = getenv("TMPDIR");

	if (path[0] == '\0')
		snprintf(path, sizeof(path), "%s/copl-fuzz-%ld.its",
		    dir == NULL ? P_tmpdir : dir, (long)getpid());
	return path;
}

static bool write_rules(const uint8_t *data, size_t len)
{
	FILE *fp = fopen(rule_path(), "wb");
	bool good;

	if (fp == NULL)
		return false;
	good = fwrite(data, 1, len, fp) == len;
	return fclose(fp) == 0 && good;
}

static void print_all(const struct copl_xml *x, const struct copl_its *its)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(64 << 20);
	enum copl_its_category c;

	for (c = 0; c <= COPL_ITS_STORAGE_SIZE; c++) {
		copl_strbuf_reset(&out);
		copl_its_dump(x, its, c, &out);
		/* a line for each element at least */
		if (out.st == COPL_OK && out.len == 0)
			__builtin_trap();
	}
	copl_strbuf_clear(&out);
}

static void evaluate(const struct copl_xml *x, bool strict)
{
	struct copl_its_trace trace = {.element = 0, .attr = COPL_XML_NONE};
	struct copl_its_rules *rules = copl_its_rules_new();
	struct copl_its *its = NULL;
	struct copl_reporter r;
	enum copl_status st;

	if (rules == NULL)
		return;
	copl_reporter_init(&r, NULL);
	if (strict)
		copl_its_rules_strict(rules);
	st = copl_its_rules_param(rules, "язык", "中文");
	if (st == COPL_OK)
		st = copl_its_rules_load(rules, rule_path(), &r);
	if (st == COPL_OK)
		st = copl_its_eval(rules, x, &trace, &r, &its);
	if ((st == COPL_OK) != (its != NULL))
		__builtin_trap();
	if (its != NULL)
		print_all(x, its);
	copl_its_free(its);
	copl_its_rules_free(rules);
	(void)copl_reporter_end(&r, st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	if (size > 1 << 14)
		return 0;
	cut = size == 0 ? NULL : memmem(data, size, "\n--\n", 4);
	if (cut == NULL || !write_rules(data, (size_t)(cut - data)))
		return 0;
	copl_reporter_init(&r, NULL);
	st = copl_xml_read((const char *)cut + 4,
	    size - (size_t)(cut - data) - 4, "fuzz", COPL_XML_DOCUMENT, &r, &x);
	if (st == COPL_OK) {
		evaluate(x, false);
		evaluate(x, true);
	}
	(void)unlink(rule_path());
	copl_xml_free(x);
	(void)copl_reporter_end(&r, st);
	return 0;
}
