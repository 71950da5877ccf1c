/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "serve/page_words.h"

const struct page_wording page_wordings[PAGE_LANGUAGES] = {
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
