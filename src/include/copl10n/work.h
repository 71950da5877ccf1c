/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_WORK_H
#define COPL10N_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/** What a new consultation is to be; NULL stands for a proposal. */
struct copl_init_options {
	const char *dir; /* new, or there and without files of these names */
	const char *id; /* of the project and its form: [a-z][a-z0-9_]* */
	const char *lang; /* the form is written in: one of the six */
	const char *languages; /* BCP 47 tags, between them blanks or commas */
	const char *opens; /* "2027-01-11", or an instant of RFC 3339 */
	const char *closes; /* the same; must be after now */
	const char *keep_until; /* "2027-12-31": last day of the answers */
	int64_t now; /* seconds since 1970 */
};

/**
 * Make a new consultation that passes copl_check(): project file, a form to
 * start from, interface, and a catalog for each language.  In the six official
 * languages all texts are translated; another language gets an empty catalog.
 * Tells event "created" with fields dir, form, language, languages, opens,
 * closes, keep-until.
 *
 * @return COPL_OK, COPL_E_INVALID (a wish that cannot be, or a file of the
 *         same name is there), COPL_E_IO or COPL_E_NOMEM; unless it is
 *         COPL_OK, nothing was left in the folder
 */
enum copl_status copl_init(const struct copl_init_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Check a project: project file, forms, interface and every catalog, as
 * strictly as a build would.  Tells event "checked" with fields forms,
 * languages, recipients, messages.
 *
 * @dir  project folder
 *
 * @return COPL_OK (warnings may have been reported), COPL_E_PARSE,
 *         COPL_E_INVALID, COPL_E_IO, COPL_E_LIMIT or COPL_E_NOMEM
 */
enum copl_status copl_check(const char *dir, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/**
 * Bring templates and catalogs up to date with their masters, by id.
 *
 * Writes po/FORM/FORM.pot and each po/FORM/LANG.po, only where content
 * changes.  Tells event "updated" per file with fields file, added, changed,
 * obsoleted, written.
 *
 * @now  seconds since 1970, for POT-Creation-Date when content changes
 *
 * @return as copl_check(); nothing is written unless every input was good
 */
enum copl_status copl_update(const char *dir, int64_t now,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/** What is shown; zeros: everything, in the folder "preview". */
struct copl_preview_options {
	const char *output; /* folder for the pages; NULL: "preview" */
	const char *form; /* id of a form, "interface" or "consultation" */
	const char *const *languages; /* BCP 47 tags or names of catalogs */
	size_t nlanguages; /* 0: all that have catalogs */
	/*
	 * Go on and write a page again when its catalog is saved, until
	 * stop_fd can be read.  Open pages renew themselves.
	 */
	bool watch;
	int stop_fd; /* -1: never */
};

/**
 * Write pages for translators: each text of a catalog beside the question it
 * is in, as young people will see it, with what the checks found.  One
 * self-contained file OUTPUT/FORM.LANG.html per form and language.
 *
 * Tells event "previewed" per file with fields file, form, language, texts,
 * todo, findings, written; "watching" with field pages when all are there and
 * saves are waited for.  What the checks find in translations is shown in
 * the pages and not reported.  A catalog that cannot be read while it is
 * watched leaves its page as it was, below what is wrong with it.
 *
 * @dir  project folder; output is relative to the process
 *
 * @return as copl_check(); COPL_E_INVALID also when there is no such form or
 *         language.  Pages of catalogs that could be read are written
 *         nevertheless.
 */
enum copl_status copl_preview(const char *dir,
    const struct copl_preview_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/** What an update is to do. */
struct copl_update_options {
	const char *dir; /* project folder */
	const char *compendium; /* folder with LANG.po, or one catalog, of
				 * earlier translations; NULL: what the project
				 * file names */
	int64_t now; /* seconds since 1970 */
};

/**
 * The same, with earlier translations: a text that is new or empty and was
 * translated before is offered that translation, as fuzzy and with a comment
 * that says where it comes from.  Field "reused" of the events counts them.
 *
 * @return as copl_update()
 */
enum copl_status copl_update_with(const struct copl_update_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/**
 * Does "cop-l10n init WORD" in this folder mean a language?  So when the
 * folder holds a project, the word is the tag of a language and no file or
 * folder has that name.
 *
 * @return COPL_OK: it does; COPL_E_NOTFOUND: it does not; COPL_E_NOMEM
 */
enum copl_status copl_is_language_of_project(const char *dir, const char *word)
    __attribute__((warn_unused_result));

/**
 * Begin the catalogs of one language of a project: a complete header, the
 * terms of the glossary, and what earlier translations have.  Catalogs that
 * are there stay as they are.  Tells event "begun" per file with fields file,
 * language, texts, reused, written.
 *
 * @language  its BCP 47 tag, as the project file has it
 * @return as copl_check(); COPL_E_INVALID when the project has no such
 *         language, or it is that of the masters
 */
enum copl_status copl_begin_language(const struct copl_update_options *options,
    const char *language, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/** What a compendium is made of. */
struct copl_compendium_options {
	const char *dir; /* project folder */
	const char *output; /* folder, made when it is not there */
	bool approved; /* only what the review record says is approved */
	int64_t now; /* seconds since 1970 */
};

/**
 * Write the translations of a consultation as catalogs for later ones, one
 * OUTPUT/LANG.po for each language: whole and not fuzzy.  What is there
 * already stays, unless the same text of the same id has a newer translation.
 * Tells event "compendium" per file with fields file, texts, added, written.
 *
 * @return as copl_check()
 */
enum copl_status copl_compendium(const struct copl_compendium_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

/** What must be true of every text that is translated. */
enum copl_status_require {
	COPL_REQUIRE_NOTHING,
	COPL_REQUIRE_TRANSLATED, /* and no error is found in it */
	COPL_REQUIRE_REVIEWED,
	COPL_REQUIRE_APPROVED
};
struct copl_status_options {
	int64_t now; /* seconds since 1970: days are counted from here */
	enum copl_status_require require;
	const char *html; /* page to write; NULL: none */
	/* Language of the page, a tag or a catalog's name such as "fr"; NULL:
	 * that of the process */
	const char *page_language;
};

/**
 * How far each catalog has come.  Tells event "status" per form and language,
 * in the order of the United Nations (ar zh en fr ru es, then others), with
 * fields form, language, translated, fuzzy, untranslated, obsolete, total,
 * words, words-todo (of texts that are not translated or fuzzy), invalid (an
 * error is found in the translation), reviewed, approved, percent (rounded
 * down), days (to the day it is due; "" when none is given), source ("yes":
 * the form is written in it) and name; "status-total" per language with the
 * same but form; "status-page" with field file; "status-next".
 *
 * A word of the source is a run of letters and digits; a placeholder, tag or
 * punctuation mark is none; of scripts without blanks between words each
 * character counts.
 *
 * @options  NULL for zeros
 *
 * @return as copl_check(); COPL_E_INVALID also when a text is not as required,
 *         finding status-required
 */
enum copl_status copl_status_report(const char *dir,
    const struct copl_status_options *options, const struct copl_sink *sink)
    __attribute__((warn_unused_result));

/** Columns that a text (UTF-8) takes on a terminal. */
size_t copl_text_columns(const char *text);

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
