src_libcopl_la_SOURCES += \
	%D%/begin.c \
	%D%/check.c \
	%D%/desk.c \
	%D%/desk.h \
	%D%/desk_save.c \
	%D%/context.c \
	%D%/context.h \
	%D%/compendium.c \
	%D%/diff.c \
	%D%/document.c \
	%D%/document.h \
	%D%/earlier.c \
	%D%/explain.c \
	%D%/fallback.c \
	%D%/fix.c \
	%D%/fix_show.c \
	%D%/fix_show.h \
	%D%/gates.c \
	%D%/gates.h \
	%D%/heading.c \
	%D%/import.c \
	%D%/import_doubt.c \
	%D%/import_match.c \
	%D%/import_merge.c \
	%D%/import_remark.c \
	%D%/import_page.c \
	%D%/import_priv.h \
	%D%/import_sent.c \
	%D%/init.c \
	%D%/init_output.c \
	%D%/init_plan.c \
	%D%/init_priv.h \
	%D%/init_starter.c \
	%D%/lint.c \
	%D%/lint_tag.c \
	%D%/lint_tag.h \
	%D%/lint_units.c \
	%D%/localize.c \
	%D%/merge_po.c \
	%D%/reach.c \
	%D%/record.c \
	%D%/params.c \
	%D%/params.h \
	%D%/preview.c \
	%D%/preview.h \
	%D%/preview_entry.c \
	%D%/preview_files.c \
	%D%/preview_form.c \
	%D%/preview_priv.h \
	%D%/preview_style.c \
	%D%/preview_text.c \
	%D%/preview_texts.c \
	%D%/preview_watch.c \
	%D%/preview_write.c \
	%D%/pseudo.c \
	%D%/pseudo.h \
	%D%/pseudo_text.c \
	%D%/pack.c \
	%D%/pack_files.c \
	%D%/pack_priv.h \
	%D%/pack_start.c \
	%D%/outputs.c \
	%D%/outputs.h \
	%D%/review.c \
	%D%/signoff.c \
	%D%/signoff.h \
	%D%/signoff_sheet.c \
	%D%/seen.c \
	%D%/seen.h \
	%D%/status.c \
	%D%/status.h \
	%D%/status_count.c \
	%D%/status_page.c \
	%D%/terms.c \
	%D%/update.c \
	%D%/values.c \
	%D%/work.h \
	%D%/workspace.c

# The consultation that init makes: template/, with the interface and its
# catalogs as they are shipped.  All of it is part of the library.
init_template = \
	template/NEXT-STEPS.md \
	template/consultation.xml \
	template/forms/online_life.xml \
	template/gitignore \
	template/po/consultation/ar.po \
	template/po/consultation/es.po \
	template/po/consultation/fr.po \
	template/po/consultation/ru.po \
	template/po/consultation/zh_CN.po \
	template/po/online_life/ar.po \
	template/po/online_life/es.po \
	template/po/online_life/fr.po \
	template/po/online_life/ru.po \
	template/po/online_life/zh_CN.po
init_shipped = \
	forms/interface.xml \
	po/interface/ar.po \
	po/interface/es.po \
	po/interface/fr.po \
	po/interface/ru.po \
	po/interface/zh_CN.po
EXTRA_DIST += $(init_template)
BUILT_SOURCES += %D%/starter.inc
CLEANFILES += %D%/starter.inc
%D%/starter.inc: $(init_template) $(init_shipped) src/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && $(SHELL) src/embed.sh \
		template $(init_template) $(init_shipped)) >$@.tmp && mv $@.tmp $@
%D%/init_starter.lo: %D%/starter.inc
