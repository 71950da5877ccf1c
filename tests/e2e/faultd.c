/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * faultd [-d FOLDER] [-p PORT] [-s SECONDS] SCRIPT
 *
 * A server on 127.0.0.1 that misbehaves as a script says (tests/unit/peer.h
 * has the words).  Prints "port N", then every request line, and ends with
 * SIGTERM or after so many seconds (default 60): 0 when every "expect" was
 * met, else 1.
 */
#include "config.h"
#include <signal.h>
#include "../unit/peer.h"

static char *read_script(const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char *text = calloc(1, 65536);

	peer_need(f != NULL && text != NULL, "cannot read the script");
	peer_need(fread(text, 1, 65535, f) < 65535, "the script is too long");
	fclose(f);
	return text;
}

int main(int argc, char **argv)
{
	unsigned port = 0, seconds = 60;
	const char *dir = NULL;
	static struct peer p;
	struct timespec limit;
	sigset_t stop;
	char *script;
	int c;

	while ((c = getopt(argc, argv, "d:p:s:")) != -1) {
		peer_need(c != '?', "faultd [-d DIR] [-p PORT] [-s N] SCRIPT");
		if (c == 'd')
			dir = optarg;
		else if (c == 'p')
			port = (unsigned)strtoul(optarg, NULL, 10);
		else
			seconds = (unsigned)strtoul(optarg, NULL, 10);
	}
	peer_need(optind + 1 == argc, "one script is needed");
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	script = read_script(argv[optind]);
	peer_start(&p, script, dir, port, seconds);
	free(script);
	pthread_mutex_lock(&p.lock);
	p.log = stdout;
	printf("port %u\n", p.port);
	fflush(stdout);
	pthread_mutex_unlock(&p.lock);
	limit = (struct timespec){(time_t)seconds, 0};
	sigtimedwait(&stop, NULL, &limit);
	peer_stop(&p);
	fputs(peer_wrong(&p), stderr);
	return peer_wrong(&p)[0] == '\0' ? 0 : 1;
}
