/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FORM_SAMPLE_H
#define FORM_SAMPLE_H

/* A good form for tests, and reading it after a change. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "form/form_priv.h"

/* ---- a form that keeps every rule and has every question type ---- */

static const char good[] =
    "<consultation xmlns='urn:cop-l10n:form:1' id='proba' version='1'"
    " xml:lang='ru'>\n"
    "<about>\n"
    "<title>Цифровые навыки</title>\n"
    "<opens at='2027-01-11T08:00:00Z'/>\n"
    "<closes at='2027-03-31T12:00:00+02:00'/>\n"
    "<audience min-age='10' max-age='24'/>\n"
    "<param name='office' type='text' example='Бюро' note='Имя'/>\n"
    "<param name='keep_until' type='date'/>\n"
    "<param name='year' type='number' value='2027'/>\n"
    "<link id='help_page' href='https://example.org/' recipient='helpline'/>\n"
    "<contact>Ответит {office}, {{год}} {year}.</contact>\n"
    "<privacy keep-until='2027-12-31'><p>Имя <strong>не</strong> нужно,"
    " до {keep_until}.</p></privacy>\n"
    "<help><p>Есть <a to='help_page'>помощь</a>.</p></help>\n"
    "</about>\n"
    "<choices id='yes_no' kind='nominal'><option value='yes'>Да</option>"
    "<option value='skip'>Не хочу отвечать</option></choices>\n"
    "<section id='start'><title>Прежде чем начать</title>\n"
    "<intro><p>Начнём.</p></intro>\n"
    "<choose-one id='age' required='yes'><label>Сколько тебе лет?</label>"
    "<option value='10_12' from-age='10'>10–12</option>"
    "<option value='13_24' from-age='13'>13–24</option>"
    "<error>Выбери возраст.</error></choose-one>\n"
    "<consent id='guardian_ok' by='guardian' required='yes'"
    " when='age lt guardian-age'><label>Мы с этим согласны.</label>"
    "<error>Нужно согласие.</error></consent>\n"
    "<consent id='my_ok' by='participant' required='yes'>"
    "<label>Да, давай начнём.</label><error>Отметь это "
    "поле.</error></consent>\n"
    "</section>\n"
    "<section id='more' when='age = \"13_24\"'><title "
    "note='Часть'>Ещё</title>\n"
    "<choose-one id='seen' use='yes_no' sensitive='yes'>"
    "<label>Ты это видишь?</label></choose-one>\n"
    "<choose-many id='told' max='2' shuffle='yes'><label>Кому это "
    "известно?</label>"
    "<option value='friend' maxchars='20'>Моему другу</option>"
    "<option value='other' other='yes'>Другим людям</option>"
    "<option value='nobody' exclusive='yes'>Совсем "
    "никому</option></choose-many>\n"
    "<note id='care' when='not(told includes \"nobody\")'>"
    "<p>你没有错。</p><bullets><item>一</item></bullets></note>\n"
    "<rating id='safe' from='0' to='10'><label>Насколько это безопасно?</label>"
    "<low note='край'>мало</low><high note='край'>много</high></rating>\n"
    "<grid id='tools' use='yes_no'><label>Это верно для тебя?</label>"
    "<row id='block' note='В приложении'>Я умею.</row></grid>\n"
    "<rank id='who' top='2'><label>Кто может помочь?</label>"
    "<option value='schools'>Все школы</option>"
    "<option value='states'>Все страны</option></rank>\n"
    "<text id='idea' lines='6' maxlength='1000'><label>Что нужно "
    "изменить?</label>"
    "<hint>Без имён.</hint></text>\n"
    "<number id='hours' min='0' max='24' step='0.5'>"
    "<label>Сколько часов в день?</label><unit note='часы'>ч</unit></number>\n"
    "<date id='last' precision='month' min='opens' max='today'>"
    "<label>Когда это было?</label></date>\n"
    "</section>\n"
    "<thanks><p>شكراً لك.</p></thanks>\n"
    "</consultation>\n";

/* ---- reading and what it finds ---- */

#define SEEN_MAX 40
struct seen {
	size_t n;
	enum copl_severity severity[SEEN_MAX];
	char code[SEEN_MAX][40];
	size_t line[SEEN_MAX];
	size_t column[SEEN_MAX];
	char text[SEEN_MAX][300];
};

static inline void on_diag(void *arg, const struct copl_diag *d)
{
	struct seen *s = arg;

	assert_true(s->n < SEEN_MAX);
	s->severity[s->n] = d->severity;
	snprintf(s->code[s->n], sizeof(s->code[0]), "%s", d->code);
	snprintf(s->text[s->n], sizeof(s->text[0]), "%s", d->text);
	s->line[s->n] = d->line;
	s->column[s->n] = d->column;
	s->n++;
}

static inline enum copl_status read_bytes(const char *bytes, bool localized,
    struct seen *seen, struct copl_xml **x, struct copl_form **f)
{
	struct copl_sink sink = {on_diag, NULL, seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(seen, 0, sizeof(*seen));
	copl_reporter_init(&r, &sink);
	*f = NULL;
	st = copl_xml_read(
	    bytes, strlen(bytes), "f.xml", COPL_XML_STRICT, &r, x);
	if (st == COPL_OK && localized)
		st = copl_form_read_localized(*x, &r, f);
	else if (st == COPL_OK)
		st = copl_form_read(*x, &r, f);
	st = copl_reporter_end(&r, st);
	assert_int_equal(st == COPL_OK, *f != NULL);
	return st;
}

static inline enum copl_status check_bytes(const char *bytes, struct seen *seen)
{
	struct copl_form *f;
	struct copl_xml *x;
	enum copl_status st = read_bytes(bytes, false, seen, &x, &f);

	copl_form_free(f);
	copl_xml_free(x);
	return st;
}

static inline void print_seen(const struct seen *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		print_message("# %zu:%zu %s [%s]\n", s->line[i], s->column[i],
		    s->text[i], s->code[i]);
}

static inline void replaced(const char *from, const char *to, struct seen *seen)
{
	const char *at = strstr(good, from);
	char *s = NULL;

	assert_non_null(at);
	assert_true(asprintf(&s, "%.*s%s%s", (int)(at - good), good, to,
			at + strlen(from)) > 0);
	check_bytes(s, seen);
	free(s);
}

static inline void only(const struct seen *seen, const char *code, size_t line,
    size_t column, const char *part)
{
	if (seen->n != 1)
		print_seen(seen);
	assert_int_equal(seen->n, 1);
	assert_string_equal(seen->code[0], code);
	assert_int_equal(seen->line[0], line);
	assert_int_equal(seen->column[0], column);
	assert_non_null(strstr(seen->text[0], part));
}

#endif
