/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * gen OUT N SEED RELEASE[,RELEASE...] [--draft] [--counts FILE] [--seal KEY]
 *     FORM.xml...
 *
 * Writes N answers to the forms, as a collector stores them, from random people
 * of eight recipients in six languages: OUT/RECIPIENT/FORM/ID.xml.  What was
 * written is counted on the way, by code of its own, and goes into FILE as
 * lines "form question part code by of count", for tests/e2e/tally.sh to
 * compare.
 */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "answers/seal.h"
#include "answers/store.h"
#include "form/form.h"

#define FORMS_MAX 16
#define QUESTIONS_MAX 200
#define OPTIONS_MAX 64

static const struct {
	const char *id;
	const char *langs[7];
} recipients[] = {{"africa", {"en", "fr", "ar"}},
    {"americas", {"es", "en", "fr"}}, {"arab_states", {"ar", "fr", "en"}},
    {"asia_pacific", {"en", "zh-Hans", "fr"}}, {"cis", {"ru", "en"}},
    {"europe", {"en", "fr", "es", "ru"}}, {"example_state", {"es", "en"}},
    {"example_partner", {"ar", "zh-Hans", "en", "fr", "ru", "es"}}};

/* Words of young people, and what should not get into a spreadsheet. */
static const char *const texts[] = {"More lessons at school",
    "Больше уроков, и интересных", "更多课程，\"免费\"的", "دروس مجانية للجميع",
    "Plus d’ordinateurs\nà l’école", "=1+2", "Más conexión & menos costo"};

/* ---- dice ---- */

static uint64_t dice_state;

static uint64_t dice(uint64_t n)
{
	uint64_t z = (dice_state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return n == 0 ? 0 : (z ^ (z >> 31)) % n;
}

/* ---- counts ---- */

struct count {
	char *key;
	uint64_t n;
};

struct counts {
	struct copl_map map;
	struct count *list;
	size_t n;
	size_t room;
};

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "gen: %s\n", what);
	exit(3);
}

static void count(struct counts *c, const char *key)
{
	size_t i;

	if (!copl_map_get(&c->map, key, &i)) {
		c->list = copl_grow(c->list, c->n, &c->room, sizeof(*c->list));
		if (c->list == NULL)
			die("no memory");
		i = c->n++;
		c->list[i] = (struct count){strdup(key), 0};
		if (c->list[i].key == NULL ||
		    !copl_map_put(&c->map, c->list[i].key, i, NULL))
			die("no memory");
	}
	c->list[i].n++;
}

/* ---- one answer ---- */

struct given {
	const struct copl_question *q;
	const char *values[OPTIONS_MAX];
	size_t n;
};

struct person {
	const struct copl_form *form;
	const char *recipient;
	const char *lang;
	uint64_t release;
	struct given given[QUESTIONS_MAX];
	size_t n;
	struct copl_strbuf xml;
	struct counts *counts;
	const struct copl_box_public *key; /* NULL: they are not sealed */
};

static bool gave(
    const struct person *p, const struct copl_question *q, const char *value)
{
	size_t i, k;

	for (i = 0; i < p->n; i++)
		for (k = 0; p->given[i].q == q && k < p->given[i].n; k++)
			if (strcmp(p->given[i].values[k], value) == 0)
				return true;
	return false;
}

static bool is_asked(const struct person *p, const struct copl_when *w)
{
	if (w == NULL)
		return true;
	switch (w->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_INCLUDES:
		return gave(p, w->question, w->value);
	case COPL_WHEN_IS_NOT:
		return !gave(p, w->question, w->value);
	case COPL_WHEN_MINOR:
		return false;
	case COPL_WHEN_AND:
		return is_asked(p, w->left) && is_asked(p, w->right);
	case COPL_WHEN_OR:
		return is_asked(p, w->left) || is_asked(p, w->right);
	case COPL_WHEN_NOT:
		break;
	}
	return !is_asked(p, w->left);
}

static void count_code(struct person *p, const struct copl_question *q,
    const char *part, const char *code)
{
	char release[24], key[512];
	const char *const by[][2] = {{"all", ""}, {"language", p->lang},
	    {"recipient", p->recipient}, {"release", release}};
	size_t i;

	if (p->counts == NULL)
		return;
	snprintf(release, sizeof(release), "%" PRIu64, p->release);
	for (i = 0; i < COPL_COUNT(by); i++) {
		snprintf(key, sizeof(key), "%s\t%s\t%s\t%s\t%s\t%s",
		    p->form->id, q->id, part, code, by[i][0], by[i][1]);
		count(p->counts, key);
	}
}

static void put(struct person *p, const struct copl_question *q,
    const char *part, const char *value)
{
	copl_strbuf_printf(&p->xml, "<value question=\"%s\"", q->id);
	if (part != NULL)
		copl_strbuf_printf(&p->xml, " part=\"%s\"", part);
	copl_strbuf_puts(&p->xml, ">");
	copl_xml_put_text(&p->xml, value, strlen(value));
	copl_strbuf_puts(&p->xml, "</value>\n");
}

static void give(struct person *p, const struct copl_question *q,
    const char *part, const char *code, const char *value)
{
	put(p, q, part, value);
	count_code(p, q, part == NULL ? "" : part, code);
}

static struct given *remember(struct person *p, const struct copl_question *q)
{
	if (p->n == QUESTIONS_MAX)
		die("too many questions");
	p->given[p->n] = (struct given){.q = q};
	return &p->given[p->n++];
}

static void choose_one(struct person *p, const struct copl_question *q)
{
	const struct copl_choices *c = q->choices;
	struct given *g = remember(p, q);

	g->values[g->n++] = c->options[dice(c->n)].value;
	give(p, q, NULL, g->values[0], g->values[0]);
}

static void choose_many(struct person *p, const struct copl_question *q)
{
	const struct copl_choices *c = q->choices;
	struct given *g = remember(p, q);
	const size_t lone = dice(c->n);
	uint64_t max = 64;
	size_t i;

	if (q->max != NULL && !copl_number_parse(q->max, 64, &max))
		max = 64;
	for (i = 0; i < c->n && g->n < max; i++)
		if (c->options[lone].exclusive
			? i == lone
			: !c->options[i].exclusive &&
			      (i == lone || dice(3) == 0))
			g->values[g->n++] = c->options[i].value;
	for (i = 0; i < g->n; i++)
		give(p, q, NULL, g->values[i], g->values[i]);
	/* Words beside an option are in the file and in no count. */
	for (i = 0; i < c->n; i++)
		if (c->options[i].other && gave(p, q, c->options[i].value))
			put(p, q, c->options[i].value,
			    texts[dice(COPL_COUNT(texts))]);
}

static void rank(struct person *p, const struct copl_question *q)
{
	const struct copl_choices *c = q->choices;
	bool used[OPTIONS_MAX] = {false};
	size_t n = q->top > 0 && q->top < c->n ? q->top : c->n, i, at;
	char place[24];

	for (i = 0; i < n; i++) {
		do
			at = dice(c->n);
		while (used[at]);
		used[at] = true;
		snprintf(place, sizeof(place), "%zu", i + 1);
		put(p, q, NULL, c->options[at].value);
		count_code(p, q, place, c->options[at].value);
	}
}

static void number(struct person *p, const struct copl_question *q, long min,
    long max, bool date)
{
	char value[32], code[24];
	const long n = min + (long)dice((uint64_t)(max - min + 1));

	snprintf(code, sizeof(code), "%ld", n);
	if (date)
		snprintf(
		    value, sizeof(value), "%ld-%02d", n, 1 + (int)dice(12));
	give(p, q, NULL, code, date ? value : code);
}

static void answer(struct person *p, const struct copl_question *q)
{
	size_t i;

	switch (q->kind) {
	case COPL_CHOOSE_ONE:
		choose_one(p, q);
		break;
	case COPL_CHOOSE_MANY:
		choose_many(p, q);
		break;
	case COPL_RATING:
		number(p, q, q->from, q->to, false);
		break;
	case COPL_GRID:
		for (i = 0; i < q->nrows; i++) {
			const char *value =
			    q->choices->options[dice(q->choices->n)].value;

			if (dice(10) > 0)
				give(p, q, q->rows[i].id, value, value);
		}
		break;
	case COPL_RANK:
		rank(p, q);
		break;
	case COPL_NUMBER:
		number(p, q, 0, 24, false);
		break;
	case COPL_DATE:
		number(p, q, 2018, 2026, true);
		break;
	case COPL_TEXT:
		give(p, q, NULL, "answered", texts[dice(COPL_COUNT(texts))]);
		break;
	case COPL_CONSENT:
		put(p, q, NULL, "yes");
		break;
	case COPL_NOTE_ITEM:
		break;
	}
}

static void fill(struct person *p, const struct copl_form *form)
{
	size_t i, k;

	for (i = 0; i < form->nsections; i++) {
		const struct copl_section *s = &form->sections[i];

		for (k = 0; is_asked(p, s->when) && k < s->nitems; k++) {
			const struct copl_question *q = &s->items[k];

			if (is_asked(p, q->when) &&
			    (q->required || dice(8) > 0))
				answer(p, q);
		}
	}
}

/* ---- files ---- */

static void make_dir(const char *path)
{
	if (mkdir(path, 0700) != 0 && !copl_path_exists(path))
		die("cannot make a folder");
}

/* The bytes of the file: to a public key, if there is one. */
static void mark_or_seal(struct person *p, const struct copl_form *form,
    const char *id, struct copl_strbuf *out)
{
	struct copl_mark mark;

	copl_mark_make(&mark, id, strlen(id), p->xml.s, p->xml.len);
	if (form->keep_until != NULL &&
	    !copl_mark_keep(&mark, form->keep_until))
		die("a form with no day until which it is kept");
	if (p->key != NULL) {
		if (copl_seal(p->key, &mark, p->xml.s, p->xml.len, out) !=
		    COPL_OK)
			die("cannot seal");
		return;
	}
	copl_strbuf_add(out, p->xml.s, p->xml.len);
	copl_mark_put(&mark, out);
	if (out->st != COPL_OK)
		die("no memory");
}

static void write_answer(struct person *p, const struct copl_form *form,
    const char *out, const char *id)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(1 << 20);
	char name[COPL_STORE_NAME_SIZE], path[4096];
	FILE *f;

	copl_store_name(id, strlen(id), name);
	snprintf(path, sizeof(path), "%s/%s", out, p->recipient);
	make_dir(path);
	snprintf(path, sizeof(path), "%s/%s/%s", out, p->recipient, form->id);
	make_dir(path);
	snprintf(path, sizeof(path), "%s/%s/%s/%s%s", out, p->recipient,
	    form->id, name, p->key == NULL ? ".xml" : ".sealed");
	mark_or_seal(p, form, id, &bytes);
	f = fopen(path, "wx");
	if (f == NULL || fwrite(bytes.s, 1, bytes.len, f) != bytes.len ||
	    fclose(f) != 0)
		die("cannot write an answer");
	copl_strbuf_clear(&bytes);
}

static void make_answer(struct person *p, const char *out, bool draft)
{
	char id[33];
	const size_t who = dice(COPL_COUNT(recipients));
	const struct copl_form *form = p->form;
	size_t nlangs = 0;

	while (recipients[who].langs[nlangs] != NULL)
		nlangs++;
	p->recipient = recipients[who].id;
	p->lang = recipients[who].langs[dice(nlangs)];
	p->n = 0;
	copl_strbuf_reset(&p->xml);
	snprintf(id, sizeof(id), "%016" PRIx64 "%016" PRIx64, dice(UINT64_MAX),
	    dice(UINT64_MAX));
	copl_strbuf_printf(&p->xml,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<answer xmlns=\"urn:cop-l10n:answer:1\" id=\"%s\" form=\"%s\" "
	    "version=\"%s\" release=\"%" PRIu64 "\" lang=\"%s\" "
	    "recipient=\"%s\"%s hour=\"2027-02-%02dT%02d:00:00Z\">\n",
	    id, form->id, form->version, p->release, p->lang, p->recipient,
	    draft ? " draft=\"yes\"" : "", 1 + (int)dice(28), (int)dice(24));
	fill(p, form);
	copl_strbuf_puts(&p->xml, "</answer>\n");
	if (p->xml.st != COPL_OK)
		die("no memory");
	write_answer(p, form, out, id);
}

static const struct copl_form *read_form(const char *path)
{
	struct copl_reporter r;
	struct copl_form *form = NULL;
	struct copl_xml *xml = NULL;

	copl_reporter_init(&r, NULL);
	if (copl_xml_load(path, COPL_XML_STRICT, COPL_XML_MAX, &r, &xml) !=
		COPL_OK ||
	    copl_form_read(xml, &r, &form) != COPL_OK)
		die("cannot read a form");
	copl_reporter_drop(&r);
	return form; /* both live as long as the program */
}

static void write_counts(const struct counts *c, const char *path)
{
	FILE *f = fopen(path, "w");
	size_t i;

	if (f == NULL)
		die("cannot write the counts");
	for (i = 0; i < c->n; i++)
		fprintf(f, "%s\t%" PRIu64 "\n", c->list[i].key, c->list[i].n);
	if (fclose(f) != 0)
		die("cannot write the counts");
}

static const struct copl_box_public *read_key(const char *path)
{
	static struct copl_box_public key;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	if (copl_box_public_load(path, &r, &key) != COPL_OK)
		die("cannot read the key");
	return &key;
}

static uint64_t number_of(const char *s)
{
	uint64_t n;

	if (!copl_number_parse(s, UINT32_MAX, &n))
		die("this is no number");
	return n;
}

static size_t read_releases(char *list, uint64_t out[16])
{
	char *save = NULL, *s = strtok_r(list, ",", &save);
	size_t n = 0;

	for (; s != NULL && n < 16; s = strtok_r(NULL, ",", &save))
		out[n++] = number_of(s);
	return n;
}

int main(int argc, char **argv)
{
	static const struct copl_form *forms[FORMS_MAX];
	static struct person p = {.xml = COPL_STRBUF_INIT(1 << 20)};
	static struct counts counts;
	const char *file = NULL;
	uint64_t releases[16], i, n;
	size_t nforms = 0, nreleases;
	bool draft = false;
	int a;

	if (argc < 6)
		die("usage: gen OUT N SEED RELEASES [--draft] [--counts FILE] "
		    "[--seal KEY] FORM...");
	n = number_of(argv[2]);
	dice_state = number_of(argv[3]);
	nreleases = read_releases(argv[4], releases);
	for (a = 5; a < argc; a++)
		if (strcmp(argv[a], "--draft") == 0)
			draft = true;
		else if (strcmp(argv[a], "--counts") == 0 && a + 1 < argc)
			file = argv[++a];
		else if (strcmp(argv[a], "--seal") == 0 && a + 1 < argc)
			p.key = read_key(argv[++a]);
		else if (nforms < FORMS_MAX)
			forms[nforms++] = read_form(argv[a]);
	if (nforms == 0 || nreleases == 0)
		die("say which forms and releases");
	make_dir(argv[1]);
	p.counts = file == NULL ? NULL : &counts;
	for (i = 0; i < n; i++) {
		p.form = forms[dice(nforms)];
		if (p.form == NULL)
			die("a form cannot be read");
		p.release = releases[dice(nreleases)];
		make_answer(&p, argv[1], draft);
	}
	if (file != NULL)
		write_counts(&counts, file);
	return 0;
}
