#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who is believed: first key, wrong key, lost key, rotation, age, clock.
. "${top_srcdir:?}/tests/e2e/lib.sh"
start_project
serve office --fingerprint "$FP"
endpoint "$URL"
cop push >/dev/null || exit 99
OTHER='0000 1111 2222 3333 4444 5555 6666 7777 8888 9999'

says 'a first fetch without a key stops and shows the fingerprint' \
	6 key-not-pinned cop fetch "$URL" desk
ok 'nothing was installed' test ! -e desk/current
says 'a fingerprint that does not match stops' \
	6 key-fingerprint cop fetch "$URL" desk --fingerprint "$OTHER"
ok 'the right one, as people write it, installs and pins' sh -c '
	fp=$(echo "'"$FP"'" | tr "A-Z " "a-z-")
	"$COP_L10N" fetch '"$URL"' desk --fingerprint "$fp" --now='"$NOW"
ok 'later fetches need no fingerprint' cop fetch "$URL" desk
ok 'a key file works as well' cop fetch "$URL" desk2 --key keys/release.pub

# another key signs: somebody else, or the key was lost
cop keygen keys/second >/dev/null
sed -i 's|^msgstr "Спасибо!"|msgstr "Спасибо тебе!"|; s|^msgstr "شكراً!"|msgstr "شكراً جزيلاً!"|' po/mini/ru.po po/mini/ar.po
cp -R releases before
cop build --key keys/second.key >/dev/null || exit 99
says 'an endpoint refuses a release with an unknown signature' \
	7 endpoint-refused cop push
mkdir -p web && cp -R releases/2/north/. web/
serve mirror --key keys/second.pub
cp -R consultation.xml first.xml
endpoint "$URL"
cop push >/dev/null || exit 99
says 'an office refuses an unknown signature' \
	6 signature-unknown-key cop fetch "$URL" desk
ok 'the old set stays' cmp desk/current/mini.ar.html releases/1/north/mini.ar.html
FP2=$(fingerprint)
says 'a lost key is not replaced by a wrong fingerprint' \
	6 key-fingerprint cop fetch "$URL" desk --fingerprint "$OTHER"
ok 'a lost key is replaced with the new fingerprint, out of band' \
	cop fetch "$URL" desk --fingerprint "$FP2"
ok 'and the new set is there' cmp desk/current/mini.ar.html releases/2/north/mini.ar.html

# rotation: desk2 still trusts the first key only
sed -i 's|^msgstr "Спасибо тебе!"|msgstr "Спасибо всем!"|; s|^msgstr "شكراً جزيلاً!"|msgstr "شكراً لكم!"|' po/mini/ru.po po/mini/ar.po
cop build --key keys/release.key --next-key keys/second.key >/dev/null || exit 99
cop push >/dev/null || exit 99
ok 'a release signed by both keys is accepted by the old pin' cop fetch "$URL" desk2
sed -i 's|^msgstr "Спасибо всем!"|msgstr "Спасибо вам!"|; s|^msgstr "شكراً لكم!"|msgstr "شكراً لكم جميعاً!"|' po/mini/ru.po po/mini/ar.po
cop build --key keys/second.key >/dev/null || exit 99
cop push >/dev/null || exit 99
ok 'then the new key alone is enough' cop fetch "$URL" desk2

# a timer and a service unit name the first key for ever: that decides nothing anew
ok 'a fetch may go on naming the file of the first key' cop fetch "$URL" desk2 --key keys/release.pub
ok 'or its fingerprint' cop fetch "$URL" desk2 --fingerprint "$FP"
ok 'and trusts the new key alone' sh -c '
	[ "$(grep -c "^key " desk2/.cop-l10n/trust)" = 1 ] &&
		grep -qxF "key $(sed -n 2p keys/second.pub)" desk2/.cop-l10n/trust'
says 'a person who names another one decides' 6 key-fingerprint cop fetch "$URL" desk2 --fingerprint "$OTHER"
stop_server
for how in "--key keys/release.pub" "--fingerprint=$(echo "$FP" | tr -d ' ')"; do
	rm -rf unit
	for release in 3 4; do
		serve unit $how
		endpoint "$URL"
		ok "release $release is taken by serve ${how%%[ =]*}" \
			cop push --release releases/$release --ledger unit$release.sqlite
		stop_server
	done
	serve unit $how
	ok 'the set in place is shown after the next start' sh -c '
		! grep -q set-damaged unit.log &&
		grep -qxF "key $(sed -n 2p keys/second.pub)" unit/.cop-l10n/trust'
	stop_server
	rm -f unit3.sqlite unit4.sqlite
done

# age: a mirror that offers an older release
serve old --key keys/release.pub
endpoint "$URL"
cop push --release releases/1 --ledger old.sqlite >/dev/null || exit 99
cop fetch "$URL" desk3 --key keys/release.pub >/dev/null || exit 99
printf '%s\n' 'version 9' >>desk3/.cop-l10n/trust
sed -i '/^version 1$/d' desk3/.cop-l10n/trust
says 'an older release is refused' 6 release-older cop fetch "$URL" desk3
NOW=2028-01-12T08:00:00Z
says 'an expired release is not installed' 6 release-expired cop fetch "$URL" desk4 --fingerprint "$FP"
says 'nor verified' 6 release-expired cop verify releases/1 --key keys/release.pub
NOW=2026-01-12T08:00:00Z
says 'a clock a year behind gets its own message' \
	6 clock-implausible cop fetch "$URL" desk5 --fingerprint "$FP"
ok 'with both times in it' sh -c 'grep -q 2026-01-12 '"$work"'/said && grep -q 2027-01-12 '"$work"'/said'
ok 'and the time that the endpoint has' grep -q clock-differs "$work/said"
NOW=1970-01-01T00:00:10Z
for c in 'verify releases/1 --key keys/release.pub' "fetch $URL desk5" build push; do
	says "a machine that lost its clock is told so by ${c%% *}" 6 clock-implausible cop $c
done
ok 'with both times' sh -c 'grep -q 1970-01-01T00:00:10Z '"$work"'/said && grep -q 2026-01-01 '"$work"'/said'
NOW=2027-04-23T12:00:01Z
for c in check status 'build --key keys/second.key' 'verify releases/latest --key keys/second.pub' \
	"fetch $URL desk6 --key keys/release.pub"; do
	says "${c%% *} says a week before that it expires" 0 release-expires-soon cop $c
done
NOW=2027-04-23T12:00:00Z
ok 'and not earlier' sh -c '! "$COP_L10N" check --now='"$NOW"' 2>&1 | grep release-expires'
NOW=2027-01-12T08:00:00Z

# trust that travels with a set is nobody's
cp -R releases/2/north alien
mkdir -p alien/.cop-l10n
printf 'key %s\n' "$(sed -n 2p keys/second.pub)" >alien/.cop-l10n/trust
says 'a set cannot vouch for itself' 6 key-not-pinned cop verify alien

# a server that cannot start has pinned nothing
says 'an address beyond this machine needs a word' 4 listen-open \
	cop serve failed --listen 0.0.0.0:0 --key keys/release.pub
ok 'and nothing was pinned' test ! -e failed/.cop-l10n/trust

# damage
cp -R releases/1/north damaged
printf 'x' >>damaged/mini.ar.html
says 'a changed file is found' 6 file-length cop verify damaged --key keys/release.pub
sed -i 's|Test|Best|' damaged/mini.en.html
says 'another change is found as well' 6 file-digest cop verify damaged --key keys/release.pub
sed -i 's|version="1"|version="7"|' damaged/manifest.xml
says 'a changed manifest is found' 6 signature-wrong cop verify damaged --key keys/release.pub
says 'a wrong key is found' 6 signature-unknown-key cop verify releases/1 --key keys/second.pub
rm releases/1/north/mini.en.html
says 'a missing file is found' 6 file-missing cop verify releases/1/north --key keys/release.pub
stop_server

# what is in place stays, whatever the date and the clock are
get() {
	"$python" -c 'import sys, urllib.request
sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1]).read())' "$1"
}
for NOW in 2027-06-01T00:00:00Z 1970-01-01T00:00:10Z; do
	serve old
	ok "at $NOW the set in place is served" sh -c '
		[ "$1" = "$(cat old/current/index.html)" ] && [ -n "$1" ]' sh "$(get "${URL}index.html")"
	ok 'and serve says what is wrong' grep -qE '"code":"(release-expired|clock-implausible)"' old.log
	stop_server
done
