# SPDX-License-Identifier: GPL-3.0-or-later
# Three programs from one table, each with the list of what it runs.  cop-l10n
# starts fast because it does not load libcurl; for the commands that need it,
# it becomes cop-l10n-net.  cop-l10n-office is a program of its own.
cli_common = \
	%D%/cli.h \
	%D%/clock.c \
	%D%/finish.c \
	%D%/help.c \
	%D%/i18n.h \
	%D%/main.c \
	%D%/options.c \
	%D%/passphrase.c \
	%D%/runner.c \
	%D%/secrecy.c \
	%D%/shown.c \
	%D%/sink_json.c \
	%D%/sink_plain.c \
	%D%/stop.c \
	%D%/suggest.c \
	%D%/table.c

bin_PROGRAMS += cop-l10n
cop_l10n_SOURCES = $(cli_common) \
	%D%/completion.c \
	%D%/exec_net.c \
	%D%/fix.c \
	%D%/run_build.c \
	%D%/run_compendium.c \
	%D%/run_extract.c \
	%D%/run_form.c \
	%D%/run_help.c \
	%D%/run_init.c \
	%D%/run_its.c \
	%D%/run_keygen.c \
	%D%/run_lint.c \
	%D%/run_merge.c \
	%D%/run_pack.c \
	%D%/run_preview.c \
	%D%/run_project.c \
	%D%/run_pseudo.c \
	%D%/run_publish.c \
	%D%/run_review.c \
	%D%/run_signoff.c \
	%D%/run_status.c \
	%D%/run_verify.c \
	%D%/run_zip.c \
	%D%/runs.c
# The program uses the public headers and the shared library only.
cop_l10n_LDADD = libcopl10n.la $(UNISTRING_LIBS)

# What is the same for every command, as a C string.
EXTRA_DIST += %D%/completion.bash
BUILT_SOURCES += %D%/completion.inc
CLEANFILES += %D%/completion.inc
%D%/completion.inc: %D%/completion.bash src/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && $(SHELL) src/embed.sh \
		%D% %D%/completion.bash) >$@.tmp && mv $@.tmp $@
%D%/completion.$(OBJEXT): %D%/completion.inc

# It comes from the table, so it knows what the program knows.
if INSTALL_COMPLETION
completiondir = $(BASH_COMPLETION_DIR)
nodist_completion_DATA = completion/cop-l10n
CLEANFILES += completion/cop-l10n
completion/cop-l10n: cop-l10n$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion && \
		LC_ALL=C ./cop-l10n$(EXEEXT) help --completion >$@.tmp && mv $@.tmp $@
endif

pkglibexec_PROGRAMS += cop-l10n-net
cop_l10n_net_SOURCES = $(cli_common) \
	%D%/run_deliveries.c \
	%D%/run_endpoint.c \
	%D%/run_fetch.c \
	%D%/run_push.c \
	%D%/run_report.c \
	%D%/run_serve.c \
	%D%/run_tally.c \
	%D%/runs_net.c \
	%D%/sink_progress.c \
	%D%/tally_show.c \
	%D%/tally_show.h
cop_l10n_net_LDADD = libcopl10n-net.la libcopl10n.la $(UNISTRING_LIBS)

# One file that is all an office needs.  It takes from the convenience
# libraries the objects that its commands use, so what others stand on
# (PostgreSQL, SQLite, gettext, libarchive) is not asked for.  It goes where
# cop-l10n would: see install-office.
noinst_PROGRAMS = cop-l10n-office
cop_l10n_office_SOURCES = $(cli_common) \
	%D%/run_fetch.c \
	%D%/run_serve.c \
	%D%/run_tally.c \
	%D%/run_verify.c \
	%D%/runs_office.c \
	%D%/sink_progress.c \
	%D%/tally_show.c \
	%D%/tally_show.h
cop_l10n_office_LDADD = src/libcoplnet.la src/libcopl.la
