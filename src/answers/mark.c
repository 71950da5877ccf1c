/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "answers/mark.h"
#include "answers/seal.h"
#include "answers/store.h"

#define HEX (2 * (size_t)COPL_MARK_CONTENT)
#define DAY ((size_t)COPL_MARK_DAY_SIZE - 1)
#define NO_DAY "----------"
#define BEGIN "<?cop-l10n-mark "
#define END "?>\n"
#define AT_HEX (sizeof(BEGIN) - 1)
#define AT_DAY (AT_HEX + HEX + 1)
#define PLAIN_SIZE (AT_DAY + DAY + sizeof(END) - 1)

void copl_store_name(
    const char *id, size_t id_len, char out[COPL_STORE_NAME_SIZE])
{
	unsigned char digest[(COPL_STORE_NAME_SIZE - 1) / 2];

	crypto_generichash(
	    digest, sizeof(digest), (const unsigned char *)id, id_len, NULL, 0);
	sodium_bin2hex(out, COPL_STORE_NAME_SIZE, digest, sizeof(digest));
}

void copl_mark_make(struct copl_mark *m, const char *id, size_t id_len,
    const char *content, size_t len)
{
	static const unsigned char what[] = "cop-l10n answer mark 1";
	unsigned char key[crypto_generichash_KEYBYTES];

	memset(m, 0, sizeof(*m));
	/* The name of the file is public, and says nothing of this key. */
	crypto_generichash(key, sizeof(key), (const unsigned char *)id, id_len,
	    what, sizeof(what) - 1);
	crypto_generichash(m->content, sizeof(m->content),
	    (const unsigned char *)content, len, key, sizeof(key));
	sodium_memzero(key, sizeof(key));
}

bool copl_mark_same(const struct copl_mark *a, const struct copl_mark *b)
{
	return sodium_memcmp(a->content, b->content, sizeof(a->content)) == 0;
}

bool copl_mark_keep(struct copl_mark *m, const char *day)
{
	int64_t unused;

	if (!copl_date_parse(day, &unused) || strlen(day) != DAY)
		return false;
	memcpy(m->keep_until, day, COPL_MARK_DAY_SIZE);
	return true;
}

void copl_mark_put(const struct copl_mark *m, struct copl_strbuf *out)
{
	char hex[HEX + 1];

	sodium_bin2hex(hex, sizeof(hex), m->content, sizeof(m->content));
	copl_strbuf_printf(out, BEGIN "%s %s" END, hex,
	    m->keep_until[0] == '\0' ? NO_DAY : m->keep_until);
}

bool copl_mark_of_text(const char *text, size_t len, struct copl_mark *out)
{
	char day[COPL_MARK_DAY_SIZE] = "";
	size_t got = 0;

	memset(out, 0, sizeof(*out));
	if (len != PLAIN_SIZE || memcmp(text, BEGIN, AT_HEX) != 0 ||
	    text[AT_DAY - 1] != ' ' ||
	    memcmp(text + AT_DAY + DAY, END, sizeof(END) - 1) != 0 ||
	    sodium_hex2bin(out->content, sizeof(out->content), text + AT_HEX,
		HEX, NULL, &got, NULL) != 0 ||
	    got != sizeof(out->content))
		return false;
	memcpy(day, text + AT_DAY, DAY);
	return strcmp(day, NO_DAY) == 0 || copl_mark_keep(out, day);
}

bool copl_mark_of_plain(int fd, struct copl_mark *out)
{
	char text[PLAIN_SIZE];
	struct stat sb;

	memset(out, 0, sizeof(*out));
	return fstat(fd, &sb) == 0 && sb.st_size >= (off_t)PLAIN_SIZE &&
	       pread(fd, text, PLAIN_SIZE, sb.st_size - (off_t)PLAIN_SIZE) ==
		   (ssize_t)PLAIN_SIZE &&
	       copl_mark_of_text(text, PLAIN_SIZE, out);
}

bool copl_mark_of_sealed(int fd, struct copl_mark *out)
{
	char head[COPL_SEAL_HEAD];

	memset(out, 0, sizeof(*out));
	return pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
	       copl_seal_mark(head, sizeof(head), out);
}
