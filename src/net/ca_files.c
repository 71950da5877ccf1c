/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "net/net_priv.h"

/* Where systems keep their certificates, the most usual first. */
static const char *const usual[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
};

static bool take(struct copl_ca_files *t, const char *file)
{
	if (file == NULL || strlen(file) >= sizeof(t->system) ||
	    access(file, R_OK) != 0)
		return false;
	snprintf(t->system, sizeof(t->system), "%s", file);
	return true;
}

void copl_ca_files_init(struct copl_ca_files *t)
{
	size_t i;

	memset(t, 0, sizeof(*t));
	/* What libcurl was built for comes first. */
	if (take(t, curl_version_info(CURLVERSION_NOW)->cainfo))
		return;
	for (i = 0; i < COPL_COUNT(usual); i++)
		if (take(t, usual[i]))
			return;
}

/*
 * libcurl keeps the parsed form of one file.  The largest one gains most: the
 * 140 certificates of a system take ten times as long as a handshake.
 */
bool copl_ca_files_keep(struct copl_ca_files *t, const char *file)
{
	struct stat s;

	if (strcmp(file, t->kept) == 0)
		return true;
	if (strlen(file) >= sizeof(t->kept) || stat(file, &s) != 0)
		return false;
	if (s.st_size <= t->kept_size)
		return false;
	snprintf(t->kept, sizeof(t->kept), "%s", file);
	t->kept_size = s.st_size;
	return true;
}
