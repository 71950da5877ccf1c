#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Links between the documents lead somewhere, and every document can be reached
# from README.md; commands, options and files that are named in a sentence exist.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
: "${COP_L10N:?}"
cd "${top_srcdir:?}" || exit 99
n=0
rule() { # rule TITLE: holds when nothing is in $bad
	n=$((n + 1))
	[ -z "$bad" ] || echo "$bad" | sed 's/^/# /'
	[ -z "$bad" ] && echo "ok $n - $1" || echo "not ok $n - $1"
}

# links FILE: what it leads to, seen from the top, with its anchor
links() {
	awk '/^ *```/ { block = !block; next } !block' "$1" | sed 's/`[^`]*`//g' | grep -oE '\]\([^) ]+\)' |
		sed 's/^](//; s/)$//' | grep -vE '^(https?|mailto):' | while read -r to; do
		case $to in
		'#'*) echo "$1$to" ;;
		*) echo "$(dirname "$1")/$to" | sed 's|^\./||; s|[^/]*/\.\./||' ;;
		esac
	done
}
# anchors FILE: as web pages of Markdown name its headings
anchors() {
	awk '/^ *```/ { block = !block; next } !block && /^#+ /' "$1" |
		sed 's/^#* //; s/[^[:alnum:] _-]//g; s/ /-/g' | tr '[:upper:]' '[:lower:]'
}
pages="README.md CONTRIBUTING.md bench/README.md $(echo docs/*.md)"
bad=$(for page in $pages; do
	links "$page" | sort -u | while read -r to; do
		file=${to%%#*}
		if [ ! -e "$file" ]; then
			echo "$page: $to: there is no such file"
		elif [ "$file" != "$to" ] && ! anchors "$file" | grep -qxF -e "${to#*#}"; then
			echo "$page: $to: there is no such heading"
		fi
	done
done)
rule 'every link leads to a file and a heading'

bad=$(for page in docs/*.md CONTRIBUTING.md NEWS COPYING; do
	links README.md | grep -qxF "$page" || echo "$page"
done)
rule 'README.md leads to every document'

# `cop-l10n COMMAND ... --option` in a sentence; options of all commands are known
# by the name of the command.
"$COP_L10N" --help | awk '/^  [a-z]/ { print $1 } END { print "help" }' >"$work/commands"
while read -r command; do
	"$COP_L10N" "$command" --help | grep -oE -e '^ {2,6}(-., )?--[a-z-]+' |
		grep -oE -e '--[a-z-]+' | sed "s/^/$command /"
done <"$work/commands" >"$work/options"
bad=$(for page in $pages; do
	awk '/^ *```/ { block = !block; next } !block' "$page" | grep -oE '`cop-l10n [a-z][^`]*`' | tr -d '`'
done | sort -u | while read -r name command rest; do
	case $command in
	release | sealed) continue ;; # how files of ours begin
	esac
	grep -qxF -e "$command" "$work/commands" || { echo "$name $command $rest"; continue; }
	for word in $rest; do
		case $word in
		--[a-z]*) grep -qxF -e "$command ${word%%=*}" "$work/options" || echo "$name $command $rest" ;;
		esac
	done
done)
rule 'commands and options in sentences exist'

# What CONTRIBUTING.md tells to open, to configure and to make.
spans() { awk '/^ *```/ { block = !block; next } !block' CONTRIBUTING.md | tr '\n' ' ' | grep -oE '`[^`]+`' | tr -d '`'; }
bad=$(spans | grep -xE '(src|tests|docs|po|ci|bench|forms|man|template|examples|\.ci)/[A-Za-z0-9_./-]+' |
	while read -r path; do
		[ -e "$path" ] || [ -e "$path.c" ] || [ -e "${path%.log}.sh" ] || echo "$path"
	done)
rule 'the files that CONTRIBUTING.md names exist'
bad=$(grep -oE -e '--(enable|disable|with|without)-[a-z-]+' CONTRIBUTING.md | sort -u | sed 's/^--[a-z]*-//' |
	while read -r flag; do
		grep -qE "AC_ARG_(ENABLE|WITH)\(\[$flag\]" configure.ac || case $flag in
		shared | static) ;;
		*) echo "$flag" ;;
		esac
	done)
rule 'configure knows the flags that CONTRIBUTING.md names'
bad=$(spans | sed -n 's/^\(COPL_UPDATE=1 \)\{0,1\}make \([a-z-]*\).*/\2/p' | sort -u | while read -r target; do
	case $target in
	check | dist | distcheck | install) continue ;;
	esac
	cat Makefile.am ./*/local.mk ./*/*/local.mk | grep -q "^$target *:" || echo "make $target"
done)
rule 'make knows the targets that CONTRIBUTING.md names'
echo "1..$n"
