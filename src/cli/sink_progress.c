/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How far a long run is, on the last lines of a terminal.  What is told while
 * it goes on stands above, as it would without them.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/i18n.h"

#define DRAW_MS 250
#define COLUMNS_MIN 20
#define LINE_MAX_BYTES 1024
#define WORD_MAX 128
#define FAILURES 3
#define LINES (2 + FAILURES)
#define HELD_MAX ((size_t)64 << 10)

struct failure {
	char endpoint[WORD_MAX];
	char reason[WORD_MAX];
};

struct cli_progress {
	struct copl_sink next; /* what prints everything else */
	struct cli_call *call;
	char *held; /* lines for stdout that wait for the next drawing */
	size_t nheld;
	size_t drawn[LINES]; /* columns of each line on the screen */
	size_t ndrawn;
	uint64_t drawn_at;
	/* Of the last event; "" nothing is known. */
	char done[WORD_MAX], total[WORD_MAX], rate[WORD_MAX], eta[WORD_MAX];
	char slowest[WORD_MAX];
	char errors[WORD_MAX];
	struct failure failures[FAILURES]; /* the newest is the last */
	size_t nfailures;
};

static uint64_t clock_ms(void)
{
	struct timespec t = {0, 0};

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* Asked each time: people change the size of their windows. */
static size_t columns_now(void)
{
	struct winsize size = {0};

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

/* ---- the lines ---- */

static size_t previous_character(const char *s, size_t len)
{
	do
		len--;
	while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80);
	return len;
}

/* Cut, with a sign for it, so that it fits into one row. */
static void fit(char *line, size_t room, size_t columns)
{
	static const char sign[] = "…";
	size_t len = strlen(line);

	if (copl_text_columns(line) < columns)
		return;
	while (len > 0) {
		len = previous_character(line, len);
		line[len] = '\0';
		if (copl_text_columns(line) + 1 < columns &&
		    len + sizeof(sign) <= room) {
			memcpy(line + len, sign, sizeof(sign));
			return;
		}
	}
}

/* "0:17", "1:02:45" */
static void put_time(const char *seconds, char out[WORD_MAX])
{
	unsigned long s = strtoul(seconds, NULL, 10);

	if (s >= 3600)
		snprintf(out, WORD_MAX, "%lu:%02lu:%02lu", s / 3600,
		    s / 60 % 60, s % 60);
	else
		snprintf(out, WORD_MAX, "%lu:%02lu", s / 60, s % 60);
}

static void put_head(const struct cli_progress *p, char *out)
{
	char left[WORD_MAX];

	put_time(p->eta, left);
	if (p->eta[0] == '\0')
		snprintf(out, LINE_MAX_BYTES, _("%s of %s endpoints done"),
		    p->done, p->total);
	else
		snprintf(out, LINE_MAX_BYTES,
		    _("%s of %s endpoints done, %s a second, about %s left"),
		    p->done, p->total, p->rate, left);
}

static void put_second(const struct cli_progress *p, char *out)
{
	bool failed = p->errors[0] != '\0' && strcmp(p->errors, "0") != 0;

	out[0] = '\0';
	if (failed && p->slowest[0] != '\0')
		snprintf(out, LINE_MAX_BYTES,
		    _("not delivered: %s; slowest now: %s"), p->errors,
		    p->slowest);
	else if (failed)
		snprintf(
		    out, LINE_MAX_BYTES, _("not delivered: %s"), p->errors);
	else if (p->slowest[0] != '\0')
		snprintf(out, LINE_MAX_BYTES, _("slowest now: %s"), p->slowest);
}

/* What others said or are called does nothing to the terminal. */
static void make_harmless(char line[LINE_MAX_BYTES])
{
	char *shown = cli_shown(line);

	snprintf(line, LINE_MAX_BYTES, "%s", shown == NULL ? "" : shown);
	free(shown);
}

static size_t write_lines(
    const struct cli_progress *p, char lines[LINES][LINE_MAX_BYTES])
{
	size_t n = 0, i;

	if (p->total[0] == '\0')
		return 0;
	put_head(p, lines[n++]);
	put_second(p, lines[n]);
	n += lines[n][0] != '\0';
	for (i = 0; i < p->nfailures; i++)
		snprintf(lines[n++], LINE_MAX_BYTES, "  %s: %s",
		    p->failures[i].endpoint, p->failures[i].reason);
	for (i = 0; i < n; i++)
		make_harmless(lines[i]);
	return n;
}

/* ---- the screen ---- */

/* A window that became narrower has broken the lines in two. */
static size_t rows_drawn(const struct cli_progress *p)
{
	size_t columns = columns_now(), rows = 0, i;

	for (i = 0; i < p->ndrawn; i++)
		rows += p->drawn[i] == 0 ? 1 : (p->drawn[i] - 1) / columns + 1;
	return rows;
}

static void clear(struct cli_progress *p)
{
	size_t rows = rows_drawn(p);

	if (rows == 0)
		return;
	if (rows > 1)
		fprintf(stderr, "\033[%zuA", rows - 1);
	fputs("\r\033[J", stderr);
	fflush(stderr);
	p->ndrawn = 0;
}

static void release(struct cli_progress *p)
{
	if (p->nheld == 0)
		return;
	p->held[p->nheld] = '\0';
	cli_put_text(stdout, p->held, "\n\t");
	fflush(stdout);
	p->nheld = 0;
}

static void draw(struct cli_progress *p)
{
	char lines[LINES][LINE_MAX_BYTES];
	size_t columns = columns_now(), n, i;

	clear(p);
	release(p);
	p->drawn_at = clock_ms();
	if (columns < COLUMNS_MIN)
		return;
	n = write_lines(p, lines);
	for (i = 0; i < n; i++) {
		fit(lines[i], LINE_MAX_BYTES, columns);
		p->drawn[i] = copl_text_columns(lines[i]);
		fprintf(stderr, "%s%s", i == 0 ? "" : "\n", lines[i]);
	}
	fflush(stderr);
	p->ndrawn = n;
}

/* ---- what is told ---- */

static void keep(
    char out[WORD_MAX], const struct copl_event *e, const char *key)
{
	snprintf(out, WORD_MAX, "%s", cli_field(e, key));
}

static void keep_failure(struct cli_progress *p, const struct copl_event *e)
{
	struct failure *f;

	if (p->nfailures == FAILURES)
		memmove(
		    p->failures, p->failures + 1, --p->nfailures * sizeof(*f));
	f = &p->failures[p->nfailures++];
	keep(f->endpoint, e, "endpoint");
	keep(f->reason, e, "reason");
}

static bool is_failure(const struct copl_event *e)
{
	static const char *const kinds[] = {
	    "waiting", "refused", "gone", "dead"};
	size_t i;

	for (i = 0; i < CLI_COUNT(kinds); i++)
		if (strcmp(e->kind, kinds[i]) == 0)
			return cli_field(e, "reason")[0] != '\0';
	return false;
}

/* A line that cannot wait is printed at once. */
static void hold(struct cli_progress *p, const struct copl_event *e)
{
	size_t len = strlen(e->text);

	cli_note_event(p->call, e);
	if (p->ndrawn == 0 || p->nheld + len + 1 > HELD_MAX) {
		clear(p);
		release(p);
		cli_put_text(stdout, e->text, "\n\t");
		putchar('\n');
		fflush(stdout);
		return;
	}
	memcpy(p->held + p->nheld, e->text, len);
	p->held[p->nheld + len] = '\n';
	p->nheld += len + 1;
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct cli_progress *p = arg;

	if (is_failure(e))
		keep_failure(p, e);
	if (strcmp(e->kind, "progress") == 0) {
		keep(p->done, e, "done");
		keep(p->total, e, "total");
		keep(p->rate, e, "rate");
		keep(p->eta, e, "eta");
		keep(p->slowest, e, "slowest");
		keep(p->errors, e, "errors");
	} else if (e->text != NULL) {
		hold(p, e);
	}
	if (p->total[0] != '\0' && clock_ms() - p->drawn_at >= DRAW_MS)
		draw(p);
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct cli_progress *p = arg;

	clear(p);
	release(p);
	p->next.diag(p->next.arg, d);
}

/* ---- begin and end ---- */

static bool is_wanted(const struct cli_call *call)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return !call->json && isatty(STDERR_FILENO) && term != NULL &&
	       *term != '\0' && strcmp(term, "dumb") != 0 &&
	       (no == NULL || *no == '\0');
}

struct cli_progress *cli_progress_begin(struct cli_call *call)
{
	struct cli_progress *p;

	if (!is_wanted(call))
		return NULL;
	p = calloc(1, sizeof(*p));
	if (p == NULL)
		return NULL;
	p->held = malloc(HELD_MAX + 1);
	if (p->held == NULL) {
		free(p);
		return NULL;
	}
	p->call = call;
	p->next = call->sink;
	call->sink = (struct copl_sink){on_diag, on_event, p};
	return p;
}

void cli_progress_end(struct cli_call *call, struct cli_progress *p)
{
	if (p == NULL)
		return;
	clear(p);
	release(p);
	call->sink = p->next;
	free(p->held);
	free(p);
}
