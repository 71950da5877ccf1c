/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Advice about the words of a form, in each of the six languages. */
#include "config.h"
#include "form_sample.h"

/* A form in a language with one part of a question; what it is said of. */
static void read_question(const char *lang, const char *element,
    const char *inside, struct seen *seen)
{
	char *s = NULL;

	assert_true(
	    asprintf(&s,
		"<consultation xmlns='urn:cop-l10n:form:1' id='f' version='1'"
		" xml:lang='%s'>"
		"<about><title>А</title><closes at='2027-03-31T12:00:00Z'/>"
		"<audience min-age='18'/><privacy><p>А</p></privacy>"
		"<help><p>А</p></help></about>\n"
		"<section id='one'><title note='x'>А</title>\n"
		"<%s>%s</%.*s></section>"
		"<thanks><p>А</p></thanks></consultation>\n",
		lang, element, inside, (int)strcspn(element, " "),
		element) > 0);
	check_bytes(s, seen);
	free(s);
}

static size_t count(const struct seen *s, const char *code)
{
	size_t n = 0, i;

	for (i = 0; i < s->n; i++)
		n += strcmp(s->code[i], code) == 0;
	return n;
}

static void wants(const char *lang, const char *element, const char *inside,
    const char *code, size_t n)
{
	struct seen seen;

	read_question(lang, element, inside, &seen);
	if (count(&seen, code) == n)
		return;
	print_message(
	    "# %s %s, wanted %zu %s: %s\n", lang, element, n, code, inside);
	print_seen(&seen);
	fail();
}

/* ---- personal data ---- */

struct phrase {
	const char *lang;
	const char *label;
	const char *part; /* of the advice; NULL: nothing is wrong with it */
};

static const struct phrase phrases[] = {
    {"en", "What is your name?", "a name"},
    {"en", "Name", "a name"},
    {"en", "Full name:", "a name"},
    {"en", "Please write your first and last name", "a name"},
    {"en", "Your <strong>full name</strong>", "a name"},
    {"en", "What is the name of your parent or guardian?", "a name"},
    {"en", "Please give us your e-mail address", "e-mail"},
    {"en", "Your Email (optional)", "e-mail"},
    {"en", "Your phone number", "telephone"},
    {"en", "Mobile", "telephone"},
    {"en", "Tell us about you. What is your home address?", "lives"},
    {"en", "What is the name of your school?", "school"},
    {"en", "Which school do you go to?", "school"},
    {"en", "School", "school"},
    {"en", "When were you born?", "age group"},
    {"en", "Date of birth", "age group"},
    {"en", "How old are you?", "age group"},
    {"en", "Passport number", "document"},
    {"en", "What is your Instagram?", "account"},
    {"en", "Your user name on the platform", "account"},
    {"en", "What is the name of your favourite app?", NULL},
    {"en", "Please do not write your name.", NULL},
    {"en", "Write your idea without your name or your e-mail.", NULL},
    {"en", "Name three apps that you use.", NULL},
    {"en", "How would you name this game?", NULL},
    {"en", "What should schools do better?", NULL},
    {"en", "What could your school do about bullying?", NULL},
    {"en", "What do you use your phone for?", NULL},
    {"en", "What would you do if somebody reads your e-mail?", NULL},
    {"en", "How safe is social media for people of your age?", NULL},
    {"en", "What happened when somebody made an account in your name?", NULL},
    {"en", "How many hours a day do you use the internet?", NULL},
    {"en", "How do you address a teacher online?", NULL},
    {"en", "Which number of friends is enough?", NULL},
    {"en", "When was your last lesson?", NULL},
    {"en", "Which web address do you visit most?", NULL},
    {"en", "What would you do if somebody posted your phone number?", NULL},
    {"en", "How do you protect your e-mail address and your birthday?", NULL},
    {"en", "If you want an answer, leave your e-mail address.", "e-mail"},
    {"en", "Please share your address", "lives"},
    {"en", "Write your address, please", "lives"},

    {"fr", "Quel est ton nom ?", "a name"},
    {"fr", "Nom et prénom", "a name"},
    {"fr", "Comment t’appelles-tu ?", "a name"},
    {"fr", "Prénom :", "a name"},
    {"fr", "Indique ton adresse e-mail, s’il te plaît", "e-mail"},
    {"fr", "Votre courriel", "e-mail"},
    {"fr", "Ton numéro de téléphone", "telephone"},
    {"fr", "Ton adresse", "lives"},
    {"fr", "Quel est le nom de ton école ?", "school"},
    {"fr", "Établissement", "school"},
    {"fr", "Quelle est ta date de naissance ?", "age group"},
    {"fr", "Quel âge as-tu ?", "age group"},
    {"fr", "Quel est ton pseudo sur les réseaux ?", "account"},
    {"fr", "N’écris pas ton nom.", NULL},
    {"fr", "Quel est le nom de ton application préférée ?", NULL},
    {"fr", "Qu’est-ce qui devrait changer à l’école ?", NULL},
    {"fr", "Combien d’heures par jour utilises-tu ton téléphone ?", NULL},
    {"fr", "Raconte sans donner ton adresse.", NULL},
    {"fr", "Quel nombre d’amis te suffit ?", NULL},
    {"fr", "Que fais-tu si quelqu’un publie ton numéro de téléphone ?", NULL},
    {"fr", "Si tu veux une réponse, laisse ton adresse e-mail.", "e-mail"},

    {"es", "¿Cómo te llamas?", "a name"},
    {"es", "Nombre y apellidos", "a name"},
    {"es", "Tu nombre", "a name"},
    {"es", "Por favor, escribe tu correo electrónico", "e-mail"},
    {"es", "Número de teléfono", "telephone"},
    {"es", "¿Cuál es tu dirección?", "lives"},
    {"es", "¿Cómo se llama tu escuela?", "school"},
    {"es", "Fecha de nacimiento", "age group"},
    {"es", "¿Cuántos años tienes?", "age group"},
    {"es", "DNI", "document"},
    {"es", "¿Cuál es tu nombre de usuario?", "account"},
    {"es", "No escribas tu nombre ni tu dirección.", NULL},
    {"es", "¿Cuál es el nombre de tu aplicación preferida?", NULL},
    {"es", "¿Qué debería cambiar en tu escuela?", NULL},
    {"es", "¿Para qué usas tu teléfono?", NULL},
    {"es", "¿Qué haces si alguien publica tu fecha de nacimiento?", NULL},
    {"es", "¿Hace cuántos años que usas internet?", NULL},

    {"ru", "Как тебя зовут?", "a name"},
    {"ru", "Фамилия, имя", "a name"},
    {"ru", "Твоё имя и фамилия", "a name"},
    {"ru", "Укажи адрес электронной почты", "e-mail"},
    {"ru", "Напиши твой номер телефона, пожалуйста", "telephone"},
    {"ru", "Домашний адрес", "lives"},
    {"ru", "В какой школе ты учишься?", "school"},
    {"ru", "Дата рождения", "age group"},
    {"ru", "Сколько тебе лет?", "age group"},
    {"ru", "Номер паспорта", "document"},
    {"ru", "Твой аккаунт", "account"},
    {"ru", "Не пиши свою фамилию и адрес.", NULL},
    {"ru", "Как называется твоё любимое приложение?", NULL},
    {"ru", "Что нужно изменить в твоей школе?", NULL},
    {"ru", "Что делать, если взломали твою почту?", NULL},
    {"ru", "Что делать, если кто-то знает твой номер телефона?", NULL},
    {"ru", "Сколько часов в день ты пользуешься телефоном?", NULL},

    {"ar", "ما اسمك؟", "a name"},
    {"ar", "الاسم الكامل", "a name"},
    {"ar", "من فضلك اكتب اسمك", "a name"},
    {"ar", "ما هو عنوان بريدك الإلكتروني؟", "e-mail"},
    {"ar", "رقم الهاتف", "telephone"},
    {"ar", "نرجو كتابة المدينة ورقم هاتفك", "telephone"},
    {"ar", "ما عنوانك؟", "lives"},
    {"ar", "ما اسم مدرستك؟", "school"},
    {"ar", "تاريخ الميلاد", "age group"},
    {"ar", "كم عمرك؟", "age group"},
    {"ar", "رقم الهوية", "document"},
    {"ar", "ما اسم حسابك؟", "account"},
    {"ar", "لا تكتب اسمك أو عنوانك من فضلك.", NULL},
    {"ar", "ما اسم تطبيقك المفضل؟", NULL},
    {"ar", "ما الذي يجب أن يتغير في مدرستك؟", NULL},
    {"ar", "كم ساعة في اليوم تستخدم هاتفك؟", NULL},
    {"ar", "ماذا تفعل لو عرف أحدهم رقم هاتفك؟", NULL},

    {"zh-Hans", "你叫什么名字？", "a name"},
    {"zh-Hans", "姓名", "a name"},
    {"zh-Hans", "请填写你的姓名", "a name"},
    {"zh-Hans", "电子邮箱", "e-mail"},
    {"zh-Hans", "请留下你的手机号码。", "telephone"},
    {"zh-Hans", "家庭住址", "lives"},
    {"zh-Hans", "你在哪所学校上学？", "school"},
    {"zh-Hans", "出生日期", "age group"},
    {"zh-Hans", "你今年几岁？", "age group"},
    {"zh-Hans", "身份证号码", "document"},
    {"zh-Hans", "你的微信号是什么？", "account"},
    {"zh-Hans", "你的生日是哪天？", "age group"},
    {"zh-Hans", "请告诉我们你的姓名和电话号码", "a name"},
    {"zh-Hans", "请不要写你的姓名和地址。", NULL},
    {"zh-Hans", "网上的朋友知道你的名字吗，你怎么看？", NULL},
    {"zh-Hans", "你最喜欢的应用程序叫什么名字？", NULL},
    {"zh-Hans", "学校应该怎样应对网络欺凌？", NULL},
    {"zh-Hans", "你每天用手机几个小时？", NULL},
    {"zh-Hans", "你们学校有什么规定？", NULL},
    {"zh-Hans", "如果有人公开你的手机号码，你会怎么做？", NULL},
    {"zh-Hans", "如果你愿意，请留下你的手机号码。", "telephone"},

    /* A language of which nothing is known. */
    {"sw", "Jina lako nani?", NULL},
};

static void what_tells_who_answered_is_seen(void **state)
{
	static const char *const kinds[] = {
	    "text id='q'", "number id='q'", "date id='q'"};
	struct seen seen;
	char label[300];
	size_t i, k;

	(void)state;
	for (i = 0; i < COPL_COUNT(phrases); i++)
		for (k = 0; k < COPL_COUNT(kinds); k++) {
			const char *part = phrases[i].part;

			snprintf(label, sizeof(label), "<label>%s</label>",
			    phrases[i].label);
			read_question(phrases[i].lang, kinds[k], label, &seen);
			if (count(&seen, "form-personal-data") !=
				(part != NULL) ||
			    (part != NULL &&
				strstr(seen.text[seen.n - 1], part) == NULL)) {
				print_message("# %s: %s\n", phrases[i].lang,
				    phrases[i].label);
				print_seen(&seen);
				fail();
			}
		}
}

static void answers_and_other_questions_may_say_anything(void **state)
{
	static const char code[] = "form-personal-data";

	(void)state;
	wants("en", "choose-one id='q'",
	    "<label>How old are you?</label><option value='a'>10 to "
	    "12</option><option value='b'>Your name</option>",
	    code, 0);
	wants("en", "choose-many id='email'",
	    "<label>What do you share?</label><option value='a'>Your "
	    "name</option><option value='b'>Your phone number</option>",
	    code, 0);
	wants("en", "rating id='q' from='0' to='3'",
	    "<label>Is it fine to tell what is your name?</label>"
	    "<low>not at all fine</low><high>it is fine</high>",
	    code, 0);
}

static void hints_and_ids_are_looked_at(void **state)
{
	static const char code[] = "form-personal-data";

	(void)state;
	wants("en", "text id='q'",
	    "<label>Who may we thank?</label><hint>Your full name.</hint>",
	    code, 1);
	wants("en", "text id='q'",
	    "<label>What is your name?</label><hint>Your full name.</hint>",
	    code, 1);
	wants("en", "text id='q'",
	    "<label>What is your idea?</label><hint>Please do not write "
	    "names, addresses or telephone numbers.</hint>",
	    code, 0);
	wants("es", "text id='nombre'", "<label>¿Quién eres tú?</label>", code,
	    1);
	wants("fr", "number id='nombre'", "<label>Combien de fois ?</label>",
	    code, 0);
	wants("ar", "date id='date_of_birth'", "<label>ما هو اليوم؟</label>",
	    code, 1);
	wants("en", "text id='school_rules'",
	    "<label>Which rules would help?</label>", code, 0);
}

/* ---- length ---- */

static void long_questions_are_told_in_every_script(void **state)
{
	static const char code[] = "form-long-label";

	(void)state;
	wants("en", "text id='q'",
	    "<label>One two three four five six seven eight nine ten eleven "
	    "twelve thirteen fourteen fifteen sixteen seventeen eighteen "
	    "nineteen twenty</label>",
	    code, 0);
	wants("fr", "text id='q'",
	    "<label>Un deux trois quatre cinq six sept huit neuf dix onze "
	    "douze treize quatorze quinze seize dix-sept dix-huit dix-neuf "
	    "vingt vingt-et-un ?</label>",
	    code, 1);
	/* The French sign after a blank is no word. */
	wants("fr", "text id='q'",
	    "<label>Un deux trois quatre cinq six sept huit neuf dix onze "
	    "douze treize quatorze quinze seize dix-sept dix-huit dix-neuf "
	    "vingt ?</label>",
	    code, 0);
	wants("zh-Hans", "text id='q'",
	    "<label>你认为应该改变什么才能让所有的年轻人在使用社交媒体的"
	    "时候感到安全，学校、家长、公司和政府又应该分别做些什么事？</"
	    "label>",
	    code, 1);
	wants("zh-Hans", "text id='q'",
	    "<label>你认为应该改变什么才能让所有的年轻人都安全？</label>", code,
	    0);
	wants("ar", "text id='q'",
	    "<label>فكر في الشهر الماضي. فكر في المدرسة. ماذا رأيت؟</label>",
	    code, 1);
	wants("zh-Hans", "text id='q'",
	    "<label>请想一想。想想上个月。你看到了什么？</label>", code, 1);
	wants("ru", "text id='q'",
	    "<label>Подумай о школе, т. е. о классе. Что ты видишь?!</label>",
	    code, 0);
	wants("en", "text id='q'",
	    "<label>Think of apps, e.g. games. Did version 2.0 help… or "
	    "not?</label>",
	    code, 0);
	wants("es", "text id='q'",
	    "<label>Piensa en tu escuela. ¿Qué cambiarías? ¿Por qué?</label>",
	    code, 1);
}

static void short_words_need_a_note(void **state)
{
	static const char code[] = "form-short-label";

	(void)state;
	wants("ru", "text id='q'", "<label>Что изменить?</label>", code, 1);
	wants("ru", "text id='q'", "<label note='x'>Что изменить?</label>",
	    code, 0);
	wants("ru", "text id='q' note='x'", "<label>Что изменить?</label>",
	    code, 0);
	wants("ru", "text id='q'",
	    "<label translate='no'>Что изменить?</label>", code, 0);
	wants("ru", "text id='q'",
	    "<label xmlns:its='http://www.w3.org/2005/11/its' "
	    "its:locNote='x'>Что?</label>",
	    code, 0);
	wants("fr", "text id='q'", "<label>Ton idée ?</label>", code, 1);
	wants("zh-Hans", "text id='q'", "<label>频率</label>", code, 1);
	wants("zh-Hans", "text id='q'", "<label>你的想法是什么？</label>", code,
	    0);
	wants("ja", "text id='q'", "<label>何ですか。</label>", code, 0);
}

static void short_answers_need_a_note_unless_everybody_knows_them(void **state)
{
	static const struct {
		const char *lang;
		const char *answer;
		size_t n;
	} answers[] = {{"en", "Often", 1}, {"en", "Yes", 0}, {"en", "No.", 0},
	    {"en", "10–12", 0}, {"en", "18+", 0}, {"en", "Very often", 0},
	    {"fr", "Souvent", 1}, {"fr", "OUI", 0}, {"es", "Sí", 0},
	    {"es", "Nunca", 1}, {"ru", "Да", 0}, {"ru", "Часто", 1},
	    {"ar", "نعم", 0}, {"ar", "أحياناً", 1}, {"ar", "١٠–١٢", 0},
	    {"zh-Hans", "是", 0}, {"zh-Hans", "经常", 1},
	    {"zh-Hans", "我不想回答", 0}};
	char inside[300];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(answers); i++) {
		snprintf(inside, sizeof(inside),
		    "<label note='x'>А</label><option value='a'>%s</option>"
		    "<option value='b' note='x'>Б</option>",
		    answers[i].answer);
		wants(answers[i].lang, "choose-one id='q'", inside,
		    "form-short-label", answers[i].n);
	}
}

/* ---- the same words twice ---- */

static void the_same_answer_twice_names_the_line(void **state)
{
	struct seen seen;

	(void)state;
	read_question("ar", "choose-one id='q'",
	    "<label>كم مرة ترى ذلك؟</label>\n"
	    "<option value='a'>مرة في اليوم</option>\n"
	    "<option value='b'>مرة  في\n<strong>اليوم</strong></option>\n"
	    "<option value='c'>مرة في الأسبوع</option>",
	    &seen);
	only(&seen, "form-duplicate-label", 5, 1, "line 4");
	assert_int_equal(seen.severity[0], COPL_ERROR);
	assert_non_null(strstr(seen.text[0], "\"مرة في اليوم\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_tells_who_answered_is_seen),
	    cmocka_unit_test(answers_and_other_questions_may_say_anything),
	    cmocka_unit_test(hints_and_ids_are_looked_at),
	    cmocka_unit_test(long_questions_are_told_in_every_script),
	    cmocka_unit_test(short_words_need_a_note),
	    cmocka_unit_test(
		short_answers_need_a_note_unless_everybody_knows_them),
	    cmocka_unit_test(the_same_answer_twice_names_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
