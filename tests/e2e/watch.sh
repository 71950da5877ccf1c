#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A translator's save is on the page a moment later, whatever was saved.
. "${top_srcdir:?}/tests/e2e/lib.sh"
cop init p >/dev/null && cd p || exit 99
sed -i 's|<publish>|<glossary src="terms.tsv"/>&|' consultation.xml
printf 'cop-glossary\t1\ten\nterm\tlanguage\tpreferred\nonline\tfr\ten ligne\n' >terms.tsv
po=po/online_life/fr.po page=preview/online_life.fr.html

"$COP_L10N" preview fr --form online_life --watch --max-seconds 120 >"$work/told" 2>&1 &
watcher=$!
servers=$watcher
tries=0
until grep -q '^watching' "$work/told" || [ $tries = 300 ]; do
	sleep 0.1
	tries=$((tries + 1))
done

# renewed TITLE COMMAND...: the page is another file soon after the command
renewed() {
	title=$1
	shift
	n=$((n + 1))
	old=$(stat -c %i "$page")
	"$@" || echo '# the command failed'
	start=$(date +%s%N)
	tries=0
	while [ "$(stat -c %i "$page")" = "$old" ] && [ $tries -lt 1000 ]; do
		sleep 0.005
		tries=$((tries + 1))
	done
	took=$((($(date +%s%N) - start) / 1000000))
	echo "# $took ms from the save to the page"
	# Meant are 200 ms; a machine that does much else gets ten times as much.
	if [ $took -lt 2000 ] && [ "$(stat -c %i "$page")" != "$old" ]; then
		echo "ok $n - $title"
	else
		echo "not ok $n - $title"
	fi
}
in_place() {
	sed "s/Ta vie en ligne/$1/" "$po" >"$work/new" && cat "$work/new" >"$po"
}
by_rename() {
	sed "s/$1/$2/" "$po" >"$po.new" && mv "$po.new" "$po"
}
cp "$po" "$work/good"

ok 'while it is watched the page asks for its stamp' grep -q coplStamp "$page"
renewed 'a save in place is seen' in_place 'Ta vie sur internet'
ok 'the page has the new text' grep -q 'Ta vie sur internet' "$page"
renewed 'a save by rename is seen' by_rename 'Ta vie sur internet' 'Ta vie connectée'
ok 'the page has that text' grep -q 'Ta vie connectée' "$page"
renewed 'half a save is seen' sh -c "printf 'msgid \"half' >>$po"
ok 'what is wrong stands above the page' grep -q 'class="banner"' "$page"
ok 'and the page is what it was' grep -q 'Ta vie connectée' "$page"
renewed 'the whole save is seen' cp "$work/good" "$po"
ok 'nothing is wrong any more' sh -c "! grep -q 'class=\"banner\"' $page"
ok 'it was told, too' grep -q '\[syntax\]' "$work/told"

# the words of the pages are seen in all forms, and have no page here
cp po/interface/fr.po "$work/words"
renewed 'half a save of the words around the form is seen' sh -c "printf 'msgid \"half' >>po/interface/fr.po"
ok 'and told with its code' grep -q '^po/interface/fr.po:.*\[syntax\]$' "$work/told"
renewed 'so is the whole save' cp "$work/words" po/interface/fr.po
renewed 'another word for a term is seen' sh -c "sed 's/en ligne/hors ligne/' terms.tsv >terms.new && mv terms.new terms.tsv"
ok 'and asked for on the page' grep -q 'hors ligne' "$page"

end $watcher
ended=$?
servers=
ok 'it ends when it is asked to' test $ended = 0
ok 'the page that stays has no script' sh -c "! grep -q '<script' $page"
ok 'the stamp is gone' test ! -e preview/online_life.fr.js
