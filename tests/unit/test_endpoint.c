/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a project says of its endpoints, in the file and in tables. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_project.h"

#define PICKUP "<pickup by='fetch'/>"
#define PIN1 "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
#define PIN2 "sha256//n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
#define END "<endpoint id='pk' url='https://pk.example.org/'"
#define OPEN "<endpoint id='pk' cleartext='yes' url='http://10.0.0.8/'"
#define S3 "<endpoint id='pk' url='https://s3.example.org/b/' driver='s3'"
#define DIR "<endpoint id='pk' url='/srv/pk' driver='dir'"

static const struct variant variants[] = {
    {PICKUP, END " driver='¦ftp'/>", "project-bad-value", 1, true},
    {PICKUP, END " auth='¦ntlm'/>", "project-bad-value", 1, true},
    {PICKUP, END " http='¦3'/>", "project-bad-value", 1, true},
    {PICKUP, END " private='¦1'/>", "project-bad-value", 1, true},
    {PICKUP, END " cleartext='¦true'/>", "project-bad-value", 1, true},
    {PICKUP, END " disabled='¦'/>", "project-bad-value", 1, true},
    {PICKUP, END " verify='¦none'/>", "project-bad-value", 1, true},
    {PICKUP, END " per-minute='¦0'/>", "project-bad-value", 1, true},
    {PICKUP, END " per-minute='¦60001'/>", "project-bad-value", 1, true},
    {PICKUP, END " timeout='¦30 s'/>", "project-bad-value", 1, true},
    {PICKUP, END " timeout='¦601'/>", "project-bad-value", 1, true},
    {PICKUP, END " ca='¦'/>", "project-bad-value", 1, true},
    {PICKUP, END " pins='¦" PIN1 "x'/>", "project-bad-value", 1, true},
    {PICKUP, END " pins='¦sha1//abc='/>", "project-bad-value", 1, true},
    {PICKUP, END " pins='¦'/>", "project-bad-value", 1, true},
    {PICKUP, END " pins='¦" PIN1 " " PIN2 " " PIN1 "'/>", "project-bad-value",
	1, true},
    {PICKUP, END " auth='bearer' secret='¦hunter2'/>", "project-secret", 1,
	true},
    {PICKUP, END " auth='bearer' secret='¦secret-token:hunter2'/>",
	"project-secret", 1, true},
    {PICKUP, END " auth='bearer' secret='¦file:'/>", "project-secret", 1, true},
    {PICKUP, END " auth='bearer' secret='¦fd:x'/>", "project-secret", 1, true},
    {PICKUP, END " auth='bearer' secret='¦fd:1'/>", "project-secret", 1, false},
    {PICKUP, END " auth='bearer' secret='¦fd:256'/>", "project-secret", 1,
	false},
    {PICKUP, END " cert='a' cert-pass='¦hunter2'/>", "project-secret", 1, true},
    {PICKUP, END " auth='bearer' secret='¦command:a &quot;b'/>",
	"project-secret", 1, false},
    {PICKUP, END " auth='bearer' secret='¦command: '/>", "project-secret", 1,
	true},
    {PICKUP, END " auth='bearer' secret='¦command:a&#10;b'/>", "project-secret",
	1, false},
    {PICKUP, END " user='¦who'/>", "project-endpoint", 1, false},
    {PICKUP, END " secret='¦fd:3'/>", "project-endpoint", 1, false},
    {PICKUP, END " auth='¦basic' user='who'/>", "project-endpoint", 1, false},
    {PICKUP, END " auth='¦digest' secret='fd:3'/>", "project-endpoint", 1,
	false},
    {PICKUP, END " auth='¦bearer'/>", "project-endpoint", 1, false},
    {PICKUP, END " auth='bearer' user='¦who' secret='fd:3'/>",
	"project-endpoint", 1, false},
    {PICKUP, END " auth='basic' user='¦a:b' secret='fd:3'/>",
	"project-endpoint", 1, false},
    {PICKUP, END " auth='¦sigv4' user='AK' secret='fd:3'/>", "project-endpoint",
	1, false},
    {PICKUP, END " region='¦eu-west-1'/>", "project-endpoint", 1, false},
    {PICKUP, S3 " auth='¦bearer' secret='fd:3'/>", "project-endpoint", 1,
	false},
    {PICKUP, "¦" S3 "/>", "project-endpoint", 1, false},
    {PICKUP, END " cert-key='¦key.pem'/>", "project-endpoint", 1, false},
    {PICKUP, END " cert-pass='¦fd:3'/>", "project-endpoint", 1, false},
    {PICKUP, OPEN " pins='¦" PIN1 "'/>", "project-endpoint", 1, false},
    {PICKUP, OPEN " ca='¦ca.pem'/>", "project-endpoint", 1, false},
    {PICKUP, OPEN " auth='¦basic' user='who' secret='fd:3'/>",
	"project-endpoint", 1, false},
    {PICKUP, OPEN " auth='¦bearer' secret='fd:3'/>", "project-endpoint", 1,
	false},
    {PICKUP, DIR " auth='¦none'/>", "project-endpoint", 1, false},
    {PICKUP, DIR " private='¦yes'/>", "project-endpoint", 1, false},
    {PICKUP, "<endpoint id='pk' driver='dir' url='¦https://example.org/'/>",
	"project-bad-value", 1, false},
    {PICKUP, "<endpoint id='pk' url='¦file://host/srv/'/>", "project-bad-value",
	1, false},
    {PICKUP, "<endpoint id='pk' url='¦file:///a%20b/'/>", "project-bad-value",
	1, false},
    {PICKUP, "<endpoint id='pk' cleartext='yes' url='¦http://u:p@10.0.0.8/'/>",
	"project-url", 1, false},
    {PICKUP, "<endpoint id='pk' url='¦HTTPS://example.org/'/>", "project-url",
	1, false},
    {PICKUP, "<endpoint id='pk' url='¦https://Example.ORG:443/cop/'/>",
	"project-duplicate", 1, false},
    {PICKUP, PICKUP "¦<endpoint url='https://pk.example.org/'/>",
	"project-order", 1, true},
    {"</project>", "<endpoints src='¦../a.tsv'/></project>",
	"project-bad-value", 1, false},
    {"</project>", "¦<endpoints/></project>", "project-missing-attribute", 1,
	true},
    {"</project>", "<endpoints src='a' ¦format='tsv'/></project>",
	"project-unknown-attribute", 2, true},
};

static void each_rule_is_checked_at_its_place(void **state)
{
	check_variants(*state, variants, COPL_COUNT(variants));
}

static void the_schema_agrees_about_every_variant(void **state)
{
	(void)state;
	check_schema(variants, COPL_COUNT(variants));
}

/* The good project with something else for the pickup of "pekin". */
static enum copl_status load_with(
    struct folder *f, const char *endpoint, struct copl_project **p)
{
	const char *at = strstr(good, PICKUP);
	char *s = NULL;
	enum copl_status st;

	assert_true(asprintf(&s, "%.*s%s%s", (int)(at - good), good, endpoint,
			at + strlen(PICKUP)) > 0);
	st = load_text(f, s, p);
	free(s);
	return st;
}

static void everything_is_read(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	const struct copl_endpoint *e;
	char path[300];

	assert_int_equal(
	    load_with(f,
		"<endpoint url='https://pk.example.org:8443/a/' driver='put'\n"
		" auth='digest' user='用户' secret='file:keys/pk.token'"
		" ca='/etc/ssl/pk.pem' cert='pk.pem' cert-key='pk.key'"
		" cert-pass='command:pass show &quot;cop pk&quot;'"
		" pins='" PIN1 "  " PIN2 "' private='yes' cleartext='yes'"
		" http='2' verify='readback' per-minute='600' timeout='90'"
		" disabled='yes'/>",
		&p),
	    COPL_OK);
	e = &copl_project_recipient(p, "pekin")->endpoints[0];
	assert_string_equal(e->id, "pekin");
	assert_int_equal(e->driver, COPL_DRIVER_PUT);
	assert_int_equal(e->auth, COPL_ENDPOINT_DIGEST);
	assert_string_equal(e->user, "用户");
	assert_int_equal(e->secret.kind, COPL_SECRET_FILE);
	snprintf(path, sizeof(path), "%s/keys/pk.token", f->dir);
	assert_string_equal(e->secret.value, path);
	assert_int_equal(e->secret.at.line, e->at.line + 1);
	assert_string_equal(e->ca, "/etc/ssl/pk.pem");
	snprintf(path, sizeof(path), "%s/pk.key", f->dir);
	assert_string_equal(e->cert_key, path);
	assert_int_equal(e->cert_pass.kind, COPL_SECRET_COMMAND);
	assert_string_equal(e->cert_pass.value, "pass show \"cop pk\"");
	assert_int_equal(e->npins, 2);
	assert_string_equal(e->pins[0], PIN1);
	assert_string_equal(e->pins[1], PIN2);
	assert_true(e->private_ok && e->cleartext_ok && e->http2);
	assert_int_equal(e->verify, COPL_VERIFY_READBACK);
	assert_int_equal(e->per_minute, 600);
	assert_int_equal(e->timeout_s, 90);
	assert_true(e->disabled);
	assert_null(e->region);
	copl_project_free(p);
}

static void what_is_not_said_has_a_value(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	const struct copl_endpoint *e;

	assert_int_equal(
	    load_with(f,
		"<endpoint url='https://pk.example.org/'/>"
		"<endpoint url='https://pk.s3.example.org/' driver='s3'"
		" user='AKID' secret='fd:3'/><endpoint url='file:///srv/pk'/>"
		"<endpoint url='out/pk/' driver='dir'/>",
		&p),
	    COPL_OK);
	e = copl_project_recipient(p, "pekin")->endpoints;
	assert_int_equal(e[0].driver, COPL_DRIVER_OFFICE);
	assert_int_equal(e[0].auth, COPL_ENDPOINT_NONE);
	assert_int_equal(e[0].secret.kind, COPL_SECRET_NONE);
	assert_int_equal(e[0].verify, COPL_VERIFY_RECEIPT);
	assert_null(e[0].folder);
	assert_false(e[0].private_ok || e[0].cleartext_ok || e[0].http2 ||
		     e[0].disabled);
	assert_int_equal(e[0].npins + e[0].per_minute + e[0].timeout_s, 0);
	assert_int_equal(e[1].auth, COPL_ENDPOINT_SIGV4);
	assert_string_equal(e[1].region, "us-east-1");
	assert_int_equal(e[1].secret.kind, COPL_SECRET_FD);
	assert_string_equal(e[1].secret.value, "3");
	assert_int_equal(e[2].driver, COPL_DRIVER_DIR);
	assert_string_equal(e[2].folder, "/srv/pk");
	assert_string_equal(e[2].url, "file:///srv/pk/");
	assert_string_equal(e[3].url, "out/pk/");
	assert_non_null(strstr(e[3].folder, "/out/pk/"));
	assert_string_equal(copl_driver_name(e[3].driver), "dir");
	assert_string_equal(copl_endpoint_auth_name(e[1].auth), "sigv4");
	copl_project_free(p);
}

static void a_secret_in_the_file_is_not_repeated(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	size_t i;

	assert_int_equal(
	    load_with(f,
		"<endpoint url='https://u:hunter2@pk.example.org/'"
		" auth='bearer' secret='hunter2' cert-pass='hunter2'/>",
		&p),
	    COPL_E_INVALID);
	assert_true(f->n >= 3);
	for (i = 0; i < f->n; i++)
		assert_null(strstr(f->text[i], "hunter2"));
}

/* ---- tables ---- */

#define HEAD "recipient\tid\turl"

static enum copl_status load_table(
    struct folder *f, const char *bytes, size_t len, struct copl_project **p)
{
	const char *end = strstr(good, "</project>");
	char path[300], *s = NULL;
	enum copl_status st;
	FILE *fp;

	snprintf(path, sizeof(path), "%s/offices.tsv", f->dir);
	fp = fopen(path, "wb");
	assert_non_null(fp);
	assert_int_equal(fwrite(bytes, 1, len, fp), len);
	assert_int_equal(fclose(fp), 0);
	assert_true(
	    asprintf(&s, "%.*s<endpoints src='offices.tsv'/>\n</project>\n",
		(int)(end - good), good) > 0);
	st = load_text(f, s, p);
	free(s);
	unlink(path);
	return st;
}

static void a_table_is_read_as_spreadsheets_save_it(void **state)
{
	static const char table[] =
	    "\xef\xbb\xbf# offices of 2027\r\n"
	    "id\trecipient\turl\tdriver\tauth\tuser\tsecret\tprivate\r\n"
	    "\r\n"
	    "pk_1\tpekin\t https://pk1.example.org/ \t\t\t\t\t\r\n"
	    "ar_9\tarab_states\thttps://ar9.example.org/\tput\tbasic\t"
	    "\"مكتب \"\"٩\"\"\"\tfile:/k\tyes\r\n"
	    "pk_2\tpekin\thttps://pk2.example.org/";
	struct folder *f = *state;
	struct copl_project *p = NULL;
	const struct copl_recipient *to;

	assert_int_equal(load_table(f, table, sizeof(table) - 1, &p), COPL_OK);
	print_seen(f);
	to = copl_project_recipient(p, "pekin");
	assert_int_equal(to->nendpoints, 2);
	assert_string_equal(to->endpoints[0].id, "pk_1");
	assert_string_equal(to->endpoints[0].url, "https://pk1.example.org/");
	assert_int_equal(to->endpoints[0].at.line, 4);
	assert_non_null(strstr(to->endpoints[0].at.file, "/offices.tsv"));
	assert_string_equal(to->endpoints[1].id, "pk_2");
	to = copl_project_recipient(p, "arab_states");
	assert_int_equal(to->nendpoints, 4);
	assert_string_equal(to->endpoints[0].id, "arab_states");
	assert_string_equal(to->endpoints[3].id, "ar_9");
	assert_int_equal(to->endpoints[3].auth, COPL_ENDPOINT_BASIC);
	assert_string_equal(to->endpoints[3].user, "مكتب \"٩\"");
	assert_true(to->endpoints[3].private_ok);
	copl_project_free(p);
}

static const struct row {
	const char *bytes;
	const char *code;
	size_t line;
	size_t column;
} wrong_rows[] = {
    {"", "project-table", 1, 0},
    {"# nothing\n", "project-table", 2, 0},
    {"recipient\tid\n", "project-table", 1, 1},
    {"id\turl\n", "project-table", 1, 1},
    {HEAD "\tsecrets\n", "project-table", 1, 18},
    {HEAD "\t\n", "project-table", 1, 18},
    {HEAD "\tid\n", "project-table", 1, 18},
    {HEAD "\npékin\ta\thttps://a.example/\n", "project-table", 2, 1},
    {HEAD "\n\ta\thttps://a.example/\n", "project-table", 2, 1},
    {HEAD "\npekin\t\thttps://a.example/\n", "project-table", 2, 7},
    {HEAD "\npekin\ta\t\n", "project-table", 2, 9},
    {HEAD "\npekin\ta\n", "project-table", 2, 8},
    {HEAD "\npekin\ta\thttps://a.example/\tx\n", "project-table", 2, 29},
    {HEAD "\npekin\tA\thttps://a.example/\n", "project-bad-value", 2, 7},
    {HEAD "\npekin\ta\thttps://a:b@a.example/\n", "project-url", 2, 9},
    {HEAD "\npekin\ta\thttp://a.example/\n", "project-url", 2, 9},
    {HEAD "\npekin\tmiroir\thttps://a.example/\n", "project-duplicate", 2, 7},
    {HEAD "\npekin\ta\thttps://EXAMPLE.org/cop/\n", "project-duplicate", 2, 9},
    {HEAD "\npekin\ta\thttps://a.example/\npekin\ta\thttps://b.example/\n",
	"project-duplicate", 3, 7},
    {HEAD "\tauth\tsecret\npekin\ta\thttps://a.example/\tbearer\tabc\n",
	"project-secret", 2, 35},
    {HEAD "\tpins\npekin\ta\thttps://a.example/\t会\n", "project-bad-value", 2,
	28},
    {HEAD "\npekin\ta\thttps://a.example/\x01\n", "project-table", 2, 27},
    {HEAD "\npekin\ta\thttps://a.example/\r\r\n", "project-table", 2, 27},
    {HEAD "\npekin\t\xe9\thttps://a.example/\n", "project-table", 2, 7},
    {"\xff\xfer\0e\0c\0", "project-table", 1, 1},
};

static void each_wrong_row_is_told_at_its_place(void **state)
{
	struct folder *f = *state;
	size_t i;

	for (i = 0; i < COPL_COUNT(wrong_rows); i++) {
		const struct row *w = &wrong_rows[i];
		struct copl_project *p = NULL;

		assert_int_equal(load_table(f, w->bytes, strlen(w->bytes), &p),
		    COPL_E_INVALID);
		if (f->n != 1 || strcmp(f->code[0], w->code) != 0 ||
		    f->line[0] != w->line || f->column[0] != w->column) {
			print_message("# want %s at %zu:%zu: %s\n", w->code,
			    w->line, w->column, w->bytes);
			print_seen(f);
			fail();
		}
	}
}

static void a_table_that_is_not_there_is_told_once(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	char *s = NULL;
	const char *at = strstr(good, PICKUP);

	assert_true(asprintf(&s,
			"%.*s</recipient>"
			"<endpoints src='none.tsv'/></project>",
			(int)(at - good), good) > 0);
	assert_int_equal(load_text(f, s, &p), COPL_E_INVALID);
	assert_int_equal(f->n, 1);
	assert_string_equal(f->code[0], "io-open");
	free(s);
}

/* ---- limits ---- */

static void put_rows(struct copl_strbuf *b, size_t n)
{
	size_t i;

	copl_strbuf_puts(b, HEAD "\tsecret\tauth\n");
	for (i = 0; i < n; i++)
		copl_strbuf_printf(b,
		    "pekin\tpk_%zu\thttps://pk%zu.example.org/\tfile:/k\t"
		    "bearer\n",
		    i, i);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void very_many_endpoints_are_read_in_no_time(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)64 << 20);
	struct folder *f = *state;
	struct copl_project *p = NULL;
	double one, ten;

	put_rows(&b, 10000);
	one = seconds();
	assert_int_equal(
	    load_table(f, copl_strbuf_text(&b), b.len, &p), COPL_OK);
	one = seconds() - one;
	assert_int_equal(copl_project_recipient(p, "pekin")->nendpoints, 10000);
	copl_project_free(p);
	copl_strbuf_reset(&b);
	put_rows(&b, 100000);
	ten = seconds();
	assert_int_equal(
	    load_table(f, copl_strbuf_text(&b), b.len, &p), COPL_OK);
	ten = seconds() - ten;
	copl_project_free(p);
	copl_strbuf_clear(&b);
	print_message(
	    "# CPU seconds: 10000 rows %.3f, 100000 rows %.3f\n", one, ten);
	/* Ten times as much would take a hundred times as long. */
	assert_true(ten < 40 * one + 0.2);
}

static void a_table_has_limits(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)64 << 20);
	struct folder *f = *state;
	struct copl_project *p = NULL;
	size_t i;

	put_rows(&b, 100001);
	assert_int_equal(
	    load_table(f, copl_strbuf_text(&b), b.len, &p), COPL_E_INVALID);
	assert_int_equal(f->n, 1);
	assert_int_equal(f->line[0], 100002);
	copl_strbuf_reset(&b);
	copl_strbuf_puts(&b, HEAD "\npekin\ta\thttps://a.example/");
	for (i = 0; i < 8200; i++)
		copl_strbuf_puts(&b, "a");
	assert_int_equal(
	    load_table(f, copl_strbuf_text(&b), b.len, &p), COPL_E_INVALID);
	assert_int_equal(f->n, 1);
	assert_non_null(strstr(f->text[0], "8192"));
	copl_strbuf_clear(&b);
}

static void count_diag(void *arg, const struct copl_diag *d)
{
	(void)d;
	++*(size_t *)arg;
}

static void a_table_of_nothing_but_errors_ends(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)8 << 20);
	struct folder *f = *state;
	struct copl_project *p = NULL;
	struct copl_reporter r;
	size_t seen = 0, i;
	struct copl_sink sink = {count_diag, NULL, &seen};
	char path[300];
	FILE *fp;

	assert_int_equal(load_table(f, HEAD "\n", strlen(HEAD) + 1, &p),
	    COPL_OK); /* leaves the project file */
	copl_project_free(p);
	copl_strbuf_puts(&b, HEAD "\n");
	for (i = 0; i < 5000; i++)
		copl_strbuf_puts(&b, "nobody\tx\thttps://x.example/\n");
	snprintf(path, sizeof(path), "%s/offices.tsv", f->dir);
	fp = fopen(path, "wb");
	assert_non_null(fp);
	fwrite(copl_strbuf_text(&b), 1, b.len, fp);
	fclose(fp);
	copl_reporter_init(&r, &sink);
	assert_int_equal(copl_project_load(f->dir, &r, &p), COPL_E_INVALID);
	assert_int_equal(copl_reporter_end(&r, COPL_E_INVALID), COPL_E_INVALID);
	assert_int_equal(seen, 101);
	unlink(path);
	copl_strbuf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(everything_is_read),
	    IN_FOLDER(what_is_not_said_has_a_value),
	    IN_FOLDER(each_rule_is_checked_at_its_place),
	    IN_FOLDER(a_secret_in_the_file_is_not_repeated),
	    IN_FOLDER(a_table_is_read_as_spreadsheets_save_it),
	    IN_FOLDER(each_wrong_row_is_told_at_its_place),
	    IN_FOLDER(a_table_that_is_not_there_is_told_once),
	    IN_FOLDER(very_many_endpoints_are_read_in_no_time),
	    IN_FOLDER(a_table_has_limits),
	    IN_FOLDER(a_table_of_nothing_but_errors_ends),
	    cmocka_unit_test(the_schema_agrees_about_every_variant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
