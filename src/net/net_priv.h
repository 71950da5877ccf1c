/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_NET_PRIV_H
#define COPL_NET_PRIV_H

enum copl_url {
	COPL_URL_HTTPS,
	COPL_URL_LOOPBACK, /* http to this machine */
	COPL_URL_MALFORMED,
	COPL_URL_SCHEME,
	COPL_URL_CLEARTEXT,
	COPL_URL_CREDENTIALS,
	COPL_URL_EXTRA
};
enum copl_url copl_net_url_judge(const char *url);

#endif
