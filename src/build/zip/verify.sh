#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Are the forms in this folder the ones that were signed?
#
#   sh verify.sh [FOLDER [KEY.pub]]
#
# FOLDER: default "forms" beside this script.  KEY.pub: a key that you trust
# already; default the one in FOLDER, whose fingerprint you then compare.
# Ends with 0 GOOD, 5 FILES ONLY, 6 BAD, 3 when nothing could be checked.
LC_ALL=C
export LC_ALL
set -u

cannot() {
	echo "$1"
	echo 'RESULT: NOT CHECKED.'
	exit 3
}
bad=0
bad() {
	echo "BAD: $1"
	bad=1
}

if command -v sha256sum >/dev/null; then
	sum() { sha256sum; }
elif command -v shasum >/dev/null; then
	sum() { shasum -a 256; }
elif command -v openssl >/dev/null; then
	sum() { openssl dgst -sha256 -r; }
else
	cannot 'There is no sha256sum, shasum or openssl here.'
fi
digest() { sum | cut -c 1-64; }

here=$(cd -- "$(dirname -- "$0")" && pwd) || cannot 'This folder cannot be opened.'
key=${2-}
case $key in
'' | /*) ;;
*) key=$PWD/$key ;;
esac
cd -- "${1:-$here/forms}" 2>/dev/null || cannot "There is no folder ${1:-forms} here."
[ -n "$key" ] || key=release.pub
for f in manifest.xml manifest.xml.minisig SHA256SUMS "$key"; do
	[ -f "$f" ] || bad "$f is missing"
done
[ $bad = 0 ] || {
	echo 'RESULT: BAD. Do not use these forms, and tell whoever sent them.'
	exit 6
}

# Only the manifest is signed: what SHA256SUMS says must stand there, too.
named=$(sed -n 's|^  <file path="\([A-Za-z0-9._/-]*\)".* sha256="\([0-9a-f]*\)"/>$|\2  \1|p' manifest.xml)
[ "$(grep -c '<file[ />]' manifest.xml)" = "$(printf '%s\n' "$named" | grep -c .)" ] ||
	bad 'manifest.xml cannot be read'
[ "$named" = "$(cat SHA256SUMS)" ] || bad 'SHA256SUMS does not say what manifest.xml says'

while read -r want path; do
	[ -n "$path" ] || continue
	case /$path/ in
	//* | */../*)
		bad "$path is not a name that a file may have"
		continue
		;;
	esac
	if [ ! -e "$path" ]; then
		bad "$path is missing"
	elif [ -L "$path" ] || [ ! -f "$path" ] || [ "$(digest <"$path")" != "$want" ]; then
		bad "$path is not the file that was signed"
	fi
done <<END
$named
END

# The newline ends the last name.
known="
manifest.xml
manifest.xml.minisig
manifest.xml.2.minisig
SHA256SUMS
$(printf '%s\n' "$named" | cut -c 67-)
"
while read -r path; do
	[ -n "$path" ] || continue
	case $known in
	*"
${path#./}
"*) ;;
	*) bad "${path#./} is too much: nobody has signed it" ;;
	esac
done <<END
$(find . ! -type d)
END

expires=$(sed -n 's|^<manifest .* expires="\([0-9TZ:-]*\)".*|\1|p' manifest.xml)
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
first=$(printf '%s\n%s\n' "$now" "$expires" | sort | head -n 1)
[ "$first" = "$now" ] ||
	bad "these forms were good until $expires and it is $now: ask for newer ones"

minisign=
if [ -x "$here/minisign" ]; then
	minisign=$here/minisign
elif command -v minisign >/dev/null; then
	minisign=minisign
fi
signed=no
if [ -n "$minisign" ]; then
	if "$minisign" -V -q -p "$key" -m manifest.xml >/dev/null 2>&1 ||
		{ [ -f manifest.xml.2.minisig ] && "$minisign" -V -q -p "$key" \
			-m manifest.xml -x manifest.xml.2.minisig >/dev/null 2>&1; }; then
		signed=yes
	else
		bad "the signature of manifest.xml is not by the key in $key"
	fi
fi

decode() {
	base64 -d 2>/dev/null || base64 -D 2>/dev/null || openssl base64 -d -A
}
line=$(sed -n 2p "$key" | tr -d ' \r')
mark=$(printf '%s\n' "$line" | decode 2>/dev/null | tail -c 32 | digest | cut -c 1-40 |
	tr a-f A-F | sed 's/..../& /g; s/ $//')

sed -n 's/^trusted comment: */Signed: /p' manifest.xml.minisig
echo "Good until: $expires"
echo "Key: $line"
echo "Fingerprint of the key: $mark"
if [ $bad = 1 ]; then
	echo 'RESULT: BAD. Do not use these forms, and tell whoever sent them.'
	exit 6
elif [ $signed = yes ]; then
	echo 'RESULT: GOOD. Every file is the one that was signed with this key.'
	echo 'Is it the key of the sender? Telephone, at a number that you know already,'
	echo 'and compare the fingerprint.'
	exit 0
fi
echo 'RESULT: FILES ONLY. No file is damaged, but nobody has checked who made them:'
echo 'minisign is not here. Install it, or put it beside this script, and check again.'
exit 5
