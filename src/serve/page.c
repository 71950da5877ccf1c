/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/language.h"
#include "serve/serve_priv.h"

/*
 * What a visitor sees when there is no form to show.  It must work before
 * anything was delivered, so the words are here and not in a catalog of the
 * set; in the six languages, whatever language the operator reads.
 */

#define STYLE                                                                  \
	"body{font:1.1em/1.6 system-ui,sans-serif;max-width:40em;"             \
	"margin:2em auto;padding:0 1em;color-scheme:light dark}"               \
	"h1,h2{font-size:1.3em;line-height:1.3}"                               \
	"section{margin:2em 0}a{display:inline-block;padding:.6em 0}"

/* The hash is that of STYLE; a test holds them together. */
const char page_policy[] =
    "default-src 'none'; style-src "
    "'sha256-mcXTe1iFRjdP1wmZqBo34EwoVzOIk6s24xSF3N/tcQU='; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

struct words {
	const char *title;
	const char *text;
};
struct language {
	const char *tag;
	const char *dir;
	struct words empty;
	struct words missing;
	struct words busy;
	struct words wrong;
	const char *all;
};

static const struct language languages[] = {
    {"ar", "rtl",
	{"الاستبيانات ليست هنا بعد", "إنها في الطريق. يُرجى العودة بعد قليل."},
	{"هذه الصفحة ليست هنا",
	    "قد يكون في العنوان خطأ مطبعي، أو ربما نُقل الاستبيان إلى مكان "
	    "آخر."},
	{"يُرجى المحاولة مرة أخرى بعد قليل",
	    "لا يستطيع هذا الخادم الإجابة الآن."},
	{"لم ينجح ذلك",
	    "لم يفهم الخادم المطلوب. يُرجى العودة إلى قائمة الاستبيانات "
	    "والاختيار من جديد."},
	"جميع الاستبيانات"},
    {"zh-Hans", "ltr", {"问卷还没有到", "问卷正在路上，请过一会儿再来。"},
	{"这里没有这个页面", "网址可能有误，或者问卷已移到别处。"},
	{"请过一会儿再试", "服务器现在无法回应。"},
	{"没有成功", "服务器没有看懂这个请求。请回到问卷列表重新选择。"},
	"所有问卷"},
    {"en", "ltr",
	{"The forms are not here yet",
	    "They are on their way. Please come back in a little while."},
	{"This page is not here",
	    "The address may have a typing error in it, or the form has "
	    "moved."},
	{"Please try again in a little while",
	    "This server cannot answer just now."},
	{"This did not work",
	    "The server did not understand what was asked. Please go back "
	    "to the list of forms and choose again."},
	"All forms"},
    {"fr", "ltr",
	{"Les formulaires ne sont pas encore là",
	    "Ils sont en route. Reviens un peu plus tard."},
	{"Cette page n’est pas ici",
	    "L’adresse contient peut-être une faute de frappe, ou le "
	    "formulaire a changé de place."},
	{"Réessaie dans un petit moment",
	    "Ce serveur ne peut pas répondre pour l’instant."},
	{"Cela n’a pas marché",
	    "Le serveur n’a pas compris la demande. Retourne à la liste des "
	    "formulaires et choisis à nouveau."},
	"Tous les formulaires"},
    {"ru", "ltr",
	{"Анкет здесь пока нет", "Они уже в пути. Загляни сюда чуть позже."},
	{"Такой страницы здесь нет",
	    "Возможно, в адресе опечатка или анкета теперь находится в "
	    "другом месте."},
	{"Попробуй ещё раз чуть позже",
	    "Сейчас этот сервер не может ответить."},
	{"Не получилось",
	    "Сервер не понял запрос. Вернись к списку анкет и выбери ещё "
	    "раз."},
	"Все анкеты"},
    {"es", "ltr",
	{"Los formularios aún no están aquí",
	    "Están en camino. Vuelve dentro de un rato."},
	{"Esta página no está aquí",
	    "Puede que la dirección tenga una errata o que el formulario "
	    "haya cambiado de lugar."},
	{"Vuelve a intentarlo dentro de un rato",
	    "Este servidor no puede responder en este momento."},
	{"No ha funcionado",
	    "El servidor no ha entendido lo que se pedía. Vuelve a la lista "
	    "de formularios y elige de nuevo."},
	"Todos los formularios"},
};
#define ENGLISH 2

static const struct language *find(const char *lang)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(languages); i++)
		if (strcmp(languages[i].tag, lang) == 0)
			return &languages[i];
	return &languages[ENGLISH];
}

const char *page_language(const char *accept)
{
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	const char *tags[COPL_COUNT(languages)];
	size_t n = 0, i;

	for (i = 0; i < COPL_COUNT(languages); i++)
		tags[i] = languages[i].tag;
	if (accept != NULL)
		n = copl_language_ranges(accept, ranges);
	i = copl_language_lookup(ranges, n, tags, COPL_COUNT(tags));
	return i < COPL_COUNT(tags) ? tags[i] : tags[ENGLISH];
}

static void put_head(
    struct copl_strbuf *out, const struct language *l, const char *title)
{
	copl_strbuf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>%s</title>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n"
	    "<style>" STYLE "</style>\n</head>\n<body>\n<main>\n",
	    l->tag, l->dir, title);
}

void page_error(struct copl_strbuf *out, unsigned status, const char *lang)
{
	const struct language *l = find(lang);
	const struct words *w = status == 404  ? &l->missing
				: status < 500 ? &l->wrong
					       : &l->busy;

	put_head(out, l, w->title);
	copl_strbuf_printf(out,
	    "<h1>%s</h1>\n<p>%s</p>\n<p><a href=\"/\">%s</a></p>\n"
	    "<p><small>%u</small></p>\n</main>\n</body>\n</html>\n",
	    w->title, w->text, l->all, status);
}

static void put_section(struct copl_strbuf *out, const struct language *l)
{
	copl_strbuf_printf(out,
	    "<section lang=\"%s\" dir=\"%s\">\n<h2>%s</h2>\n<p>%s</p>\n"
	    "</section>\n",
	    l->tag, l->dir, l->empty.title, l->empty.text);
}

void page_empty(struct copl_strbuf *out, const char *first)
{
	const struct language *l = find(first);
	size_t i;

	put_head(out, l, l->empty.title);
	copl_strbuf_printf(
	    out, "<h1>%s</h1>\n<p>%s</p>\n", l->empty.title, l->empty.text);
	for (i = 0; i < COPL_COUNT(languages); i++)
		if (&languages[i] != l)
			put_section(out, &languages[i]);
	copl_strbuf_puts(out, "</main>\n</body>\n</html>\n");
}
