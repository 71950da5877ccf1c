/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the helper of the delivery bench share. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H
#include <netinet/in.h>
#include <stdint.h>

/* HOST must be an IPv4 address of this machine (127.0.0.0/8); ends the
   program when it is not, or when PORT is none. */
struct sockaddr_in peer_address(const char *host, const char *port);

/* A socket that listens there; ends the program when it cannot. */
int peer_listen(const struct sockaddr_in *at);

/* A connection to there, or -1. */
int peer_connect(const struct sockaddr_in *at);

/* Raises the soft limit of open files to the hard one; 0 when that is less
   than NEEDED. */
int peer_files(unsigned long needed);

/* A number from LEAST to MOST, or the end of the program. */
unsigned long peer_number(
    const char *text, unsigned long least, unsigned long most);

/* The commands; each gets what stands behind its name. */
int peer_silent(int argc, char **argv);
int peer_idle(int argc, char **argv);
int peer_relay(int argc, char **argv);
#endif
