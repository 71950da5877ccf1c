# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: cop-l10n against the floor and its peers; bench/README.md.
# The generator and the checker are built for the tests as well.
check_PROGRAMS += %D%/gen %D%/gen_project %D%/check %D%/measure
EXTRA_PROGRAMS += %D%/floor %D%/floor_project %D%/update
CLEANFILES += %D%/floor %D%/floor_project %D%/update
bench_aid = %D%/aid.c %D%/aid.h
bench_gen = $(bench_aid) %D%/gen_file.c %D%/gen_file.h %D%/phrases.c \
	%D%/phrases.h %D%/po.c %D%/po.h

%C%_gen_SOURCES = $(bench_gen) %D%/gen.c %D%/gen.h %D%/gen_form.c \
	%D%/gen_po.c
%C%_gen_LDADD =
%C%_gen_project_SOURCES = $(bench_gen) %D%/gen_project.c \
	%D%/gen_questions.c %D%/project.h %D%/texts.c
%C%_gen_project_LDADD =
%C%_check_SOURCES = $(bench_aid) %D%/check.c %D%/check.h %D%/check_po.c \
	%D%/check_release.c %D%/check_xml.c
%C%_check_LDADD = $(LIBXML_LIBS)
%C%_floor_SOURCES = $(bench_aid) %D%/floor.c
%C%_floor_LDADD = $(LIBXML_LIBS)
%C%_floor_project_SOURCES = $(bench_aid) %D%/floor_project.c
%C%_floor_project_LDADD = $(LIBXML_LIBS) $(GETTEXTPO_LIBS)
%C%_measure_SOURCES = $(bench_aid) %D%/measure.c
%C%_measure_LDADD =

# The very code of the library, on files that another tool takes.
%C%_update_SOURCES = $(bench_aid) %D%/update.c
%C%_update_LDADD = src/libcopl.la

# The delivery bench: the other side, and the ledger by itself.
check_PROGRAMS += %D%/delivery/peer %D%/delivery/ledger
%C%_delivery_peer_SOURCES = $(bench_aid) %D%/delivery/idle.c \
	%D%/delivery/peer.c %D%/delivery/peer.h %D%/delivery/relay.c \
	%D%/delivery/silent.c
%C%_delivery_peer_LDADD =
%C%_delivery_ledger_SOURCES = $(bench_aid) %D%/delivery/ledger.c
%C%_delivery_ledger_LDADD = src/libcoplnet.la src/libcopl.la

EXTRA_DIST += %D%/delivery/lib.sh %D%/delivery/push.sh \
	%D%/delivery/rclone.sh %D%/delivery/report.awk \
	%D%/delivery/run.sh %D%/delivery/serve.sh
EXTRA_DIST += %D%/README.md %D%/catalog.sh %D%/peers.sh %D%/phrases.txt %D%/project.sh \
	%D%/report.awk %D%/run.sh %D%/tools.txt %D%/tools_catalog.txt \
	%D%/tools_project.txt

.PHONY: bench
bench: cop-l10n$(EXEEXT) %D%/gen$(EXEEXT) %D%/gen_project$(EXEEXT) \
		%D%/check$(EXEEXT) %D%/floor$(EXEEXT) \
		%D%/floor_project$(EXEEXT) %D%/measure$(EXEEXT) \
		%D%/update$(EXEEXT)
	@$(SHELL) $(srcdir)/bench/run.sh $(srcdir) $(builddir)
	@$(MAKE) $(AM_MAKEFLAGS) bench-answers-store
	@$(MAKE) $(AM_MAKEFLAGS) bench-answers-http
	@$(MAKE) $(AM_MAKEFLAGS) bench-answers-tally

.PHONY: bench-answers-store
bench-answers-store: %D%/answers/store$(EXEEXT)
	@$(SHELL) $(srcdir)/bench/answers/store.sh $(srcdir) $(builddir)

.PHONY: bench-answers-http
bench-answers-http: cop-l10n$(EXEEXT) cop-l10n-net$(EXEEXT) \
		%D%/answers/store$(EXEEXT) tests/e2e/poster$(EXEEXT)
	@$(SHELL) $(srcdir)/bench/answers/http.sh $(srcdir) $(builddir)

.PHONY: bench-answers-tally
bench-answers-tally: cop-l10n$(EXEEXT) cop-l10n-net$(EXEEXT) \
		%D%/answers/gen$(EXEEXT) %D%/measure$(EXEEXT)
	@$(SHELL) $(srcdir)/bench/answers/tally.sh $(srcdir) $(builddir)

.PHONY: bench-delivery
bench-delivery: cop-l10n$(EXEEXT) cop-l10n-net$(EXEEXT) \
		%D%/gen_project$(EXEEXT) %D%/measure$(EXEEXT) \
		%D%/delivery/peer$(EXEEXT) %D%/delivery/ledger$(EXEEXT)
	@$(SHELL) $(srcdir)/bench/delivery/run.sh $(srcdir) $(builddir)

clean-local:
	rm -rf bench/data bench/runs bench/delivery/runs bench/answers/runs bench/answers/http-runs

# Answers: what the store takes, and what its disk allows.
check_PROGRAMS += %D%/answers/store
%C%_answers_store_SOURCES = %D%/answers/store.c
%C%_answers_store_LDADD = src/libcoplnet.la src/libcopl.la

# Answers of random people, with counts of their own.
check_PROGRAMS += %D%/answers/gen
%C%_answers_gen_SOURCES = %D%/answers/gen.c
%C%_answers_gen_LDADD = src/libcoplnet.la src/libcopl.la
EXTRA_DIST += %D%/answers/http.sh %D%/answers/store.sh %D%/answers/tally.sh
