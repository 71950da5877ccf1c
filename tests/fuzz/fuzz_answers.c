/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The first byte says what the rest is: "F" fields of a page, "O" an instance
 * of ODK, "R" a stored answer.
 */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "answers/answers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIELDS 300

static const char form[] =
    "<consultation xmlns='urn:cop-l10n:form:1' id='f' version='1' "
    "xml:lang='ru' recipient='cis' guardian-age='16'><about><title>Ф</title>"
    "<closes at='2027-03-31T12:00:00Z'/><audience min-age='18'/>"
    "<privacy keep-until='2027-12-31'><p>П</p></privacy>"
    "<help><p>П</p></help></about>"
    "<choices id='l'><option value='a' from-age='10'>А</option>"
    "<option value='b' from-age='16'>Б</option></choices>"
    "<section id='s'><title>Т</title>"
    "<choose-one id='o' use='l' "
    "required='yes'><label>О</label><error>Е</error></choose-one>"
    "<consent id='g' by='guardian' required='yes' when='o lt guardian-age'>"
    "<label>Г</label><error>Е</error></consent>"
    "<choose-many id='m' min='2' max='2'><label>М</label>"
    "<option value='x'>1</option><option value='y' other='yes'>2</option>"
    "<option value='z' exclusive='yes'>3</option></choose-many>"
    "<grid id='t' use='l'><label>Т2</label><row id='r'>Р</row></grid>"
    "<rank id='k' top='2'><label>К</label><option value='p'>4</option>"
    "<option value='q'>5</option><option value='w'>6</option></rank>"
    "</section><section id='u' when='o = \"b\" and not(m includes \"z\")'>"
    "<title>У</title><rating id='e' from='-1' to='5'><label>Е</label>"
    "<low>н</low><high>в</high></rating>"
    "<number id='n' min='-1.5' max='7' step='0.5'><label>Н</label></number>"
    "<date id='d' max='today'><label>Д</label></date>"
    "<text id='v' maxlength='20'><label>В</label></text>"
    "</section><thanks><p>С</p></thanks></consultation>";
static const struct copl_answer_about about = {.release = 1, .now = 1803038400};

static void must(bool what)
{
	if (!what)
		__builtin_trap();
}

static bool same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void check_same(
    const struct copl_answer *a, const struct copl_answer_record *rec)
{
	size_t i, k;

	must(rec->npairs == a->nvalues);
	must(same(rec->id, a->id) && same(rec->recipient, a->recipient));
	for (i = 0; i < rec->npairs; i++) {
		const struct copl_answer_value *v = &a->values[i];
		const struct copl_answer_pair *p = &rec->pairs[i];

		must(same(p->question, v->question->id));
		must(same(p->part, v->part) && p->n == v->n && v->n > 0);
		for (k = 0; k < v->n; k++)
			must(same(p->codes[k], v->codes[k]));
	}
}

/* What is good is written, and what is written comes back. */
static void check_answer(const struct copl_answer *a)
{
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_strbuf xml = COPL_STRBUF_INIT(COPL_ANSWER_MAX);
	bool good = a->nfaults == 0 && a->id != NULL;
	struct copl_answer_record rec;
	struct copl_reporter r;

	must(!a->refused || a->nfaults > 0);
	must(copl_answer_write(a, &xml) == (good ? COPL_OK : COPL_E_BUG));
	copl_reporter_init(&r, NULL);
	if (good && rd != NULL) {
		must(copl_answer_read(rd, xml.s, xml.len, "a", &r, &rec) ==
		     COPL_OK);
		check_same(a, &rec);
	}
	must(copl_reporter_end(&r, COPL_OK) == COPL_OK);
	copl_answer_reader_free(rd);
	copl_strbuf_clear(&xml);
}

/* "a=b&c=%D1%8F", decoded where it lies. */
static size_t split(char *s, size_t len, struct copl_answer_field *fields)
{
	size_t n = 0, i = 0, to = 0;

	while (i < len && n < FIELDS) {
		struct copl_answer_field *f = &fields[n++];

		*f = (struct copl_answer_field){s + to, 0, s + to, 0};
		for (; i < len && s[i] != '&'; i++) {
			int byte = len - i > 2 ? copl_percent_byte(s + i) : -1;

			if (s[i] == '=' && f->value == f->name) {
				f->namelen = (size_t)(s + to - f->name);
				s[to++] = '\0';
				f->value = s + to;
				continue;
			}
			s[to++] = byte < 0 ? s[i] : (char)byte;
			i += byte < 0 ? 0 : 2;
		}
		f->len = (size_t)(s + to - f->value);
		i++;
	}
	return n;
}

static void take_fields(const struct copl_answer_form *f, char *s, size_t len)
{
	struct copl_answer_field fields[FIELDS];
	struct copl_answer a;

	if (copl_answer_take_fields(
		f, fields, split(s, len, fields), &about, &a) == COPL_OK)
		check_answer(&a);
	copl_answer_free(&a);
}

static void take_odk(
    const struct copl_answer_form *f, const char *s, size_t len)
{
	struct copl_answer a = {.arena = NULL};
	struct copl_odk_instance *instance;

	if (copl_odk_instance_read(s, len, &instance) == COPL_OK &&
	    copl_answer_take_odk(f, instance, &about, &a) == COPL_OK)
		check_answer(&a);
	copl_answer_free(&a);
	copl_odk_instance_free(instance);
}

static void check_equal(
    const struct copl_answer_record *a, const struct copl_answer_record *b)
{
	size_t i, k;

	must(same(a->id, b->id) && same(a->form, b->form));
	must(same(a->version, b->version) && same(a->lang, b->lang));
	must(same(a->recipient, b->recipient) && a->draft == b->draft);
	must(a->release == b->release && a->hour == b->hour);
	must(a->npairs == b->npairs);
	for (i = 0; i < a->npairs; i++) {
		must(same(a->pairs[i].question, b->pairs[i].question));
		must(same(a->pairs[i].part, b->pairs[i].part));
		must(a->pairs[i].n == b->pairs[i].n);
		for (k = 0; k < a->pairs[i].n; k++)
			must(same(a->pairs[i].codes[k], b->pairs[i].codes[k]));
	}
}

/* What is read without the parser is what the parser would read. */
static void read_again(
    const char *s, size_t len, const struct copl_answer_record *first)
{
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_strbuf more = COPL_STRBUF_INIT(COPL_ANSWER_MAX);
	struct copl_answer_record rec;
	struct copl_reporter r;

	copl_strbuf_add(&more, s, len);
	copl_strbuf_puts(&more, "<!---->");
	copl_reporter_init(&r, NULL);
	if (rd != NULL && more.st == COPL_OK) {
		must(copl_answer_read(rd, more.s, more.len, "a", &r, &rec) ==
		     COPL_OK);
		check_equal(first, &rec);
	}
	(void)copl_reporter_end(&r, COPL_OK);
	copl_answer_reader_free(rd);
	copl_strbuf_clear(&more);
}

static void read_stored(const char *s, size_t len)
{
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_answer_record rec;
	struct copl_reporter r;
	size_t errors, i;

	if (rd == NULL)
		return;
	copl_reporter_init(&r, NULL);
	if (copl_answer_read(rd, s, len, "a", &r, &rec) == COPL_OK) {
		must(rec.id != NULL && rec.form != NULL && rec.version != NULL);
		for (i = 0; i < rec.npairs; i++)
			must(rec.pairs[i].n > 0 &&
			     rec.pairs[i].question != NULL);
		read_again(s, len, &rec);
	} else {
		errors = r.errors;
		must(errors == 1 || r.nomem);
	}
	(void)copl_reporter_end(&r, COPL_OK);
	copl_answer_reader_free(rd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct copl_answer_form *f; /* for all runs */
	struct copl_reporter r;
	char *s;

	if (size == 0)
		return 0;
	s = malloc(size);
	if (s == NULL)
		return 0;
	memcpy(s, data + 1, size - 1);
	copl_reporter_init(&r, NULL);
	must(f != NULL || copl_answer_form_read(form, sizeof(form) - 1, "f",
			      COPL_GUARDIAN_AGE_OF_FORM, &r, &f) == COPL_OK);
	(void)copl_reporter_end(&r, COPL_OK);
	if (data[0] == 'F')
		take_fields(f, s, size - 1);
	else if (data[0] == 'O')
		take_odk(f, s, size - 1);
	else if (data[0] == 'R')
		read_stored(s, size - 1);
	free(s);
	return 0;
}
