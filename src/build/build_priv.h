/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUILD_PRIV_H
#define COPL_BUILD_PRIV_H

#include <copl10n/build.h>
#include "bundle/bundle.h"
#include "render/render.h"
#include "work/gates.h"
#include "work/params.h"

/* A form in one language: parsed once, shown to every recipient. */
struct build_form {
	struct copl_xml *xml;
	struct copl_form *form;
	size_t fallback; /* texts in the language of the master */
	const char *fallback_lang; /* NULL: there are none */
};

/* Everything that is the same for all recipients of one language. */
struct build_language {
	const struct copl_language *language;
	size_t index; /* in the project: of a master's catalog */
	bool rtl;
	struct copl_interface *words;
	const char *title; /* of the project */
	const char **names; /* of the recipients, in the project's order */
	struct build_form *forms; /* in the project's order */
};

struct build_file {
	struct copl_manifest_file info; /* path from the release's root */
	struct copl_strbuf bytes;
	bool odk; /* a form for ODK */
	bool
	    voucher; /* manifest, signature, sums or zip: follows from others */
};

struct build {
	const struct copl_build_options *o;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_workspace *ws;
	const struct copl_project *project; /* borrowed from ws */
	const struct copl_master **forms; /* masters that are forms */
	size_t nforms;
	const struct copl_master *interface;
	const struct copl_master *texts; /* the project's own */
	struct build_language *languages; /* one per project language */
	struct copl_values values;
	struct copl_secret_key *keys[2];
	struct copl_public_key publics[2];
	const char *keys_b64[2];
	size_t nkeys;
	struct copl_render_digest digest;
	struct build_file *files; /* the whole release in memory */
	size_t nfiles;
	size_t files_room;
	size_t total; /* bytes of all files */
	size_t listed; /* files that the whole release's manifest names */
	uint64_t version;
	int64_t expires;
	bool draft; /* the release is marked as one */
	struct copl_release_lack
	    *lacks; /* why it must be; none: it was wished */
	size_t nlacks;
	int lock; /* descriptor; -1: not locked */
};

/* ---- prepare.c: masters into languages ---- */
enum copl_status build_prepare(struct build *b) COPL_MUST_CHECK;
void build_prepare_free(struct build *b);
struct build_language *build_language(
    const struct build *b, const struct copl_language *language);
/* The catalog of a master in a language; NULL: its own texts. */
const struct copl_catalog *build_catalog(
    const struct copl_master *m, const struct build_language *l);

/* What becomes of a master's texts that are not translated. */
enum copl_missing build_missing(
    const struct build *b, const struct copl_master *m);

/* ---- prepare.c: what stands for {office} and the like ---- */
enum copl_status build_params_make(struct build *b,
    const struct copl_form *form, size_t recipient,
    const struct build_language *l, struct copl_params *out) COPL_MUST_CHECK;

/* ---- policy.c: what a release may lack ---- */
/* Findings: without-reason, build-no-responses, build-unconfirmed. */
enum copl_status build_check_reasons(struct build *b) COPL_MUST_CHECK;
void build_check_responses(struct build *b, const struct copl_project *p);
/* A draft may have languages that its recipients have not agreed to. */
void build_check_confirmed(struct build *b, const struct copl_project *p);
/* to NULL: of the whole release. */
enum copl_status build_index_without(struct build *b,
    const struct copl_recipient *to, struct copl_index_page *page)
    COPL_MUST_CHECK;
enum copl_status build_manifest_policy(struct build *b,
    const struct copl_recipient *to, struct copl_manifest *m) COPL_MUST_CHECK;
/* What is left out or fell back, one event each. */
void build_tell_policy(const struct build *b);

/* ---- draft.c: what keeps a release from being published ---- */
/* Decides b->draft.  Findings: build-not-published, gate-unmet. */
enum copl_status build_check_gates(struct build *b) COPL_MUST_CHECK;
/* Why the release is a draft, one event for each language. */
void build_tell_gates(const struct build *b);

/* ---- pages.c: every file that people open ---- */
enum copl_status build_pages(struct build *b) COPL_MUST_CHECK;

/* ---- reach.c: what brings young people to the forms ---- */
enum build_reach_kind { BUILD_INVITE, BUILD_POSTER };
/* "form.fr.poster.html"; NULL: no memory. */
const char *build_reach_name(struct build *b, const char *form,
    const char *lang, enum build_reach_kind kind);
/* Both files of a page; nothing for a recipient without <forms>. */
enum copl_status build_reach(struct build *b, const struct copl_recipient *to,
    const struct copl_page *page, const char *title) COPL_MUST_CHECK;
/* Note build-no-forms. */
void build_check_forms(struct build *b, const struct copl_project *p);

/* ---- odk.c: forms for ODK, all languages of a recipient in one file ---- */
enum copl_status build_odk(struct build *b) COPL_MUST_CHECK;

/* ---- tree.c: the release in memory ---- */
/*
 * Takes the bytes over.  info->path and the other strings must live as long
 * as the build; length and digest are filled in here.
 */
enum copl_status build_add(struct build *b,
    const struct copl_manifest_file *info, bool voucher,
    struct copl_strbuf *bytes) COPL_MUST_CHECK;
/* Other bytes in a file's place; takes them over. */
enum copl_status build_change(struct build *b, struct build_file *f,
    struct copl_strbuf *bytes) COPL_MUST_CHECK;
/* Says that a page of a form went over a limit while it was written. */
enum copl_status build_page_too_large(struct build *b, const char *path);
/* The public keys beside each manifest. */
enum copl_status build_add_keys(struct build *b) COPL_MUST_CHECK;
/* Manifests, signatures and sums: of each recipient, then of the whole. */
enum copl_status build_vouch(struct build *b) COPL_MUST_CHECK;
void build_tree_free(struct build *b);
/* "africa.zip", beside the recipient's folder; NULL: no memory. */
#define BUILD_ZIP ".zip"
const char *build_zip_name(struct copl_arena *a, const char *recipient);

/* ---- previous.c: what is there already ---- */
struct build_previous {
	struct copl_manifest *latest; /* NULL: none, or it does not count */
	uint64_t highest; /* number of any release; 0: none */
};
/* Makes the output folder and locks it. */
enum copl_status build_lock(struct build *b) COPL_MUST_CHECK;
void build_unlock(struct build *b);
enum copl_status build_previous_read(
    struct build *b, struct build_previous *out) COPL_MUST_CHECK;
void build_previous_free(struct build_previous *p);
/* Would the release hold the very files of the latest one? */
enum copl_status build_previous_same(struct build *b,
    const struct build_previous *p, bool *same) COPL_MUST_CHECK;

/* ---- odk_version.c: new content is a new version ---- */
/*
 * Puts b->version into the version of each ODK form that is not, to the byte,
 * the one of the latest release; the others stay as they are there.
 */
enum copl_status build_odk_versions(
    struct build *b, const struct build_previous *p) COPL_MUST_CHECK;

/* ---- output.c: the release on disk ---- */
#define BUILD_LATEST "latest"
#define BUILD_TMP ".tmp-"
/* What a draft has in its place: "latest" never is one. */
#define BUILD_DRAFT "draft"
const char *build_link_name(const struct build *b);
/* OUTPUT/VERSION, whole or not at all, then OUTPUT/latest or OUTPUT/draft. */
enum copl_status build_output(struct build *b) COPL_MUST_CHECK;

#endif
