/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong and right texts in French, in the order of their codes. */
#include "config.h"
#include "lint/explain_priv.h"

static const struct copl_lint_example examples[] = {
    {"allowed-characters", "fr", COPL_SAMPLE_ALLOWED, "I learned something new",
	"J’ai appris quelque chose de *nouveau*",
	"J’ai appris quelque chose de nouveau"},
    {"backslash-n-literal", "fr", COPL_SAMPLE_TEXT,
	"Take your time. You can stop whenever you like.",
	"Prends ton temps.\\nTu peux t’arrêter quand tu veux.",
	"Prends ton temps. Tu peux t’arrêter quand tu veux."},
    {"bidi-embedding", "fr", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"Écris à \u202a{office}\u202c si tu as besoin d’aide",
	"Écris à {office} si tu as besoin d’aide"},
    {"bidi-override", "fr", COPL_SAMPLE_TEXT, "Your age", "\u202eTon âge\u202c",
	"Ton âge"},
    {"bidi-unbalanced", "fr", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"Écris à \u2068{office} si tu as besoin d’aide",
	"Écris à \u2068{office}\u2069 si tu as besoin d’aide"},
    {"blank", "fr", COPL_SAMPLE_TEXT, "Your age", "\u00a0", "Ton âge"},
    {"bom", "fr", COPL_SAMPLE_FILE, NULL,
	"\ufeffmsgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: fr\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: fr\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"conflict-marker", "fr", COPL_SAMPLE_TEXT, "Your age",
	"#-#-#-#-# fr.po #-#-#-#-# Ton âge", "Ton âge"},
    {"crlf", "fr", COPL_SAMPLE_FILE, NULL,
	"msgid \"\"\r\n"
	"msgstr \"\"\r\n"
	"\"Language: fr\\n\"\r\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\r\n"
	"\r\n"
	"msgid \"Your age\"\r\n"
	"msgstr \"Ton âge\"\r",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: fr\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"double-space", "fr", COPL_SAMPLE_TEXT, "I feel safe online",
	"Je me sens  en sécurité en ligne", "Je me sens en sécurité en ligne"},
    {"duplicate-choice-label", "fr", COPL_SAMPLE_ANSWERS,
	"Often\n"
	"Sometimes",
	"Parfois\n"
	"Parfois",
	"Souvent\n"
	"Parfois"},
    {"duplicate-entry", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Âge\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"duplicate-word", "fr", COPL_SAMPLE_TEXT, "I use the internet every day",
	"J’utilise Internet tous les les jours",
	"J’utilise Internet tous les jours"},
    {"edge-space", "fr", COPL_SAMPLE_TEXT, "At home", "À la maison ",
	"À la maison"},
    {"email-changed", "fr", COPL_SAMPLE_TEXT, "Write to us at help@itu.int",
	"Écris-nous à aide@itu.int", "Écris-nous à help@itu.int"},
    {"encoding", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Ton \342ge\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"end-punctuation", "fr", COPL_SAMPLE_TEXT,
	"Is the internet a safe place for you?",
	"Internet est-il un lieu sûr pour toi",
	"Internet est-il un lieu sûr pour toi\u202f?"},
    {"entity-missing", "fr", COPL_SAMPLE_TEXT,
	"&org; wants to hear your opinion", "Nous voulons connaître ton avis",
	"&org; veut connaître ton avis"},
    {"entity-unknown", "fr", COPL_SAMPLE_LOCALIZED,
	"Your health and your safety", "Ta santé&nbsp;et ta sécurité",
	"Ta santé et ta sécurité"},
    {"exemplar-letter", "fr", COPL_SAMPLE_TEXT, "A boy", "Un garćon",
	"Un garçon"},
    {"forbidden-character", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\\a\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"format-mismatch", "fr", COPL_SAMPLE_ENTRY, NULL,
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"Réponses\u00a0: %s\"",
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"Réponses\u00a0: %d\""},
    {"french-spacing", "fr", COPL_SAMPLE_TEXT, "How old are you?",
	"Quel âge as-tu?", "Quel âge as-tu\u202f?"},
    {"french-spacing", "fr", COPL_SAMPLE_TEXT, "Your age: a number",
	"Ton âge : un nombre", "Ton âge\u00a0: un nombre"},
    {"fuzzy", "fr", COPL_SAMPLE_ENTRY, NULL,
	"#, fuzzy\n"
	"#| msgid \"I feel safe online\"\n"
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"Je me sens en sécurité en ligne\"",
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"Je ne me sens pas en sécurité en ligne\""},
    {"glossary", "fr", COPL_SAMPLE_TEXT, "Child online protection",
	"Protection de l’enfance sur Internet",
	"Protection en ligne des enfants"},
    {"header-boilerplate", "fr", COPL_SAMPLE_HEADER, NULL,
	"Last-Translator: FULL NAME <EMAIL@ADDRESS>", "Last-Translator: "},
    {"header-charset", "fr", COPL_SAMPLE_HEADER, NULL,
	"Content-Type: text/plain; charset=ISO-8859-1",
	"Content-Type: text/plain; charset=UTF-8"},
    {"header-language", "fr", COPL_SAMPLE_HEADER, NULL, "Language: en",
	"Language: fr"},
    {"header-missing", "fr", COPL_SAMPLE_FILE, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: fr\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"ignore-unknown", "fr", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: numbers ici, le numéro d’urgence est le 119\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En cas de danger\u00a0: 112\"",
	"# cop-ignore: number-changed ici, le numéro d’urgence est le 119\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En cas de danger\u00a0: 119\""},
    {"ignore-without-reason", "fr", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: number-changed\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En cas de danger\u00a0: 112\"",
	"# cop-ignore: number-changed ici, le numéro d’urgence est le 119\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"En cas de danger\u00a0: 119\""},
    {"inconsistent", "fr", COPL_SAMPLE_TEXTS,
	"My school\n"
	"My school",
	"Mon école\n"
	"Mon établissement",
	"Mon école\n"
	"Mon école"},
    {"length-ratio", "fr", COPL_SAMPLE_TEXT,
	"If something online makes you feel bad, you can stop at any time and "
	"talk to an adult whom you trust.",
	"Tu peux arrêter à tout moment.",
	"Si quelque chose en ligne te met mal à l’aise, tu peux arrêter à tout "
	"moment et en parler à un adulte de confiance."},
    {"link-address", "fr", COPL_SAMPLE_ADDRESS, "https://www.itu.int/en/cop",
	"www.itu.int / cop", "https://www.itu.int/fr/cop"},
    {"max-length", "fr", COPL_SAMPLE_SHORT, "Never", "Jamais de la vie",
	"Jamais"},
    {"missing-in-po", "fr", COPL_SAMPLE_FORM,
	"Your age\n"
	"Your country",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"Ton pays\""},
    {"mixed-script-word", "fr", COPL_SAMPLE_TEXT, "School", "Écоle", "École"},
    {"mojibake", "fr", COPL_SAMPLE_TEXT, "School", "Ã‰cole", "École"},
    {"newline-mismatch", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"At home\\n\"\n"
	"msgstr \"À la maison\"",
	"msgid \"At home\\n\"\n"
	"msgstr \"À la maison\\n\""},
    {"not-in-master", "fr", COPL_SAMPLE_FORM, "Your age",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"Ton pays\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"not-nfc", "fr", COPL_SAMPLE_TEXT, "School", "E\u0301cole", "École"},
    {"number-changed", "fr", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"Ce formulaire s’adresse aux personnes de 10 à 25 ans",
	"Ce formulaire s’adresse aux personnes de 10 à 24 ans"},
    {"number-order", "fr", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"Ce formulaire s’adresse aux personnes de 24 à 10 ans",
	"Ce formulaire s’adresse aux personnes de 10 à 24 ans"},
    {"obsolete", "fr", COPL_SAMPLE_ENTRY, NULL,
	"#~ msgid \"Your age\"\n"
	"#~ msgstr \"Ton âge\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"placeholder-extra", "fr", COPL_SAMPLE_TEXT,
	"You can answer until tomorrow",
	"Tu peux répondre jusqu’à demain, {deadline}",
	"Tu peux répondre jusqu’à demain"},
    {"placeholder-malformed", "fr", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}",
	"Tu peux répondre jusqu’au {deadline} {à minuit}",
	"Tu peux répondre jusqu’au {deadline}"},
    {"placeholder-missing", "fr", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "Tu peux répondre jusqu’au 31 mars",
	"Tu peux répondre jusqu’au {deadline}"},
    {"plural-count", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} jour\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} jour\"\n"
	"msgstr[1] \"{n} jours\""},
    {"plural-empty", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} jour\"\n"
	"msgstr[1] \"\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} jour\"\n"
	"msgstr[1] \"{n} jours\""},
    {"plural-rule", "fr", COPL_SAMPLE_HEADER, NULL,
	"Plural-Forms: nplurals=2; plural=(n != 1);",
	"Plural-Forms: nplurals=2; plural=(n > 1);"},
    {"quote-style", "fr", COPL_SAMPLE_TEXT, "You can say \"no\"",
	"Tu peux dire \"non\"", "Tu peux dire «\u00a0non\u00a0»"},
    {"register", "fr", COPL_SAMPLE_TEXTS,
	"You can stop at any time\n"
	"Nobody sees your name",
	"Tu peux arrêter à tout moment\n"
	"Personne ne voit votre nom",
	"Tu peux arrêter à tout moment\n"
	"Personne ne voit ton nom"},
    {"replacement-character", "fr", COPL_SAMPLE_TEXT, "School", "\ufffdcole",
	"École"},
    {"same-as-source", "fr", COPL_SAMPLE_TEXT, "I feel safe online",
	"I feel safe online", "Je me sens en sécurité en ligne"},
    {"scale-reversed", "fr", COPL_SAMPLE_ANSWERS,
	"Strongly agree\n"
	"Strongly disagree",
	"Pas du tout d’accord\n"
	"Tout à fait d’accord",
	"Tout à fait d’accord\n"
	"Pas du tout d’accord"},
    {"sentence-count", "fr", COPL_SAMPLE_TEXT,
	"You can skip any question. You can stop at any time. Nobody will see "
	"your name.",
	"Tu peux passer une question. Personne ne verra ton nom.",
	"Tu peux passer une question. Tu peux arrêter à tout moment. Personne "
	"ne verra ton nom."},
    {"storage-size", "fr", COPL_SAMPLE_STORED, "Thank you",
	"Merci pour toutes tes réponses", "Merci à toi"},
    {"syntax", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"tag-attribute", "fr", COPL_SAMPLE_TEXT,
	"This is your answer to <ref q=\"q3\"/>",
	"Voici ta réponse à <ref q=\"q4\"/>",
	"Voici ta réponse à <ref q=\"q3\"/>"},
    {"tag-extra", "fr", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lis <b>ceci</b> <b>d’abord</b>", "Lis <b>ceci</b> d’abord"},
    {"tag-missing", "fr", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lis ceci d’abord", "Lis <b>ceci</b> d’abord"},
    {"tag-nesting", "fr", COPL_SAMPLE_TEXT, "<b>Read <i>this</i></b> today",
	"<i>Lis <b>ceci</b></i> aujourd’hui",
	"<b>Lis <i>ceci</i></b> aujourd’hui"},
    {"tag-spacing", "fr", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lis <b>ceci </b>d’abord", "Lis <b>ceci</b> d’abord"},
    {"tag-unknown", "fr", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lis <b>ceci</b> <i>d’abord</i>", "Lis <b>ceci</b> d’abord"},
    {"untranslated", "fr", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\"",
	"msgid \"Your age\"\n"
	"msgstr \"Ton âge\""},
    {"url-changed", "fr", COPL_SAMPLE_TEXT,
	"Find out more at https://www.itu.int/cop",
	"Pour en savoir plus, va sur https://www.itu.int/kop",
	"Pour en savoir plus, va sur https://www.itu.int/cop"},
    {"wrong-script", "fr", COPL_SAMPLE_TEXT, "Talk to an adult whom you trust",
	"Поговори со взрослым, которому доверяешь",
	"Parle à un adulte de confiance"},
    {"xml-malformed", "fr", COPL_SAMPLE_TEXT, "Your rights &amp; your safety",
	"Tes droits & ta sécurité", "Tes droits &amp; ta sécurité"},
    {"xml-malformed", "fr", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"Lis <b>ceci d’abord", "Lis <b>ceci</b> d’abord"},
    {"zero-width", "fr", COPL_SAMPLE_TEXT, "At home", "À la \u200bmaison",
	"À la maison"},
};

const struct lint_examples lint_examples_fr = {examples, COPL_COUNT(examples)};
