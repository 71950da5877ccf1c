/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong and right texts in Spanish, in the order of their codes. */
#include "config.h"
#include "lint/explain_priv.h"

static const struct copl_lint_example examples[] = {
    {"allowed-characters", "es", COPL_SAMPLE_ALLOWED, "I learned something new",
	"Aprendí algo *nuevo*", "Aprendí algo nuevo"},
    {"backslash-n-literal", "es", COPL_SAMPLE_TEXT,
	"Take your time. You can stop whenever you like.",
	"Tómate tu tiempo.\\nPuedes parar cuando quieras.",
	"Tómate tu tiempo. Puedes parar cuando quieras."},
    {"bidi-embedding", "es", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"Escribe a \u202a{office}\u202c si necesitas ayuda",
	"Escribe a {office} si necesitas ayuda"},
    {"bidi-override", "es", COPL_SAMPLE_TEXT, "Your age", "\u202eTu edad\u202c",
	"Tu edad"},
    {"bidi-unbalanced", "es", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"Escribe a \u2068{office} si necesitas ayuda",
	"Escribe a \u2068{office}\u2069 si necesitas ayuda"},
    {"blank", "es", COPL_SAMPLE_TEXT, "Your age", "\u00a0", "Tu edad"},
    {"bom", "es", COPL_SAMPLE_FILE, NULL,
	"\ufeffmsgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: es\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: es\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"conflict-marker", "es", COPL_SAMPLE_TEXT, "Your age",
	"#-#-#-#-# es.po #-#-#-#-# Tu edad", "Tu edad"},
    {"crlf", "es", COPL_SAMPLE_FILE, NULL,
	"msgid \"\"\r\n"
	"msgstr \"\"\r\n"
	"\"Language: es\\n\"\r\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\r\n"
	"\r\n"
	"msgid \"Your age\"\r\n"
	"msgstr \"Tu edad\"\r",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: es\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"double-space", "es", COPL_SAMPLE_TEXT, "I feel safe online",
	"Me siento  a salvo en línea", "Me siento a salvo en línea"},
    {"duplicate-choice-label", "es", COPL_SAMPLE_ANSWERS,
	"Often\n"
	"Sometimes",
	"A veces\n"
	"A veces",
	"A menudo\n"
	"A veces"},
    {"duplicate-entry", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Edad\"",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"duplicate-word", "es", COPL_SAMPLE_TEXT, "I use the internet every day",
	"Uso internet todos los los días", "Uso internet todos los días"},
    {"edge-space", "es", COPL_SAMPLE_TEXT, "At home", " En casa", "En casa"},
    {"email-changed", "es", COPL_SAMPLE_TEXT, "Write to us at help@itu.int",
	"Escríbenos a ayuda@itu.int", "Escríbenos a help@itu.int"},
    {"encoding", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your country\"\n"
	"msgstr \"Tu pa\355s\"",
	"msgid \"Your country\"\n"
	"msgstr \"Tu país\""},
    {"end-punctuation", "es", COPL_SAMPLE_TEXT, "I feel safe online.",
	"Me siento a salvo en línea", "Me siento a salvo en línea."},
    {"entity-missing", "es", COPL_SAMPLE_TEXT,
	"&org; wants to hear your opinion", "Queremos conocer tu opinión",
	"&org; quiere conocer tu opinión"},
    {"entity-unknown", "es", COPL_SAMPLE_LOCALIZED,
	"Your health and your safety", "Tu salud&nbsp;y tu seguridad",
	"Tu salud y tu seguridad"},
    {"exemplar-letter", "es", COPL_SAMPLE_TEXT, "The childhood", "La niňez",
	"La niñez"},
    {"forbidden-character", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\\a\"",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"format-mismatch", "es", COPL_SAMPLE_ENTRY, NULL,
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"Respuestas: %s\"",
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"Respuestas: %d\""},
    {"fuzzy", "es", COPL_SAMPLE_ENTRY, NULL,
	"#, fuzzy\n"
	"#| msgid \"I feel safe online\"\n"
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"Me siento a salvo en línea\"",
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"No me siento a salvo en línea\""},
    {"glossary", "es", COPL_SAMPLE_TEXT, "Child online protection",
	"Protección de menores en internet",
	"Protección de la infancia en línea"},
    {"header-boilerplate", "es", COPL_SAMPLE_HEADER, NULL,
	"Project-Id-Version: PACKAGE VERSION",
	"Project-Id-Version: online_bullying"},
    {"header-charset", "es", COPL_SAMPLE_HEADER, NULL,
	"Content-Type: text/plain; charset=ISO-8859-15",
	"Content-Type: text/plain; charset=UTF-8"},
    {"header-language", "es", COPL_SAMPLE_HEADER, NULL, "Language: pt",
	"Language: es"},
    {"header-missing", "es", COPL_SAMPLE_FILE, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: es\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"ignore-unknown", "es", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: numbers aquí el número de urgencias es el 911\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En caso de peligro: 112\"",
	"# cop-ignore: number-changed aquí el número de urgencias es el 911\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En caso de peligro: 911\""},
    {"ignore-without-reason", "es", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: number-changed\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En caso de peligro: 112\"",
	"# cop-ignore: number-changed aquí el número de urgencias es el 911\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En caso de peligro: 911\""},
    {"inconsistent", "es", COPL_SAMPLE_TEXTS,
	"My school\n"
	"My school",
	"Mi escuela\n"
	"Mi colegio",
	"Mi escuela\n"
	"Mi escuela"},
    {"inverted-punctuation", "es", COPL_SAMPLE_TEXT, "How old are you?",
	"Cuántos años tienes?", "¿Cuántos años tienes?"},
    {"inverted-punctuation", "es", COPL_SAMPLE_TEXT, "Thank you!", "Gracias!",
	"¡Gracias!"},
    {"length-ratio", "es", COPL_SAMPLE_TEXT,
	"If something online makes you feel bad, you can stop at any time and "
	"talk to an adult whom you trust.",
	"Puedes parar cuando quieras.",
	"Si algo en internet te hace sentir mal, puedes parar cuando quieras y "
	"hablar con una persona adulta de confianza."},
    {"link-address", "es", COPL_SAMPLE_ADDRESS, "https://www.itu.int/en/cop",
	"https://www.itu.int/es cop", "https://www.itu.int/es/cop"},
    {"max-length", "es", COPL_SAMPLE_SHORT, "Never", "Nunca en la vida",
	"Nunca"},
    {"missing-in-po", "es", COPL_SAMPLE_FORM,
	"Your age\n"
	"Your country",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\"",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"Tu país\""},
    {"mixed-script-word", "es", COPL_SAMPLE_TEXT, "School", "Escuelа",
	"Escuela"},
    {"mojibake", "es", COPL_SAMPLE_TEXT, "Childhood", "NiÃ±ez", "Niñez"},
    {"newline-mismatch", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"At home\\n\"\n"
	"msgstr \"En casa\"",
	"msgid \"At home\\n\"\n"
	"msgstr \"En casa\\n\""},
    {"not-in-master", "es", COPL_SAMPLE_FORM, "Your age",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"Tu país\"",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"not-nfc", "es", COPL_SAMPLE_TEXT, "Tomorrow", "Man\u0303ana", "Mañana"},
    {"number-changed", "es", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"Este formulario es para personas de 10 a 25 años",
	"Este formulario es para personas de 10 a 24 años"},
    {"number-order", "es", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"Este formulario es para personas de 24 a 10 años",
	"Este formulario es para personas de 10 a 24 años"},
    {"obsolete", "es", COPL_SAMPLE_ENTRY, NULL,
	"#~ msgid \"Your age\"\n"
	"#~ msgstr \"Tu edad\"",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"placeholder-extra", "es", COPL_SAMPLE_TEXT,
	"You can answer until tomorrow",
	"Puedes responder hasta mañana, {deadline}",
	"Puedes responder hasta mañana"},
    {"placeholder-malformed", "es", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}",
	"Puedes responder hasta el {deadline}}",
	"Puedes responder hasta el {deadline}"},
    {"placeholder-missing", "es", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}",
	"Puedes responder hasta el 31 de marzo",
	"Puedes responder hasta el {deadline}"},
    {"plural-count", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} día\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} día\"\n"
	"msgstr[1] \"{n} días\""},
    {"plural-empty", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} día\"\n"
	"msgstr[1] \"\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} día\"\n"
	"msgstr[1] \"{n} días\""},
    {"plural-rule", "es", COPL_SAMPLE_HEADER, NULL,
	"Plural-Forms: nplurals=2; plural=(n > 1);",
	"Plural-Forms: nplurals=2; plural=(n != 1);"},
    {"quote-style", "es", COPL_SAMPLE_TEXT, "You can say \"no\"",
	"Puedes decir \"no\"", "Puedes decir «no»"},
    {"register", "es", COPL_SAMPLE_TEXTS,
	"You can stop at any time\n"
	"Nobody sees your name",
	"Tú puedes parar cuando quieras\n"
	"Nadie ve el nombre de usted",
	"Tú puedes parar cuando quieras\n"
	"Nadie ve tu nombre"},
    {"replacement-character", "es", COPL_SAMPLE_TEXT, "The schoolyard",
	"El patio de la escu\ufffdla", "El patio de la escuela"},
    {"same-as-source", "es", COPL_SAMPLE_TEXT, "I feel safe online",
	"I feel safe online", "Me siento a salvo en línea"},
    {"scale-reversed", "es", COPL_SAMPLE_ANSWERS,
	"Strongly agree\n"
	"Strongly disagree",
	"Totalmente en desacuerdo\n"
	"Totalmente de acuerdo",
	"Totalmente de acuerdo\n"
	"Totalmente en desacuerdo"},
    {"sentence-count", "es", COPL_SAMPLE_TEXT,
	"You can skip any question. You can stop at any time. Nobody will see "
	"your name.",
	"Puedes saltar una pregunta. Nadie verá tu nombre.",
	"Puedes saltar una pregunta. Puedes parar cuando quieras. Nadie verá "
	"tu nombre."},
    {"storage-size", "es", COPL_SAMPLE_STORED, "Thank you",
	"Gracias por todas tus respuestas", "Gracias"},
    {"syntax", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"tag-attribute", "es", COPL_SAMPLE_TEXT,
	"This is your answer to <ref q=\"q3\"/>",
	"Esta es tu respuesta a <ref q=\"q4\"/>",
	"Esta es tu respuesta a <ref q=\"q3\"/>"},
    {"tag-extra", "es", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lee <b>esto</b> <b>primero</b>", "Lee <b>esto</b> primero"},
    {"tag-missing", "es", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lee esto primero", "Lee <b>esto</b> primero"},
    {"tag-nesting", "es", COPL_SAMPLE_TEXT, "<b>Read <i>this</i></b> today",
	"<i>Lee <b>esto</b></i> hoy", "<b>Lee <i>esto</i></b> hoy"},
    {"tag-spacing", "es", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lee<b> esto</b> primero", "Lee <b>esto</b> primero"},
    {"tag-unknown", "es", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lee <b>esto</b> <u>primero</u>", "Lee <b>esto</b> primero"},
    {"untranslated", "es", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\"",
	"msgid \"Your age\"\n"
	"msgstr \"Tu edad\""},
    {"url-changed", "es", COPL_SAMPLE_TEXT,
	"Find out more at https://www.itu.int/cop",
	"Más información en https://www.itu.com/cop",
	"Más información en https://www.itu.int/cop"},
    {"wrong-script", "es", COPL_SAMPLE_TEXT, "Talk to an adult whom you trust",
	"和你信任的大人谈一谈", "Habla con una persona adulta de confianza"},
    {"xml-malformed", "es", COPL_SAMPLE_TEXT, "Your rights &amp; your safety",
	"Tus derechos & tu seguridad", "Tus derechos &amp; tu seguridad"},
    {"xml-malformed", "es", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lee <b>esto primero", "Lee <b>esto</b> primero"},
    {"zero-width", "es", COPL_SAMPLE_TEXT, "At home", "\ufeffEn casa",
	"En casa"},
};

const struct lint_examples lint_examples_es = {examples, COPL_COUNT(examples)};
