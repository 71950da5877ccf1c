# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: cop-l10n against the floor and its peers; bench/README.md.
# The generator and the checker are built for the tests as well.
check_PROGRAMS += %D%/gen %D%/check
EXTRA_PROGRAMS += %D%/floor %D%/measure
CLEANFILES += %D%/floor %D%/measure
bench_aid = %D%/aid.c %D%/aid.h

%C%_gen_SOURCES = $(bench_aid) %D%/gen.c %D%/gen.h %D%/gen_form.c \
	%D%/gen_po.c %D%/phrases.c %D%/phrases.h
%C%_gen_LDADD =
%C%_check_SOURCES = $(bench_aid) %D%/check.c %D%/check.h %D%/check_po.c \
	%D%/check_xml.c
%C%_check_LDADD = $(LIBXML_LIBS)
%C%_floor_SOURCES = $(bench_aid) %D%/floor.c
%C%_floor_LDADD = $(LIBXML_LIBS)
%C%_measure_SOURCES = $(bench_aid) %D%/measure.c
%C%_measure_LDADD =

EXTRA_DIST += %D%/README.md %D%/peers.sh %D%/phrases.txt %D%/report.awk \
	%D%/run.sh %D%/tools.txt

.PHONY: bench
bench: cop-l10n$(EXEEXT) %D%/gen$(EXEEXT) %D%/check$(EXEEXT) \
		%D%/floor$(EXEEXT) %D%/measure$(EXEEXT)
	@$(SHELL) $(srcdir)/bench/run.sh $(srcdir) $(builddir)

clean-local:
	rm -rf bench/data bench/runs
