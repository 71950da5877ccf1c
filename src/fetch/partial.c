/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "fetch/partial.h"

#define ETAG_MAX ((size_t)1024)

/* Only a strong tag says that the bytes are the same. */
static bool is_strong(const char *etag)
{
	size_t len = strlen(etag);

	return len >= 2 && etag[0] == '"' && etag[len - 1] == '"';
}

static void read_etag(struct copl_partial *p)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(ETAG_MAX);
	struct copl_reporter quiet;

	copl_reporter_init(&quiet, NULL);
	if (copl_path_exists(p->etag_path) &&
	    copl_file_read(p->etag_path, ETAG_MAX, &quiet, &text) == COPL_OK &&
	    text.len < sizeof(p->etag) && is_strong(copl_strbuf_text(&text)))
		snprintf(
		    p->etag, sizeof(p->etag), "%s", copl_strbuf_text(&text));
	copl_strbuf_clear(&text);
}

enum copl_status copl_partial_open(struct copl_partial *p, const char *folder,
    const char *sha256, struct copl_reporter *r)
{
	struct stat sb;

	memset(p, 0, sizeof(*p));
	p->fd = -1;
	p->r = r;
	p->arena = copl_arena_new();
	if (p->arena == NULL)
		return COPL_E_NOMEM;
	p->path = copl_path_join(p->arena, folder, sha256);
	p->etag_path = p->path == NULL
			   ? NULL
			   : copl_arena_printf(p->arena, "%s.etag", p->path);
	if (p->etag_path == NULL)
		return COPL_E_NOMEM;
	if (lstat(p->path, &sb) != 0 || !S_ISREG(sb.st_mode) || sb.st_size <= 0)
		return copl_dir_make(folder, r);
	read_etag(p);
	p->have = p->etag[0] == '\0' ? 0 : (uint64_t)sb.st_size;
	return COPL_OK;
}

static bool fails(struct copl_partial *p)
{
	copl_report(p->r, COPL_ERROR, "io-write",
	    (struct copl_place){p->path, 0, 0}, _("cannot write: %s"),
	    strerror(errno));
	p->st = COPL_E_IO;
	return false;
}

/* The tag comes first: bytes of nobody knows which version are of no use. */
static bool begin_anew(struct copl_partial *p, const char *etag)
{
	p->have = 0;
	p->etag[0] = '\0';
	if (is_strong(etag))
		snprintf(p->etag, sizeof(p->etag), "%s", etag);
	if (unlink(p->path) != 0 && errno != ENOENT)
		return fails(p);
	p->st = copl_file_replace(
	    p->etag_path, p->etag, strlen(p->etag), 0600, p->r, NULL);
	return p->st == COPL_OK;
}

/* Is the answer what stands behind the bytes that are here? */
static bool goes_on(
    const struct copl_partial *p, const struct copl_net_answer *a)
{
	char want[40];

	snprintf(want, sizeof(want), "bytes %" PRIu64 "-", p->have);
	return a->status == 206 && p->have > 0 &&
	       strncmp(a->content_range, want, strlen(want)) == 0;
}

bool copl_partial_take(
    void *arg, const struct copl_net_answer *a, const char *bytes, size_t len)
{
	struct copl_partial *p = arg;

	if (a->status != 200 && a->status != 206)
		return true;
	if (p->fd < 0) {
		p->resumed = goes_on(p, a);
		p->astray = a->status == 206 && !p->resumed;
		if (p->astray || (!p->resumed && !begin_anew(p, a->etag)))
			return false;
		p->fd = open(p->path,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
		    0600);
		if (p->fd < 0)
			return fails(p);
	}
	if (!copl_write_all(p->fd, bytes, len))
		return fails(p);
	p->have += len;
	return true;
}

void copl_partial_pause(struct copl_partial *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

enum copl_status copl_partial_read(
    struct copl_partial *p, size_t max, struct copl_strbuf *out)
{
	copl_partial_pause(p);
	return copl_file_read(p->path, max, p->r, out);
}

void copl_partial_drop(struct copl_partial *p)
{
	copl_partial_pause(p);
	p->have = 0;
	p->etag[0] = '\0';
	unlink(p->path);
	unlink(p->etag_path);
}

void copl_partial_close(struct copl_partial *p)
{
	copl_partial_pause(p);
	copl_arena_free(p->arena);
	p->arena = NULL;
}
