/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong and right texts in Chinese, in the order of their codes. */
#include "config.h"
#include "lint/explain_priv.h"

static const struct copl_lint_example examples[] = {
    {"allowed-characters", "zh_CN", COPL_SAMPLE_ALLOWED,
	"I learned something new", "我学到了*新*东西", "我学到了新东西"},
    {"backslash-n-literal", "zh_CN", COPL_SAMPLE_TEXT,
	"Take your time. You can stop whenever you like.",
	"慢慢来。\\n你随时可以停下。", "慢慢来。你随时可以停下。"},
    {"bidi-embedding", "zh_CN", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"需要帮助时可联系 \u202a{office}\u202c 的工作人员",
	"需要帮助时可联系 {office} 的工作人员"},
    {"bidi-override", "zh_CN", COPL_SAMPLE_TEXT, "Your age",
	"\u202e你的年龄\u202c", "你的年龄"},
    {"bidi-unbalanced", "zh_CN", COPL_SAMPLE_TEXT,
	"Write to {office} if you need help",
	"需要帮助时可联系 \u2068{office} 的工作人员",
	"需要帮助时可联系 \u2068{office}\u2069 的工作人员"},
    {"blank", "zh_CN", COPL_SAMPLE_TEXT, "Your age", "\u3000", "你的年龄"},
    {"bom", "zh_CN", COPL_SAMPLE_FILE, NULL,
	"\ufeffmsgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: zh_CN\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: zh_CN\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"conflict-marker", "zh_CN", COPL_SAMPLE_TEXT, "Your age",
	"#-#-#-#-# zh_CN.po #-#-#-#-# 你的年龄", "你的年龄"},
    {"crlf", "zh_CN", COPL_SAMPLE_FILE, NULL,
	"msgid \"\"\r\n"
	"msgstr \"\"\r\n"
	"\"Language: zh_CN\\n\"\r\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\r\n"
	"\r\n"
	"msgid \"Your age\"\r\n"
	"msgstr \"你的年龄\"\r",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: zh_CN\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"double-space", "zh_CN", COPL_SAMPLE_TEXT, "I feel safe online",
	"我在网上  感到安全", "我在网上感到安全"},
    {"duplicate-choice-label", "zh_CN", COPL_SAMPLE_ANSWERS,
	"Often\n"
	"Sometimes",
	"有时\n"
	"有时",
	"经常\n"
	"有时"},
    {"duplicate-entry", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"年龄\"",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"edge-space", "zh_CN", COPL_SAMPLE_TEXT, "At home", " 在家里", "在家里"},
    {"email-changed", "zh_CN", COPL_SAMPLE_TEXT, "Write to us at help@itu.int",
	"写信给我们 bangzhu@itu.int", "写信给我们 help@itu.int"},
    {"encoding", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\304\352\301\344\"",
	"msgid \"Your age\"\n"
	"msgstr \"年龄\""},
    {"end-punctuation", "zh_CN", COPL_SAMPLE_TEXT,
	"Is the internet a safe place for you?", "对你来说，互联网安全吗。",
	"对你来说，互联网安全吗？"},
    {"end-punctuation-locale", "zh_CN", COPL_SAMPLE_TEXT, "How old are you?",
	"你多大了?", "你多大了？"},
    {"end-punctuation-locale", "zh_CN", COPL_SAMPLE_TEXT, "At home, at school",
	"在家, 在学校", "在家，在学校"},
    {"entity-missing", "zh_CN", COPL_SAMPLE_TEXT,
	"&org; wants to hear your opinion", "我们想听听你的看法",
	"&org; 想听听你的看法"},
    {"entity-unknown", "zh_CN", COPL_SAMPLE_LOCALIZED,
	"Your health and your safety", "你的健康&nbsp;和安全",
	"你的健康和安全"},
    {"exemplar-letter", "zh_CN", COPL_SAMPLE_TEXT, "My school", "我の学校",
	"我的学校"},
    {"forbidden-character", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\\a\"",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"format-mismatch", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"回答数：%s\"",
	"#, c-format\n"
	"msgid \"Answers: %d\"\n"
	"msgstr \"回答数：%d\""},
    {"fuzzy", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"#, fuzzy\n"
	"#| msgid \"I feel safe online\"\n"
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"我在网上感到安全\"",
	"msgid \"I do not feel safe online\"\n"
	"msgstr \"我在网上感到不安全\""},
    {"glossary", "zh_CN", COPL_SAMPLE_TEXT, "Child online protection",
	"儿童在线保护", "保护上网儿童"},
    {"header-boilerplate", "zh_CN", COPL_SAMPLE_HEADER, NULL,
	"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE",
	"PO-Revision-Date: 2027-01-12 16:00+0800"},
    {"header-charset", "zh_CN", COPL_SAMPLE_HEADER, NULL,
	"Content-Type: text/plain; charset=GB2312",
	"Content-Type: text/plain; charset=UTF-8"},
    {"header-language", "zh_CN", COPL_SAMPLE_HEADER, NULL,
	"Language: ", "Language: zh_CN"},
    {"header-missing", "zh_CN", COPL_SAMPLE_FILE, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\"",
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Language: zh_CN\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\n"
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"ignore-unknown", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: numbers 这里的求助电话是 110\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"遇到危险：112\"",
	"# cop-ignore: number-changed 这里的求助电话是 110\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"遇到危险：110\""},
    {"ignore-without-reason", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"# cop-ignore: number-changed\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"遇到危险：112\"",
	"# cop-ignore: number-changed 这里的求助电话是 110\n"
	"msgid \"In danger: 112\"\n"
	"msgstr \"遇到危险：110\""},
    {"inconsistent", "zh_CN", COPL_SAMPLE_TEXTS,
	"My school\n"
	"My school",
	"我的学校\n"
	"我所在的学校",
	"我的学校\n"
	"我的学校"},
    {"link-address", "zh_CN", COPL_SAMPLE_ADDRESS, "https://www.itu.int/en/cop",
	"www.itu.int/zh", "https://www.itu.int/zh/cop"},
    {"max-length", "zh_CN", COPL_SAMPLE_SHORT, "Never",
	"我从来都没有遇到过这种情况", "从不"},
    {"missing-in-po", "zh_CN", COPL_SAMPLE_FORM,
	"Your age\n"
	"Your country",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\"",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"你的国家\""},
    {"mojibake", "zh_CN", COPL_SAMPLE_TEXT, "School", "å\u00ad¦æ\u00a0¡",
	"学校"},
    {"newline-mismatch", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"At home\\n\"\n"
	"msgstr \"在家里\"",
	"msgid \"At home\\n\"\n"
	"msgstr \"在家里\\n\""},
    {"not-in-master", "zh_CN", COPL_SAMPLE_FORM, "Your age",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\"\n"
	"\n"
	"msgid \"Your country\"\n"
	"msgstr \"你的国家\"",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"number-changed", "zh_CN", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24", "本表供10至25岁的人填写",
	"本表供10至24岁的人填写"},
    {"number-order", "zh_CN", COPL_SAMPLE_TEXT,
	"This form is for people aged 10 to 24", "本表供24至10岁的人填写",
	"本表供10至24岁的人填写"},
    {"obsolete", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"#~ msgid \"Your age\"\n"
	"#~ msgstr \"你的年龄\"",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"placeholder-extra", "zh_CN", COPL_SAMPLE_TEXT,
	"You can answer until tomorrow", "你可以在明天 {deadline} 之前回答",
	"你可以在明天之前回答"},
    {"placeholder-malformed", "zh_CN", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "你可以在{deadline}｛日期｝之前回答",
	"你可以在{deadline}之前回答"},
    {"placeholder-missing", "zh_CN", COPL_SAMPLE_TEXT,
	"You can answer until {deadline}", "你可以在明天之前回答",
	"你可以在{deadline}之前回答"},
    {"plural-count", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} 天\"\n"
	"msgstr[1] \"{n} 天\"",
	"msgid \"{n} day\"\n"
	"msgid_plural \"{n} days\"\n"
	"msgstr[0] \"{n} 天\""},
    {"plural-rule", "zh_CN", COPL_SAMPLE_HEADER, NULL,
	"Plural-Forms: nplurals=2; plural=(n != 1);",
	"Plural-Forms: nplurals=1; plural=0;"},
    {"quote-style", "zh_CN", COPL_SAMPLE_TEXT, "You can say \"no\"",
	"你可以说\"不\"", "你可以说“不”"},
    {"register", "zh_CN", COPL_SAMPLE_TEXTS,
	"You can stop at any time\n"
	"Nobody sees your name",
	"你随时可以停下\n"
	"没有人会看到您的名字",
	"你随时可以停下\n"
	"没有人会看到你的名字"},
    {"replacement-character", "zh_CN", COPL_SAMPLE_TEXT, "School", "学\ufffd",
	"学校"},
    {"same-as-source", "zh_CN", COPL_SAMPLE_TEXT, "I feel safe online",
	"I feel safe online", "我在网上感到安全"},
    {"scale-reversed", "zh_CN", COPL_SAMPLE_ANSWERS,
	"Strongly agree\n"
	"Strongly disagree",
	"非常不同意\n"
	"非常同意",
	"非常同意\n"
	"非常不同意"},
    {"storage-size", "zh_CN", COPL_SAMPLE_STORED, "Thank you",
	"谢谢你和我们分享你的看法", "谢谢你"},
    {"syntax", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"tag-attribute", "zh_CN", COPL_SAMPLE_TEXT,
	"This is your answer to <ref q=\"q3\"/>",
	"这是你对 <ref q=\"q4\"/> 的回答", "这是你对 <ref q=\"q3\"/> 的回答"},
    {"tag-extra", "zh_CN", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"<b>先</b>读<b>这个</b>", "先读<b>这个</b>"},
    {"tag-missing", "zh_CN", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"先读这个", "先读<b>这个</b>"},
    {"tag-nesting", "zh_CN", COPL_SAMPLE_TEXT, "<b>Read <i>this</i></b> today",
	"<i>请读<b>这个</b></i>就在今天", "<b>请读<i>这个</i></b>就在今天"},
    {"tag-unknown", "zh_CN", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"<i>先</i>读<b>这个</b>", "先读<b>这个</b>"},
    {"untranslated", "zh_CN", COPL_SAMPLE_ENTRY, NULL,
	"msgid \"Your age\"\n"
	"msgstr \"\"",
	"msgid \"Your age\"\n"
	"msgstr \"你的年龄\""},
    {"url-changed", "zh_CN", COPL_SAMPLE_TEXT,
	"Find out more at https://www.itu.int/cop",
	"更多内容见 https://www.itu.int/coop",
	"更多内容见 https://www.itu.int/cop"},
    {"wrong-han-variant", "zh_CN", COPL_SAMPLE_TEXT, "I learn online",
	"我在網上学习", "我在网上学习"},
    {"wrong-script", "zh_CN", COPL_SAMPLE_TEXT,
	"Talk to an adult whom you trust", "Habla con una persona de confianza",
	"和你信任的大人谈一谈"},
    {"xml-malformed", "zh_CN", COPL_SAMPLE_TEXT,
	"Your rights &amp; your safety", "你的权利 & 安全",
	"你的权利 &amp; 安全"},
    {"xml-malformed", "zh_CN", COPL_SAMPLE_TEXT, "Read <b>this</b> first",
	"先读<b>这个", "先读<b>这个</b>"},
    {"zero-width", "zh_CN", COPL_SAMPLE_TEXT, "At home", "在\u200b家里",
	"在家里"},
};

const struct lint_examples lint_examples_zh = {examples, COPL_COUNT(examples)};
