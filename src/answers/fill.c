/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page with insertions. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"
#include "answers/fill_priv.h"

struct filling {
	const struct copl_slots *s;
	const struct copl_fill *what;
	struct copl_strbuf *out;
	/* By name, those of one name in the order in which they came. */
	const struct copl_answer_field **fields;
	/* Of each question its first fault, of each fault the next; one
	 * behind the last: there is none. */
	size_t *first;
	size_t *next;
	bool incomplete; /* there are questions to look at */
};

/* ---- what a participant wrote ---- */

/* Length of what a page cannot hold; 0: it can. */
static size_t control(const char *s, size_t len)
{
	return *s == '\t' || *s == '\n' || *s == '\r' ? 0
						      : answers_control(s, len);
}

static const char *reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Bytes at s that need nothing. */
static size_t plain_run(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && s[i] != '\r' && s[i] != '\n' &&
	       reference(s[i]) == NULL && control(s + i, len - i) == 0)
		i++;
	return i;
}

/* UTF-8.  line_end: what stands for each kind of them. */
static void put_valid(
    struct copl_strbuf *out, const char *s, size_t len, const char *line_end)
{
	size_t n;

	for (; len > 0; s += n, len -= n) {
		n = plain_run(s, len);
		copl_strbuf_add(out, s, n);
		if (n > 0)
			continue;
		n = control(s, len);
		if (n > 0)
			continue;
		n = len > 1 && s[0] == '\r' && s[1] == '\n' ? 2 : 1;
		copl_strbuf_puts(
		    out, reference(*s) == NULL ? line_end : reference(*s));
	}
}

static void put_given(struct copl_strbuf *out,
    const struct copl_answer_field *f, const char *line_end)
{
	const char *s = f->value;
	size_t len = f->len, n;

	while (len > 0) {
		n = copl_utf8_valid(s, len);
		put_valid(out, s, n, line_end);
		if (n < len) {
			copl_strbuf_puts(out, "\xef\xbf\xbd");
			n++;
		}
		s += n;
		len -= n;
	}
}

static void put_text(struct copl_strbuf *out, const struct copl_answer_field *f)
{
	size_t i = 0, n;

	/* A reader of HTML leaves out one line end at the very beginning. */
	while (i < f->len && (n = control(f->value + i, f->len - i)) > 0)
		i += n;
	if (i < f->len && (f->value[i] == '\n' || f->value[i] == '\r'))
		copl_strbuf_puts(out, "\n");
	put_given(out, f, "\n");
}

/* ---- the fields ---- */

static int compare_name(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t both = alen < blen ? alen : blen;
	int d = both == 0 ? 0 : memcmp(a, b, both);

	return d != 0 ? d : (alen > blen) - (alen < blen);
}

static int by_name(const void *a, const void *b)
{
	const struct copl_answer_field *x =
	    *(const struct copl_answer_field *const *)a;
	const struct copl_answer_field *y =
	    *(const struct copl_answer_field *const *)b;
	int d = compare_name(x->name, x->namelen, y->name, y->namelen);

	return d != 0 ? d : (x > y) - (x < y);
}

/* Index of the first field of that name, or of what stands behind it. */
static size_t find_field(const struct filling *f, const char *name)
{
	size_t low = 0, high = f->what->nfields, len = strlen(name);

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct copl_answer_field *at = f->fields[mid];

		if (compare_name(at->name, at->namelen, name, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool has_name(
    const struct filling *f, size_t i, const char *name, size_t len)
{
	return i < f->what->nfields && f->fields[i]->namelen == len &&
	       memcmp(f->fields[i]->name, name, len) == 0;
}

/* The first that is not empty; NULL: there is none. */
static const struct copl_answer_field *given(
    const struct filling *f, const char *name)
{
	size_t i = find_field(f, name), len = strlen(name);

	for (; has_name(f, i, name, len); i++)
		if (f->fields[i]->len > 0)
			return f->fields[i];
	return NULL;
}

static bool is_value(const struct copl_answer_field *f, const char *value)
{
	return f->len == strlen(value) && memcmp(f->value, value, f->len) == 0;
}

/* Is it the answer, or one of them where there may be several? */
static bool is_given(const struct filling *f, const struct fill_slot *slot)
{
	size_t i = find_field(f, slot->field), len = strlen(slot->field);
	const struct copl_answer_field *one;

	if (f->s->questions[slot->question].one_each) {
		one = given(f, slot->field);
		return one != NULL && is_value(one, slot->value);
	}
	for (; has_name(f, i, slot->field, len); i++)
		if (is_value(f->fields[i], slot->value))
			return true;
	return false;
}

/* ---- what is wrong ---- */

static bool is_wrong(const struct filling *f, size_t question)
{
	return f->first[question] < f->what->nfaults;
}

/* Is the fault about this very control? */
static bool is_about(const struct filling *f,
    const struct copl_answer_fault *fault, const struct fill_slot *slot)
{
	const struct fill_question *q = &f->s->questions[slot->question];

	if (fault->field != NULL && strcmp(fault->field, q->id) != 0)
		return strcmp(fault->field, slot->field) == 0;
	/* About the whole question: about the box beside an option never. */
	return q->parts || !slot->part;
}

static bool is_wrong_at(const struct filling *f, const struct fill_slot *slot)
{
	size_t i = f->first[slot->question];

	for (; i < f->what->nfaults; i = f->next[i])
		if (is_about(f, &f->what->faults[i], slot))
			return true;
	return false;
}

static bool is_missing_at(const struct filling *f, const struct fill_slot *slot)
{
	size_t i = f->first[slot->question];

	for (; i < f->what->nfaults; i = f->next[i])
		if (f->what->faults[i].kind == COPL_FAULT_MISSING &&
		    is_about(f, &f->what->faults[i], slot))
			return true;
	return false;
}

/* A bit for each message of that kind; none: those of no kind. */
static uint32_t messages_of(const struct fill_question *q, const char *kind)
{
	uint32_t own = 0, any = 0;
	size_t i;

	for (i = 0; i < q->nmessages; i++) {
		const char *k = q->messages[i].kind;

		if (k == NULL)
			any |= UINT32_C(1) << i;
		else if (strcmp(k, kind) == 0)
			own |= UINT32_C(1) << i;
	}
	return own != 0 ? own : any;
}

/* ---- insertions ---- */

static void put_banner(struct filling *f)
{
	const char *const *words = f->s->words;
	struct copl_strbuf *out = f->out;
	bool list = f->incomplete;
	size_t i;

	if (f->what->banner == COPL_FILL_SILENT)
		return;
	copl_strbuf_printf(out,
	    "<section class=\"told\" id=\"told\" role=\"alert\" "
	    "tabindex=\"-1\" autofocus aria-labelledby=\"told-title\">\n<div>\n"
	    "<h2 id=\"told-title\">%s</h2>\n<p>%s</p>\n",
	    words[list ? FILL_INCOMPLETE_TITLE : FILL_NOT_STORED_TITLE],
	    words[list ? FILL_INCOMPLETE_TEXT : FILL_NOT_STORED_TEXT]);
	copl_strbuf_puts(out, list ? "<ul>\n" : "");
	for (i = 0; list && i < f->s->nquestions; i++)
		if (is_wrong(f, i))
			copl_strbuf_printf(out,
			    "<li><a href=\"#q-%s\">%s</a></li>\n",
			    f->s->questions[i].id, f->s->questions[i].label);
	copl_strbuf_puts(
	    out, list ? "</ul>\n</div>\n</section>\n" : "</div>\n</section>\n");
}

static void put_title(struct filling *f)
{
	if (f->what->banner == COPL_FILL_SILENT)
		return;
	copl_strbuf_puts(
	    f->out, f->s->words[f->incomplete ? FILL_INCOMPLETE_TITLE
					      : FILL_NOT_STORED_TITLE]);
	copl_strbuf_puts(f->out, " – ");
}

static void put_token(struct filling *f)
{
	if (f->what->token == NULL)
		return;
	copl_strbuf_puts(
	    f->out, "<input type=\"hidden\" name=\"_id\" value=\"");
	copl_xml_put_attr(f->out, f->what->token);
	copl_strbuf_puts(f->out, "\">\n");
}

static void put_messages(struct filling *f, size_t question)
{
	const struct fill_question *q = &f->s->questions[question];
	uint32_t told = 0;
	size_t i = f->first[question], k;

	for (; i < f->what->nfaults; i = f->next[i])
		told |= messages_of(
		    q, copl_answer_fault_name(f->what->faults[i].kind));
	copl_strbuf_printf(
	    f->out, "<div class=\"fault\" id=\"f-%s\">\n", q->id);
	for (k = 0; k < q->nmessages; k++)
		if ((told >> k & 1) != 0)
			copl_strbuf_printf(
			    f->out, "<p>%s</p>\n", q->messages[k].text);
	copl_strbuf_puts(f->out, "</div>\n");
}

static void put_mark(struct filling *f, const struct fill_slot *slot)
{
	copl_strbuf_puts(f->out, " data-wrong");
	/* A set of buttons can be wrong, a group of anything cannot. */
	if (f->s->questions[slot->question].radios)
		copl_strbuf_puts(
		    f->out, " role=\"radiogroup\" aria-invalid=\"true\"");
}

/* What stands at a question only when something is wrong with it. */
static void put_wrong(struct filling *f, const struct fill_slot *slot)
{
	const struct fill_question *q = &f->s->questions[slot->question];

	if (!is_wrong(f, slot->question))
		return;
	if (slot->kind == FILL_MARK)
		put_mark(f, slot);
	else if (slot->kind == FILL_DESCRIBE)
		copl_strbuf_printf(f->out, " aria-describedby=\"f-%s\"", q->id);
	else if (slot->kind == FILL_DESCRIBED)
		copl_strbuf_printf(f->out, "f-%s ", q->id);
	else if (slot->kind == FILL_TELL)
		put_messages(f, slot->question);
	else if (slot->kind == FILL_ROW && is_wrong_at(f, slot))
		copl_strbuf_puts(f->out, " data-wrong");
	else if (slot->kind == FILL_NEEDED && is_missing_at(f, slot))
		copl_strbuf_printf(f->out, " <span class=\"needed\">%s</span>",
		    f->s->words[FILL_NEEDED_WORDS]);
}

static void put_invalid(struct filling *f, const struct fill_slot *slot)
{
	/* Radio buttons are marked together. */
	if (is_wrong(f, slot->question) && is_wrong_at(f, slot) &&
	    !(slot->kind == FILL_CHECKED &&
		f->s->questions[slot->question].radios))
		copl_strbuf_puts(f->out, " aria-invalid=\"true\"");
}

/* Attributes and text of a control. */
static void put_answer(struct filling *f, const struct fill_slot *slot)
{
	const struct copl_answer_field *text = NULL;

	if (slot->kind == FILL_VALUE || slot->kind == FILL_TEXT)
		text = given(f, slot->field);
	if (slot->kind == FILL_TEXT && text != NULL)
		put_text(f->out, text);
	if (slot->kind == FILL_VALUE && text != NULL) {
		copl_strbuf_puts(f->out, " value=\"");
		put_given(f->out, text, "&#10;");
		copl_strbuf_puts(f->out, "\"");
	}
	if (slot->kind == FILL_CHECKED && is_given(f, slot))
		copl_strbuf_puts(f->out, " checked");
	if (slot->kind == FILL_SELECTED && is_given(f, slot))
		copl_strbuf_puts(f->out, " selected");
	if (slot->kind != FILL_TEXT && slot->kind != FILL_SELECTED)
		put_invalid(f, slot);
}

static void put_slot(struct filling *f, const struct fill_slot *slot)
{
	switch (slot->kind) {
	case FILL_TITLE:
		put_title(f);
		break;
	case FILL_TOLD:
		put_banner(f);
		break;
	case FILL_LINK:
		if (f->what->base != NULL)
			copl_xml_put_attr(f->out, f->what->base);
		break;
	case FILL_TOKEN:
		put_token(f);
		break;
	case FILL_MARK:
	case FILL_DESCRIBE:
	case FILL_DESCRIBED:
	case FILL_TELL:
	case FILL_ROW:
	case FILL_NEEDED:
		put_wrong(f, slot);
		break;
	case FILL_CHECKED:
	case FILL_VALUE:
	case FILL_INVALID:
	case FILL_TEXT:
	case FILL_SELECTED:
		put_answer(f, slot);
		break;
	case FILL_KINDS:
		break;
	}
}

/* ---- the page ---- */

static void order_fields(struct filling *f)
{
	size_t i;

	for (i = 0; i < f->what->nfields; i++)
		f->fields[i] = &f->what->fields[i];
	qsort(f->fields, f->what->nfields, sizeof(struct copl_answer_field *),
	    by_name);
}

/* From the last to the first, so that they are told in their order. */
static void order_faults(struct filling *f)
{
	size_t n = f->what->nfaults, i, at;

	for (i = 0; i < f->s->nquestions; i++)
		f->first[i] = n;
	for (i = n; i-- > 0;) {
		const struct copl_question *q = f->what->faults[i].question;

		if (q == NULL || !copl_map_get(&f->s->ids, q->id, &at))
			continue;
		f->next[i] = f->first[at];
		f->first[at] = i;
		f->incomplete = f->what->banner == COPL_FILL_INCOMPLETE;
	}
}

static void put_page(struct filling *f, const char *page, size_t len)
{
	size_t done = 0, i;

	for (i = 0; i < f->s->nslots; i++) {
		const struct fill_slot *slot = &f->s->slots[i];

		copl_strbuf_add(f->out, page + done, slot->at - done);
		done = slot->at;
		put_slot(f, slot);
	}
	copl_strbuf_add(f->out, page + done, len - done);
}

enum copl_status copl_page_fill(const char *page, size_t len,
    const struct copl_slots *s, const struct copl_fill *what,
    struct copl_strbuf *out)
{
	struct filling f = {.s = s, .what = what, .out = out};
	enum copl_status st = COPL_E_NOMEM;

	if (!copl_slots_fit(s, page, len))
		return COPL_E_INVALID;
	f.fields =
	    calloc(what->nfields + 1, sizeof(struct copl_answer_field *));
	f.first = calloc(s->nquestions + 1, sizeof(*f.first));
	f.next = calloc(what->nfaults + 1, sizeof(*f.next));
	if (f.fields == NULL || f.first == NULL || f.next == NULL)
		goto out;
	order_fields(&f);
	order_faults(&f);
	put_page(&f, page, len);
	st = out->st;
out:
	free(f.fields);
	free(f.first);
	free(f.next);
	return st;
}
