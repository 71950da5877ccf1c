#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Help, man pages and exit statuses say the same thing.
. "${top_srcdir:?}/tests/tap.sh"
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
man=${top_srcdir:?}/man
plain() { # roff without its escapes
	sed 's/\\-/-/g; s/\\f[A-Z]//g; s/\\&//g' "$1"
}
# Options of a page: the lines that begin with one, in the section OPTIONS.
page_options() {
	plain "$1" | awk '/^\.SH/ { on = ($2 == "OPTIONS") } on' |
		grep -E '^-' | grep -oE -e '--[a-z-]+(=[^ ]+)?' | sort
}
help_options() { # help_options TITLE <HELP: between a title and an empty line
	awk -v title="$1" '$0 == title { on = 1; next } /^$/ { on = 0 } on' |
		grep -oE -e '^ {2,6}(-., )?--[a-z-]+(=[^ ]+)?' |
		grep -oE -e '--[a-z-]+(=[^ ]+)?' | sort
}

"${COP_L10N:?}" --help >"$work/help" 2>"$work/err"
verdict $? 'cop-l10n --help succeeds'
[ ! -s "$work/err" ]
verdict $? 'cop-l10n --help keeps quiet on stderr'
help_options 'Options of every command:' <"$work/help" >"$work/a"
page_options "$man/cop-l10n.1" >"$work/b"
same "$work/a" "$work/b" 'cop-l10n(1) has the options of every command'

for c in $(awk '/^  [a-z]/ { print $1 }' "$work/help") help; do
	"$COP_L10N" "$c" --help >"$work/$c" 2>"$work/err"
	[ $? = 0 ] && [ ! -s "$work/err" ] && grep -q "^usage: cop-l10n $c " "$work/$c"
	verdict $? "cop-l10n $c --help"
	"$COP_L10N" "$c" --no-such-option >/dev/null 2>&1
	[ $? = 2 ]
	verdict $? "cop-l10n $c refuses an unknown option with status 2"
	help_options 'Options:' <"$work/$c" >"$work/a"
	page_options "$man/cop-l10n-$c.1" >"$work/b"
	same "$work/a" "$work/b" "cop-l10n-$c(1) has the options of the command"
	grep -q '^\.SH EXIT STATUS' "$man/cop-l10n-$c.1"
	verdict $? "cop-l10n-$c(1) says how it ends"
	"$COP_L10N" help "$c" 2>&1 | cmp -s - "$work/$c"
	verdict $? "cop-l10n help $c is the same as cop-l10n $c --help"
	awk 'length($0) > 80 { print "# " $0; bad = 1 } END { exit bad }' "$work/$c"
	verdict $? "cop-l10n $c --help fits on 80 columns"
	plain "$man/cop-l10n.1" | grep -A1 '^\.TP$' | grep -q "cop-l10n-$c(1)\|cop-l10n-$c (1)"
	verdict $? "cop-l10n(1) names cop-l10n-$c(1)"
done

rows() { # rows FILE: the names that begin the rows of a table of commands
	sed -n "/^const struct cli_\(commands*\|runner\) /,/^};/s/^    {\"\([a-z-]*\)\".*/\1/p" \
		"$top_srcdir/src/cli/$1" | sort
}
rows table.c >"$work/a"
{ rows runs.c; rows runs_net.c; } | sort >"$work/b"
same "$work/a" "$work/b" 'each command is run by cop-l10n or by cop-l10n-net'
rows runs_office.c | comm -23 - "$work/a" >"$work/b"
[ -s "$work/a" ] && [ -n "$(rows runs_office.c)" ] && [ ! -s "$work/b" ]
verdict $? 'cop-l10n-office runs commands of the table'

sed -n 's/^.*CLI_[A-Z]* = \([0-9]*\).*/\1/p' "$top_srcdir/src/cli/cli.h" | sort >"$work/a"
plain "$man/cop-l10n.1" | awk '/^\.SH/ { on = ($2 == "EXIT") } on' |
	grep -oE '^[0-9]+$' | sort >"$work/b"
same "$work/a" "$work/b" 'cop-l10n(1) lists the exit statuses'

find "$top_srcdir/src" -name '*.c' -exec cat {} + | grep -oE 'getenv\("[A-Z_0-9]+"\)' |
	sed 's/.*"\(.*\)".*/\1/' | sort -u >"$work/a"
for page in "$man"/*.1; do
	plain "$page" | awk '/^\.SH/ { on = ($2 == "ENVIRONMENT"); next } on && /^\.BR? [A-Z_0-9]+(, |$|[ "])/'
done | grep -oE '[A-Z][A-Z_0-9]{2,}' | grep -vxE 'LC_ALL|LC_MESSAGES|LANGUAGE' | sort -u >"$work/b"
same "$work/a" "$work/b" 'every variable of the environment that is read is in a page, and no other'
(cd "$man" && ls -- *.[157]) >"$work/a"
sed -n 's|^\tman/\([^ ]*[157]\).*|\1|p' "$top_srcdir/Makefile.am" | sort -u >"$work/b"
sort -o "$work/a" "$work/a"
same "$work/a" "$work/b" 'every page is installed'
echo "1..$n"
