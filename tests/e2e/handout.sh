#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The zip for a recipient who has no program of ours: what is in it, and what
# its scripts say of good, damaged and strange sets.
. "${top_srcdir:?}/tests/e2e/lib.sh"
COP_L10N_LOCALEDIR=$(cd "${top_builddir:?}" && pwd)/po/cop-l10n/locale
export COP_L10N_LOCALEDIR
mkdir "$work/p" && cd "$work/p" || exit 99
. "$top_srcdir/tests/cli/project.sh"
sed -i 's|<pickup by="fetch"/>|<pickup by="zip"/>|; s|languages="zh-Hans ru"|languages="ar ru zh-Hans en"|' \
	consultation.xml
cop keygen keys/release >/dev/null || exit 99
cop keygen keys/second >/dev/null || exit 99
approve || exit 99
cop build >/dev/null || exit 99
unzip_to() { # unzip_to ZIP FOLDER
	rm -rf "$2" && mkdir -p "$2" && "$python" -m zipfile -e "$1" "$2"
}

# ---- what is in it ----
ok 'who picks up a zip has one, who does not has none' sh -c '
	test -f releases/1/east.zip && test ! -e releases/1/north.zip'
ok 'the release names it with its digest' sh -c '
	grep -q "path=\"east.zip\"" releases/1/manifest.xml &&
	cd releases/1 && grep " east.zip$" SHA256SUMS | sha256sum -c -'
ok 'the set in it is the set of the release' sh -c '
	"$python" -m zipfile -e releases/1/east.zip z && diff -r releases/1/east z/forms'
ok 'its other files are the page and the two scripts' sh -c '
	[ "$(cd z && ls | tr "\n" " ")" = "START.html forms verify.cmd verify.sh " ]'
ok 'the same release gives the same bytes, in any time zone' sh -c '
	TZ=Asia/Tokyo "$COP_L10N" build --output other --now='"$NOW"' >/dev/null &&
	"$python" -m zipfile -e other/1/east.zip z2 && diff -r z/START.html z2/START.html &&
	cmp z/verify.sh z2/verify.sh &&
	"$COP_L10N" build --output third --now='"$NOW"' >/dev/null && cmp other/1/east.zip third/1/east.zip'
ok 'a second build finds nothing to do' sh -c '
	"$COP_L10N" build --now='"$NOW"' --format=json | grep -q "\"event\":\"unchanged\""'
cp consultation.xml kept.xml
sed -i 's|<pickup by="zip"/>|<pickup by="fetch"/>|' consultation.xml
ok 'nobody picks up a zip any more: that is a new release' sh -c '
	"$COP_L10N" build --now='"$NOW"' >/dev/null && test -d releases/2 && test ! -e releases/2/east.zip'
cp kept.xml consultation.xml
ok 'and wanting one again is another' sh -c '
	"$COP_L10N" build --now='"$NOW"' >/dev/null && test -f releases/3/east.zip'


# ---- on demand ----
ok 'on demand it is the same, for anybody' sh -c '
	"$COP_L10N" zip east north --output out --now='"$NOW"' && cmp out/east.zip releases/latest/east.zip &&
	"$python" -m zipfile -e out/north.zip n && diff -r n/forms releases/latest/north'
says 'a recipient that is not there is told with those that are' 4 zip-recipient cop zip south
ok 'by their names' grep -q 'north, east' "$work/said"
cp -R releases/3 damaged && printf x >>damaged/east/mini.ru.html
says 'a damaged set is not packed' 6 file-length cop zip east --release damaged --output bad
says 'nor one past its date' 6 release-expired "$COP_L10N" zip east --output bad --now=2027-05-01T00:00:00Z
ok 'nothing is left of either' test ! -e bad/east.zip

# ---- the page ----
ok 'the page has a part in each language, each with its direction' sh -c '
	for l in ar:rtl ru:ltr zh-Hans:ltr en:ltr; do
		grep -q "<section id=\"${l%:*}\" lang=\"${l%:*}\" dir=\"${l#*:}\">" z/START.html || exit 1
	done; [ "$(grep -c "<section" z/START.html)" = 4 ]'
ok 'it says the date as people of each language do' sh -c '
	grep -q "30 апреля 2027" z/START.html && grep -q "2027年4月30日" z/START.html &&
	grep -q "30 أبريل 2027" z/START.html && grep -q "30 April 2027" z/START.html'
ok 'what is to be opened or typed is marked, in each language' sh -c '
	[ "$(grep -c "<a dir=\"ltr\" href=\"forms/index.html\">" z/START.html)" = 4 ] &&
	[ "$(grep -c "<code dir=\"ltr\">sh verify.sh</code>" z/START.html)" = 4 ]'
ok 'no sentence of it is English in another language' sh -c '
	[ "$(grep -c "Copy everything out" z/START.html)" = 1 ] &&
	[ "$(grep -c "fingerprint" z/START.html)" = 1 ]'
ok 'neither page nor forms ask this or another host for anything' sh -c '
	! grep -hoE "(src|href)=\"(/|https?:)[^\"]*\"" z/START.html z/forms/index.html'
ok 'what the index leads to is there' sh -c '
	cd z/forms && grep -oE "href=\"[a-z_A-Z.-]+\.html\"" index.html | cut -d\" -f2 | sort -u >../links &&
	[ -s ../links ] && while read -r f; do [ -f "$f" ] || exit 1; done <../links'

# ---- verify.sh ----
# A clock that does not go, and folders of tools from which some are missing.
mkdir -p bin none
for t in sh sed cat grep cut find sort head tail tr base64 dirname wc; do
	ln -s "$(command -v $t)" none/$t
done
printf '#!/bin/sh\necho "${FAKE_NOW:-2027-02-01T00:00:00Z}"\n' >none/date
chmod +x none/date
cp -R none/. bin/
ln -s "$(command -v sha256sum)" bin/sha256sum
tools=$PWD/bin
minisign=$(command -v minisign || :)
fresh() {
	unzip_to releases/3/east.zip "$PWD/a b'c"
	z="$PWD/a b'c"
}
# judged STATUS WORDS TITLE [FOLDER [KEY]]: verify.sh ends so and says that
judged() {
	want=$1 words=$2 title=$3
	shift 3
	n=$((n + 1))
	PATH=$tools sh "$z/verify.sh" "$@" >"$work/said" 2>&1
	got=$?
	if [ $got = "$want" ] && tail -n 3 "$work/said" | grep -q "^RESULT: $words"; then
		echo "ok $n - $title"
	else
		echo "# exit $got, expected $want and RESULT: $words"
		sed 's/^/# /' "$work/said"
		echo "not ok $n - $title"
	fi
}
fresh
judged 5 'FILES ONLY' 'without minisign it says that only the files were checked'
ok 'and that nobody has checked who made them' grep -q 'nobody has checked who made them' "$work/said"
FP=$(cop verify releases/3/east 2>&1 | grep -oE '([0-9A-F]{4} ){9}[0-9A-F]{4}' | tail -n 1)
ok 'it computes the fingerprint from the key' grep -q "^Fingerprint of the key: $FP\$" "$work/said"
for tool in shasum openssl; do
	command -v $tool >/dev/null || continue
	rm -rf alt && mkdir alt && cp -R none/. alt/ && ln -s "$(command -v $tool)" alt/$tool
	[ $tool = shasum ] && ln -s "$(command -v perl)" alt/perl
	tools=$PWD/alt
	judged 5 'FILES ONLY' "$tool will do as well"
	tools=$PWD/bin
done
tools=$PWD/none
judged 3 'NOT CHECKED' 'with nothing that computes digests it says so'
tools=$PWD/bin
judged 3 'NOT CHECKED' 'a folder that is not there is said' "$PWD/nowhere"

printf x >>"$z/forms/mini.ru.html"
judged 6 BAD 'a longer file is found'
ok 'by name' grep -q '^BAD: mini.ru.html is not' "$work/said"
fresh
sed -i '1s/o/O/' "$z/forms/mini.ru.xml"
printf 'q' | dd of="$z/forms/mini.ar.html" bs=1 seek=200 conv=notrunc 2>/dev/null
judged 6 BAD 'one byte in each of two files is found'
ok 'both at once' sh -c '[ "$(grep -c "^BAD: " '"$work"'/said)" = 2 ]'
fresh
rm "$z/forms/mini.ru.html"
judged 6 BAD 'a missing file is found'
fresh
echo '<p>hello' >"$z/forms/новый.html"
mkdir "$z/forms/sub" && echo x >"$z/forms/sub/mini.ru.html"
judged 6 BAD 'files that nobody signed are found'
ok 'in folders, too' sh -c '[ "$(grep -c "is too much" '"$work"'/said)" = 2 ]'
fresh
ln -s /dev/null "$z/forms/link.html"
judged 6 BAD 'a link is none of the files'
fresh
cp "$z/forms/mini.en.html" "$z/forms/mini.ru.html"
new=$(sha256sum <"$z/forms/mini.ru.html" | cut -c 1-64)
sed -i "s|^[0-9a-f]*  mini.ru.html\$|$new  mini.ru.html|" "$z/forms/SHA256SUMS"
judged 6 BAD 'a file changed together with SHA256SUMS is found'
fresh
FAKE_NOW=2027-05-01T00:00:00Z
export FAKE_NOW
judged 6 BAD 'forms past their date are said to be so'
ok 'with both times' sh -c 'grep -q "2027-04-30T12:00:00Z and it is 2027-05-01T00:00:00Z" '"$work"'/said'
unset FAKE_NOW
fresh
rm "$z/forms/manifest.xml.minisig"
judged 6 BAD 'without a signature nothing is good'
fresh
if [ -n "$minisign" ]; then
	ln -s "$minisign" bin/minisign
	judged 0 GOOD 'with minisign all is good'
	ok 'and the fingerprint is to be compared' grep -q 'compare the fingerprint' "$work/said"
	judged 0 GOOD 'with a key of one'\''s own as well' "$z/forms" "$PWD/keys/release.pub"
	judged 6 BAD 'a wrong key is found' "$z/forms" keys/second.pub
	cp keys/second.pub "$z/forms/release.pub"
	judged 6 BAD 'a key that was put in place of the right one is found'
	fresh
	sed -i 's|2027-04-30|2037-04-30|' "$z/forms/manifest.xml"
	judged 6 BAD 'a manifest that was changed is found'
	cop build --renew --next-key keys/second.key >/dev/null || exit 99
	unzip_to releases/4/east.zip "$z"
	judged 0 GOOD 'while keys change the old one is good' "$z/forms" keys/release.pub
	judged 0 GOOD 'and the new one' "$z/forms" keys/second.pub
	fresh
	mv bin/minisign "$z/minisign"
	judged 0 GOOD 'minisign beside the script will do'
fi

# ---- verify.cmd, as far as it can be judged without Windows ----
ok 'verify.cmd has only ASCII' sh -c '! LC_ALL=C grep -q "[^ -~	]" z/verify.ascii' \
	"$(tr -d '\r' <z/verify.cmd >z/verify.ascii)"
ok 'and only lines that end with CR LF' sh -c '
	[ "$(tr -cd "\r" <z/verify.cmd | wc -c)" = "$(tr -cd "\n" <z/verify.cmd | wc -c)" ] &&
	! grep -qv "$(printf "\r")\$" z/verify.cmd'
ok 'each label that it jumps to is there, and each one there is used' sh -c '
	grep -oE "(goto|call) +:?[a-z]+" z/verify.ascii | grep -oE "(goto +|:)[a-z]+" | sed "s/goto *//; s/://" | sort -u >z/used
	grep -oE "^:[a-z]+" z/verify.ascii | tr -d : | sort -u >z/labels
	[ -s z/used ] && diff z/used z/labels'
ok 'paths from outside stand in quotes' sh -c '
	! sed "s/\"[^\"]*\"//g; /^rem /d" z/verify.ascii | grep -E "%(FOLDER|HERE|FILE|KEY|FOUND|FULL|CD|~f?[12])%?"'
ok 'both scripts say the same words for each result' sh -c '
	for w in GOOD "FILES ONLY" BAD "NOT CHECKED"; do
		grep -q "^echo RESULT: $w" z/verify.ascii && grep -q "RESULT: $w" z/verify.sh || exit 1
	done'
ok 'every name in SHA256SUMS is one that it can take' sh -c '
	! grep -qvE "^[0-9a-f]{64}  [0-9A-Za-z._/-]+\$" z/forms/SHA256SUMS &&
	[ "$(grep -c "<file " z/forms/manifest.xml)" = "$(grep -c . z/forms/SHA256SUMS)" ]'
