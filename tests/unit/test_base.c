/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/base.h"
#include "seen.h"

/* ---- text ---- */

static void xml_text_and_attributes_are_escaped(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);

	(void)state;
	copl_xml_put_text(&b, "a<b>&\"\r\n", 8);
	assert_string_equal(b.s, "a&lt;b&gt;&amp;\"&#13;\n");
	copl_strbuf_reset(&b);
	copl_xml_put_attr(&b, "\"س'\t\n<");
	assert_string_equal(b.s, "&quot;س'&#9;&#10;&lt;");
	copl_strbuf_clear(&b);
}

static void json_strings_are_escaped(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);

	(void)state;
	copl_json_put_string(&b, "a\"\\\n\x01 是\x7f");
	assert_string_equal(b.s, "\"a\\\"\\\\\\n\\u0001 是\\u007f\"");
	copl_strbuf_clear(&b);
}

static void utf8_is_checked_to_the_letter(void **state)
{
	static const char *const bad[] = {"\x80", "\xc0\x80", "\xc1\xbf",
	    "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
	    "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xff"};
	const char *good = "aé你🙂\xf4\x8f\xbf\xbf";
	size_t i;

	(void)state;
	assert_int_equal(copl_utf8_valid(good, strlen(good)), strlen(good));
	assert_int_equal(copl_utf8_count(good, strlen(good)), 5);
	for (i = 0; i < COPL_COUNT(bad); i++)
		assert_int_equal(copl_utf8_valid(bad[i], strlen(bad[i])), 0);
	assert_int_equal(copl_utf8_valid("да\xd0", 5), 4);
}

static void placeholders_have_names(void **state)
{
	size_t len = 0;

	(void)state;
	assert_non_null(copl_placeholder("{a_1} b", &len));
	assert_int_equal(len, 3);
	assert_null(copl_placeholder("{}", &len));
	assert_null(copl_placeholder("{A}", &len));
	assert_null(copl_placeholder("{a b}", &len));
	assert_null(copl_placeholder("{{a}}", &len));
	assert_null(copl_placeholder("{a", &len));
}

static void numbers_stop_at_their_ceiling(void **state)
{
	uint64_t n = 7;

	(void)state;
	assert_true(copl_number_parse("0", 5, &n));
	assert_int_equal(n, 0);
	assert_true(copl_number_parse("5", 5, &n));
	assert_false(copl_number_parse("6", 5, &n));
	assert_true(copl_number_parse("18446744073709551615", UINT64_MAX, &n));
	assert_true(n == UINT64_MAX);
	assert_false(copl_number_parse("18446744073709551616", UINT64_MAX, &n));
	assert_false(copl_number_parse("", 5, &n));
	assert_false(copl_number_parse("-1", 5, &n));
	assert_false(copl_number_parse("1x", 50, &n));
}

static void only_tame_paths_are_safe(void **state)
{
	static const char *const bad[] = {"", "/", "/a", "a/", "a//b", "../a",
	    "a/..", ".a", "a/.b", "a/b/c/d/e", "a b", "a\\b", "ملف", "a%2e"};
	char longer[300];
	size_t i;

	(void)state;
	assert_true(copl_path_is_safe("africa/digital_skills.zh-Hans.html"));
	assert_true(copl_path_is_safe("SHA256SUMS"));
	for (i = 0; i < COPL_COUNT(bad); i++)
		assert_false(copl_path_is_safe(bad[i]));
	memset(longer, 'a', sizeof(longer));
	longer[201] = '\0';
	assert_false(copl_path_is_safe(longer));
}

static void shapes_of_values_are_told_apart(void **state)
{
	(void)state;
	assert_true(copl_shape_is_name("seen_2"));
	assert_false(copl_shape_is_name("Seen"));
	assert_false(copl_shape_is_name("2seen"));
	assert_false(copl_shape_is_name(""));
	assert_true(copl_shape_is_name("abcdefghijklmnopqrstuvwxyz012345"));
	assert_false(copl_shape_is_name("abcdefghijklmnopqrstuvwxyz0123456"));
	assert_true(copl_shape_is_tag("zh-Hans"));
	assert_true(copl_shape_is_tag("es-419"));
	assert_false(copl_shape_is_tag("zh_CN"));
	assert_false(copl_shape_is_tag("f"));
	assert_false(copl_shape_is_tag("fr-"));
	assert_true(copl_shape_is_email("cop-cis@example.org"));
	assert_false(copl_shape_is_email("cop@"));
	assert_false(copl_shape_is_email("a b@example.org"));
	assert_false(copl_shape_is_email("a@b@example.org"));
}

/* ---- map ---- */

static void a_map_keeps_the_first_value(void **state)
{
	struct copl_map m = {0};
	char keys[500][8];
	size_t i, got;

	(void)state;
	assert_false(copl_map_get(&m, "x", &got));
	for (i = 0; i < 500; i++) {
		snprintf(keys[i], sizeof(keys[i]), "k%zu", i);
		assert_true(copl_map_put(&m, keys[i], i, NULL));
	}
	assert_true(copl_map_put(&m, "k3", 99, &got));
	assert_int_equal(got, 3);
	for (i = 0; i < 500; i++) {
		assert_true(copl_map_get(&m, keys[i], &got));
		assert_int_equal(got, i);
	}
	assert_false(copl_map_get(&m, "k500", &got));
	copl_map_free(&m);
}

/* ---- time ---- */

static void instants_need_a_zone(void **state)
{
	struct copl_instant t;
	char s[COPL_INSTANT_SIZE];

	(void)state;
	assert_true(copl_instant_parse("2027-03-31T23:59:59Z", &t));
	copl_instant_format(t.seconds, s);
	assert_string_equal(s, "2027-03-31T23:59:59Z");
	assert_true(copl_instant_parse("2027-01-01T00:30:00+05:30", &t));
	assert_int_equal(t.offset, 330);
	copl_instant_format(t.seconds, s);
	assert_string_equal(s, "2026-12-31T19:00:00Z");
	assert_true(copl_instant_parse("2027-01-01T00:30:00.25-01:00", &t));
	assert_false(copl_instant_parse("2027-03-31T23:59:59", &t));
	assert_false(copl_instant_parse("2027-03-31", &t));
	assert_false(copl_instant_parse("2027-02-29T00:00:00Z", &t));
	assert_true(copl_instant_parse("2028-02-29T00:00:00Z", &t));
	assert_false(copl_instant_parse("2027-13-01T00:00:00Z", &t));
	assert_false(copl_instant_parse("2027-01-01T24:00:00Z", &t));
	assert_false(copl_instant_parse("2027-01-01T00:00:00Zx", &t));
}

static void known_instants_have_known_seconds(void **state)
{
	struct copl_instant t;
	char s[COPL_INSTANT_SIZE];
	int64_t day;

	(void)state;
	assert_true(copl_instant_parse("1970-01-01T00:00:00Z", &t));
	assert_int_equal(t.seconds, 0);
	assert_true(copl_instant_parse("2000-03-01T00:00:00Z", &t));
	assert_int_equal(t.seconds, 951868800);
	assert_true(copl_date_parse("1969-12-31", &day));
	assert_int_equal(day, -86400);
	copl_instant_format(-1, s);
	assert_string_equal(s, "1969-12-31T23:59:59Z");
	copl_instant_format(INT64_MAX, s);
	assert_string_equal(s, "9999-12-31T23:59:59Z");
}

/* ---- reporter ---- */

static void findings_come_sorted_by_place(void **state)
{
	struct seen seen = {0};
	struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, &sink);
	copl_report(
	    &r, COPL_ERROR, "c", (struct copl_place){"b.po", 9, 1}, "x");
	copl_report(
	    &r, COPL_ERROR, "d", (struct copl_place){"a.po", 1, 1}, "x");
	copl_report(
	    &r, COPL_WARNING, "b", (struct copl_place){"b.po", 2, 7}, "x");
	copl_report(&r, COPL_NOTE, "a", (struct copl_place){"b.po", 2, 3}, "x");
	assert_int_equal(r.errors, 2);
	assert_int_equal(r.warnings, 1);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	assert_int_equal(seen.n, 4);
	assert_string_equal(seen.list[0].code, "a");
	assert_string_equal(seen.list[1].code, "b");
	assert_string_equal(seen.list[2].code, "c");
	assert_string_equal(seen.list[3].code, "d");
}

static void findings_of_another_thread_are_moved(void **state)
{
	struct seen seen = {0};
	struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter to, from;

	(void)state;
	copl_reporter_init(&to, &sink);
	copl_reporter_init(&from, &sink);
	copl_report(
	    &to, COPL_WARNING, "a", (struct copl_place){"ar.po", 3, 1}, "س");
	copl_report(
	    &from, COPL_ERROR, "c", (struct copl_place){"ru.po", 2, 1}, "я");
	copl_report(
	    &from, COPL_NOTE, "b", (struct copl_place){"ru.po", 1, 1}, "я");
	copl_reporter_move(&to, &from);
	assert_int_equal(to.errors, 1);
	assert_int_equal(to.warnings, 1);
	assert_int_equal(from.errors, 0);
	assert_int_equal(copl_reporter_end(&from, COPL_OK), COPL_OK);
	assert_int_equal(seen.n, 0);
	assert_int_equal(
	    copl_reporter_end(&to, COPL_E_INVALID), COPL_E_INVALID);
	assert_int_equal(seen.n, 3);
	assert_string_equal(seen.list[0].code, "a");
	assert_string_equal(seen.list[1].code, "b");
	assert_string_equal(seen.list[2].code, "c");
	copl_reporter_init(&from, NULL);
	from.nomem = true;
	copl_reporter_init(&to, &sink);
	copl_reporter_move(&to, &from);
	assert_int_equal(copl_reporter_end(&to, COPL_OK), COPL_E_NOMEM);
	(void)copl_reporter_end(&from, COPL_OK);
}

/* As when what one reporter found is told by another. */
static void a_finding_outlives_the_words_it_was_made_of(void **state)
{
	struct seen seen = {0};
	struct copl_sink sink = {seen_diag, NULL, &seen};
	char code[] = "syntax", file[] = "fr.po", text[] = "é";
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, &sink);
	copl_report(
	    &r, COPL_ERROR, code, (struct copl_place){file, 1, 1}, "%s", text);
	memset(code, 'x', strlen(code));
	memset(file, 'x', strlen(file));
	memset(text, 'x', strlen(text));
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.list[0].code, "syntax");
	assert_string_equal(seen.list[0].text, "é");
}

static void lack_of_memory_is_nobodys_content_error(void **state)
{
	struct seen seen = {0};
	struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, &sink);
	copl_report(
	    &r, COPL_ERROR, "c", (struct copl_place){"b.po", 9, 1}, "x");
	r.nomem = true;
	assert_int_equal(copl_reporter_end(&r, COPL_E_INVALID), COPL_E_NOMEM);
	assert_int_equal(seen.n, 0);
}

/* ---- files ---- */

struct files {
	char dir[64];
	char path[128];
	struct copl_reporter r;
	struct seen seen;
	struct copl_sink sink;
};

static int make_dir(void **state)
{
	struct files *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return -1;
	snprintf(f->dir, sizeof(f->dir), "/tmp/copl-base-XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	snprintf(f->path, sizeof(f->path), "%s/f", f->dir);
	f->sink = (struct copl_sink){seen_diag, NULL, &f->seen};
	copl_reporter_init(&f->r, &f->sink);
	*state = f;
	return 0;
}

static int remove_dir(void **state)
{
	struct files *f = *state;
	enum copl_status st;

	chmod(f->dir, 0700);
	st = copl_dir_remove(f->dir, &f->r);
	(void)copl_reporter_end(&f->r, st);
	free(f);
	return st == COPL_OK ? 0 : -1;
}

static size_t names_in(struct files *f)
{
	struct copl_arena *a = copl_arena_new();
	const char **names;
	size_t n;

	assert_int_equal(copl_dir_list(f->dir, a, &f->r, &names, &n), COPL_OK);
	copl_arena_free(a);
	return n;
}

static void a_file_is_replaced_only_when_it_differs(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	struct files *f = *state;
	bool changed;

	assert_int_equal(
	    copl_file_replace(f->path, "да", 4, 0644, &f->r, &changed),
	    COPL_OK);
	assert_true(changed);
	assert_int_equal(
	    copl_file_replace(f->path, "да", 4, 0644, &f->r, &changed),
	    COPL_OK);
	assert_false(changed);
	assert_int_equal(
	    copl_file_replace(f->path, "不", 3, 0644, &f->r, &changed),
	    COPL_OK);
	assert_true(changed);
	/* What memory ran out for is not whole. */
	f->r.nomem = true;
	assert_int_equal(
	    copl_file_replace(f->path, "", 0, 0644, &f->r, &changed),
	    COPL_E_NOMEM);
	f->r.nomem = false;
	assert_false(changed);
	assert_int_equal(copl_file_read(f->path, 100, &f->r, &b), COPL_OK);
	assert_string_equal(b.s, "不");
	assert_int_equal(names_in(f), 1);
	copl_strbuf_clear(&b);
}

static void a_new_file_keeps_to_the_umask_and_an_old_one_to_its_mode(
    void **state)
{
	struct files *f = *state;
	mode_t before = umask(077);
	struct stat sb;

	assert_int_equal(
	    copl_file_replace(f->path, "a", 1, 0666, &f->r, NULL), COPL_OK);
	umask(before);
	assert_int_equal(stat(f->path, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0600);
	assert_int_equal(chmod(f->path, 0640), 0);
	assert_int_equal(
	    copl_file_replace(f->path, "b", 1, 0666, &f->r, NULL), COPL_OK);
	assert_int_equal(stat(f->path, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0640);
	assert_int_equal(names_in(f), 1);
}

/* Nobody has the number of a process that has ended and was waited for. */
static void what_a_killed_process_left_is_swept(void **state)
{
	struct files *f = *state;
	char dead[200], alive[200], other[200], inside[240];
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	snprintf(dead, sizeof(dead), "%s.tmp-%ld-0", f->path, (long)pid);
	snprintf(
	    alive, sizeof(alive), "%s.tmp-%ld-7", f->path, (long)getppid());
	snprintf(other, sizeof(other), "%sx.tmp-%ld-0", f->path, (long)pid);
	assert_int_equal(mkdir(dead, 0700), 0);
	snprintf(
	    inside, sizeof(inside), "%s/\u043e\u0442\u0432\u0435\u0442", dead);
	close(open(inside, O_WRONLY | O_CREAT, 0600));
	copl_path_sweep(f->path);
	assert_false(copl_path_exists(dead));
	close(open(dead, O_WRONLY | O_CREAT, 0600));
	close(open(alive, O_WRONLY | O_CREAT, 0600));
	close(open(other, O_WRONLY | O_CREAT, 0600));
	assert_int_equal(
	    copl_file_replace(f->path, "да", 4, 0644, &f->r, NULL), COPL_OK);
	assert_false(copl_path_exists(dead));
	assert_true(copl_path_exists(alive));
	assert_true(copl_path_exists(other));
	assert_int_equal(unlink(alive), 0);
	assert_int_equal(unlink(other), 0);
}

static void files_are_staged_and_come_together(void **state)
{
	struct files *f = *state;
	struct copl_staged one = {NULL, NULL}, two = {NULL, NULL};
	char other[160];
	bool changed = false;

	snprintf(other, sizeof(other), "%s/другой", f->dir);
	assert_int_equal(
	    copl_file_stage(f->path, "你好", 6, 0666, 0, &f->r, &one), COPL_OK);
	assert_int_equal(
	    copl_file_stage(other, "مرحبا", 10, 0666, 1, &f->r, &two), COPL_OK);
	assert_false(copl_path_exists(f->path));
	assert_int_equal(copl_file_commit(&one, &f->r, &changed), COPL_OK);
	assert_true(changed);
	assert_true(copl_path_exists(f->path));
	copl_file_abandon(&one);
	copl_file_abandon(&two);
	copl_file_abandon(&two);
	assert_false(copl_path_exists(other));
	assert_int_equal(names_in(f), 1);
	/* the same bytes again: nothing is written */
	assert_int_equal(
	    copl_file_stage(f->path, "你好", 6, 0666, 0, &f->r, &one), COPL_OK);
	assert_null(one.tmp);
	assert_int_equal(copl_file_commit(&one, &f->r, &changed), COPL_OK);
	assert_false(changed);
	copl_file_abandon(&one);
	assert_int_equal(names_in(f), 1);
}

static void a_full_disk_is_an_io_error(void **state)
{
	struct files *f = *state;

	assert_int_equal(
	    copl_file_replace("/dev/full", "x", 1, 0644, &f->r, NULL),
	    COPL_E_IO);
	assert_int_equal(copl_reporter_end(&f->r, COPL_OK), COPL_OK);
	assert_string_equal(f->seen.list[0].code, "io-write");
}

/* "cop-l10n … --csv=/dev/stdout >all.csv": the file is not ours to name. */
static void what_is_open_is_written_and_not_replaced(void **state)
{
	struct files *f = *state;
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	int fd = open(f->path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	char name[64];

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "да ", 5), 5);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	assert_true(copl_path_is_special(name));
	assert_false(copl_path_is_special(f->path));
	assert_int_equal(
	    copl_file_replace(name, "نعم", 6, 0644, &f->r, NULL), COPL_OK);
	close(fd);
	assert_int_equal(copl_file_read(f->path, 100, &f->r, &b), COPL_OK);
	assert_string_equal(copl_strbuf_text(&b), "да نعم");
	copl_strbuf_clear(&b);
	assert_int_equal(names_in(f), 1);
}

static void a_folder_that_cannot_be_written_leaves_the_old_file(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	struct files *f = *state;
	char missing[256];

	assert_int_equal(
	    copl_file_replace(f->path, "a", 1, 0644, &f->r, NULL), COPL_OK);
	snprintf(missing, sizeof(missing), "%s/no/such/f", f->dir);
	assert_int_equal(
	    copl_file_replace(missing, "b", 1, 0644, &f->r, NULL), COPL_E_IO);
	snprintf(missing, sizeof(missing), "%s/f/below-a-file", f->dir);
	assert_int_equal(
	    copl_file_replace(missing, "b", 1, 0644, &f->r, NULL), COPL_E_IO);
	assert_int_equal(copl_file_read(f->path, 100, &f->r, &b), COPL_OK);
	assert_string_equal(b.s, "a");
	assert_int_equal(names_in(f), 1);
	copl_strbuf_clear(&b);
}

static void reading_has_a_ceiling(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100);
	struct files *f = *state;
	bool folder = false;
	size_t i;

	assert_int_equal(
	    copl_file_replace(f->path, "12345", 5, 0644, &f->r, NULL), COPL_OK);
	assert_int_equal(copl_file_read(f->path, 5, &f->r, &b), COPL_OK);
	assert_int_equal(copl_file_read(f->path, 4, &f->r, &b), COPL_E_LIMIT);
	assert_int_equal(copl_file_read(f->dir, 100, &f->r, &b), COPL_E_IO);
	assert_int_equal(
	    copl_file_read("/no/such/file", 100, &f->r, &b), COPL_E_IO);
	assert_int_equal(copl_reporter_end(&f->r, COPL_OK), COPL_OK);
	assert_int_equal(seen_count(&f->seen, "file-too-large"), 1);
	assert_int_equal(seen_count(&f->seen, "io-open"), 2);
	for (i = 0; i < f->seen.n && !folder; i++)
		folder = strstr(f->seen.list[i].text, "is a folder") != NULL;
	assert_true(folder);
	copl_strbuf_clear(&b);
}

static void folders_are_made_listed_and_removed(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct files *f = *state;
	const char **names;
	char deep[256];
	size_t n;

	snprintf(deep, sizeof(deep), "%s/x/y/z", f->dir);
	assert_int_equal(copl_dir_make(deep, &f->r), COPL_OK);
	assert_int_equal(copl_dir_make(deep, &f->r), COPL_OK);
	snprintf(deep, sizeof(deep), "%s/x/b", f->dir);
	assert_int_equal(symlink("/etc", deep), 0);
	snprintf(deep, sizeof(deep), "%s/x", f->dir);
	assert_int_equal(copl_dir_list(deep, a, &f->r, &names, &n), COPL_OK);
	assert_int_equal(n, 2);
	assert_string_equal(names[0], "b");
	assert_string_equal(names[1], "y");
	assert_int_equal(copl_dir_remove(deep, &f->r), COPL_OK);
	assert_false(copl_path_exists(deep));
	assert_true(copl_path_exists("/etc/passwd"));
	assert_int_equal(copl_dir_make("/dev/null/x", &f->r), COPL_E_IO);
	copl_arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(xml_text_and_attributes_are_escaped),
	    cmocka_unit_test(json_strings_are_escaped),
	    cmocka_unit_test(utf8_is_checked_to_the_letter),
	    cmocka_unit_test(placeholders_have_names),
	    cmocka_unit_test(numbers_stop_at_their_ceiling),
	    cmocka_unit_test(only_tame_paths_are_safe),
	    cmocka_unit_test(shapes_of_values_are_told_apart),
	    cmocka_unit_test(a_map_keeps_the_first_value),
	    cmocka_unit_test(instants_need_a_zone),
	    cmocka_unit_test(known_instants_have_known_seconds),
	    cmocka_unit_test(findings_come_sorted_by_place),
	    cmocka_unit_test(findings_of_another_thread_are_moved),
	    cmocka_unit_test(a_finding_outlives_the_words_it_was_made_of),
	    cmocka_unit_test(lack_of_memory_is_nobodys_content_error),
	    cmocka_unit_test_setup_teardown(
		a_file_is_replaced_only_when_it_differs, make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		a_new_file_keeps_to_the_umask_and_an_old_one_to_its_mode,
		make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		what_a_killed_process_left_is_swept, make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		files_are_staged_and_come_together, make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		a_full_disk_is_an_io_error, make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		what_is_open_is_written_and_not_replaced, make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		a_folder_that_cannot_be_written_leaves_the_old_file, make_dir,
		remove_dir),
	    cmocka_unit_test_setup_teardown(
		reading_has_a_ceiling, make_dir, remove_dir),
	    cmocka_unit_test_setup_teardown(
		folders_are_made_listed_and_removed, make_dir, remove_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
