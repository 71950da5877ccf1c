/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/language.h"
#include "serve/variant.h"

#define LANGUAGES_MAX 200
/* What is said of languages must leave room for the rest of the answer. */
#define LINKS_MAX ((size_t)2048)
#define DEFAULT "en"

/* A path taken apart: "youth/youth" and ".html". */
struct stem {
	char text[COPL_GATE_PATH_SIZE * 2];
	size_t len;
	const char *ext; /* with its dot */
};

/* Is the path the stem, a language and the extension? */
static bool is_variant(const char *path, const struct stem *stem)
{
	const char *rest = path + stem->len;
	size_t ext = strlen(stem->ext), len;

	if (strncmp(path, stem->text, stem->len) != 0 || *rest != '.')
		return false;
	len = strlen(++rest);
	return len > ext && strcmp(rest + len - ext, stem->ext) == 0 &&
	       strcspn(rest, "./") == len - ext;
}

static size_t look_up(const char *accept, const char *const *tags, size_t ntags)
{
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	size_t n = accept == NULL ? 0 : copl_language_ranges(accept, ranges);

	return copl_language_lookup(ranges, n, tags, ntags);
}

static bool choose(const struct shelf *s, const struct stem *stem,
    const char *accept, struct shelf_item *out)
{
	const char *tags[LANGUAGES_MAX];
	size_t numbers[LANGUAGES_MAX], n = 0, i, chosen;

	for (i = 0; n < LANGUAGES_MAX && shelf_at(s, i, out); i++) {
		if (out->lang == NULL || !is_variant(out->path, stem))
			continue;
		tags[n] = out->lang;
		numbers[n++] = i;
	}
	if (n == 0)
		return false;
	chosen = look_up(accept, tags, n);
	if (chosen == n)
		chosen = look_up(DEFAULT, tags, n);
	return shelf_at(s, numbers[chosen == n ? 0 : chosen], out);
}

static void put_stem(
    struct stem *stem, const char *path, size_t len, bool twice)
{
	stem->len = len;
	memcpy(stem->text, path, len);
	if (twice) {
		stem->text[len] = '/';
		memcpy(stem->text + len + 1, path, len);
		stem->len = 2 * len + 1;
	}
	stem->text[stem->len] = '\0';
}

bool variant_find(const struct shelf *s, const char *path, const char *accept,
    struct shelf_item *out)
{
	static const char *const exts[] = {".html", ".xml"};
	const char *dot = strrchr(copl_path_name(path), '.');
	size_t len = strlen(path), i, twice;
	struct stem stem;

	for (i = 0; i < COPL_COUNT(exts); i++) {
		stem.ext = exts[i];
		if (dot != NULL && strcmp(dot, exts[i]) == 0) {
			put_stem(&stem, path, (size_t)(dot - path), false);
			return choose(s, &stem, accept, out);
		}
	}
	for (i = 0; i < COPL_COUNT(exts); i++) {
		stem.ext = exts[i];
		for (twice = 0; twice < 2; twice++) {
			put_stem(&stem, path, len, twice == 1);
			if (choose(s, &stem, accept, out))
				return true;
		}
	}
	return false;
}

/* Is that nothing, or the extension of the path? */
static bool ends_like(const char *path, const char *ext)
{
	const char *dot = strrchr(copl_path_name(path), '.');

	return *ext == '\0' || (dot != NULL && strcmp(dot, ext) == 0);
}

bool variant_by_digest(
    const struct shelf *s, const char *path, struct shelf_item *out)
{
	static const char folder[] = "by-digest/";
	char digest[COPL_SHA256_HEX];
	const char *name = path + sizeof(folder) - 1;

	if (strncmp(path, folder, sizeof(folder) - 1) != 0 ||
	    strlen(name) < COPL_SHA256_HEX - 1)
		return false;
	memcpy(digest, name, COPL_SHA256_HEX - 1);
	digest[COPL_SHA256_HEX - 1] = '\0';
	name += COPL_SHA256_HEX - 1;
	/* The manifest has a longer name, and its signatures go by it. */
	if (strcmp(digest, s->sha256) == 0)
		return *name == '.' &&
		       strncmp(name + 1, COPL_MANIFEST,
			   sizeof(COPL_MANIFEST) - 1) == 0 &&
		       shelf_find(s, name + 1, out);
	return shelf_by_digest(s, digest, out) && ends_like(out->path, name);
}

/* The stem of a file that has a language in its name. */
static bool stem_of(const struct shelf_item *item, struct stem *out)
{
	const char *ext, *tag;

	if (item->lang == NULL)
		return false;
	ext = strrchr(copl_path_name(item->path), '.');
	if (ext == NULL)
		return false;
	for (tag = ext; tag > item->path && tag[-1] != '.' && tag[-1] != '/';)
		tag--;
	if (tag == item->path || tag[-1] == '/')
		return false;
	out->ext = ext;
	put_stem(out, item->path, (size_t)(tag - 1 - item->path), false);
	return true;
}

void variant_links(const struct shelf *s, const struct shelf_item *item,
    struct copl_strbuf *out)
{
	struct shelf_item other;
	struct stem stem;
	size_t i;

	if (item->form == NULL && item->lang == NULL)
		return;
	copl_strbuf_puts(out, "</" COPL_MANIFEST ">; rel=\"describedby\"; "
			      "type=\"application/xml\"");
	if (!stem_of(item, &stem))
		return;
	for (i = 0; out->len < LINKS_MAX && shelf_at(s, i, &other); i++)
		if (other.lang != NULL && is_variant(other.path, &stem) &&
		    strcmp(other.path, item->path) != 0)
			copl_strbuf_printf(out,
			    ", </%s>; rel=\"alternate\"; hreflang=\"%s\"; "
			    "type=\"%.*s\"",
			    other.path, other.lang,
			    (int)strcspn(other.type, ";"), other.type);
}

static unsigned digit(char c)
{
	return copl_is_digit(c) ? (unsigned)(c - '0')
				: (unsigned)(c - 'a') + 10;
}

void variant_digest(
    const char sha256[COPL_SHA256_HEX], char out[COPL_SHA256_B64])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				      "nopqrstuvwxyz0123456789+/";
	size_t i, n = 0;

	/* Three digits of hex are two of base64; 64 leave one over. */
	for (i = 0; i + 3 <= 63; i += 3) {
		unsigned v = digit(sha256[i]) << 8 | digit(sha256[i + 1]) << 4 |
			     digit(sha256[i + 2]);

		out[n++] = letters[v >> 6];
		out[n++] = letters[v & 63];
	}
	out[n++] = letters[digit(sha256[63]) << 2];
	out[n++] = '=';
	out[n] = '\0';
}
