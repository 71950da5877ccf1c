/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are gone, memory that is short, a server that is leaving. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <cmocka.h>
#include "help_collect.h"

/* ---- slots that cannot be used, when a test says so ---- */

static _Atomic(enum copl_status) slots_status;
static atomic_int slots_reads;

enum copl_status __real_copl_slots_read(const char *text, size_t len,
    const char *name, struct copl_reporter *r, struct copl_slots **slots);
enum copl_status __wrap_copl_slots_read(const char *text, size_t len,
    const char *name, struct copl_reporter *r, struct copl_slots **slots);

enum copl_status __wrap_copl_slots_read(const char *text, size_t len,
    const char *name, struct copl_reporter *r, struct copl_slots **slots)
{
	enum copl_status st = atomic_load(&slots_status);

	atomic_fetch_add(&slots_reads, 1);
	return st == COPL_OK ? __real_copl_slots_read(text, len, name, r, slots)
			     : st;
}

/* ---- files of the set that is in place ---- */

/* Only the server's copy is meant. */
static void move_file(const char *from, const char *to)
{
	need(run("d=$(dirname \"$(find -L '%s' -name '%s' | head -n 1)\") && "
		 "test \"$d\" != . && mv \"$d/%s\" \"$d/%s\"",
		 desk.office.options.dir, from, from, to) == 0,
	    from);
}

static void make_folder_beside(const char *file, const char *name)
{
	need(run("mkdir \"$(dirname \"$(find -L '%s' -name '%s' | head -n "
		 "1)\")/%s\"",
		 desk.office.options.dir, file, name) == 0,
	    name);
}

/* ---- thanks that cannot be said ---- */

static void what_cannot_be_thanked_for_is_not_stored(void **state)
{
	(void)state;
	run_it();
	move_file("mini.ar.sent.html", "away");
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(503, "ar", "كيف");
	assert_int_equal(count_stored(answers), 0);
	assert_int_equal(post(WHO "&seen=yes"), 503);
	assert_int_equal(count_stored(answers), 0);
	move_file("away", "mini.ar.sent.html");
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(200, "ar", "شكر");
	check_stored(ID, "كيف", NULL);
	assert_int_equal(count_stored(answers), 1);
	/* From now on it is in memory. */
	move_file("mini.ar.sent.html", "away");
	assert_int_equal(post(WHO "&seen=yes"), 303);
	assert_int_equal(count_stored(answers), 2);
}

/* ---- a post without a connection ---- */

static struct collect_post *new_post(struct serving *s, struct collect *c)
{
	struct collect_post *p = calloc(1, sizeof(*p));

	need(p != NULL, "memory");
	memset(s, 0, sizeof(*s));
	memset(c, 0, sizeof(*c));
	s->collect = c;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->more, NULL);
	c->last = &c->first;
	p->s = s;
	p->body.max = COPL_ANSWER_MAX;
	return p;
}

/* ---- a front that ends suspends no post ---- */

static struct {
	struct collect_post *post; /* comes while the daemon is being stopped */
	int suspended;
	int stopped;
	bool handed_over;
} ending;

void __real_MHD_suspend_connection(struct MHD_Connection *c);
void __wrap_MHD_suspend_connection(struct MHD_Connection *c);
void __real_MHD_stop_daemon(struct MHD_Daemon *d);
void __wrap_MHD_stop_daemon(struct MHD_Daemon *d);

void __wrap_MHD_suspend_connection(struct MHD_Connection *c)
{
	if (c != NULL)
		__real_MHD_suspend_connection(c);
	else
		ending.suspended++;
}

void __wrap_MHD_stop_daemon(struct MHD_Daemon *d)
{
	if (d != NULL) {
		__real_MHD_stop_daemon(d);
		return;
	}
	ending.stopped++;
	ending.handed_over = collect_hand_over(ending.post);
}

static void a_front_that_ends_takes_no_post(void **state)
{
	struct serving s;
	struct collect c;
	struct front *front = calloc(1, sizeof(*front));

	(void)state;
	need(front != NULL, "memory");
	ending.post = new_post(&s, &c);
	ending.post->front = front;
	front->fd = dup(STDIN_FILENO);
	s.leaving = front;
	/* It has one: it stays. */
	assert_true(collect_hand_over(ending.post));
	assert_int_equal(ending.suspended, 1);
	front_sweep(&s);
	assert_int_equal(ending.stopped, 0);
	assert_ptr_equal(s.leaving, front);
	/* The last one has gone on, and another comes: too late. */
	c.first = NULL;
	c.last = &c.first;
	c.waiting = 0;
	atomic_store(&front->held, 0);
	front_sweep(&s);
	assert_int_equal(ending.stopped, 1);
	assert_false(ending.handed_over);
	assert_int_equal(ending.suspended, 1);
	assert_null(s.leaving);
	collect_end(ending.post);
}

/* ---- what is thrown away is not counted ---- */

static void send_pieces(struct collect_post *p, size_t n)
{
	static const char piece[65536] = {'a'};
	size_t len;

	for (; n > 0; n--) {
		len = sizeof(piece);
		assert_int_equal(collect_more(p, piece, &len), MHD_YES);
		assert_int_equal(len, 0);
	}
}

static void too_much_is_not_kept(void **state)
{
	struct serving s;
	struct collect c;
	struct collect_post *p = new_post(&s, &c);

	(void)state;
	send_pieces(p, COPL_ANSWER_MAX / 65536);
	assert_int_equal(atomic_load(&c.bytes), COPL_ANSWER_MAX);
	send_pieces(p, 3);
	assert_true(p->too_large);
	assert_int_equal(atomic_load(&c.bytes), 0);
	assert_null(p->body.s);
	collect_end(p);
	assert_int_equal(atomic_load(&c.bytes), 0);
}

static void what_finds_no_room_leaves_it_to_others(void **state)
{
	struct serving s;
	struct collect c;
	struct collect_post *p = new_post(&s, &c);

	(void)state;
	send_pieces(p, 2);
	atomic_fetch_add(&c.bytes, COLLECT_BYTES_MAX - 3 * 65536);
	send_pieces(p, 1);
	assert_int_equal(p->body.st, COPL_OK);
	send_pieces(p, 2);
	assert_int_equal(p->body.st, COPL_E_LIMIT);
	assert_int_equal(atomic_load(&c.bytes), COLLECT_BYTES_MAX - 3 * 65536);
	assert_null(p->body.s);
	/* How long it was is known all the same. */
	assert_int_equal(p->came, 5 * 65536);
	collect_end(p);
	assert_int_equal(atomic_load(&c.bytes), COLLECT_BYTES_MAX - 3 * 65536);
}

/* ---- slots ---- */

static void ask_page(void)
{
	ask_for(
	    &desk, "/mini.ar.html", "Accept: text/html\r\n", out, sizeof(out));
}

static bool has_token(void)
{
	return strstr(out, "name=\"_id\" value=\"") != NULL;
}

/* The page as it was signed can be sent, too. */
static void slots_of_no_use_are_read_once(void **state)
{
	char *page = get(in("p/releases/1/north/mini.ar.html"));
	int i;

	(void)state;
	run_it();
	atomic_store(&slots_status, COPL_E_INVALID);
	for (i = 0; i < 3; i++) {
		ask_page();
		check_answer(200, "ar", "name=\"seen\"");
		assert_string_equal(body_of(out), page);
	}
	assert_int_equal(atomic_load(&slots_reads), 1);
	assert_int_equal(post(WHO "&seen=yes"), 303);
	free(page);
}

static void slots_are_read_again_when_there_is_memory(void **state)
{
	(void)state;
	run_it();
	atomic_store(&slots_status, COPL_E_NOMEM);
	ask_page();
	check_answer(200, "ar", "name=\"seen\"");
	assert_false(has_token());
	atomic_store(&slots_status, COPL_OK);
	ask_page();
	check_answer(200, "ar", "name=\"seen\"");
	assert_true(has_token());
}

/* Of all codes: a word for each finding. */
static size_t count_heard(void)
{
	const char *s;
	size_t n = 0;

	pthread_mutex_lock(&desk.office.heard.lock);
	for (s = desk.office.heard.codes; *s != '\0'; s++)
		n += *s == ' ';
	pthread_mutex_unlock(&desk.office.heard.lock);
	return n / 2;
}

static void slots_that_cannot_be_read_are_told_once(void **state)
{
	size_t before;
	int i;

	(void)state;
	run_it();
	before = count_heard();
	move_file("mini.ar.slots.xml", "away");
	make_folder_beside("away", "mini.ar.slots.xml");
	for (i = 0; i < 3; i++) {
		ask_page();
		check_answer(200, "ar", "name=\"seen\"");
		assert_false(has_token());
	}
	assert_int_equal(count_heard(), before + 1);
	/* What can be mended is looked at again. */
	move_file("mini.ar.slots.xml", "folder");
	move_file("away", "mini.ar.slots.xml");
	ask_page();
	assert_true(has_token());
}

static void a_page_that_is_gone_is_not_called_an_answer(void **state)
{
	(void)state;
	run_it();
	move_file("mini.ar.html", "away");
	ask_for(&desk, "/mini.ar.html",
	    "Accept: text/html\r\nAccept-Language: en\r\n", out, sizeof(out));
	assert_int_equal(status_of(out), 500);
	assert_null(strstr(out, "answers were not"));
}

/* ---- tests ---- */

static int set_up_good(void **state)
{
	atomic_store(&slots_status, COPL_OK);
	atomic_store(&slots_reads, 0);
	return set_up(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_good, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_cannot_be_thanked_for_is_not_stored),
	    TEST(slots_of_no_use_are_read_once),
	    TEST(slots_are_read_again_when_there_is_memory),
	    TEST(slots_that_cannot_be_read_are_told_once),
	    TEST(a_page_that_is_gone_is_not_called_an_answer),
	    cmocka_unit_test(too_much_is_not_kept),
	    cmocka_unit_test(what_finds_no_room_leaves_it_to_others),
	    cmocka_unit_test(a_front_that_ends_takes_no_post),
	};

	return cmocka_run_group_tests(tests, set_up_all, scratch_remove);
}
