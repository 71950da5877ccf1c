/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Words that English shares with French or Spanish, letter for letter. */
static const char shared[] =
    "no total normal social local digital central rural radio parents "
    "question questions message messages photo photos image images page "
    "pages contact contacts note notes option options forum forums podcast "
    "podcasts video videos virus hashtag menu index date impact type types "
    "public information description action actions code codes signal "
    "excellent important simple possible attention distance adolescents "
    "participation communication formation education permission origin age "
    "absence accent accident agent air album animal animals applications "
    "architecture area art article articles audio avatar bar base blog "
    "bonus brochure budget bureau cable cabinet cancer canal capital "
    "capture cause centre champion chance chat cinema civil client clients "
    "club collection collections commerce commission comparable concert "
    "conclusion condition conditions confusion conversation conversations "
    "correction cousin crime cultural culture data design destination "
    "detail dialogue direction discrimination discussion discussions "
    "document documents double editor effort error evolution explosion "
    "expression exterior factor familiar fatal federal festival fiction "
    "film final finance format fraction fragile france fruit fruits future "
    "general genre golf gratis guide habitat hobby hockey horizon horrible "
    "hospital hotel idea identification illustration imaginable impression "
    "individual inferior inspiration installation instruction instructions "
    "intelligence intention interaction interactions intervention "
    "introduction invasion invitation jazz journal justice karate label "
    "legal liberal limitation literal logo machine magazine manual marginal "
    "massage material maximum media melon mental metal million minimum "
    "minute minutes mission mobile module moment monument moral motivation "
    "motor multiple mural musical nation nature navigation notification "
    "notifications notion objection observation obligation occasion "
    "occupation opinion opinions oral orange orientation original panel "
    "panorama parent patience patient peninsula perception perfection "
    "personal petition phase phrase piano pilot pirate place plan plural "
    "police pollution popular position potential precision premium prisons "
    "probable production profession program progression project promotion "
    "proportion protection province provision publication punctual rap rare "
    "reaction region regional regular relation relations religion reporter "
    "restaurant restriction revolution robot routine sac science second "
    "secret section sensible sensation service services session sessions "
    "sexual silence singular site sites situation situations smartphone "
    "solution solutions source sources special sport sports stable standard "
    "station stop stress structure studio subversion superior surface "
    "surprise suspension taxi technique tempo tennis tension terminal test "
    "ticket token tolerance tradition transition transmission transport "
    "transparent triple tropical union universal usual vaccination "
    "validation variable variation vegetal version versions vertical "
    "village violence violent visible vision visual vital vocal vote volume "
    "zoo zoom zone zones admin email spam cyberbullying gaming streaming "
    "streamer influencer youtuber gamer software hardware web wifi "
    "bluetooth selfie hacker hackers phishing chatbot emoji emojis gif meme "
    "memes firewall router";

/* How many words are there that a translator would have changed? */
static size_t own_words(const struct lint_text *t, bool latin)
{
	const char *p = t->plain_str;
	size_t len, own = 0;

	for (; (len = lint_word(&p)) > 0; p += len)
		if (len > 1 && !lint_is_kept(p, len, ""))
			own += !latin || !lint_in_list(shared, p, len);
	return own;
}

/*
 * Do the ASCII letters of two texts differ, case aside?  Then the texts do,
 * and the dear comparison below can be left out: for nearly every message.
 */
static bool ascii_differs(const char *a, const char *b)
{
	for (;;) {
		while (*a != '\0' && !copl_is_alpha(*a))
			a++;
		while (*b != '\0' && !copl_is_alpha(*b))
			b++;
		if ((*a | 0x20) != (*b | 0x20))
			return true;
		if (*a == '\0')
			return false;
		a++;
		b++;
	}
}

/* "Angola" is Angola in French, and nobody has a list of all names. */
static bool is_certain(const struct lint *l, size_t own)
{
	return l->fragments &&
	       (own > 1 || l->script != LINT_LATIN || !l->how->alone);
}

/* Is it the source, with words that a translator would have changed? */
static bool is_source(struct lint *l, const struct lint_text *t, size_t *own)
{
	bool same = false;
	char *a, *b;

	if (l->how->source_lang != NULL &&
	    copl_lint_same_language(l->how->source_lang, l->how->tag))
		return false;
	if (ascii_differs(t->plain_id, t->plain_str))
		return false;
	*own = own_words(t, l->script == LINT_LATIN);
	/* One word alone may be an option or a key of the program. */
	if (*own == 0 || (!l->fragments && *own < 2))
		return false;
	a = lint_skeleton(t->plain_id);
	b = lint_skeleton(t->plain_str);
	if (a == NULL || b == NULL)
		l->st = COPL_E_NOMEM;
	else
		same = strcmp(a, b) == 0;
	free(a);
	free(b);
	return same;
}

void lint_same_as_source(struct lint *l, const struct lint_text *t)
{
	size_t own = 0;

	if (is_source(l, t, &own))
		lint_report_text(l, t, t->str,
		    is_certain(l, own) ? COPL_ERROR : COPL_WARNING,
		    "same-as-source",
		    _("the translation is the same as the source"));
}

/* Bytes of the source that are read for the words of one text. */
#define SEARCH_MOST ((size_t)1 << 20)

struct tally {
	const char *source;
	size_t source_len;
	size_t searched;
	size_t expected; /* letters in the script of the language */
	size_t other;
	size_t run; /* Latin words in a row */
	size_t longest;
	const char *at; /* the first of them */
};

/* Of a text so long that it takes too long to look, no word is. */
static bool is_of_source(const char *word, size_t len, struct tally *y)
{
	if (y->searched + y->source_len > SEARCH_MOST)
		return false;
	y->searched += y->source_len;
	return lint_has_word(y->source, word, len);
}

/* Is a Latin word of another script's text one that is none of its own? */
static bool may_stay(
    const struct lint *l, const char *word, size_t len, struct tally *y)
{
	if (lint_is_kept(word, len, ""))
		return true;
	/* "lt" is a code, and what a program has in quotes is its own. */
	if (!copl_is_upper(word[0]) && l->fragments && y->source_len > 3)
		return false;
	return is_of_source(word, len, y);
}

static void count_letters(
    const struct lint *l, const char *word, size_t len, struct tally *y)
{
	const char *p = word;

	while (p < word + len) {
		uint32_t c = lint_next(&p);

		if (!lint_is_letter(c))
			continue;
		if (lint_script_of(c) != l->script)
			y->other++;
		else /* A character of Chinese is half a word. */
			y->expected += l->script == LINT_HAN ? 3 : 1;
	}
}

static void count_word(
    const struct lint *l, const char *word, size_t len, struct tally *y)
{
	const char *p = word;
	bool latin = lint_script_of(lint_next(&p)) == LINT_LATIN;

	if (latin && l->script != LINT_LATIN && may_stay(l, word, len, y))
		return;
	count_letters(l, word, len, y);
	y->run = latin && len > 1 ? y->run + 1 : 0;
	if (y->run == 1 && y->longest < 2)
		y->at = word;
	if (y->run > y->longest)
		y->longest = y->run;
}

/* Nothing but ASCII, Latin-1 and the general punctuation. */
static bool is_western(const struct lint_profile *p)
{
	const uint64_t leads =
	    UINT64_C(1) << 2 | UINT64_C(1) << 3 | UINT64_C(1) << 0x22;

	return (p->lead & ~leads) == 0;
}

/* One mistake is told once, and by the check that knows what it is. */
static bool is_told(struct lint *l, const struct lint_text *t)
{
	size_t unused;

	return is_source(l, t, &unused) || lint_garbled(t) != NULL;
}

void lint_wrong_script(struct lint *l, const struct lint_text *t)
{
	static const char domain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/";
	struct tally y = {.source = t->plain_id};
	const char *p = t->plain_str;
	bool mostly;
	size_t len;

	if (l->script == LINT_OTHER ||
	    (l->script == LINT_LATIN && is_western(&t->in_str)))
		return;
	y.source_len = strlen(t->plain_id);
	for (; (len = lint_word(&p)) > 0; p += len) {
		/* "itu.int" is a name of the Internet. */
		if (p[len] == '.' && copl_is_alpha(p[len + 1]))
			len += 1 + strspn(p + len + 1, domain);
		else
			count_word(l, p, len, &y);
	}
	mostly = y.other > 1 && y.expected < y.other;
	if (!mostly && (l->script == LINT_LATIN || y.longest < 2))
		return;
	if (is_told(l, t))
		return;
	if (mostly)
		lint_report_text(l, t, t->str, COPL_ERROR, "wrong-script",
		    _("most of this text is not in the script of the "
		      "language"));
	else
		lint_report_text(l, t, y.at, COPL_WARNING, "wrong-script",
		    _("some words in a row are in Latin letters; are they "
		      "still to be translated?"));
}

/* Letters that look like Latin ones. */
static bool has_double(uint32_t c)
{
	static const char cyrillic[] =
	    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422"
	    "\u0423\u0425\u0430\u0435\u043a\u043e\u0440\u0441\u0443\u0445"
	    "\u0406\u0456\u0405\u0455\u0408\u0458\u0417\u0437\u043f\u0433";
	static const char greek[] =
	    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
	    "\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u03b9\u03ba\u03c1\u03c5"
	    "\u03b1";
	static const char latin[] = "ABCEHIKMNOPSTXYZaceiknopsuvxyr3";
	const char *p = c < 0x80 ? latin : c < 0x400 ? greek : cyrillic;

	while (*p != '\0')
		if (lint_next(&p) == c)
			return true;
	return false;
}

static unsigned script_bit(uint32_t c)
{
	enum lint_script script = lint_script_of(c);

	return script == LINT_LATIN      ? 1
	       : script == LINT_CYRILLIC ? 2
	       : script == LINT_GREEK    ? 4
					 : 0;
}

/* One script's letters could all be the other's: nobody sees it. */
static bool is_confusing(const char *p, const char *end)
{
	unsigned seen = 0, unlike = 0; /* unlike: has a letter like no other */

	while (p < end) {
		uint32_t c = lint_next(&p);
		unsigned bit = lint_is_letter(c) ? script_bit(c) : 0;

		seen |= bit;
		if (bit != 0 && !has_double(c))
			unlike |= bit;
	}
	return unlike != seen;
}

/* Latin letters, or Greek and Cyrillic ones both? */
static bool may_mix(const struct lint_profile *p)
{
	const uint64_t letters = UINT64_C(0x07fffffe07fffffe);
	bool latin = (p->ascii[1] & letters) != 0 || (p->lead >> 3 & 0x7f) != 0;
	bool greek = (p->lead >> 0x0d & 7) != 0;
	bool cyrillic = (p->lead >> 0x10 & 0x1f) != 0;

	return latin ? greek || cyrillic : greek && cyrillic;
}

void lint_mixed_script(struct lint *l, const struct lint_text *t)
{
	const char *p = t->plain_str, *word = p;
	unsigned seen = 0;

	if (!may_mix(&t->in_str))
		return;
	for (;;) {
		const char *at = p;
		uint32_t c = *p == '\0' ? 0 : lint_next(&p);
		bool letter = lint_is_letter(c);

		/* A typed "\\n" is no part of the word behind it. */
		if (c == '\\' && *p != '\0' && strchr("nrt", *p) != NULL)
			p++;
		if (letter || lint_is_mark(c)) {
			seen |= letter ? script_bit(c) : 0;
			continue;
		}
		if ((seen & (seen - 1)) != 0 && is_confusing(word, at)) {
			lint_report_text(l, t, word, COPL_ERROR,
			    "mixed-script-word",
			    _("a word mixes look-alike letters of two scripts, "
			      "\"%.*s\": type it again"),
			    (int)(at - word), word);
			return;
		}
		if (c == 0)
			return;
		seen = 0;
		word = p;
	}
}
