/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text as people read it: no markup, words, sentences. */
#include "config.h"
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include "form/form_priv.h"

/* Codes of languages that put no blanks between words. */
static const char unspaced[] = "zh ja th lo km my bo yue wuu nan";

bool copl_form_unspaced(const char *lang)
{
	char code[8];
	size_t len = lang == NULL ? 0 : strcspn(lang, "-");

	if (len == 0 || len >= sizeof(code))
		return false;
	memcpy(code, lang, len);
	code[len] = '\0';
	return copl_form_word_in(unspaced, code);
}

void copl_form_plain(const struct copl_form_text *t, struct copl_strbuf *out)
{
	const char *s = copl_strbuf_text(&t->s);
	bool gap = false;
	size_t i;

	copl_strbuf_reset(out);
	for (i = 0; i < t->s.len; i++) {
		if (s[i] == COPL_FORM_TAG)
			continue;
		if (copl_is_space(s[i])) {
			gap = out->len > 0;
			continue;
		}
		if (gap)
			copl_strbuf_puts(out, " ");
		gap = false;
		copl_strbuf_add(out, s + i, 1);
	}
}

/* The character at s; its length in *len, at least 1. */
static ucs4_t char_at(const char *s, size_t *len)
{
	ucs4_t c = 0;
	int n = u8_strmbtouc(&c, (const uint8_t *)s);

	*len = n > 0 ? (size_t)n : 1;
	return n > 0 ? c : 0xfffd;
}

/* A sign between blanks, such as the French " ?", is no word. */
size_t copl_form_count_words(const char *plain)
{
	bool counted = false;
	size_t words = 0, len, blank;

	for (; *plain != '\0'; plain += len) {
		ucs4_t c = char_at(plain, &len);

		blank = copl_blank(plain);
		if (blank > 0) {
			counted = false;
			len = blank;
		} else if (!counted && uc_is_alnum(c)) {
			counted = true;
			words++;
		}
	}
	return words;
}

static bool ends_sentence(ucs4_t c, bool *needs_blank)
{
	*needs_blank = c == '.' || c == '!' || c == '?' || c == 0x2026 ||
		       c == 0x061f || c == 0x06d4;
	return *needs_blank || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

/* Marks and quotes may stand between the end of a sentence and the next. */
static const char *behind_marks(const char *s)
{
	size_t len;
	bool blank;

	while (*s != '\0') {
		ucs4_t c = char_at(s, &len);

		if (!ends_sentence(c, &blank) && (c == ' ' || !uc_is_punct(c)))
			break;
		s += len;
	}
	return s;
}

size_t copl_form_sentence(const char *plain)
{
	const char *s = plain, *next;
	size_t len, after;
	bool blank;

	for (; *s != '\0'; s += len) {
		if (!ends_sentence(char_at(s, &len), &blank))
			continue;
		next = behind_marks(s);
		/* "e.g. this" and "10.5" go on. */
		if (*next == '\0' || !blank ||
		    (*next == ' ' && !uc_is_lower(char_at(next + 1, &after))))
			return (size_t)(next - plain);
		len = (size_t)(next - s);
	}
	return (size_t)(s - plain);
}

size_t copl_form_count_sentences(const char *plain)
{
	size_t n = 0;

	while (*plain != '\0') {
		plain += copl_form_sentence(plain);
		plain += *plain == ' ';
		n++;
	}
	return n;
}

bool copl_form_has_letter(const char *s)
{
	size_t len;

	for (; *s != '\0'; s += len)
		if (uc_is_general_category_withtable(
			char_at(s, &len), UC_CATEGORY_MASK_L))
			return true;
	return false;
}

bool copl_form_fold(const char *s, size_t len, struct copl_strbuf *out)
{
	size_t n = 0, i, step;
	char *folded;

	copl_strbuf_reset(out);
	copl_strbuf_puts(out, " ");
	if (out->st != COPL_OK)
		return false;
	folded = (char *)u8_casefold(
	    (const uint8_t *)s, len, NULL, UNINORM_NFC, NULL, &n);
	if (folded == NULL)
		return len == 0;
	for (i = 0; i < n; i += step) {
		ucs4_t c = 0;

		step =
		    (size_t)u8_mbtouc(&c, (const uint8_t *)folded + i, n - i);
		if (uc_is_alnum(c))
			copl_strbuf_add(out, folded + i, step);
		else if (!uc_is_general_category_withtable(
			     c, UC_CATEGORY_MASK_M) &&
			 out->s[out->len - 1] != ' ')
			copl_strbuf_puts(out, " ");
	}
	free(folded);
	if (out->s[out->len - 1] != ' ')
		copl_strbuf_puts(out, " ");
	return out->st == COPL_OK;
}

const char *copl_form_words_of(struct copl_form_reader *rd, const xmlNode *n,
    struct copl_form_text *t, struct copl_strbuf *plain)
{
	const struct copl_xml_element *e = copl_xml_source(rd->xml, n);
	const char *text;

	if (!copl_form_text_read(rd, e->content, e->close, t))
		return NULL;
	copl_form_plain(t, plain);
	if (plain->len == 0)
		return NULL;
	text = copl_arena_strdup(rd->form->arena, copl_strbuf_text(plain));
	if (text == NULL)
		rd->r->nomem = true;
	return text;
}
