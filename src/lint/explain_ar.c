/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong and right texts in Arabic, in the order of their codes. */
#include "config.h"
#include "lint/explain_priv.h"

static const struct copl_lint_example examples[] = {
    {"allowed-characters", "ar", COPL_SAMPLE_ALLOWED, "I learned something new",
	"تعلمت شيئًا *جديدًا*", "تعلمت شيئًا جديدًا"},
    {"backslash-n-literal", "ar", COPL_SAMPLE_TEXT,
	"Take your time. You can stop whenever you like.",
	"لا داعي للعجلة.\\nيمكن التوقف في أي وقت.",
	"لا داعي للعجلة. يمكن التوقف في أي وقت."},
    {"bidi-embedding", "ar", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"للحصول على المساعدة يمكن مراسلة \u202b{office}\u202c الآن",
	"للحصول على المساعدة يمكن مراسلة \u2068{office}\u2069 الآن"},
    {"bidi-override", "ar", COPL_SAMPLE_TEXT, "Your age", "\u202eعمرك\u202c",
	"عمرك"},
    {"bidi-unbalanced", "ar", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"للحصول على المساعدة يمكن مراسلة \u2068{office} الآن",
	"للحصول على المساعدة يمكن مراسلة \u2068{office}\u2069 الآن"},
    {"blank", "ar", COPL_SAMPLE_TEXT, "Your age", "\u200f", "عمرك"},
    {"bom", "ar", COPL_SAMPLE_FILE, NULL,
	"\ufeffmsgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ar\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ar\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"conflict-marker", "ar", COPL_SAMPLE_TEXT, "Your age",
	"#-#-#-#-# ar.po #-#-#-#-# عمرك", "عمرك"},
    {"crlf", "ar", COPL_SAMPLE_FILE, NULL,
	"msgid \"\"\r\n"
	"msgstr \"\"\r\n"
	"\"Language: ar\\n\"\r\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\r\n"
	"\r\n"
	"msgid \"Your age\"\r\n"
	"msgstr \"عمرك\"\r",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ar\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"double-space", "ar", COPL_SAMPLE_TEXT, "I feel safe online",
	"أشعر بالأمان  على الإنترنت", "أشعر بالأمان على الإنترنت"},
    {"duplicate-choice-label", "ar", COPL_SAMPLE_ANSWERS,
	"Often\n"
	"Sometimes",
	"أحيانًا\n"
	"أحيانًا",
	"غالبًا\n"
	"أحيانًا"},
    {"duplicate-entry", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"كم عمرك\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"duplicate-word", "ar", COPL_SAMPLE_TEXT, "I use the internet every day",
	"أستخدم الإنترنت كل كل يوم", "أستخدم الإنترنت كل يوم"},
    {"edge-space", "ar", COPL_SAMPLE_TEXT, "At home", "في البيت ", "في البيت"},
    {"email-changed", "ar", COPL_SAMPLE_TEXT, "Write to us at help@itu.int",
	"راسلنا على musaada@itu.int", "راسلنا على help@itu.int"},
    {"encoding", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\332\343\321\337\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"end-punctuation", "ar", COPL_SAMPLE_TEXT,
	"Is the internet a safe place for you?",
	"هل الإنترنت مكان آمن بالنسبة لك", "هل الإنترنت مكان آمن بالنسبة لك؟"},
    {"end-punctuation-locale", "ar", COPL_SAMPLE_TEXT, "How old are you?",
	"كم عمرك?", "كم عمرك؟"},
    {"end-punctuation-locale", "ar", COPL_SAMPLE_TEXT, "At home, at school",
	"في البيت, في المدرسة", "في البيت، في المدرسة"},
    {"entity-missing", "ar", COPL_SAMPLE_TEXT,
	"&org; wants to hear your opinion", "نريد أن نسمع رأيك",
	"تريد &org; أن تسمع رأيك"},
    {"entity-unknown", "ar", COPL_SAMPLE_LOCALIZED,
	"Your health and your safety", "صحتك&nbsp;وأمانك", "صحتك وأمانك"},
    {"exemplar-letter", "ar", COPL_SAMPLE_TEXT, "My age", "عمری", "عمري"},
    {"forbidden-character", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\\a\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"format-mismatch", "ar", COPL_SAMPLE_ENTRY, NULL,
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"الإجابات: %s\"",
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"الإجابات: %d\""},
    {"fuzzy", "ar", COPL_SAMPLE_ENTRY, NULL,
	"#, fuzzy\n"
	"#| msgid \"I feel safe online\"\n"
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"أشعر بالأمان على الإنترنت\"",
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"لا أشعر بالأمان على الإنترنت\""},
    {"glossary", "ar", COPL_SAMPLE_TEXT, "Child online protection",
	"حماية الأطفال على الإنترنت", "حماية الأطفال على الخط"},
    {"header-boilerplate", "ar", COPL_SAMPLE_HEADER, NULL,
	"Last-Translator: FULL NAME <EMAIL@ADDRESS>", "Last-Translator: "},
    {"header-charset", "ar", COPL_SAMPLE_HEADER, NULL,
	"Content-Type: text/plain; charset=windows-1256",
	"Content-Type: text/plain; charset=UTF-8"},
    {"header-language", "ar", COPL_SAMPLE_HEADER, NULL, "Language: fr",
	"Language: ar"},
    {"header-missing", "ar", COPL_SAMPLE_FILE, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: ar\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"ignore-unknown", "ar", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: numbers رقم الطوارئ هنا هو 919\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"في حالة الخطر: 112\"",
	"# cop-ignore: number-changed رقم الطوارئ هنا هو 919\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"في حالة الخطر: 919\""},
    {"ignore-without-reason", "ar", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: number-changed\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"في حالة الخطر: 112\"",
	"# cop-ignore: number-changed رقم الطوارئ هنا هو 919\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"في حالة الخطر: 919\""},
    {"inconsistent", "ar", COPL_SAMPLE_TEXTS,
	"My school\n"
	"My school",
	"مدرستي\n"
	"المدرسة التي أدرس فيها",
	"مدرستي\n"
	"مدرستي"},
    {"kashida", "ar", COPL_SAMPLE_TEXT, "Yes", "نعـــم", "نعم"},
    {"length-ratio", "ar", COPL_SAMPLE_TEXT,
	"If something online makes you feel bad, you can stop at any time and "
	"talk to an adult whom you trust.",
	"يمكن التوقف في أي وقت.",
	"إذا أزعجك شيء ما على الإنترنت، يمكنك التوقف في أي وقت والتحدث مع شخص "
	"بالغ تثق به."},
    {"link-address", "ar", COPL_SAMPLE_ADDRESS, "https://www.itu.int/en/cop",
	"الاتحاد الدولي للاتصالات", "https://www.itu.int/ar/cop"},
    {"max-length", "ar", COPL_SAMPLE_SHORT, "Never", "لم يحدث ذلك قط", "أبدًا"},
    {"missing-in-po", "ar", COPL_SAMPLE_FORM,
	"Your age\n"
	"Your country",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"بلدك\""},
    {"mojibake", "ar", COPL_SAMPLE_TEXT, "School", "Ù…Ø¯Ø±Ø³Ø©", "مدرسة"},
    {"newline-mismatch", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"At home\\n\"\n"
	"msgstr \"في البيت\"",
	"msgid \"At home\\n\"\n"
	"msgstr \"في البيت\\n\""},
    {"not-in-master", "ar", COPL_SAMPLE_FORM, "Your age",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"بلدك\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"not-nfc", "ar", COPL_SAMPLE_TEXT, "My family", "ا\u0654سرتي", "أسرتي"},
    {"number-changed", "ar", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"هذه الاستمارة لمن أعمارهم من ١٠ إلى ٢٥ سنة",
	"هذه الاستمارة لمن أعمارهم من ١٠ إلى ٢٤ سنة"},
    {"number-order", "ar", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24",
	"هذه الاستمارة لمن أعمارهم من 24 إلى 10 سنة",
	"هذه الاستمارة لمن أعمارهم من 10 إلى 24 سنة"},
    {"obsolete", "ar", COPL_SAMPLE_ENTRY, NULL,
	"#~ msgid \"Your age\"\n"
	"#~ msgstr \"عمرك\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"placeholder-extra", "ar", COPL_SAMPLE_TEXT,
	"You can answer until tomorrow", "يمكنك الإجابة حتى الغد {deadline}",
	"يمكنك الإجابة حتى الغد"},
    {"placeholder-malformed", "ar", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "يمكنك الإجابة حتى {deadline} }",
	"يمكنك الإجابة حتى {deadline}"},
    {"placeholder-missing", "ar", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "يمكنك الإجابة حتى الغد",
	"يمكنك الإجابة حتى {deadline}"},
    {"plural-count", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"لا أيام\"\n"
	"msgstr[1] \"يوم واحد\"\n"
	"msgstr[2] \"يومان\"\n"
	"msgstr[3] \"{n} أيام\"\n"
	"msgstr[4] \"{n} يومًا\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"لا أيام\"\n"
	"msgstr[1] \"يوم واحد\"\n"
	"msgstr[2] \"يومان\"\n"
	"msgstr[3] \"{n} أيام\"\n"
	"msgstr[4] \"{n} يومًا\"\n"
	"msgstr[5] \"{n} يوم\""},
    {"plural-empty", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"لا أيام\"\n"
	"msgstr[1] \"يوم واحد\"\n"
	"msgstr[2] \"يومان\"\n"
	"msgstr[3] \"{n} أيام\"\n"
	"msgstr[4] \"{n} يومًا\"\n"
	"msgstr[5] \"\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"لا أيام\"\n"
	"msgstr[1] \"يوم واحد\"\n"
	"msgstr[2] \"يومان\"\n"
	"msgstr[3] \"{n} أيام\"\n"
	"msgstr[4] \"{n} يومًا\"\n"
	"msgstr[5] \"{n} يوم\""},
    {"plural-rule", "ar", COPL_SAMPLE_HEADER, NULL,
	"Plural-Forms: nplurals=2; plural=(n != 1);",
	"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
	"n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"},
    {"quote-style", "ar", COPL_SAMPLE_TEXT, "You can say \"no\"",
	"يمكنك أن تقول \"لا\"", "يمكنك أن تقول “لا”"},
    {"replacement-character", "ar", COPL_SAMPLE_TEXT, "School", "مد\ufffdسة",
	"مدرسة"},
    {"same-as-source", "ar", COPL_SAMPLE_TEXT, "I feel safe online",
	"I feel safe online", "أشعر بالأمان على الإنترنت"},
    {"scale-reversed", "ar", COPL_SAMPLE_ANSWERS,
	"Strongly agree\n"
	"Strongly disagree",
	"لا أوافق بشدة\n"
	"أوافق بشدة",
	"أوافق بشدة\n"
	"لا أوافق بشدة"},
    {"sentence-count", "ar", COPL_SAMPLE_TEXT,
	"You can skip any question. You can stop at any time. Nobody will see "
	"your name.",
	"يمكنك تخطي أي سؤال لا يناسبك. ولن يطّلع أحد على اسمك.",
	"يمكنك تخطي أي سؤال. ويمكنك التوقف في أي وقت. ولن يطّلع أحد على اسمك."},
    {"storage-size", "ar", COPL_SAMPLE_STORED, "Thank you",
	"شكرًا لك على كل إجاباتك", "شكرًا لك"},
    {"syntax", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"عمرك",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"tag-attribute", "ar", COPL_SAMPLE_TEXT,
	"This is your answer to <ref q=\"q3\"/>",
	"هذا جوابك عن <ref q=\"q4\"/>", "هذا جوابك عن <ref q=\"q3\"/>"},
    {"tag-extra", "ar", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"اقرأ <b>هذا</b> <b>أولًا</b>", "اقرأ <b>هذا</b> أولًا"},
    {"tag-missing", "ar", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"اقرأ هذا أولًا", "اقرأ <b>هذا</b> أولًا"},
    {"tag-nesting", "ar", COPL_SAMPLE_TEXT, "<b>Read <i>this</i></b> today",
	"<i>اقرأ <b>هذا</b></i> اليوم", "<b>اقرأ <i>هذا</i></b> اليوم"},
    {"tag-spacing", "ar", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"اقرأ<b> هذا</b> أولًا", "اقرأ <b>هذا</b> أولًا"},
    {"tag-unknown", "ar", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"اقرأ <b>هذا</b> <i>أولًا</i>", "اقرأ <b>هذا</b> أولًا"},
    {"untranslated", "ar", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\"",
	"msgid \"Your age\"\n"
	"msgstr \"عمرك\""},
    {"url-changed", "ar", COPL_SAMPLE_TEXT,
	"Find out more at https://www.itu.int/cop",
	"المزيد في https://www.itu.int/cop1",
	"المزيد في https://www.itu.int/cop"},
    {"wrong-script", "ar", COPL_SAMPLE_TEXT, "Talk to an adult whom you trust",
	"Parle à un adulte de confiance", "يمكنك التحدث مع شخص بالغ تثق به"},
    {"xml-malformed", "ar", COPL_SAMPLE_TEXT, "Your rights &amp; your safety",
	"حقوقك & أمانك", "حقوقك &amp; أمانك"},
    {"xml-malformed", "ar", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"اقرأ <b>هذا أولًا", "اقرأ <b>هذا</b> أولًا"},
    {"zero-width", "ar", COPL_SAMPLE_TEXT, "At home", "في \u2060البيت",
	"في البيت"},
};

const struct lint_examples lint_examples_ar = {examples, COPL_COUNT(examples)};
