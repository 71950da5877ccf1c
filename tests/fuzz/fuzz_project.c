/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A project file, a line "--", and the table offices.tsv that it may name.
 * What is read keeps what project.h says of it.
 */
#include "config.h"
#include "deliver/access.h"
#include "fuzz.h"
#include "project/project.h"

static void check_languages(const struct copl_project *p)
{
	size_t i;

	for (i = 0; i < p->nlanguages; i++) {
		const struct copl_language *l = &p->languages[i];

		must(copl_shape_is_tag(l->tag));
		must(
		    l->catalog[0] != '\0' && strpbrk(l->catalog, "/.") == NULL);
		must(copl_project_language(p, l->tag) == l);
	}
}

/* A path inside the folder of the project. */
static void check_path(const char *src)
{
	must(src[0] != '/' && src[0] != '\0' && strstr(src, "//") == NULL);
	must(strncmp(src, "../", 3) != 0 && strstr(src, "/../") == NULL);
	must(strchr(src, '\\') == NULL);
}

static void check_secret(
    const struct copl_project *p, const struct copl_secret_ref *s)
{
	bool nomem = false;

	must((s->kind == COPL_SECRET_NONE) == (s->value == NULL));
	if (s->kind == COPL_SECRET_COMMAND)
		must(copl_argv_split(p->arena, s->value, &nomem) != NULL);
}

static void check_endpoint(
    const struct copl_project *p, const struct copl_endpoint *e)
{
	const char *s;

	must(e->id != NULL && e->url != NULL);
	for (s = e->url; *s != '\0'; s++)
		must((unsigned char)*s >= ' ' && *s != 0x7f);
	must(s > e->url && s[-1] == '/');
	must((e->driver == COPL_DRIVER_DIR) == (e->folder != NULL));
	must(e->driver != COPL_DRIVER_S3 || e->region != NULL);
	must(e->npins <= COPL_COUNT(e->pins));
	must((e->cert == NULL) == (e->cert_key == NULL));
	check_secret(p, &e->secret);
	check_secret(p, &e->cert_pass);
	must(copl_driver_name(e->driver) != NULL);
	must(copl_endpoint_auth_name(e->auth) != NULL);
}

static void check_recipients(const struct copl_project *p)
{
	size_t i, k;

	for (i = 0; i < p->nrecipients; i++) {
		const struct copl_recipient *r = &p->recipients[i];

		must(r->id != NULL && copl_project_recipient(p, r->id) == r);
		must(r->nlanguages > 0 && r->guardian_age >= -1);
		for (k = 0; k < r->nlanguages; k++)
			must(r->languages[k] >= p->languages &&
			     r->languages[k] < p->languages + p->nlanguages);
		for (k = 0; k < r->nendpoints; k++)
			check_endpoint(p, &r->endpoints[k]);
	}
}

static void check_gates(const struct copl_project *p)
{
	size_t i;

	for (i = 0; i < p->ngates; i++)
		must(p->gates[i].texts != 0 && p->gates[i].percent > 0 &&
		     p->gates[i].percent <= 100);
}

/* As if the language had never been there. */
static void leave_out(struct copl_project *p)
{
	size_t before = p->nlanguages, i, k;
	char *tag = strdup(p->languages[before / 2].tag);

	must(tag != NULL && copl_project_leave_out(p, tag) == COPL_OK);
	must(p->nlanguages == before - 1 && p->nleft_out == 1);
	must(copl_project_language(p, tag) == NULL);
	for (i = 0; i < p->nrecipients; i++)
		for (k = 0; k < p->recipients[i].nlanguages; k++)
			must(strcmp(p->recipients[i].languages[k]->tag, tag) !=
			     0);
	check_languages(p);
	free(tag);
}

static void check(struct copl_project *p)
{
	size_t i;

	must(copl_shape_is_name(p->id) && copl_shape_is_tag(p->lang));
	check_languages(p);
	for (i = 0; i < p->nforms; i++)
		check_path(p->forms[i].src);
	check_recipients(p);
	check_gates(p);
	if (p->nlanguages > 0)
		leave_out(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct fuzz_part file, table;
	struct copl_project *p = NULL;
	struct fuzz_heard h;
	enum copl_status st;

	if (size > 1 << 16)
		return 0;
	file = fuzz_cut(&rest, end, "\n--\n");
	table = fuzz_cut(&rest, end, "\n--\n");
	fuzz_file("offices.tsv", table.s, table.len);
	fuzz_file(COPL_PROJECT_FILE, file.s, file.len);
	st = copl_project_load(fuzz_folder(), fuzz_listen(&h), &p);
	st = fuzz_end(&h, st);
	must((st == COPL_OK) == (p != NULL));
	if (p != NULL)
		check(p);
	copl_project_free(p);
	free(file.s);
	free(table.s);
	return 0;
}
