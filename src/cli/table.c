/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cli/cli.h"
#include "cli/i18n.h"

#define NO_LIMIT SIZE_MAX
#define OPTIONS(list) list, CLI_COUNT(list)
#define NO_OPTIONS NULL, 0

/* Options that several commands share, in the same words. */
#define KEY                                                                    \
	{                                                                      \
		"key", '\0', "FILE", N_("public key that must have signed"),   \
		    false                                                      \
	}
#define FINGERPRINT                                                            \
	{                                                                      \
		"fingerprint", '\0', "TEXT",                                   \
		    N_("or its fingerprint, as it was read out to you"), false \
	}
#define ITS_RULES                                                              \
	{                                                                      \
		"its", '\0', "FILE",                                           \
		    N_("ITS 2.0 rules to apply; may be repeated"), false       \
	}
#define ITS_PARAM                                                              \
	{                                                                      \
		"param", '\0', "NAME=VALUE",                                   \
		    N_("value of a rule's parameter; may be repeated"), false  \
	}
#define ITS_STRICT                                                             \
	{                                                                      \
		"strict", '\0', NULL,                                          \
		    N_("mistakes in rules are errors, not warnings"), false    \
	}
#define TEXT_KEY                                                               \
	{                                                                      \
		"key", '\0', "id|text",                                        \
		    N_("texts are known by id (default) or by text"), false    \
	}
#define TEXT_INLINE                                                            \
	{                                                                      \
		"inline", '\0', "short|full",                                  \
		    N_("tags as short codes (default) or with attributes"),    \
		    false                                                      \
	}

#define FIX                                                                    \
	{                                                                      \
		"fix", '\0', NULL,                                             \
		    N_("put right what needs no translator, and show it"),     \
		    false                                                      \
	}
#define FIX_DRY_RUN                                                            \
	{                                                                      \
		"dry-run", '\0', NULL, N_("with --fix: only show it"), false   \
	}

/* ---- understood by every command ---- */

const struct cli_option cli_globals[] = {
    {"directory", 'C', "DIR", N_("work as if started in this folder"), false},
    {"format", '\0', "json|text",
	N_("one JSON object per line, or text (default)"), false},
    {"now", '\0', "INSTANT", N_("use this time, e.g. 2027-01-10T08:00:00Z"),
	false},
    {"help", 'h', NULL, N_("print this help"), false},
    {"version", 'V', NULL, N_("print the version"), false},
};
const size_t cli_nglobals = CLI_COUNT(cli_globals);

static const struct cli_option init_options[] = {
    {"id", '\0', "NAME",
	N_("id of the project and its form (default: online_life)"), false},
    {"languages", '\0', "TAGS",
	N_("languages, e.g. \"ar fr en\" (default: the six official ones)"),
	false},
    {"lang", '\0', "TAG",
	N_("language in which the form is written (default: en)"), false},
    {"opens", '\0', "DAY", N_("first day to answer (default: in four weeks)"),
	false},
    {"closes", '\0', "DAY", N_("last day to answer (default: 13 weeks later)"),
	false},
    {"keep-until", '\0', "DAY",
	N_("last day of the answers (default: 26 weeks later)"), false},
};

static const struct cli_option update_options[] = {
    {"compendium", '\0', "PATH",
	N_("earlier translations: a folder with LANG.po, or one catalog"),
	false},
};

static const struct cli_option compendium_options[] = {
    {"output", 'o', "DIR", N_("folder for LANG.po; required"), true},
    {"approved", '\0', NULL, N_("only what the review record says is approved"),
	false},
};

static const struct cli_option build_options[] = {
    {"output", 'o', "DIR", N_("folder of the releases (default: releases)"),
	false},
    {"key", '\0', "FILE",
	N_("secret key that signs (default: keys/release.key)"), false},
    {"passphrase-file", '\0', "FILE",
	N_("its passphrase is the first line of this file"), false},
    {"next-key", '\0', "FILE",
	N_("second secret key, while keys are being changed"), false},
    {"next-passphrase-file", '\0', "FILE", N_("passphrase of the second key"),
	false},
    {"renew", '\0', NULL, N_("make a new release even if no file changed"),
	false},
    {"print", '\0', NULL,
	N_("forms on paper for recipients without <responses>"), false},
    {"without", '\0', "LANG",
	N_("leave a language out, with --reason; may be repeated"), false},
    {"reason", '\0', "TEXT", N_("why, shown on the index; one for each"),
	false},
    {"fallback", '\0', NULL,
	N_("untranslated texts stay in their source language"), false},
    {"draft", '\0', NULL, N_("make a draft, for testing: every page says so"),
	false},
};

static const struct cli_option keygen_options[] = {
    {"answers", '\0', NULL,
	N_("make a key pair that seals answers and opens them"), false},
    {"passphrase-file", '\0', "FILE",
	N_("protect the secret key with this file's first line"), false},
};

static const struct cli_option push_options[] = {
    {"release", '\0', "DIR",
	N_("release to deliver (default: releases/latest)"), false},
    {"ledger", '\0', "FILE|URL",
	N_("who holds what (default: .cop-l10n/ledger.sqlite)"), false},
    {"to", '\0', "ID", N_("only to this endpoint; may be repeated"), false},
    {"dry-run", '\0', NULL, N_("tell the plan and send nothing"), false},
    {"canary", '\0', "N", N_("N endpoints first, the others if all went well"),
	false},
    {"jobs", '\0', "N", N_("endpoints at one time (default: 50)"), false},
    {"attempts", '\0', "N", N_("tries per endpoint in this run (default: 5)"),
	false},
    {"rate", '\0', "N", N_("at most N requests a minute to all together"),
	false},
    {"bandwidth", '\0', "N", N_("at most N bytes a second to all together"),
	false},
    {"deadline", '\0', "TIME",
	N_("start nothing after this time, such as 90s, 15m or 2h"), false},
    {"proxy", '\0', "URL", N_("go through this proxy (default: none)"), false},
    {"verify", '\0', "receipt|readback",
	N_("what proves a delivery: receipt or readback"), false},
    {"retry-now", '\0', NULL,
	N_("try endpoints that failed lately before their time"), false},
    {"retry-dead", '\0', NULL,
	N_("try endpoints that have only failed for days"), false},
    {"force", '\0', NULL, N_("overwrite what somebody else put there"), false},
    {"draft", '\0', NULL,
	N_("send a draft, by default releases/draft, to test endpoints"),
	false},
};

static const struct cli_option deliveries_options[] = {
    {"ledger", '\0', "FILE|URL",
	N_("who holds what (default: .cop-l10n/ledger.sqlite)"), false},
    {"endpoint", '\0', "ID", N_("the log of this endpoint; may be repeated"),
	false},
    {"state", '\0', "new|delivered|waiting|refused|gone|dead",
	N_("only new, delivered, waiting, refused, gone or dead ones"), false},
    {"since", '\0', "DAY", N_("only what changed since then"), false},
    {"releases", '\0', "DIR",
	N_("rebuild: releases that were delivered (default: releases)"), false},
};

static const struct cli_option publish_options[] = {
    {"release", '\0', "DIR",
	N_("release to publish (default: releases/latest)"), false},
    {"to", '\0', "ID", N_("only the forms of this recipient, right into DIR"),
	false},
    {"prune", '\0', NULL,
	N_("forget files that none of the last three releases has"), false},
    {"draft", '\0', NULL,
	N_("publish a draft, by default releases/draft, for testers"), false},
};

static const struct cli_option zip_options[] = {
    {"release", '\0', "DIR",
	N_("release to take from (default: releases/latest)"), false},
    {"output", 'o', "DIR", N_("folder for ID.zip (default: this one)"), false},
};

static const struct cli_option endpoint_options[] = {
    {"ledger", '\0', "FILE|URL",
	N_("who holds what (default: .cop-l10n/ledger.sqlite)"), false},
    {"reason", '\0', "TEXT", N_("why it is switched off, for others to read"),
	false},
};

static const struct cli_option trust_options[] = {
    KEY,
    FINGERPRINT,
};

static const struct cli_option fetch_options[] = {
    KEY,
    FINGERPRINT,
    {"lang", '\0', "TAG", N_("only this language, e.g. fr-CA; may be repeated"),
	false},
    {"form", '\0', "ID", N_("only this form; may be repeated"), false},
    {"rollback", '\0', NULL,
	N_("put the release before this one back; needs no URL"), false},
    {"undo-rollback", '\0', NULL,
	N_("let the release that was taken back come again"), false},
    {"draft", '\0', NULL,
	N_("let a draft take the place of forms that are none"), false},
    {"token-file", '\0', "FILE",
	N_("bearer token of the address, in the first line"), false},
    {"user", '\0', "NAME", N_("user name of the address"), false},
    {"password-file", '\0', "FILE", N_("its password, in the first line"),
	false},
    {"ca", '\0', "FILE",
	N_("certificates (PEM) to trust instead of the system's"), false},
    {"pin", '\0', "PIN",
	N_("key of the server, sha256//BASE64; may be given twice"), false},
    {"proxy", '\0', "URL", N_("go through this proxy (default: none)"), false},
};

static const struct cli_option report_options[] = {
    {"output", 'o', "FILE", N_("page to write (default: report.html)"), false},
    {"lang", '\0', "LANGUAGE",
	N_("language of the page (default: that of the program)"), false},
    {"release", '\0', "DIR",
	N_("release to report on (default: releases/latest)"), false},
    {"draft", '\0', NULL, N_("report on a draft, by default releases/draft"),
	false},
    {"ledger", '\0', "FILE|URL",
	N_("who holds what (default: .cop-l10n/ledger.sqlite)"), false},
};

static const struct cli_option serve_options[] = {
    {"listen", '\0', "ADDRESS",
	N_("address and port (default: 127.0.0.1:8101); may be repeated"),
	false},
    KEY,
    FINGERPRINT,
    {"token-file", '\0', "FILE",
	N_("senders must know the first line of this file"), false},
    {"max-seconds", '\0', "N", N_("stop after this time"), false},
    {"open", '\0', NULL, N_("allow an address that other machines can reach"),
	false},
    {"behind-proxy", '\0', NULL,
	N_("believe what a proxy says of the address that clients used"),
	false},
    {"tls-cert", '\0', "FILE", N_("PEM file with the certificate: serve https"),
	false},
    {"tls-key", '\0', "FILE", N_("PEM file with the key of the certificate"),
	false},
    {"origin", '\0', "URL",
	N_("how people reach this server, when a proxy is in front"), false},
    {"connections", '\0', "N",
	N_("so many at one time for an address (default: 6000)"), false},
    {"collect", '\0', "DIR",
	N_("take answers to the forms, and keep them in this folder"), false},
    {"collect-key", '\0', "FILE",
	N_("seal answers to this public key: nobody here can read them"),
	false},
    {"collect-rate", '\0', "N",
	N_("posts in ten minutes from one address (default: 1200; 0: any "
	   "number)"),
	false},
    {"read-only", '\0', NULL, N_("show what is in place, receive nothing"),
	false},
    {"demand-match", '\0', NULL,
	N_("a sender must say what its release takes the place of"), false},
    {"access-log", '\0', "FILE",
	N_("add a JSON line for each request, without who asked"), false},
    {"sandbox", '\0', "WHEN",
	N_("lock the server in: auto (default), require or off"), false},
    {"security-txt", '\0', "FILE",
	N_("show this file at /.well-known/security.txt"), false},
};

static const struct cli_option tally_options[] = {
    {"release", '\0', "DIR",
	N_("forms of the answers; may be repeated (default: releases)"), false},
    {"form", '\0', "ID", N_("only this form; may be repeated"), false},
    {"labels", '\0', "LANG",
	N_("language of the questions (default: that of the program)"), false},
    {"csv", '\0', "FILE",
	N_("write every answer by its codes; not to be published"), false},
    {"html", '\0', "FILE", N_("write a page that can be published"), false},
    {"all-cells", '\0', NULL,
	N_("show numbers under 5 too; not to be published"), false},
    {"draft", '\0', NULL, N_("count answers to drafts, and no others"), false},
    {"key", '\0', "FILE", N_("secret key that opens sealed answers"), false},
    {"passphrase-file", '\0', "FILE",
	N_("its passphrase is the first line of this file"), false},
    {"follow", '\0', NULL,
	N_("count by day, recipient and language, again and again"), false},
    {"interval", '\0', "N",
	N_("seconds between two counts of --follow (default: 60)"), false},
    {"days", '\0', "N", N_("days of --follow to show (default: 7)"), false},
    {"once", '\0', NULL, N_("--follow counts once and ends"), false},
    {"purge", '\0', NULL, N_("remove answers whose last day has passed"),
	false},
    {"dry-run", '\0', NULL, N_("--purge tells what it would remove"), false},
};

static const struct cli_option extract_options[] = {
    {"output", 'o', "FILE", N_("template (.pot) to write; required"), true},
    ITS_RULES,
    ITS_PARAM,
    ITS_STRICT,
    TEXT_KEY,
    TEXT_INLINE,
};

static const struct cli_option localize_options[] = {
    {"output", 'o', "DIR", N_("folder for the documents; required"), true},
    ITS_RULES,
    ITS_PARAM,
    ITS_STRICT,
    TEXT_KEY,
    TEXT_INLINE,
    {"missing", '\0', "fail|source|drop",
	N_("untranslated texts: stop (default), keep, leave out"), false},
    {"use-fuzzy", '\0', NULL, N_("take fuzzy translations too"), false},
    {"strip-its", '\0', NULL, N_("leave out the markup of ITS"), false},
    {"jobs", 'j', "N", N_("languages at one time (default: 2 at most)"), false},
};

static const struct cli_option check_options[] = {
    FIX,
    FIX_DRY_RUN,
};

static const struct cli_option lint_options[] = {
    {"master", '\0', "FILE",
	N_("form, XML document or template with the texts there must be"),
	false},
    {"glossary", '\0', "FILE",
	N_("terms to expect (default: those that are shipped)"), false},
    {"strict", '\0', NULL, N_("warnings are errors too"), false},
    {"show-ignored", '\0', NULL,
	N_("list what translators silenced with cop-ignore"), false},
    FIX,
    FIX_DRY_RUN,
};

static const struct cli_option review_options[] = {
    {"form", '\0', "ID",
	N_("only this form, or \"interface\" or \"consultation\""), false},
    {"all", '\0', NULL, N_("all texts that are good enough; none is lowered"),
	false},
    {"changed", '\0', NULL,
	N_("texts that were reviewed before and changed since"), false},
    {"who", '\0', "NAME", N_("who compared the texts, or approves them"),
	false},
    {"role", '\0', "TEXT", N_("in which role, e.g. reviewer"), false},
    {"origin", '\0', "human|machine|reuse",
	N_("where the translation comes from (default: human)"), false},
    {"dry-run", '\0', NULL, N_("tell what would be set and write nothing"),
	false},
};

static const struct cli_option signoff_options[] = {
    {"output", 'o', "FILE", N_("sheet: page to write"), false},
    {"form", '\0', "ID",
	N_("only this form, or \"interface\" or \"consultation\""), false},
    {"who", '\0', "NAME", N_("record: who signed"), false},
    {"role", '\0', "TEXT", N_("record: in which role"), false},
    {"digest", '\0', "TEXT", N_("record: what stands on the sheet"), false},
    {"sheet", '\0', "FILE", N_("record: the sheet, to see what changed since"),
	false},
};

static const struct cli_option merge_options[] = {
    {"path", '\0', "FILE",
	N_("where the catalog stands in the project (%P of git)"), false},
};

static const struct cli_option its_options[] = {
    ITS_RULES,
    ITS_PARAM,
    ITS_STRICT,
};

static const struct cli_option pseudo_options[] = {
    {"output", 'o', "DIR", N_("folder for the catalogs (default: pseudo)"),
	false},
    {"lang", '\0', "en-XA|ar-XB", N_("only this one (default: both)"), false},
    ITS_RULES,
    ITS_PARAM,
    ITS_STRICT,
};

static const struct cli_option pack_options[] = {
    {"output", 'o', "FILE", N_("zip to write (default: PROJECT-LANG.zip)"),
	false},
    {"contact", '\0', "E-MAIL", N_("whom the translator can write to"), false},
};

static const struct cli_option import_options[] = {
    {"output", 'o', "FILE",
	N_("page for the translator (default: findings.html)"), false},
    {"dry-run", '\0', NULL, N_("write the page and change no catalog"), false},
};

static const struct cli_option form_options[] = {
    {"output", 'o', "FILE", N_("form or table to write; required"), true},
    {"force", '\0', NULL,
	N_("replace a file that is there and holds something else"), false},
    {"separator", '\0', "CHAR",
	N_("what stands between cells of a table: , (default) ; or tab"),
	false},
};

static const struct cli_option status_options[] = {
    {"require", '\0', "translated|reviewed|approved",
	N_("fail unless all is translated, reviewed or approved"), false},
    {"html", '\0', "FILE", N_("write a page for everybody to see"), false},
    {"html-language", '\0', "LANG",
	N_("language of the page, e.g. fr (default: English)"), false},
};

static const struct cli_option preview_options[] = {
    {"output", 'o', "DIR", N_("folder of the pages (default: preview)"), false},
    {"form", '\0', "ID",
	N_("only this form, or \"interface\" or \"consultation\""), false},
    {"watch", 'w', NULL,
	N_("go on, and write a page again when its catalog is saved"), false},
    {"max-seconds", '\0', "N", N_("stop watching after this time"), false},
};

static const struct cli_option help_options[] = {
    {"completion", '\0', NULL, N_("print a script that completes in bash"),
	false},
};

/* Order of the list is order in --help. */
const struct cli_command cli_commands[] = {
    {"init", "DIR|LANG",
	N_("make a new consultation, or begin a language of this one"),
	CLI_PROJECT, OPTIONS(init_options), 1, 1},
    {"form", "import|export FILE",
	N_("make a form of a spreadsheet's table, or a table of a form"),
	CLI_PROJECT, OPTIONS(form_options), 2, 2},
    {"check", "", N_("find every error in the project and its catalogs"),
	CLI_PROJECT, OPTIONS(check_options), 0, 0},
    {"update", "", N_("bring the catalogs up to date with the forms"),
	CLI_PROJECT, OPTIONS(update_options), 0, 0},
    {"compendium", "",
	N_("keep the translations of this consultation for later ones"),
	CLI_PROJECT, OPTIONS(compendium_options), 0, 0},
    {"status", "", N_("show how far each language is"), CLI_PROJECT,
	OPTIONS(status_options), 0, 0},
    {"preview", "[LANG...]",
	N_("show each translation beside the question it is in"), CLI_PROJECT,
	OPTIONS(preview_options), 0, NO_LIMIT},
    {"review", "LANG [STATE [ID...]]",
	N_("list translations to review, or say that they were"), CLI_PROJECT,
	OPTIONS(review_options), 1, NO_LIMIT},
    {"pack", "LANG", N_("make a zip for a translator: catalogs, XLIFF, advice"),
	CLI_PROJECT, OPTIONS(pack_options), 1, 1},
    {"import", "FILE",
	N_("take back what a translator sent, and write what to look at again"),
	CLI_PROJECT, OPTIONS(import_options), 1, 1},
    {"signoff", "sheet|record LANG",
	N_("print translations for a signature, or keep one"), CLI_PROJECT,
	OPTIONS(signoff_options), 2, 2},
    {"build", "", N_("make a signed release in all languages"), CLI_PROJECT,
	OPTIONS(build_options), 0, 0},
    {"keygen", "[PREFIX]", N_("make a key pair that signs releases"),
	CLI_PROJECT, OPTIONS(keygen_options), 0, 1},
    {"push", "", N_("deliver a release to every endpoint"), CLI_DELIVERY,
	OPTIONS(push_options), 0, 0},
    {"deliveries", "[verify|rebuild]",
	N_("show who holds what, check the ledger, or ask the endpoints anew"),
	CLI_DELIVERY, OPTIONS(deliveries_options), 0, 1},
    {"report", "", N_("write a page that says who holds which forms"),
	CLI_DELIVERY, OPTIONS(report_options), 0, 0},
    {"endpoint", "list|check|enable|disable [ID...]",
	N_("list endpoints, ask how they are, switch them off and on"),
	CLI_DELIVERY, OPTIONS(endpoint_options), 1, NO_LIMIT},
    {"publish", "DIR",
	N_("lay a release out for any web server, bucket or network"),
	CLI_DELIVERY, OPTIONS(publish_options), 1, 1},
    {"zip", "RECIPIENT...",
	N_("make one file of a recipient's forms, to be sent by hand"),
	CLI_DELIVERY, OPTIONS(zip_options), 1, NO_LIMIT},
    {"fetch", "[URL] DIR",
	N_("get the newest forms of an office and verify them"), CLI_DELIVERY,
	OPTIONS(fetch_options), 1, 2},
    {"verify", "DIR", N_("verify forms or a release in a folder"), CLI_DELIVERY,
	OPTIONS(trust_options), 1, 1},
    {"serve", "DIR", N_("receive forms over HTTP and publish them"),
	CLI_DELIVERY, OPTIONS(serve_options), 1, 1},
    {"tally", "DIR...", N_("count the answers of all offices and languages"),
	CLI_DELIVERY, OPTIONS(tally_options), 1, NO_LIMIT},
    {"extract", "DOCUMENT",
	N_("write the texts of an XML document as a template"), CLI_ANY,
	OPTIONS(extract_options), 1, 1},
    {"localize", "DOCUMENT CATALOG...",
	N_("write an XML document in the languages of catalogs"), CLI_ANY,
	OPTIONS(localize_options), 2, NO_LIMIT},
    {"lint", "CATALOG...",
	N_("find every mistake in catalogs, without a project"), CLI_ANY,
	OPTIONS(lint_options), 1, NO_LIMIT},
    {"diff", "BEFORE AFTER",
	N_("show what changed in a catalog or form, word by word"), CLI_ANY,
	NO_OPTIONS, 2, 2},
    {"merge-po", "BASE OURS THEIRS",
	N_("merge two versions of a catalog, as git's merge driver"), CLI_ANY,
	OPTIONS(merge_options), 3, 3},
    {"explain", "[CHECK|DOCUMENT:LINE]",
	N_("say what a check is about, or why a text is translated"), CLI_ANY,
	OPTIONS(its_options), 0, 1},
    {"pseudo", "[FILE]", N_("write catalogs in languages made up for testing"),
	CLI_ANY, OPTIONS(pseudo_options), 0, 1},
    {"its", "DOCUMENT CATEGORY",
	N_("print the ITS 2.0 values of an XML document"), CLI_ANY,
	OPTIONS(its_options), 2, 2},
    {"help", "[COMMAND]", N_("print help about the program or a command"),
	CLI_ITSELF, OPTIONS(help_options), 0, 1},
};
const size_t cli_ncommands = CLI_COUNT(cli_commands);
