#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What bash offers for several lines, and that it knows all that --help lists.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
: "${COP_L10N:?}" "${top_srcdir:?}"
if ! command -v bash >/dev/null || ! bash -c 'type mapfile compgen' >/dev/null 2>&1; then
	echo '1..0 # SKIP no bash with completion'
	exit 0
fi
mkdir "$work/project" "$work/project/out put" && cd "$top_srcdir" &&
	cp -R consultation.xml forms po "$work/project" && cd "$work/project" || exit 99
echo >release.pub
echo >release.key
echo >'a b.po'
echo >notes.txt
n=0
"$COP_L10N" help --completion >"$work/script"
n=$((n + 1))
bash -n "$work/script" && echo "ok $n - bash can read it" || echo "not ok $n - bash can read it"

# Splits a line as bash does, the last word being the one to complete.
cat >"$work/complete" <<-'EOT'
	source "$1"
	line=${2//=/ = }
	read -r -a COMP_WORDS <<<"$line"
	[[ $line != *' ' || $2 == *= ]] || COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_cop_l10n
	[[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\n' "${COMPREPLY[@]}" | sort
EOT
offers() { # offers LINE WORD...: these words and no others
	line=$1
	shift
	n=$((n + 1))
	for word; do echo "$word"; done | LC_ALL=C sort >"$work/want"
	LC_ALL=C bash "$work/complete" "$work/script" "$line" >"$work/got" 2>"$work/err"
	if cmp -s "$work/want" "$work/got" && [ ! -s "$work/err" ]; then
		echo "ok $n - $line"
	else
		diff "$work/want" "$work/got" | sed 's/^/# /'
		sed 's/^/# /' "$work/err"
		echo "not ok $n - $line"
	fi
}

offers 'cop-l10n st' status
offers 'cop-l10n pu' push publish
offers 'cop-l10n --forma' --format=
offers 'cop-l10n --format=' json text
offers 'cop-l10n --format=js' json
offers 'cop-l10n --format=json ver' verify
offers 'cop-l10n push --ver' --verify= --version
offers 'cop-l10n push --verify ' readback receipt
offers 'cop-l10n push --verify=rec' receipt
offers 'cop-l10n push --to=a' africa americas arab_states asia_pacific
offers 'cop-l10n zip eu' europe
offers 'cop-l10n review f' fr
offers 'cop-l10n review fr ' approved draft reviewed translated
offers 'cop-l10n review fr reviewed --form=d' digital_skills
offers 'cop-l10n review fr reviewed --all --dry-run -' \
	-C --all --changed --directory= --dry-run --form= --format= --help --now= \
	--origin= --role= --version --who= -h -V
offers 'cop-l10n endpoint e' enable
offers 'cop-l10n endpoint check arab' arab_states
offers 'cop-l10n verify release' # a folder is wanted
offers 'cop-l10n verify o' 'out put'
offers 'cop-l10n verify out --key=rel' release.key release.pub
offers 'cop-l10n lint ' 'a b.po' forms 'out put' po
offers 'cop-l10n lint -- a' 'a b.po'
offers 'cop-l10n lint --show-ignored no'
offers 'cop-l10n explain placeholder-mi' placeholder-missing
offers 'cop-l10n its doc.xml loc' localefilter localizationnote
offers 'cop-l10n form im' import
offers 'cop-l10n form import no' notes.txt
offers 'cop-l10n help dep'
offers 'cop-l10n help dif' diff
offers 'cop-l10n nonsense '
offers 'cop-l10n check extra'
offers 'cop-l10n -C nowhere review f' fr
offers 'cop-l10n -C nowhere zip eu'

# Everything that the help lists is completed.
words_of() { # words_of COMMAND: its options as in the help
	"$COP_L10N" $1 --help | grep -oE -e '^ {2,6}(-., )?--[a-z-]+=?' | grep -oE -e '--[a-z-]+=?'
}
bad=
for command in '' $("$COP_L10N" --help | awk '/^  [a-z]/ { print $1 }') help; do
	words_of "$command" | LC_ALL=C sort -u >"$work/want"
	LC_ALL=C bash "$work/complete" "$work/script" "cop-l10n $command --" | sort -u >"$work/got"
	cmp -s "$work/want" "$work/got" || bad="$bad $command"
done
n=$((n + 1))
[ -z "$bad" ] && echo "ok $n - every option of every command" ||
	{ echo "# not:$bad"; echo "not ok $n - every option of every command"; }
"$COP_L10N" --help | awk '/^  [a-z]/ { print $1 } END { print "help" }' | LC_ALL=C sort >"$work/want"
LC_ALL=C bash "$work/complete" "$work/script" 'cop-l10n ' >"$work/got"
n=$((n + 1))
cmp -s "$work/want" "$work/got" && echo "ok $n - every command" || echo "not ok $n - every command"
echo "1..$n"
