/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong and right texts in Russian, in the order of their codes. */
#include "config.h"
#include "lint/explain_priv.h"

static const struct copl_lint_example examples[] = {
    {"allowed-characters", "ru", COPL_SAMPLE_ALLOWED, "I learned something new",
	"Я узнаю что-то *новое*", "Я узнаю что-то новое"},
    {"backslash-n-literal", "ru", COPL_SAMPLE_TEXT,
	"Take your time. You can stop whenever you like.",
	"Не торопись.\\nМожно остановиться в любой момент.",
	"Не торопись. Можно остановиться в любой момент."},
    {"bidi-embedding", "ru", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"Напиши в \u202a{office}\u202c, если нужна помощь",
	"Напиши в {office}, если нужна помощь"},
    {"bidi-override", "ru", COPL_SAMPLE_TEXT, "Your age",
	"\u202eТвой возраст\u202c", "Твой возраст"},
    {"bidi-unbalanced", "ru", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"Напиши в \u2068{office}, если нужна помощь",
	"Напиши в \u2068{office}\u2069, если нужна помощь"},
    {"blank", "ru", COPL_SAMPLE_TEXT, "Your age", "\u200e", "Твой возраст"},
    {"bom", "ru", COPL_SAMPLE_FILE, NULL,
	"\ufeffmsgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ru\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ru\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"conflict-marker", "ru", COPL_SAMPLE_TEXT, "Your age",
	"#-#-#-#-# ru.po #-#-#-#-# Твой возраст", "Твой возраст"},
    {"crlf", "ru", COPL_SAMPLE_FILE, NULL,
	"msgid \"\"\r\n"
	"msgstr \"\"\r\n"
	"\"Language: ru\\n\"\r\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\r\n"
	"\r\n"
	"msgid \"Your age\"\r\n"
	"msgstr \"Твой возраст\"\r",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ru\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"double-space", "ru", COPL_SAMPLE_TEXT, "I feel safe online",
	"В интернете  мне спокойно", "В интернете мне спокойно"},
    {"duplicate-choice-label", "ru", COPL_SAMPLE_ANSWERS,
	"Often\n"
	"Sometimes",
	"Иногда\n"
	"ИНОГДА",
	"Часто\n"
	"Иногда"},
    {"duplicate-entry", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Возраст\"",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"duplicate-word", "ru", COPL_SAMPLE_TEXT, "I use the internet every day",
	"Я пользуюсь интернетом каждый каждый день",
	"Я пользуюсь интернетом каждый день"},
    {"edge-space", "ru", COPL_SAMPLE_TEXT, "At home", "Дома ", "Дома"},
    {"email-changed", "ru", COPL_SAMPLE_TEXT, "Write to us at help@itu.int",
	"Напиши нам на pomosch@itu.int", "Напиши нам на help@itu.int"},
    {"encoding", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\302\356\347\360\340\361\362\"",
	"msgid \"Your age\"\n"
	"msgstr \"Возраст\""},
    {"end-punctuation", "ru", COPL_SAMPLE_TEXT,
	"Is the internet a safe place for you?",
	"Безопасно ли тебе в интернете", "Безопасно ли тебе в интернете?"},
    {"entity-missing", "ru", COPL_SAMPLE_TEXT,
	"&org; wants to hear your opinion", "Мы хотим узнать твоё мнение",
	"&org; хочет узнать твоё мнение"},
    {"entity-unknown", "ru", COPL_SAMPLE_LOCALIZED,
	"Your health and your safety", "Твоё здоровье&nbsp;и безопасность",
	"Твоё здоровье и безопасность"},
    {"exemplar-letter", "ru", COPL_SAMPLE_TEXT, "Mom and dad", "Мама і папа",
	"Мама и папа"},
    {"forbidden-character", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\\a\"",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"format-mismatch", "ru", COPL_SAMPLE_ENTRY, NULL,
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"Ответов: %s\"",
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"Ответов: %d\""},
    {"fuzzy", "ru", COPL_SAMPLE_ENTRY, NULL,
	"#, fuzzy\n"
	"#| msgid \"I feel safe online\"\n"
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"В интернете мне спокойно\"",
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"В интернете мне неспокойно\""},
    {"glossary", "ru", COPL_SAMPLE_TEXT, "Child online protection",
	"Защита детей в интернете", "Защита ребенка в онлайновой среде"},
    {"header-boilerplate", "ru", COPL_SAMPLE_HEADER, NULL,
	"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE",
	"PO-Revision-Date: 2027-01-12 11:00+0300"},
    {"header-charset", "ru", COPL_SAMPLE_HEADER, NULL,
	"Content-Type: text/plain; charset=KOI8-R",
	"Content-Type: text/plain; charset=UTF-8"},
    {"header-language", "ru", COPL_SAMPLE_HEADER, NULL, "Language: uk",
	"Language: ru"},
    {"header-missing", "ru", COPL_SAMPLE_FILE, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ru\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"ignore-unknown", "ru", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: numbers здесь номер помощи — 102\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"При опасности: 112\"",
	"# cop-ignore: number-changed здесь номер помощи — 102\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"При опасности: 102\""},
    {"ignore-without-reason", "ru", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: number-changed\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"При опасности: 112\"",
	"# cop-ignore: number-changed здесь номер помощи — 102\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"При опасности: 102\""},
    {"inconsistent", "ru", COPL_SAMPLE_TEXTS,
	"My school\n"
	"My school",
	"Моя школа\n"
	"Школа, где я учусь",
	"Моя школа\n"
	"Моя школа"},
    {"length-ratio", "ru", COPL_SAMPLE_TEXT,
	"If something online makes you feel bad, you can stop at any time and "
	"talk to an adult whom you trust.",
	"Можно остановиться в любой момент.",
	"Если что-то в интернете тебя расстроило, можно остановиться в любой "
	"момент и поговорить со взрослым, которому доверяешь."},
    {"link-address", "ru", COPL_SAMPLE_ADDRESS, "https://www.itu.int/en/cop",
	"itu.int/ru/cop", "https://www.itu.int/ru/cop"},
    {"max-length", "ru", COPL_SAMPLE_SHORT, "Never", "Со мной никогда",
	"Никогда"},
    {"missing-in-po", "ru", COPL_SAMPLE_FORM,
	"Your age\n"
	"Your country",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\"",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"Твоя страна\""},
    {"mixed-script-word", "ru", COPL_SAMPLE_TEXT, "School", "Шкoла", "Школа"},
    {"mojibake", "ru", COPL_SAMPLE_TEXT, "School", "РЁРєРѕР»Р°", "Школа"},
    {"newline-mismatch", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"At home\\n\"\n"
	"msgstr \"Дома\"",
	"msgid \"At home\\n\"\n"
	"msgstr \"Дома\\n\""},
    {"not-in-master", "ru", COPL_SAMPLE_FORM, "Your age",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"Твоя страна\"",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"not-nfc", "ru", COPL_SAMPLE_TEXT, "My home", "Мои\u0306 дом", "Мой дом"},
    {"number-changed", "ru", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"Эта анкета для тех, кому от 10 до 25 лет",
	"Эта анкета для тех, кому от 10 до 24 лет"},
    {"number-order", "ru", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"Эта анкета для тех, кому от 24 до 10 лет",
	"Эта анкета для тех, кому от 10 до 24 лет"},
    {"obsolete", "ru", COPL_SAMPLE_ENTRY, NULL,
	"#~ msgid \"Your age\"\n"
	"#~ msgstr \"Твой возраст\"",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"placeholder-extra", "ru", COPL_SAMPLE_TEXT,
	"You can answer until tomorrow", "Ответить можно до завтра, {deadline}",
	"Ответить можно до завтра"},
    {"placeholder-malformed", "ru", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "Ответить можно до {deadline} {}",
	"Ответить можно до {deadline}"},
    {"placeholder-missing", "ru", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "Ответить можно до 31 марта",
	"Ответить можно до {deadline}"},
    {"plural-count", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} день\"\n"
	"msgstr[1] \"{n} дня\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} день\"\n"
	"msgstr[1] \"{n} дня\"\n"
	"msgstr[2] \"{n} дней\""},
    {"plural-empty", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} день\"\n"
	"msgstr[1] \"{n} дня\"\n"
	"msgstr[2] \"\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} день\"\n"
	"msgstr[1] \"{n} дня\"\n"
	"msgstr[2] \"{n} дней\""},
    {"plural-rule", "ru", COPL_SAMPLE_HEADER, NULL,
	"Plural-Forms: nplurals=2; plural=(n != 1);",
	"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 "
	"&& n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"},
    {"quote-style", "ru", COPL_SAMPLE_TEXT, "You can say \"no\"",
	"Можно сказать \"нет\"", "Можно сказать «нет»"},
    {"register", "ru", COPL_SAMPLE_TEXTS,
	"You can stop at any time\n"
	"Nobody sees your name",
	"Ты можешь остановиться в любой момент\n"
	"Никто не увидит вашего имени",
	"Ты можешь остановиться в любой момент\n"
	"Никто не увидит твоего имени"},
    {"replacement-character", "ru", COPL_SAMPLE_TEXT, "School", "Шк\ufffdла",
	"Школа"},
    {"same-as-source", "ru", COPL_SAMPLE_TEXT, "I feel safe online",
	"I feel safe online", "В интернете мне спокойно"},
    {"scale-reversed", "ru", COPL_SAMPLE_ANSWERS,
	"Always\n"
	"Never",
	"Никогда\n"
	"Всегда",
	"Всегда\n"
	"Никогда"},
    {"sentence-count", "ru", COPL_SAMPLE_TEXT,
	"You can skip any question. You can stop at any time. Nobody will see "
	"your name.",
	"Можно пропустить вопрос. Никто не увидит твоего имени.",
	"Можно пропустить вопрос. Можно остановиться в любой момент. Никто не "
	"увидит твоего имени."},
    {"storage-size", "ru", COPL_SAMPLE_STORED, "Thank you",
	"Спасибо за твои ответы", "Спасибо"},
    {"syntax", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"tag-attribute", "ru", COPL_SAMPLE_TEXT,
	"This is your answer to <ref q=\"q3\"/>",
	"Вот твой ответ на <ref q=\"q4\"/>",
	"Вот твой ответ на <ref q=\"q3\"/>"},
    {"tag-extra", "ru", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"<b>Сначала</b> прочитай <b>это</b>", "Сначала прочитай <b>это</b>"},
    {"tag-missing", "ru", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Сначала прочитай это", "Сначала прочитай <b>это</b>"},
    {"tag-nesting", "ru", COPL_SAMPLE_TEXT, "<b>Read <i>this</i></b> today",
	"<i>Прочитай <b>это</b></i> сегодня",
	"<b>Прочитай <i>это</i></b> сегодня"},
    {"tag-spacing", "ru", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Сначала прочитай<b> это</b>", "Сначала прочитай <b>это</b>"},
    {"tag-unknown", "ru", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"<i>Сначала</i> прочитай <b>это</b>", "Сначала прочитай <b>это</b>"},
    {"untranslated", "ru", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\"",
	"msgid \"Your age\"\n"
	"msgstr \"Твой возраст\""},
    {"url-changed", "ru", COPL_SAMPLE_TEXT,
	"Find out more at https://www.itu.int/cop",
	"Узнать больше можно на https://www.itu.int/сор",
	"Узнать больше можно на https://www.itu.int/cop"},
    {"wrong-script", "ru", COPL_SAMPLE_TEXT, "Talk to an adult whom you trust",
	"Parle à un adulte de confiance",
	"Поговори со взрослым, которому доверяешь"},
    {"xml-malformed", "ru", COPL_SAMPLE_TEXT, "Your rights &amp; your safety",
	"Твои права & безопасность", "Твои права &amp; безопасность"},
    {"xml-malformed", "ru", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Сначала прочитай <b>это", "Сначала прочитай <b>это</b>"},
    {"zero-width", "ru", COPL_SAMPLE_TEXT, "At home", "До\u200bма", "Дома"},
};

const struct lint_examples lint_examples_ru = {examples, COPL_COUNT(examples)};
