/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A consultation of two questions and its catalogs, in any of three languages.
 */
#ifndef HELP_CONSULTATION_H
#define HELP_CONSULTATION_H

#include "work/work.h"
#include "help_bundle.h"

/* ---- a consultation of two questions ---- */

static const char english[] =
    "<consultation xmlns=\"urn:cop-l10n:form:1\" id=\"bullying\" "
    "version=\"1\" xml:lang=\"en\">\n"
    "  <about>\n"
    "    <title>Bullying on social media</title>\n"
    "    <opens at=\"2027-01-11T08:00:00Z\"/>\n"
    "    <closes at=\"2027-03-31T23:59:59-10:00\"/>\n"
    "    <audience min-age=\"10\" max-age=\"24\"/>\n"
    "    <param name=\"office\" type=\"text\"/>\n"
    "    <param name=\"contact\" type=\"email\"/>\n"
    "    <param name=\"closes\" type=\"date\"/>\n"
    "    <param name=\"keep_until\" type=\"date\"/>\n"
    "    <param name=\"guardian_age\" type=\"number\"/>\n"
    "    <param name=\"since\" type=\"date\" value=\"2026-10-05\"/>\n"
    "    <link id=\"helplines\" href=\"https://example.org/\" "
    "recipient=\"helpline\"/>\n"
    "    <contact>Write to {contact}, to {office}.</contact>\n"
    "    <privacy keep-until=\"2027-12-31\"><p>We keep your answers until: "
    "{keep_until}.</p></privacy>\n"
    "    <help><p>You can call a <a to=\"helplines\">helpline</a>.</p></help>\n"
    "  </about>\n"
    "  <choices id=\"yes_no\"><option value=\"yes\">Yes</option>"
    "<option value=\"no\">No</option></choices>\n"
    "  <section id=\"main\">\n"
    "    <title note=\"Heading\">Your experience</title>\n"
    "    <consent id=\"mine\" by=\"participant\" required=\"yes\">\n"
    "      <label>I want to take part.</label>\n"
    "      <error>Please tick this box.</error>\n"
    "    </consent>\n"
    "    <consent id=\"agree\" by=\"guardian\" required=\"yes\">\n"
    "      <label>I am {guardian_age} or older, or my parents agree.</label>\n"
    "      <error>Please tick this box.</error>\n"
    "    </consent>\n"
    "    <choose-one id=\"seen\" use=\"yes_no\">\n"
    "      <label>Have you seen bullying since {since}?</label>\n"
    "    </choose-one>\n"
    "  </section>\n"
    "  <thanks><p>Thank you! The form closes on: {closes}.</p></thanks>\n"
    "</consultation>\n";

/* English, Arabic, French */
static const char *const words[][3] = {
    {"Bullying on social media", "التنمر على وسائل التواصل",
	"Le harcèlement sur les réseaux sociaux"},
    {"Write to {contact}, to {office}.", "اكتب إلى {contact}، إلى {office}.",
	"Écris à {contact}, à {office}."},
    {"We keep your answers until: {keep_until}.",
	"نحتفظ بإجاباتك حتى: {keep_until}.",
	"Nous gardons tes réponses jusqu’au : {keep_until}."},
    {"You can call a <a>helpline</a>.", "يمكنك الاتصال <a>بخط المساعدة</a>.",
	"Tu peux appeler une <a>ligne d’écoute</a>."},
    {"Yes", "نعم", "Oui"},
    {"No", "لا", "Non"},
    {"Your experience", "تجربتك", "Ton vécu"},
    {"I am {guardian_age} or older, or my parents agree.",
	"عمري {guardian_age} أو أكثر، أو يوافق والداي.",
	"J’ai {guardian_age} ans ou plus, ou mes parents sont d’accord."},
    {"I want to take part.", "أريد أن أشارك.", "Je veux participer."},
    {"Please tick this box.", "يرجى وضع علامة في هذا المربع.",
	"Coche cette case."},
    {"Have you seen bullying since {since}?", "هل رأيت تنمرا منذ {since}؟",
	"As-tu vu du harcèlement depuis {since} ?"},
    {"Thank you! The form closes on: {closes}.",
	"شكرا! يغلق الاستبيان في: {closes}.",
	"Merci ! Le formulaire ferme le : {closes}."},
    {"Youth consultation", "استشارة الشباب", "Consultation des jeunes"},
    {"Office for the Arab States", "مكتب الدول العربية",
	"Bureau pour les États arabes"},
    {"Friends of the Pacific", "أصدقاء المحيط الهادئ", "Amis du Pacifique"},
};

static const char project_head[] =
    "<project xmlns=\"urn:cop-l10n:project:1\" id=\"youth\" version=\"1\" "
    "xml:lang=\"%s\">\n"
    "  <title>%s</title>\n"
    "  <languages><language tag=\"ar\"/><language tag=\"en\"/>"
    "<language tag=\"fr\"/></languages>\n"
    "  <interface src=\"forms/interface.xml\"/>\n"
    "  <form src=\"forms/bullying.xml\"/>\n"
    "  <output kind=\"xml\"/><output kind=\"html\"/>\n"
    "  <safeguarding email=\"care@example.org\" role=\"Officer\"/>\n"
    "  <recipient id=\"arab_states\" kind=\"office\" languages=\"ar fr en\" "
    "guardian-age=\"18\" zone=\"Africa/Cairo\">\n"
    "    <name>%s</name>\n"
    "    <contact email=\"arab@example.org\"/>\n"
    "    <forms href=\"https://cop.example.org/ar/\"/>\n"
    "    <endpoint url=\"http://127.0.0.1:8102/\"/>\n"
    "  </recipient>\n"
    "  <recipient id=\"pacific\" kind=\"partner\" languages=\"en fr\" "
    "guardian-age=\"16\" zone=\"Pacific/Honolulu\">\n"
    "    <name>%s</name>\n"
    "    <contact email=\"pacific@example.org\"/>\n"
    "    <forms href=\"https://example.org/cop\"/>\n"
    "    <pickup by=\"zip\"/>\n"
    "  </recipient>\n"
    "</project>\n";

/* ---- catalogs for it ---- */

static size_t column_of(const char *tag)
{
	return strcmp(tag, "ar") == 0 ? 1 : strcmp(tag, "fr") == 0 ? 2 : 0;
}

static const char *word(const char *from, const char *to, const char *msgid)
{
	size_t a = column_of(from), b = column_of(to), i;

	for (i = 0; i < COPL_COUNT(words); i++)
		if (strcmp(words[i][a], msgid) == 0)
			return words[i][b];
	return NULL;
}

static void put_arabic(struct copl_strbuf *out, char c)
{
	static const char *const letters[] = {"ا", "ب", "ت", "ث", "ج", "ح", "خ",
	    "د", "ذ", "ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ", "ف",
	    "ق", "ك", "ل", "م", "ن", "ه"};
	char small = copl_is_upper(c) ? (char)(c - 'A' + 'a') : c;

	if (copl_is_lower(small))
		copl_strbuf_puts(out, letters[small - 'a']);
	else if (c == ',' || c == '?')
		copl_strbuf_puts(out, c == ',' ? "،" : "؟");
	else
		copl_strbuf_add(out, &c, 1);
}

static void put_latin(struct copl_strbuf *out, char c)
{
	static const char *const letters[] = {"à", "é", "î", "ô", "û"};
	static const char vowels[] = "aeiouAEIOU";
	const char *vowel = strchr(vowels, c);

	/* French marks stand behind a no-break space. */
	if (strchr("!?;:", c) != NULL)
		copl_strbuf_printf(out, "\u00a0%c", c);
	else if (vowel != NULL)
		copl_strbuf_puts(out, letters[(vowel - vowels) % 5]);
	else
		copl_strbuf_add(out, &c, 1);
}

/* Other letters of the right script; tags and placeholders stay. */
static void pseudo(struct copl_strbuf *out, const char *tag, const char *s)
{
	bool ar = strcmp(tag, "ar") == 0;
	char end = '\0';

	for (; *s != '\0'; s++) {
		if (end == '\0' && (*s == '{' || *s == '<'))
			end = *s == '{' ? '}' : '>';
		if (end != '\0')
			copl_strbuf_add(out, s, 1);
		else if (ar)
			put_arabic(out, *s);
		else
			put_latin(out, *s);
		if (*s == end)
			end = '\0';
	}
}

static void put_quoted(struct copl_strbuf *out, const char *key, const char *s)
{
	copl_strbuf_printf(out, "%s \"", key);
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			copl_strbuf_add(out, "\\", 1);
		copl_strbuf_add(out, s, 1);
	}
	copl_strbuf_puts(out, "\"\n");
}

/* As many forms as the language has, each with the number. */
static void put_plural(struct copl_strbuf *out, const char *tag,
    const char *plural, unsigned nplurals)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(100000);
	char key[32];
	unsigned i;

	put_quoted(out, "msgid_plural", plural);
	for (i = 0; i < nplurals; i++) {
		copl_strbuf_reset(&text);
		pseudo(&text, tag, plural);
		snprintf(key, sizeof(key), "msgstr[%u]", i);
		put_quoted(out, key, copl_strbuf_text(&text));
	}
	copl_strbuf_clear(&text);
}

/* The catalog of a master, all translated. */
static void put_catalog(
    const char *master, const char *id, const char *from, const char *to)
{
	unsigned nplurals = 0;
	const struct copl_po_header header = {.project = "youth 1",
	    .created = "2026-12-01 12:00+0000",
	    .language = to,
	    .plural_forms = copl_plural_forms(to, &nplurals)};
	struct copl_strbuf out = COPL_STRBUF_INIT(1000000);
	struct copl_strbuf text = COPL_STRBUF_INIT(100000);
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	char path[600];
	size_t i;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_xml_load(master, COPL_XML_STRICT, COPL_XML_MAX, &r, &x),
	    COPL_OK);
	assert_int_equal(copl_units_of(x, NULL, &r, &u), COPL_OK);
	copl_po_put_header(&out, &header);
	for (i = 0; i < u->n; i++) {
		const char *msgid = u->list[i].text.msgid;
		const char *known = word(from, to, msgid);

		copl_strbuf_reset(&text);
		pseudo(&text, to, msgid);
		copl_strbuf_puts(&out, "\n");
		if (u->list[i].id != NULL)
			put_quoted(&out, "msgctxt", u->list[i].id);
		put_quoted(&out, "msgid", msgid);
		if (u->list[i].plural != NULL)
			put_plural(&out, to, u->list[i].plural, nplurals);
		else
			put_quoted(&out, "msgstr",
			    known != NULL ? known : copl_strbuf_text(&text));
	}
	snprintf(path, sizeof(path), "%s/p/po/%s", scratch, id);
	make_dir(path);
	snprintf(path, sizeof(path), "%s/p/po/%s/%s.po", scratch, id, to);
	put(path, out.s, out.len);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&text);
	copl_units_free(u);
	copl_xml_free(x);
}

static void put_catalogs(const char *from)
{
	static const char *const tags[] = {"ar", "en", "fr"};
	size_t i;

	for (i = 0; i < 3; i++) {
		if (strcmp(tags[i], from) != 0) {
			put_catalog(in("p/forms/bullying.xml"), "bullying",
			    from, tags[i]);
			put_catalog(in("p/consultation.xml"), "consultation",
			    from, tags[i]);
		}
		/* The words of the pages are English in any project. */
		if (strcmp(tags[i], "en") != 0)
			put_catalog(in("p/forms/interface.xml"), "interface",
			    "en", tags[i]);
	}
}

static const char *source_dir(void)
{
	const char *dir = getenv("top_srcdir");

	return dir == NULL ? "." : dir;
}

static void replace_in(const char *path, const char *old, const char *new)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1000000);
	char *text = get(path), *at = strstr(text, old);

	assert_non_null(at);
	copl_strbuf_add(&out, text, (size_t)(at - text));
	copl_strbuf_puts(&out, new);
	copl_strbuf_puts(&out, at + strlen(old));
	put(path, out.s, out.len);
	copl_strbuf_clear(&out);
	free(text);
}

/* The form in another language of the table. */
static void put_form(const char *lang)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(100000);
	size_t i;

	put_text(in("p/forms/bullying.xml"), english);
	if (strcmp(lang, "en") == 0)
		return;
	replace_in(
	    in("p/forms/bullying.xml"), "xml:lang=\"en\"", "xml:lang=\"fr\"");
	for (i = 0; i < COPL_COUNT(words) - 3; i++) {
		char old[200], new[200];
		const char *markup = strchr(words[i][0], '<');

		if (markup != NULL) {
			replace_in(in("p/forms/bullying.xml"),
			    "You can call a <a to=\"helplines\">helpline</a>.",
			    "Tu peux appeler une <a to=\"helplines\">ligne "
			    "d’écoute</a>.");
			continue;
		}
		snprintf(old, sizeof(old), ">%s<", words[i][0]);
		snprintf(new, sizeof(new), ">%s<", words[i][column_of(lang)]);
		replace_in(in("p/forms/bullying.xml"), old, new);
		if (strcmp(words[i][0], "Please tick this box.") == 0)
			replace_in(in("p/forms/bullying.xml"), old, new);
	}
	copl_strbuf_clear(&out);
}

static void make_project(const char *lang)
{
	size_t c = column_of(lang), n = COPL_COUNT(words);
	char text[5000], path[600];
	struct copl_reporter r;
	char *interface;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_dir_remove(in("p"), &r), COPL_OK);
	make_dir(in("p/forms"));
	put_form(lang);
	snprintf(path, sizeof(path), "%s/forms/interface.xml", source_dir());
	interface = get(path);
	put_text(in("p/forms/interface.xml"), interface);
	free(interface);
	snprintf(text, sizeof(text), project_head, lang, words[n - 3][c],
	    words[n - 2][c], words[n - 1][c]);
	put_text(in("p/consultation.xml"), text);
	put_catalogs(lang);
}

#endif
