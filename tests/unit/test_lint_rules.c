/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each check with texts that it must tell and texts that it must leave. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "lint/lint_priv.h"
#include "seen.h"

static struct seen seen;

static const char *plural_forms(const char *lang)
{
	unsigned n;
	const char *forms = copl_plural_forms(lang, &n);

	return forms == NULL ? "nplurals=2; plural=(n != 1);" : forms;
}

static void check(const char *lang, const char *messages, bool alone)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	const struct copl_lint how = {
	    .tag = strcmp(lang, "zh_CN") == 0 ? "zh-Hans" : lang,
	    .name = alone ? NULL : lang,
	    .source_lang = "en",
	    .release = true,
	    .alone = alone};
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	enum copl_status st;
	char po[6000];

	memset(&seen, 0, sizeof(seen));
	snprintf(po, sizeof(po),
	    "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Plural-Forms: %s\\n\"\n\n%s",
	    lang, plural_forms(lang), messages);
	copl_reporter_init(&r, &sink);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "t.po", &r, &c), COPL_OK);
	st = copl_lint_catalog(c, &how, &r);
	assert_int_equal(copl_reporter_end(&r, st), st);
	copl_catalog_free(c);
}

/* What is told: "E code, W code, I code", in the order of the places. */
static void list_findings(char *out, size_t size)
{
	static const char letters[] = "IWE";
	size_t i, len = 0;

	out[0] = '\0';
	for (i = 0; i < seen.n && i < 64 && len < size; i++)
		len += (size_t)snprintf(out + len, size - len, "%s%c %s",
		    i == 0 ? "" : ", ", letters[seen.list[i].severity],
		    seen.list[i].code);
}

struct rule {
	const char *lang;
	const char *id;
	const char *str;
	const char *found; /* "": nothing */
	size_t column; /* of the first finding; 0: any */
};

static void check_rules(const struct rule *rules, size_t n)
{
	char messages[2000], found[500];
	size_t i;

	for (i = 0; i < n; i++) {
		const struct rule *x = &rules[i];

		snprintf(messages, sizeof(messages),
		    "msgid \"%s\"\nmsgstr \"%s\"\n", x->id, x->str);
		check(x->lang, messages, true);
		list_findings(found, sizeof(found));
		if (strcmp(found, x->found) != 0 ||
		    (x->column != 0 && seen.list[0].column != x->column))
			print_error("of: %s | %s: column %zu\n", x->id, x->str,
			    seen.list[0].column);
		assert_string_equal(found, x->found);
		if (x->column != 0)
			assert_int_equal(seen.list[0].column, x->column);
	}
}

static void tags_and_references(void **state)
{
	static const struct rule rules[] = {
	    {"fr", "Rights &amp; safety", "Droits & sécurité",
		"E xml-malformed", 16},
	    {"fr", "Rights &amp; safety", "Droits &nbsp;&amp; sécurité",
		"E xml-malformed", 16},
	    {"fr", "Rights and safety", "Droits &amp; sécurité", "", 0},
	    {"es", "Read the <b>notice</b> first.", "Lee el <b>aviso primero.",
		"E xml-malformed", 16},
	    {"ru", "Tick <b><i>one</i></b> answer.",
		"Выбери <i><b>один</b></i> ответ.", "W tag-nesting", 0},
	    {"es", "Ask <b>your parents</b> first.",
		"Pregunta a<b>tus padres</b> primero.", "W tag-spacing", 19},
	    {"es", "Ask <b>your parents</b> first.",
		"Pregunta a <b>tus padres</b>primero.", "W tag-spacing", 0},
	    {"ru", "Ask <b>your parents</b> first.", "Спроси<b>родителей</b>.",
		"W tag-spacing", 0},
	    {"fr", "Read the <b>answer</b>.", "Lis l’<b>énoncé</b>.", "", 0},
	    {"ar", "Ask <b>your parents</b>.", "اسأل و<b>والديك</b>.", "", 0},
	    {"ar", "See <b>rights</b>.", "راجع دليلنا لـ<b>حقوقك</b>.", "", 0},
	    {"ar", "See <b>rights</b>.", "راجع<b>حقوقك</b>.", "W tag-spacing",
		0},
	    {"zh_CN", "Ask <b>your parents</b> first.",
		"请先问<b>你的父母</b>吧。", "", 0},
	    {"fr", "One<br/>two", "Un<br/>deux", "", 0},
	};

	(void)state;
	check_rules(rules, COPL_COUNT(rules));
}

static void addresses_are_copied(void **state)
{
	static const struct rule rules[] = {
	    {"fr", "See https://www.itu.int/cop.",
		"Voir https://www.itu.int/cpo.", "E url-changed", 14},
	    {"fr", "See https://www.itu.int/cop.", "Voir notre page.",
		"E url-changed", 0},
	    {"ru", "More here.", "Больше на https://www.itu.int/cop.",
		"E url-changed", 0},
	    {"zh_CN", "See https://www.itu.int/cop.",
		"参见https://www.itu.int/cop。", "", 0},
	    {"ar", "See https://www.itu.int/en/cop.",
		"راجع https://www.itu.int/ar/cop.", "", 0},
	    {"fr", "See https://en.wikipedia.org/.",
		"Voir https://fr.wikipedia.org/.", "", 0},
	    {"fr", "See https://www.itu.int/en/cop.",
		"Voir https://www.itu.int/es/cop.", "E url-changed", 0},
	    {"es", "Write to cop@itu.int.", "Escribe a policia@itu.int.",
		"E email-changed", 19},
	    {"es", "Write to name@example.com.",
		"Escribe a nombre@ejemplo.com.", "", 0},
	    {"ru", "Follow @itu.", "Подпишись на @itu.", "", 0},
	    {"fr", "Use sftp:// or ssh://.", "Utilise sftp:// ou ssh://.", "",
		0},
	};

	(void)state;
	check_rules(rules, COPL_COUNT(rules));
	check("fr",
	    "#. allow: url\nmsgid \"See https://a.org/rights.\"\n"
	    "msgstr \"Voir https://b.fr/droits.\"\n",
	    true);
	assert_int_equal(seen.n, 0);
}

/* A list of forty with one that is another in the translation. */
static void check_forty(const char *id, const char *str, const char *code)
{
	char messages[5000], found[500];
	size_t len = 0, side, i;

	for (side = 0; side < 2; side++) {
		len += (size_t)snprintf(messages + len, sizeof(messages) - len,
		    "%s \"%s:", side == 0 ? "msgid" : "msgstr",
		    side == 0 ? "See" : "Mira");
		for (i = 1; i <= 40; i++)
			len += (size_t)snprintf(messages + len,
			    sizeof(messages) - len, " %s%zu%s",
			    side == 1 && i == 35 ? str : id, i,
			    i == 40 ? ".\"\n" : ";");
	}
	check("es", messages, true);
	list_findings(found, sizeof(found));
	assert_string_equal(found, code);
}

static void however_many_there_are(void **state)
{
	(void)state;
	check_forty("https://itu.int/en/", "https://itu.int/es/", "");
	check_forty(
	    "https://itu.int/en/", "https://itu.int/fr/", "E url-changed");
	check_forty("n@itu.int/", "n@itu.org/", "E email-changed");
	check_forty("a <b>x</b> ", "a<b>x</b> ", "W tag-spacing");
	check_forty("7", "8", "E number-changed");
}

static void numbers_keep_their_value(void **state)
{
	static const struct rule rules[] = {
	    {"ar", "Are you between 15 and 24?", "هل عمرك بين ١٥ و٢٤؟", "", 0},
	    {"ar", "Are you between 15 and 24?", "هل عمرك بين ١٥ و٢٥؟",
		"E number-changed", 25},
	    {"ru", "By 31 March 2027.", "До 30 марта 2027 г.",
		"E number-changed", 12},
	    {"zh_CN", "By 31 March 2027.", "2027年3月31日前。", "", 0},
	    {"zh_CN", "By 31 March 2027.", "2027年4月31日前。",
		"E number-changed", 0},
	    {"fr", "Up to 1,234.50 francs", "Jusqu’à 1 234,5 francs", "", 0},
	    {"es", "About 1,234,567 people", "Unas 1.234.567 personas", "", 0},
	    {"ru", "About 1,234,567 people", "Около 1 234 567 человек", "", 0},
	    {"zh_CN", "2 billion people", "20 亿人", "", 0},
	    {"ru", "In the 1990s", "В 90-е годы", "", 0},
	    {"fr", "At 8 PM", "À 20 h", "", 0},
	    {"zh_CN", "One of 0,4,8", "0、4、8 之一", "", 0},
	    {"es", "Room 03", "Sala 3", "", 0},
	    {"es", "1 (not at all) to 5 (very much)", "5 (nada) a 1 (mucho)",
		"W number-order", 9},
	    {"es", "1 (not at all) to 5 (very much)", "1 (nada) a 5 (mucho)",
		"", 0},
	    {"ar", "From 1 to 5", "من ٥ إلى ١", "W number-order", 0},
	    {"zh_CN", "People aged 10 to 24", "24至10岁的人", "W number-order",
		0},
	    {"zh_CN", "People aged 10 to 24", "年龄在10至24岁的人", "", 0},
	    {"ar", "Between 10 and 24 years", "بين 24 و10 سنوات",
		"W number-order", 0},
	    {"ar", "Between 10 and 24 years", "بين 10 و24 سنة", "", 0},
	    {"zh_CN", "Page 3 of 10", "共 10 页，第 3 页", "", 0},
	    {"ru", "Play mp3 or mp4 files 5 to 10 times",
		"Открой mp4 или mp3 от 5 до 10 раз", "", 0},
	};

	(void)state;
	check_rules(rules, COPL_COUNT(rules));
}

static void marks_of_each_language(void **state)
{
	static const struct rule rules[] = {
	    {"es", "How old are you?", "Cuántos años tienes?",
		"W inverted-punctuation", 28},
	    {"es", "How old are you?", "¿Cuántos años tienes",
		"W "
		"inverted-punctuation, W end-punctuation",
		9},
	    {"es", "Hello! How are you?", "¡Hola! ¿Cómo estás?", "", 0},
	    {"es", "What?!", "¡¿Qué?!", "", 0},
	    {"es", "What???", "¿¿¿Qué???", "", 0},
	    {"es", "Your age (?)", "Tu edad (?)", "", 0},
	    {"es", "Did you use 'git add'?", "¿Usaste 'git add'?", "", 0},
	    {"es", "Yahoo! Answers", "Respuestas de Yahoo!",
		"W "
		"end-punctuation",
		0},
	    {"fr", "How old are you?", "Quel âge as-tu?", "W french-spacing",
		23},
	    {"fr", "How old are you?", "Quel âge as-tu ?", "I french-spacing",
		0},
	    {"fr", "How old are you?", "Quel âge as-tu\u202f?", "", 0},
	    {"fr", "How old are you?", "Quel âge as-tu\u00a0?", "", 0},
	    {"fr", "Note: at 10:30", "Note\u00a0: à 10:30", "", 0},
	    {"fr", "Note: at 10:30", "Note: à 10:30", "W french-spacing", 0},
	    {"fr", "Say hello", "Dis «bonjour»",
		"W french-spacing, W french-spacing", 0},
	    {"fr", "Say hello", "Dis «\u00a0bonjour\u00a0»", "", 0},
	    {"fr", "See https://www.itu.int/?a=b;c",
		"Voir "
		"https://www.itu.int/?a=b;c",
		"", 0},
	    {"fr", "You &amp; {name}", "Toi &amp; {name}", "", 0},
	    {"fr-CA", "How old are you?", "Quel âge as-tu?", "", 0},
	    {"ru", "How old are you?", "Сколько тебе лет?", "", 0},
	    {"zh_CN", "How old are you?", "你多大了?",
		"W end-punctuation-locale", 13},
	    {"zh_CN", "Wait...", "请稍候...", "", 0},
	    {"zh_CN", "Read itu.int, please", "请阅读 itu.int", "", 0},
	    {"ar", "How old are you?", "كم عمرك?", "W end-punctuation-locale",
		16},
	    {"ar", "Yes, thank you", "نعم, شكرا", "W end-punctuation-locale",
		0},
	    {"ar", "Yes, thank you", "نعم، شكرا", "", 0},
	    {"fr", "Choose one:", "Choisis", "W end-punctuation", 16},
	    {"fr", "Page up", "Page haut (pavé num.)", "", 0},
	    {"fr", "Choose \\\"one\\\"", "Choisis \\\"un\\\"", "I quote-style",
		17},
	    {"es", "Choose \\\"one\\\"", "Elige «uno»", "", 0},
	    {"ru", "He said \\\"yes\\\"", "Он сказал «да, „Мир“»", "", 0},
	    {"ru", "A 7\\\" and a 10\\\" screen", "Экраны 7\\\" и 10\\\"", "",
		0},
	};

	(void)state;
	check_rules(rules, COPL_COUNT(rules));
}

static void letters_of_each_language(void **state)
{
	static const struct rule rules[] = {
	    {"ar", "My school", "مدرستی", "W exemplar-letter", 14},
	    {"ar", "My book", "کتابي", "W exemplar-letter", 9},
	    {"ar", "Video and chat in Paris", "فيديو ودردشة في پاريس", "", 0},
	    {"ru", "World", "Свiт", "E mixed-script-word", 9},
	    {"ru", "World", "Світ", "W exemplar-letter", 11},
	    {"ru", "Ukrainian (Українська)", "Украинский (Українська)", "", 0},
	    {"fr", "In São Paulo", "À São Paulo", "", 0},
	    {"fr", "The page", "La paǵe", "W exemplar-letter", 0},
	    {"fr", "Ask Łukasz", "Demande à Łukasz", "", 0},
	    {"zh_CN", "Your school", "你的学校の", "W exemplar-letter", 13},
	    {"zh_CN", "Safety online", "網絡安全", "W wrong-han-variant", 9},
	    {"zh_CN", "Safety online", "网络安全", "", 0},
	    {"zh_CN", "Look far, and write", "瞭望、乾隆、著作", "", 0},
	    {"zh_CN", "Afterwards", "後来", "W wrong-han-variant", 9},
	    {"ar", "Children", "الأطفـــال", "I kashida", 14},
	    {"ar", "Thanks to ITU", "شكرا لـ ITU", "", 0},
	    {"fr", "The school", "L’Ã©cole", "E mojibake", 11},
	    {"es", "What?", "Â¿Qué?", "E mojibake", 9},
	    {"ru", "Hello there", "РџСЂРёРІРµС‚", "E mojibake", 0},
	    {"fr", "It is here", "Câ€™est ici", "E mojibake", 0},
	    {"es", "The letter Ñ", "La letra «Ñ»", "", 0},
	    {"fr", "The capital", "La majuscule «\u00a0Â\u00a0»", "", 0},
	    {"fr", "Your age", "Ton\u202aâge\u202c", "W bidi-embedding", 12},
	    {"ru", "A PNG file", "PNGфайл", "", 0},
	    {"ru", "Password", "Пaроль", "E mixed-script-word", 9},
	    /* Where words have no spaces, it says where a line may end. */
	    {"km", "Your age", "អាយុ\u200bរបស់\u200bអ្នក", "", 0},
	    {"th", "Your age", "อายุ\u200bของ\u2060คุณ", "", 0},
	    {"th", "Your age", "อายุ\ufeffของคุณ", "W zero-width", 0},
	    {"zh_CN", "Your age", "你的\u200b年龄", "W zero-width", 0},
	};
	(void)state;
	check_rules(rules, COPL_COUNT(rules));
}

static void words_and_lengths(void **state)
{
	static const char long_id[] =
	    "We never ask for your name, your address or the name of your "
	    "school. Please do not write them anywhere.";
	static const struct rule rules[] = {
	    {"fr", "It is here", "Il est est ici", "I duplicate-word", 16},
	    {"fr", "You meet", "Vous vous voyez", "", 0},
	    {"fr", "It goes bla bla", "Il fait bla bla", "", 0},
	    {"ru", "It is here", "Он тут тут", "I duplicate-word", 0},
	    {"fr", "First\\nsecond", "D’abord\\\\nensuite",
		"E newline-mismatch, W backslash-n-literal", 0},
	    {"fr", long_id, "Nous ne demandons jamais ton nom.",
		"W length-ratio", 9},
	    {"ru", long_id,
		"Мы никогда не спрашиваем имя, адрес или название школы. "
		"Пожалуйста, не пиши их.",
		"", 0},
	    {"zh_CN", long_id,
		"我们从不询问你的姓名、地址或学校名称。请不要填写。", "", 0},
	    {"es", "Angola", "Angola", "W same-as-source", 0},
	    {"es", "Where do you live", "Where do you live", "E same-as-source",
		0},
	    {"ru", "Angola", "Angola", "E same-as-source", 0},
	    {"zh_CN", "Use Wi-Fi and YouTube", "使用 Wi-Fi 和 YouTube", "", 0},
	    {"ru", "Read the privacy notice here",
		"Прочти наш раздел здесь: privacy notice", "W wrong-script", 0},
	};

	(void)state;
	check_rules(rules, COPL_COUNT(rules));
}

static void one_way_to_call_a_reader(void **state)
{
	static const struct {
		const char *lang, *one, *two;
		bool mixed;
	} list[] = {
	    {"fr", "Dis ce que tu penses.", "Indiquez votre âge.", true},
	    {"fr", "Dis ce que tu penses.", "Indique ton âge.", false},
	    {"fr", "Est-ce que t’es là", "Où es-tu", false},
	    {"fr", "Le rendez-vous est pris", "Tu viens", false},
	    {"fr", "utiliser -march=armv5te", "Indiquez votre âge.", false},
	    {"es", "Di lo que tú piensas.", "Indique usted su edad.", true},
	    {"es", "Di lo que tú piensas.", "Ustedes son jóvenes.", false},
	    {"ru", "Скажи, что ты думаешь.", "Укажите ваш возраст.", true},
	    {"ru", "Скажи, что ты думаешь.", "Укажи свой возраст.", false},
	    {"zh_CN", "说说你的想法。", "请填写您的年龄。", true},
	    {"zh_CN", "说说你的想法。", "请填写你的年龄。", false},
	};
	char po[1000];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		snprintf(po, sizeof(po),
		    "msgid \"Tell us what you think.\"\nmsgstr \"%s\"\n\n"
		    "msgid \"Please give your age.\"\nmsgstr \"%s\"\n",
		    list[i].one, list[i].two);
		check(list[i].lang, po, true);
		if (seen_count(&seen, "register") != list[i].mixed)
			print_error("of: %s | %s\n", list[i].one, list[i].two);
		assert_int_equal(seen_count(&seen, "register"), list[i].mixed);
	}
}

static void answers_say_what_their_source_says(void **state)
{
	static const struct {
		const char *lang, *id, *str;
		bool reversed;
	} list[] = {
	    {"fr", "Strongly agree", "Pas du tout d’accord", true},
	    {"fr", "Strongly disagree", "Tout à fait d'accord", true},
	    {"fr", "Strongly disagree", "Pas du tout d’accord", false},
	    {"fr", "Neither agree nor disagree", "Ni d’accord ni pas d’accord",
		false},
	    {"es", "Agree", "En desacuerdo", true},
	    {"es", "Disagree", "En desacuerdo", false},
	    {"ru", "Agree", "Не согласен", true},
	    {"ru", "I do not agree", "Не согласна", false},
	    {"ar", "Agree", "لا أوافق", true},
	    {"ar", "Disagree", "لا أوافق", false},
	    {"zh_CN", "Disagree", "同意", true},
	    {"zh_CN", "Strongly agree", "非常同意", false},
	    {"ar", "Yes", "لا", true},
	    {"ru", "No", "Да", true},
	    {"zh_CN", "No", "否", false},
	    {"fr", "Never", "Toujours", true},
	    {"es", "Always", "Siempre", false},
	};
	char po[500];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		snprintf(po, sizeof(po),
		    "msgctxt \"safe/a%zu\"\nmsgid \"%s\"\nmsgstr \"%s\"\n", i,
		    list[i].id, list[i].str);
		check(list[i].lang, po, true);
		if (seen_count(&seen, "scale-reversed") != list[i].reversed)
			print_error("of: %s | %s\n", list[i].id, list[i].str);
		assert_int_equal(
		    seen_count(&seen, "scale-reversed"), list[i].reversed);
	}
}

#define MANY "%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d"

static void conversions_of_programs(void **state)
{
	static const struct {
		const char *id, *str;
		bool wrong;
	} list[] = {
	    {"%s has %d files", "%s a %d fichiers", false},
	    {"%s has %d files", "%2$d fichiers de %1$s", false},
	    {"%s has %d files", "%d fichiers de %s", true},
	    {"%s has %d files", "Des fichiers", true},
	    {"%d files", "%ld fichiers", true},
	    {"%d files", "%i fichiers", false},
	    {"%5.1f%%", "%.2f %%", false},
	    {"%*d of %x", "%*d de %X", false},
	    {"%s", "%s et %s", true},
	    {"%d files", "%d fichiers à 100 %", true},
	    {"<%s> %<PRIu64>", "« %s » %<PRIu64>", false},
	    {"%<PRIu64>", "%<PRIx64>", false},
	    {"%<PRIu64>", "%<PRId64>", true},
	    {"%1$s", "%1$s, %1$s", false},
	    {"%1$s", "%1$d, %1$s", true},
	    {"%33$s", "%33$s", false},
	    {"%33$s", "rien", true},
	    {"%33$s", "%33$d", true},
	    {"%33$s", "%34$s", true},
	    {"%1$s", "%1$s %2147483647$s", true},
	    {MANY "%s", MANY "%s", false},
	    {MANY "%s", MANY, true},
	    {MANY "%s", MANY "%d", true},
	};
	char po[500];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		snprintf(po, sizeof(po),
		    "#, c-format\nmsgid \"%s\"\nmsgstr \"%s\"\n", list[i].id,
		    list[i].str);
		check("fr", po, true);
		if (seen_count(&seen, "format-mismatch") != list[i].wrong)
			print_error("of: %s | %s\n", list[i].id, list[i].str);
		assert_int_equal(
		    seen_count(&seen, "format-mismatch"), list[i].wrong);
	}
	/* One file needs no number, nor do 0 and 1 in French. */
	check("fr",
	    "#, c-format\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\n"
	    "msgstr[0] \"Un fichier\"\nmsgstr[1] \"%d fichiers\"\n",
	    true);
	assert_int_equal(seen.n, 0);
	check("ru",
	    "#, c-format\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\n"
	    "msgstr[0] \"файл\"\nmsgstr[1] \"%d файла\"\n"
	    "msgstr[2] \"%d файлов\"\n",
	    true);
	assert_int_equal(seen_count(&seen, "format-mismatch"), 1);
}

static void a_program_is_not_a_form(void **state)
{
	(void)state;
	check("fr",
	    "#, c-format\nmsgid \"Copy %s\"\nmsgstr \"Copier %s\"\n\n"
	    "msgid \"&Open\"\nmsgstr \"&Ouvrir\"\n\n"
	    "msgid \"Search and replace\"\nmsgstr \"Chercher & remplacer\"\n\n"
	    "msgid \"read FILE\"\nmsgstr \"lire <fichier>\"\n\n"
	    "msgid \"translator-credits\"\nmsgstr \"A <a@b.org>\\n\"\n",
	    true);
	assert_int_equal(seen.n, 0);
}

static void what_the_whole_catalog_shows(void **state)
{
	(void)state;
	check("es",
	    "msgctxt \"q/a\"\nmsgid \"Yes\"\nmsgstr \"Sí\"\n\n"
	    "msgctxt \"r/a\"\nmsgid \"Yes\"\nmsgstr \"Afirmativo\"\n\n"
	    "msgctxt \"s/a\"\nmsgid \"Yes\"\nmsgstr \"Sí.\"\n\n"
	    "#~ msgid \"Gone\"\n#~ msgstr \"x\"\n\n"
	    "#~ msgid \"Gone too\"\n#~ msgstr \"y\"\n",
	    true);
	assert_int_equal(seen_count(&seen, "inconsistent"), 1);
	assert_int_equal(seen_count(&seen, "obsolete"), 1);
	assert_non_null(strstr(seen.list[seen.n - 1].text, "2 entries"));
	check("ru",
	    "#. At most 5 characters.\nmsgid \"Next\"\nmsgstr \"Дальше\"\n\n"
	    "#, max-length:6\nmsgid \"More\"\nmsgstr \"Больше\"\n\n"
	    "#. At most 3 answers.\nmsgid \"Less\"\nmsgstr \"Меньше\"\n",
	    true);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.list[0].code, "max-length");
	assert_int_equal(seen.list[0].line, 9);
}

/* ---- plural rules ---- */

static void check_rule(const char *lang, const char *rule, const char *found)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	const struct copl_lint how = {.tag = lang, .alone = true};
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	enum copl_status st;
	char po[1000], list[200];

	memset(&seen, 0, sizeof(seen));
	snprintf(po, sizeof(po),
	    "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Plural-Forms: %s\\n\"\n",
	    lang, rule);
	copl_reporter_init(&r, &sink);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "t.po", &r, &c), COPL_OK);
	st = copl_lint_catalog(c, &how, &r);
	assert_int_equal(copl_reporter_end(&r, st), st);
	copl_catalog_free(c);
	list_findings(list, sizeof(list));
	assert_string_equal(list, found);
}

static void plural_rules_of_other_tools_are_known(void **state)
{
	static const char four[] =
	    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && "
	    "n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && "
	    "n%10<=9) || (n%100>=11 && n%100<=14) ? 2 : 3);";

	(void)state;
	check_rule("fr", "nplurals=2; plural=n>1;", "");
	check_rule("fr", "nplurals=2; plural=(n!=0 && n!=1);", "");
	check_rule("fr",
	    "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 "
	    "== 0 ? 1 : 2;",
	    "W plural-rule");
	check_rule("es",
	    "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : "
	    "2;",
	    "W plural-rule");
	check_rule("ru", four, "W plural-rule");
	check_rule("ru", "nplurals=2; plural=(n != 1);", "E plural-rule");
	check_rule("fr", "nplurals=2; plural=(n != 1);", "E plural-rule");
	check_rule("ar", "nplurals=2; plural=(n != 1);", "E plural-rule");
}

static void names_of_languages_are_compared(void **state)
{
	(void)state;
	assert_true(copl_lint_same_language("fr", "fr_CA"));
	assert_true(copl_lint_same_language("zh_CN", "zh-Hans"));
	assert_true(copl_lint_same_language("zh", "zh_CN"));
	assert_false(copl_lint_same_language("zh_TW", "zh_CN"));
	assert_false(copl_lint_same_language("zh_Hant", "zh"));
	assert_false(copl_lint_same_language("sr@latin", "sr-Cyrl"));
	assert_false(copl_lint_same_language("fr", "es"));
	assert_false(copl_lint_same_language("fr", "fra"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tags_and_references),
	    cmocka_unit_test(addresses_are_copied),
	    cmocka_unit_test(however_many_there_are),
	    cmocka_unit_test(numbers_keep_their_value),
	    cmocka_unit_test(marks_of_each_language),
	    cmocka_unit_test(letters_of_each_language),
	    cmocka_unit_test(words_and_lengths),
	    cmocka_unit_test(one_way_to_call_a_reader),
	    cmocka_unit_test(answers_say_what_their_source_says),
	    cmocka_unit_test(conversions_of_programs),
	    cmocka_unit_test(a_program_is_not_a_form),
	    cmocka_unit_test(what_the_whole_catalog_shows),
	    cmocka_unit_test(plural_rules_of_other_tools_are_known),
	    cmocka_unit_test(names_of_languages_are_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
