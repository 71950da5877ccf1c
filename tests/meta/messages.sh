#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program in six languages: its template is what its sources say, its
# catalogs are complete and pass the checks that it makes on any catalog, and
# it speaks.
. "${top_srcdir:?}/tests/tap.sh"
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "${top_srcdir:?}" || exit 99
langs='ar es fr ru zh_CN'
if ! command -v xgettext >/dev/null; then
	echo '1..0 # SKIP gettext is not installed'
	exit 0
fi
echo 1..4

COP_L10N=$COP_L10N sh po/cop-l10n/template.sh >"$work/cop-l10n.pot" &&
	diff po/cop-l10n/cop-l10n.pot "$work/cop-l10n.pot" >"$work/diff"
bad=$?
head -n 20 "$work/diff" | sed 's/^/# /'
verdict $bad 'the template is what the sources say: else make update-messages'

bad=0
for l in $langs; do
	po=po/cop-l10n/$l.po
	msgfmt --check -o /dev/null "$po" 2>"$work/err" || bad=1
	sed 's/^/# /' "$work/err"
	msgcmp --use-untranslated "$po" po/cop-l10n/cop-l10n.pot 2>"$work/err" || bad=1
	sed 's/^/# /' "$work/err"
	msgattrib --untranslated "$po" | grep -c '^msgid' >"$work/missing"
	msgattrib --only-fuzzy "$po" | grep -c '^msgid' >"$work/fuzzy"
	missing=$(cat "$work/missing")
	fuzzy=$(cat "$work/fuzzy")
	[ "$missing" = 0 ] && [ "$fuzzy" = 0 ] && continue
	echo "# $po: $missing missing, $fuzzy fuzzy"
	bad=1
done
verdict $bad 'each catalog is complete'

bad=0
for l in $langs; do
	"$COP_L10N" lint --strict "po/cop-l10n/$l.po" >"$work/out" 2>&1 || bad=1
	grep -E ': (error|warning): ' "$work/out" | head -n 20 | sed 's/^/# /'
done
verdict $bad 'each catalog passes the checks of the program'

bad=0
COP_L10N_LOCALEDIR=${top_builddir:?}/po/cop-l10n/locale
case $COP_L10N_LOCALEDIR in /*) ;; *) COP_L10N_LOCALEDIR=$PWD/$COP_L10N_LOCALEDIR ;; esac
export COP_L10N_LOCALEDIR
names() { # what the lines begin with that are not the rest of another
	sed -n 's/^ \{2,6\}\([a-z-][^ ]*\) .*/\1/p'
}
"$COP_L10N" --help >"$work/en"
for l in $langs; do
	LANGUAGE=$l "$COP_L10N" --help >"$work/$l"
	[ "$(names <"$work/en")" = "$(names <"$work/$l")" ] || bad=1
	# Names of commands and options stay; the sentences may not.
	grep -xFf "$work/en" "$work/$l" | grep ' [a-z]* [a-z]* ' >"$work/same"
	sed "s/^/# $l: /" "$work/same"
	[ -s "$work/same" ] && bad=1
done
verdict $bad 'help is in the language of its reader'
