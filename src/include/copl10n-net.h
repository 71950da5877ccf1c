/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_NET_H
#define COPL10N_NET_H
/* libcopl10n-net: apart, because libcurl alone costs 7 ms at start. */
#include <copl10n.h>
#include <copl10n/deliver.h>
#include <copl10n/deliveries.h>
#include <copl10n/endpoint.h>
#include <copl10n/fetch.h>
#include <copl10n/report.h>
#include <copl10n/serve.h>
#include <copl10n/tally.h>
#endif
