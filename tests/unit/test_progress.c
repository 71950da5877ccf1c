/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a person sees while a push goes on: the program's own lines in a real
 * pseudo-terminal, read by a small terminal.
 */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pty.h>
#include <sys/wait.h>
#include "cli/shown.c"
#include "cli/sink_progress.c"

#define ROWS 40
#define SEEN_MAX 65536

/* The two functions of the program that it needs. */
const char *cli_field(const struct copl_event *event, const char *key)
{
	size_t i;

	for (i = 0; i < event->nfields; i++)
		if (strcmp(event->fields[i].key, key) == 0)
			return event->fields[i].value;
	return "";
}

void cli_note_event(struct cli_call *call, const struct copl_event *event)
{
	(void)call;
	(void)event;
}

/* ---- a terminal that knows what is used ---- */

struct screen {
	char rows[ROWS][2048]; /* bytes, which the tests compare */
	size_t columns[ROWS]; /* of each row */
	size_t width;
	size_t row;
	size_t deepest;
};

static void erase_below(struct screen *s)
{
	size_t i;

	for (i = s->row; i < ROWS; i++) {
		s->rows[i][0] = '\0';
		s->columns[i] = 0;
	}
}

static const char *escape(struct screen *s, const char *p)
{
	size_t n = strtoul(p + 2, NULL, 10);

	p += 2 + strspn(p + 2, "0123456789");
	if (*p == 'A') {
		assert_true(n <= s->row);
		s->row -= n;
	} else if (*p == 'J') {
		erase_below(s);
	} else {
		fail_msg("unknown escape %c", *p);
	}
	return p + 1;
}

/* What is written goes behind what is there: nothing overwrites. */
static const char *character(struct screen *s, const char *p)
{
	size_t len = 1, used = strlen(s->rows[s->row]);
	char one[8] = "";

	while (((unsigned char)p[len] & 0xc0) == 0x80)
		len++;
	memcpy(one, p, len);
	if (s->columns[s->row] + copl_text_columns(one) > s->width) {
		s->row++;
		used = strlen(s->rows[s->row]);
	}
	assert_true(s->row < ROWS && used + len < sizeof(s->rows[0]));
	memcpy(s->rows[s->row] + used, p, len);
	s->rows[s->row][used + len] = '\0';
	s->columns[s->row] += copl_text_columns(one);
	if (s->row > s->deepest)
		s->deepest = s->row;
	return p + len;
}

static void play(struct screen *s, const char *p, size_t width)
{
	s->width = width;
	while (*p != '\0') {
		if (*p == '\033') {
			p = escape(s, p);
		} else if (*p == '\n') {
			s->row++;
			p++;
		} else if (*p == '\r') {
			p++;
		} else {
			p = character(s, p);
		}
	}
}

/* ---- a run ---- */

struct ran {
	char seen[SEEN_MAX]; /* all that the terminal got */
	struct screen screen;
};
typedef void work_fn(struct cli_call *call, int terminal);

static void plain_event(void *arg, const struct copl_event *e)
{
	(void)arg;
	if (e->text != NULL)
		printf("%s\n", e->text);
	fflush(stdout);
}

static void plain_diag(void *arg, const struct copl_diag *d)
{
	(void)arg;
	fprintf(stderr, "warning: %s\n", d->text);
}

static void set_width(int fd, unsigned short columns)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = columns};

	if (ioctl(fd, TIOCSWINSZ, &size) != 0)
		_exit(9);
}

static void child(int terminal, work_fn *work, bool json)
{
	struct cli_call call = {
	    .json = json, .sink = {plain_diag, plain_event, &call}};
	struct cli_progress *p;

	dup2(terminal, STDOUT_FILENO);
	dup2(terminal, STDERR_FILENO);
	p = cli_progress_begin(&call);
	work(&call, terminal);
	cli_progress_end(&call, p);
	printf("the end\n");
	fflush(stdout);
	_exit(0);
}

static void run_unseen(
    struct ran *r, work_fn *work, unsigned short width, bool json)
{
	int master = -1, terminal = -1, status = 0;
	ssize_t n;
	size_t used = 0;
	pid_t pid;

	memset(r, 0, sizeof(*r));
	assert_int_equal(openpty(&master, &terminal, NULL, NULL, NULL), 0);
	set_width(terminal, width);
	fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		child(terminal, work, json);
	close(terminal);
	while ((n = read(master, r->seen + used, SEEN_MAX - 1 - used)) > 0)
		used += (size_t)n;
	close(master);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void run(struct ran *r, work_fn *work, unsigned short width, bool json)
{
	run_unseen(r, work, width, json);
	play(&r->screen, r->seen, width);
}

/* What is left on the screen, as one text. */
static void assert_left(const struct ran *r, const char *want)
{
	char text[8192] = "";
	size_t i, used = 0;

	for (i = 0; i <= r->screen.deepest && i < ROWS; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%s\n", r->screen.rows[i]);
	while (used > 1 && text[used - 1] == '\n' && text[used - 2] == '\n')
		text[--used] = '\0';
	assert_string_equal(text, want);
}

static void tell(struct cli_call *call, const char *kind, const char *text,
    const struct copl_field *fields, size_t n)
{
	const struct copl_event e = {kind, text, fields, n};

	call->sink.event(call->sink.arg, &e);
}

static void progress(struct cli_call *call, const char *done, const char *eta,
    const char *slowest, const char *errors)
{
	const struct copl_field fields[] = {{"done", done}, {"total", "1000"},
	    {"rate", "41.5"}, {"eta", eta}, {"slowest", slowest},
	    {"errors", errors}};

	tell(call, "progress", NULL, fields, CLI_COUNT(fields));
}

static void failed(struct cli_call *call, const char *endpoint)
{
	const struct copl_field fields[] = {
	    {"endpoint", endpoint}, {"reason", "endpoint-unreachable"}};
	char text[200];

	snprintf(text, sizeof(text), "%s: waits for the next push", endpoint);
	tell(call, "waiting", text, fields, 2);
}

static void wait_ms(unsigned ms)
{
	const struct timespec t = {0, (long)ms * 1000000};

	nanosleep(&t, NULL);
}

/* ---- runs ---- */

static void a_good_run(struct cli_call *call, int terminal)
{
	(void)terminal;
	progress(call, "1", "", "", "0");
	tell(call, "delivered", "africa: holds release 7 now", NULL, 0);
	wait_ms(300);
	progress(call, "312", "17", "europe", "0");
	wait_ms(300);
	progress(call, "999", "3765", "europe", "0");
	tell(call, "delivered", "europe: holds release 7 now", NULL, 0);
	tell(call, "pushed", "endpoints: 1000", NULL, 0);
}

static void lines_come_and_go(void **state)
{
	struct ran r;

	(void)state;
	run(&r, a_good_run, 80, false);
	assert_non_null(strstr(r.seen, "1 of 1000 endpoints done"));
	assert_non_null(strstr(r.seen,
	    "312 of 1000 endpoints done, 41.5 a second, about 0:17 left"));
	assert_non_null(strstr(r.seen, "about 1:02:45 left"));
	assert_non_null(strstr(r.seen, "slowest now: europe"));
	/* And nothing of it stays. */
	assert_left(&r, "africa: holds release 7 now\n"
			"europe: holds release 7 now\n"
			"endpoints: 1000\nthe end\n");
}

static void a_bad_run(struct cli_call *call, int terminal)
{
	const struct copl_diag d = {.severity = COPL_WARNING,
	    .code = "endpoint-unreachable",
	    .text = "two cannot be reached"};

	(void)terminal;
	progress(call, "1", "", "", "0");
	failed(call, "one");
	failed(call, "two");
	failed(call, "three");
	failed(call, "four");
	wait_ms(300);
	progress(call, "5", "9", "slow", "4");
	call->sink.diag(call->sink.arg, &d);
	tell(call, "pushed", "endpoints: 1000", NULL, 0);
}

static void the_last_errors_are_shown(void **state)
{
	struct ran r;
	const char *shown;

	(void)state;
	run(&r, a_bad_run, 80, false);
	shown = strstr(r.seen, "not delivered: 4; slowest now: slow");
	assert_non_null(shown);
	assert_non_null(strstr(shown, "  two: endpoint-unreachable\r\n"
				      "  three: endpoint-unreachable\r\n"
				      "  four: endpoint-unreachable"));
	assert_null(strstr(r.seen, "  one: endpoint-unreachable"));
	assert_left(&r, "one: waits for the next push\n"
			"two: waits for the next push\n"
			"three: waits for the next push\n"
			"four: waits for the next push\n"
			"warning: two cannot be reached\n"
			"endpoints: 1000\nthe end\n");
}

static void a_busy_run(struct cli_call *call, int terminal)
{
	uint64_t end = clock_ms() + 600;

	(void)terminal;
	while (clock_ms() < end) {
		progress(call, "7", "1", "", "0");
		tell(call, "delivered", "x: holds release 7 now", NULL, 0);
		wait_ms(20);
	}
}

static void it_is_drawn_four_times_a_second_at_most(void **state)
{
	size_t n = 0, lines = 0;
	const char *s;
	struct ran r;

	(void)state;
	run(&r, a_busy_run, 80, false);
	for (s = r.seen; (s = strstr(s, "7 of 1000")) != NULL; s++)
		n++;
	for (s = r.seen; (s = strstr(s, "x: holds")) != NULL; s++)
		lines++;
	assert_in_range(n, 1, 3);
	assert_true(lines >= 5);
	assert_int_equal(r.screen.row, lines + 1);
}

/* Names in scripts of one, two and no columns a character. */
static void a_narrow_run(struct cli_call *call, int terminal)
{
	(void)terminal;
	progress(call, "312", "17", "المكتب_الإقليمي_للدول_العربية", "0");
	wait_ms(300);
	progress(call, "313", "17", "亚太区域办事处服务器一号", "0");
	wait_ms(300);
	progress(call, "314", "17", "", "0");
}

static void a_line_is_cut_to_the_width(void **state)
{
	struct ran r;

	(void)state;
	run(&r, a_narrow_run, 24, false);
	assert_non_null(strstr(r.seen, "312 of 1000 endpoints …"));
	assert_non_null(strstr(r.seen, "slowest now: المكتب_ا"));
	assert_non_null(strstr(r.seen, "slowest now: 亚太区域…\033"));
	assert_null(strstr(r.seen, "亚太区域办"));
	assert_left(&r, "the end\n");
}

static void a_shrinking_run(struct cli_call *call, int terminal)
{
	progress(call, "312", "17", "europe", "0");
	wait_ms(300);
	set_width(terminal, 30);
	progress(call, "313", "17", "europe", "0");
}

static void a_window_that_shrinks_is_cleared_all_the_same(void **state)
{
	struct ran r;
	const char *second;

	(void)state;
	run_unseen(&r, a_shrinking_run, 80, false);
	/* 58 columns in rows of 30 are two, and one for the slowest. */
	second = strstr(r.seen, "\033[2A\r\033[J");
	assert_non_null(second);
	assert_non_null(strstr(second, "313 of 1000 endpoints done, …"));
}

static void nothing_is_drawn_where_it_does_not_belong(void **state)
{
	static const struct {
		const char *term;
		const char *no_color;
		bool json;
	} cases[] = {{"dumb", NULL, false}, {"", NULL, false},
	    {"xterm", "1", false}, {"xterm", NULL, true}};
	struct ran r;
	size_t i;

	(void)state;
	for (i = 0; i < CLI_COUNT(cases); i++) {
		setenv("TERM", cases[i].term, 1);
		if (cases[i].no_color != NULL)
			setenv("NO_COLOR", cases[i].no_color, 1);
		run(&r, a_good_run, 80, cases[i].json);
		unsetenv("NO_COLOR");
		assert_null(strstr(r.seen, "of 1000"));
		assert_null(strchr(r.seen, '\033'));
		assert_left(&r, "africa: holds release 7 now\n"
				"europe: holds release 7 now\n"
				"endpoints: 1000\nthe end\n");
	}
	setenv("TERM", "xterm", 1);
	run(&r, a_good_run, 10, false);
	assert_null(strstr(r.seen, "of 1000"));
}

/* ---- texts of others ---- */

/* Escape sequences in seven and eight bits, also as UTF-8 that is none. */
static const struct {
	const char *text;
	const char *shown;
} foreign[] = {
    {"\033[2J\033]0;title\a", "�[2J�]0;title�"},
    {"\xc2\x9b"
     "2J\xc2\x85x",
	"�2J�x"},
    {"\x9b"
     "2J",
	"�2J"},
    {"\xc0\x9b[2J", "��[2J"},
    {"\xe0\x80\x9b[", "���["},
    {"\xf0\x80\x80\x9b[", "����["},
    {"one\r\ntwo\x7f\b\b", "one��two���"},
    {"\u202egnp.exe\u2066a\u2069\u202c", "�gnp.exe�a��"},
    {"line\u2028line\u2029", "line�line�"},
    {"cut \xd8", "cut �"},
    {"cut \xe4\xba\033", "cut ���"},
    {"surrogate \xed\xa0\x80", "surrogate ���"},
    /* What languages are written with stays. */
    {"العربية، 中文, русский 👍🏽",
	"العربية، 中文, русский 👍🏽"},
    {"\u202f: 12\u00a0%, \u200e\u200f\u200d",
	"\u202f: 12\u00a0%, \u200e\u200f\u200d"},
};

static void assert_printed(const char *text, const char *kept, const char *want)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&bytes, &len);

	assert_non_null(f);
	cli_put_text(f, text, kept);
	assert_int_equal(fclose(f), 0);
	assert_string_equal(bytes, want);
	free(bytes);
}

static void what_harms_is_replaced(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < CLI_COUNT(foreign); i++) {
		char *shown = cli_shown(foreign[i].text);

		assert_string_equal(shown, foreign[i].shown);
		free(shown);
		assert_printed(foreign[i].text, "", foreign[i].shown);
	}
	assert_printed("a\tb\nc\r\033", "\n\t", "a\tb\nc��");
}

static void a_hostile_run(struct cli_call *call, int terminal)
{
	size_t i;

	(void)terminal;
	progress(call, "1", "", "", "0");
	for (i = 0; i < CLI_COUNT(foreign) - 2; i++) {
		const struct copl_field fields[] = {
		    {"endpoint", foreign[i].text}, {"reason", foreign[i].text}};

		tell(call, "refused", foreign[i].text, fields, 2);
		wait_ms(300);
		progress(call, foreign[i].text, "1", foreign[i].text, "1");
	}
}

/* All that it may act on is what clears our own lines. */
static void assert_harmless(const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\033') {
			s += 2 + strspn(s + 2, "0123456789");
			assert_true(*s == 'A' || *s == 'J');
			continue;
		}
		assert_true((unsigned char)*s >= ' ' || *s == '\n' ||
			    *s == '\r' || *s == '\t');
		assert_int_not_equal(*s, 0x7f);
		/* U+FFFD and the three of "…" apart, all of it is ASCII. */
		assert_true((unsigned char)*s < 0x80 ||
			    strncmp(s, "�", 3) == 0 || strncmp(s, "…", 3) == 0);
		s += (unsigned char)*s < 0x80 ? 0 : 2;
	}
}

static void nothing_reaches_the_terminal_raw(void **state)
{
	struct ran r;

	(void)state;
	run_unseen(&r, a_hostile_run, 80, false);
	assert_non_null(strstr(r.seen, "slowest now: �[2J�]0;title�"));
	assert_non_null(strstr(r.seen, "  �[2J�]0;title�: �[2J�]0;title�"));
	assert_harmless(r.seen);
}

static int setup(void **state)
{
	(void)state;
	unsetenv("NO_COLOR");
	return setenv("TERM", "xterm", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_come_and_go),
	    cmocka_unit_test(the_last_errors_are_shown),
	    cmocka_unit_test(it_is_drawn_four_times_a_second_at_most),
	    cmocka_unit_test(a_line_is_cut_to_the_width),
	    cmocka_unit_test(a_window_that_shrinks_is_cleared_all_the_same),
	    cmocka_unit_test(nothing_is_drawn_where_it_does_not_belong),
	    cmocka_unit_test(what_harms_is_replaced),
	    cmocka_unit_test(nothing_reaches_the_terminal_raw),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
