/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of help_ledger.h: stores in trouble, and many pushers at one ledger. */
#ifndef HELP_LEDGER_MANY_H
#define HELP_LEDGER_MANY_H

/* ---- stores in trouble ---- */

static const struct copl_ledger_store *real_store;
static enum copl_trouble coming;
static int troubles; /* so many times, behind the statement */
static enum copl_sql hit;

static enum copl_status run_with_trouble(struct copl_ledger *l,
    enum copl_sql sql, const struct copl_cell *params, size_t n,
    copl_row_fn *row, void *arg)
{
	enum copl_status st = real_store->run(l, sql, params, n, row, arg);

	if (st == COPL_OK && sql == hit && troubles > 0) {
		troubles--;
		return copl_ledger_trouble(l, coming, "a test says so");
	}
	return st;
}

static enum copl_status connect_again(struct copl_ledger *l)
{
	/* What a new connection would find: no transaction. */
	(void)real_store->run(l, COPL_SQL_ROLLBACK, NULL, 1, NULL, NULL);
	return COPL_OK;
}

static void make_trouble(struct copl_ledger *l, enum copl_trouble trouble,
    int times, enum copl_sql sql)
{
	static struct copl_ledger_store store;

	real_store = l->store;
	store = *real_store;
	store.run = run_with_trouble;
	store.again = connect_again;
	l->store = &store;
	coming = trouble;
	troubles = times;
	hit = sql;
}

static void a_transaction_in_the_way_is_tried_again(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_audit *rows = NULL;
	char ids[200];
	size_t n = 0;

	(void)state;
	enlist(l, 4, A, three, 3);
	make_trouble(l, COPL_TROUBLE_AGAIN, 3, COPL_SQL_CLAIM);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	assert_int_equal(troubles, 0);
	l->store = real_store;
	make_trouble(l, COPL_TROUBLE_AGAIN, 3, COPL_SQL_AUDIT_ADD);
	record(l, URL, "delivered", A);
	assert_int_equal(troubles, 0);
	OK(copl_ledger_history(l, "africa", 0, a, &r, &rows, &n));
	assert_int_equal(n, 1);
	copl_ledger_close(l);
	copl_arena_free(a);
}

/* The commit was heard, its answer was not: once is enough. */
static void a_lost_answer_doubles_nothing(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e = entry("asia", "delivered", 4, A);
	struct copl_ledger_audit *rows = NULL;
	char ids[200];
	size_t n = 0;

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	make_trouble(l, COPL_TROUBLE_LOST, 1, COPL_SQL_COMMIT);
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	assert_int_equal(troubles, 0);
	assert_false(e.lost);
	OK(copl_ledger_history(l, "asia", 0, a, &r, &rows, &n));
	assert_int_equal(n, 1);
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void a_connection_is_made_anew_once(void **state)
{
	const struct copl_ledger_standing s = africa(URL, "delivered");
	struct copl_ledger *l = open_fresh();
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	char sha256[65];

	(void)state;
	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	make_trouble(l, COPL_TROUBLE_LOST, 2, COPL_SQL_PUT);
	assert_int_equal(copl_ledger_record(l, &s, NULL, 0, &r), COPL_E_IO);
	assert_int_equal(copl_reporter_end(&r, COPL_E_IO), COPL_E_IO);
	assert_string_equal(seen.codes, "ledger-lost ");
	assert_int_equal(count_facts(l, URL, sha256), 0);
	copl_ledger_close(l);
}

/* ---- many pushers ---- */

/* The others begin when the first one has its tasks. */
static int begin_now[2];

static void wait_for_the_first(int who)
{
	char c;

	if (who != 0)
		assert_int_equal(read(begin_now[0], &c, 1), 1);
}

static void die_with_tasks(void)
{
	assert_int_equal(write(begin_now[1], "go!", 3), 3);
	usleep(20000);
	raise(SIGKILL);
}

/* Delivers until nothing is left; one of them dies with its first tasks. */
static void deliver_all(struct copl_ledger *l, int who, bool dies)
{
	struct copl_ledger_claiming how = {
	    .version = 4, .due = INT64_MAX, .lease_s = 2, .most = 16};
	struct copl_ledger_left left = {.due = 1};
	struct copl_ledger_entry entries[16];
	char worker[20];

	snprintf(worker, sizeof(worker), "desk:%d", who);
	how.worker = worker;
	while (left.due + left.leased > 0) {
		struct copl_arena *a = copl_arena_new();
		struct copl_ledger_task *tasks = NULL;
		size_t n = 0, i;

		how.now = time(NULL);
		OK(copl_ledger_claim(l, &how, a, &r, &tasks, &n));
		if (dies && n > 0)
			die_with_tasks();
		for (i = 0; i < n; i++) {
			entries[i] =
			    entry(tasks[i].endpoint, "delivered", 4, A);
			entries[i].standing.url = tasks[i].url;
		}
		OK(copl_ledger_record_all(l, worker, entries, n, &r));
		for (i = 0; i < n; i++)
			assert_false(entries[i].lost);
		copl_arena_free(a);
		OK(copl_ledger_left(l, 4, time(NULL), INT64_MAX, &r, &left));
		if (n == 0)
			usleep(50000);
	}
}

static void push_as(const char *where, int who)
{
	struct copl_ledger *l = open_ledger(where);

	wait_for_the_first(who);
	deliver_all(l, who, who == 0);
	copl_ledger_close(l);
}

static void enlist_many(struct copl_ledger *l, size_t n)
{
	const struct copl_ledger_enlisting how = {"desk:9", NOW, false};
	struct copl_ledger_task *tasks = calloc(n, sizeof(*tasks));
	char(*ids)[16] = calloc(n, sizeof(*ids));
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(ids[i], sizeof(ids[i]), "office_%05zu", i);
		tasks[i] = (struct copl_ledger_task){
		    .endpoint = ids[i], .url = URL, .version = 4, .seal = A};
	}
	OK(copl_ledger_enlist(l, &how, tasks, n, &r));
	free(ids);
	free(tasks);
}

#define PUSHERS 4

/* Starts them; how each ended in status[]. */
static void start_pushers(const char *where,
    void (*work)(const char *where, int who), int status[PUSHERS])
{
	pid_t pids[PUSHERS];
	int i;

	for (i = 0; i < PUSHERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			alarm(90);
			work(where, i);
			_exit(0);
		}
	}
	for (i = 0; i < PUSHERS; i++)
		assert_int_equal(waitpid(pids[i], &status[i], 0), pids[i]);
}

static void are_served_once(const char *where)
{
	struct copl_ledger *l = open_ledger(where);
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger_standing *list = NULL;
	size_t n = 0, k;

	OK(copl_ledger_standings(l, a, &r, &list, &n));
	assert_int_equal(n, LEDGER_MANY);
	for (k = 0; k < n; k++) {
		struct copl_ledger_audit *rows = NULL;
		size_t m = 0;

		assert_string_equal(list[k].status, "delivered");
		OK(copl_ledger_history(
		    l, list[k].endpoint, 0, a, &r, &rows, &m));
		assert_int_equal(m, 1);
	}
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void each_office_is_served_once_though_a_pusher_dies(void **state)
{
	const char *where = strdup(fresh_place());
	struct copl_ledger *l = open_ledger(where);
	int status[PUSHERS], i;

	(void)state;
	enlist_many(l, LEDGER_MANY);
	copl_ledger_close(l);
	assert_int_equal(pipe(begin_now), 0);
	start_pushers(where, push_as, status);
	assert_true(WIFSIGNALED(status[0]) && WTERMSIG(status[0]) == SIGKILL);
	for (i = 1; i < PUSHERS; i++)
		assert_int_equal(status[i], 0);
	are_served_once(where);
	free((void *)(uintptr_t)where);
}

/* All of them know the offices, and none finds them in the ledger. */
static void enlist_and_push_as(const char *where, int who)
{
	struct copl_ledger *l = open_ledger(where);

	enlist_many(l, LEDGER_MANY);
	deliver_all(l, who, false);
	copl_ledger_close(l);
}

static void whoever_enlists_later_undoes_nothing(void **state)
{
	const char *where = strdup(fresh_place());
	int status[PUSHERS], i;

	(void)state;
	copl_ledger_close(open_ledger(where));
	start_pushers(where, enlist_and_push_as, status);
	for (i = 0; i < PUSHERS; i++)
		assert_int_equal(status[i], 0);
	are_served_once(where);
	free((void *)(uintptr_t)where);
}

#endif
