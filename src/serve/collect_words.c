/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "serve/collect_words.h"

#define ENGLISH 2

static const struct collect_words words[] = {
    {"ar", "rtl", "لم تُحفظ الإجابات",
	"لم يتمكن هذا الخادم من حفظ الإجابات. يُرجى الرجوع إلى الصفحة السابقة "
	"وإرسالها مرة أخرى بعد قليل.",
	"حُفظت الإجابات. شكرًا جزيلًا!",
	"لم تُحفظ الإجابات، وهي ما زالت على هذا الهاتف. يُرجى المحاولة مرة أخرى "
	"بعد قليل.",
	"لم تُحفظ الإجابات، لأن بعضها ناقص أو غير مناسب:",
	"لم تُحفظ الإجابات: لم يُفتح هذا الاستبيان بعد.",
	"لم تُحفظ الإجابات: أُغلق هذا الاستبيان.",
	"لم تُحفظ الإجابات: يوجد هنا إصدار آخر من هذا الاستبيان. يُرجى تنزيله "
	"من جديد.",
	"لم تُحفظ الإجابات: توجد هنا إجابات أخرى بالمعرّف نفسه.",
	"أُرسل عدد كبير من الإجابات في وقت واحد. يُرجى المحاولة مرة أخرى بعد "
	"بضع دقائق."},
    {"zh-Hans", "ltr", "回答没有保存",
	"服务器未能保存这些回答。请返回上一页，过一会儿再提交一次。",
	"回答已保存。非常感谢！",
	"回答没有保存，它们还在这部手机上。请过一会儿再试。",
	"回答没有保存，因为有些回答缺少或不合适：",
	"回答没有保存：这份问卷还没有开放。",
	"回答没有保存：这份问卷已经结束。",
	"回答没有保存：这里是这份问卷的另一个版本，请重新下载。",
	"回答没有保存：这里已有编号相同的另一份回答。",
	"同一时间提交的回答太多了，请过几分钟再试。"},
    {"en", "ltr", "Your answers were not stored",
	"This server could not keep your answers. Please go back to the page "
	"before, and send them again in a little while.",
	"Your answers are stored. Thank you!",
	"These answers were not stored. They are still on this phone: please "
	"try again in a little while.",
	"These answers were not stored, because some are missing or do not "
	"fit:",
	"These answers were not stored: this form is not open yet.",
	"These answers were not stored: this form is closed.",
	"These answers were not stored: another version of this form is here. "
	"Please download it again.",
	"These answers were not stored: others with the same id are here.",
	"Many answers were sent at the same time. Please try again in a few "
	"minutes."},
    {"fr", "ltr", "Tes réponses n’ont pas été enregistrées",
	"Ce serveur n’a pas pu garder tes réponses. Retourne à la page "
	"précédente et renvoie-les dans un petit moment.",
	"Tes réponses sont enregistrées. Merci !",
	"Ces réponses n’ont pas été enregistrées. Elles sont toujours sur ce "
	"téléphone : réessaie dans un petit moment.",
	"Ces réponses n’ont pas été enregistrées, car il en manque ou "
	"certaines "
	"ne conviennent pas :",
	"Ces réponses n’ont pas été enregistrées : ce formulaire n’est pas "
	"encore ouvert.",
	"Ces réponses n’ont pas été enregistrées : ce formulaire est fermé.",
	"Ces réponses n’ont pas été enregistrées : une autre version de ce "
	"formulaire est ici. Télécharge-le à nouveau.",
	"Ces réponses n’ont pas été enregistrées : d’autres ont déjà le même "
	"identifiant.",
	"Beaucoup de réponses ont été envoyées en même temps. Réessaie dans "
	"quelques minutes."},
    {"ru", "ltr", "Ответы не сохранены",
	"Этот сервер не смог сохранить твои ответы. Вернись на предыдущую "
	"страницу и отправь их ещё раз чуть позже.",
	"Ответы сохранены. Спасибо!",
	"Эти ответы не сохранены. Они всё ещё на этом телефоне: попробуй ещё "
	"раз чуть позже.",
	"Эти ответы не сохранены, потому что некоторых не хватает или они не "
	"подходят:",
	"Эти ответы не сохранены: анкета ещё не открыта.",
	"Эти ответы не сохранены: анкета уже закрыта.",
	"Эти ответы не сохранены: здесь другая версия этой анкеты. Скачай её "
	"заново.",
	"Эти ответы не сохранены: здесь уже есть другие с тем же номером.",
	"Одновременно пришло слишком много ответов. Попробуй ещё раз через "
	"несколько минут."},
    {"es", "ltr", "Tus respuestas no se han guardado",
	"Este servidor no ha podido guardar tus respuestas. Vuelve a la página "
	"anterior y envíalas otra vez dentro de un rato.",
	"Tus respuestas están guardadas. ¡Gracias!",
	"Estas respuestas no se han guardado. Siguen en este teléfono: vuelve "
	"a "
	"intentarlo dentro de un rato.",
	"Estas respuestas no se han guardado, porque faltan algunas o no "
	"encajan:",
	"Estas respuestas no se han guardado: el formulario aún no está "
	"abierto.",
	"Estas respuestas no se han guardado: el formulario está cerrado.",
	"Estas respuestas no se han guardado: aquí hay otra versión de este "
	"formulario. Descárgalo de nuevo.",
	"Estas respuestas no se han guardado: aquí hay otras con el mismo "
	"identificador.",
	"Han llegado muchas respuestas a la vez. Vuelve a intentarlo dentro de "
	"unos minutos."},
};

const struct collect_words *collect_words_for(const char *lang)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(words); i++)
		if (strcmp(words[i].tag, lang) == 0)
			return &words[i];
	return &words[ENGLISH];
}
