#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Answers of eight recipients in six languages are counted as the generator
# counted them, and what is published gives nobody away.
. "${top_srcdir:?}/tests/e2e/lib.sh"
gen=${top_builddir:?}/bench/answers/gen
case $gen in /*) ;; *) gen=$OLDPWD/$gen ;; esac
aid=$top_srcdir/tests/e2e

mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
# What is asked of translations is not what is tested here.
sed -i '/<publish>/,/<\/publish>/d' consultation.xml
approve
cop keygen >/dev/null && cop build >/dev/null 2>&1 || exit 99
both='forms/digital_skills.xml forms/online_bullying.xml'

equal() { # equal N
	"$gen" many "$1" 20270331 1 --counts counts $both || return 1
	cop tally many/* --all-cells --format=json >json || return 1
	"$python" "$aid/tally_compare.py" counts json && rm -r many
}
ok 'of 60 000 answers every number is what the generator counted' equal 60000

# ---- what is published ----

many=$(grep -ho 'choose-many id="[a-z_]*"' $both | cut -d'"' -f2)
attack() { # attack N
	rm -rf few && "$gen" few "$1" 7 1 $both || return 1
	cop tally few/* --format=json >published || return 1
	cop tally few/* --format=json --all-cells >exact || return 1
	# shellcheck disable=SC2086 # names of questions
	"$python" "$aid/tally_attack.py" published exact $many
}
for many_answers in 40 150 600 3000; do
	ok "no hidden number of $many_answers answers can be worked out" attack $many_answers
done
naked() { # the same attacker, when nothing but small numbers is hidden
	sed -E '/"tally-cell"/s/"count":"[1-4]","percent":"[0-9.]*","hidden":"no"/"count":"","percent":"","hidden":"yes"/' exact >bare
	# shellcheck disable=SC2086
	! "$python" "$aid/tally_attack.py" bare exact $many
}
ok 'with small numbers hidden alone that attacker succeeds' naked

page() {
	for lang in ar zh-Hans en fr ru es; do
		cop tally few/* --labels $lang --html $lang.html >/dev/null || return 1
		grep -q '<html lang="' $lang.html && ! grep -q '<script' $lang.html || return 1
		! grep -qE '<(td|small)>[1-4]<' $lang.html || return 1
	done
	grep -q 'ما الأجهزة التي تستخدمها؟' ar.html && grep -q 'lang="zh-Hans"' en.html
}
ok 'a page in each of six languages, without a script or a small number' page
exact_page() {
	cop tally few/* --all-cells --html exact.html
	[ $? = 2 ] && ! [ -e exact.html ]
}
ok 'no page shows all numbers' exact_page

table() {
	cop tally few/* --csv all.csv >/dev/null || return 1
	[ "$(stat -c %a all.digital_skills.csv)" = 600 ] || return 1
	"$python" - <<-'END'
		import csv, sys
		rows = [r for name in ('digital_skills', 'online_bullying')
		        for r in csv.reader(open('all.%s.csv' % name, newline='', encoding='utf-8'))]
		assert len(rows) == 3002, len(rows)
		cells = [c for r in rows for c in r]
		assert not [c for c in cells if c[:1] in '=+-@\t\r' and c]
		assert "'=1+2" in cells and 'Больше уроков, и интересных' in cells
		assert 'skills.password' in rows[0] and 'devices.other' in rows[0], rows[0]
	END
}
ok 'the table of all answers holds each one, and nothing to be calculated' table

killed() { # the answers that a killed command left
	left=once.csv.tmp-$(sh -c 'echo $$')-0
	: >"$left"
	cop tally few/* --form digital_skills --csv once.csv >/dev/null || return 1
	[ -s once.csv ] && ! [ -e "$left" ]
}
ok 'what a killed command left beside the table is swept' killed
piped() {
	mkfifo pipe && { cat pipe >got & } || return 1
	cop tally few/* --form digital_skills --csv pipe >/dev/null && wait $! || return 1
	[ -p pipe ] && cmp got once.csv
}
ok 'a pipe gets the same table and stays a pipe' piped
says 'what is open already for two forms' 3 io-write cop tally few/* --csv /dev/fd/1

# ---- what is left out ----

total() { sed -n 's/.*"event":"tally",.*"answers":"\([0-9]*\)","duplicates":"\([0-9]*\)","conflicts":"\([0-9]*\)","doubles":"\([0-9]*\)".*"invalid":"\([0-9]*\)".*/\1 \2 \3 \4 \5/p' json; }
one=$(find few/africa/digital_skills -name '*.xml' | sort | head -n 1)
name=$(basename "$one")
copies() {
	cp -R few/africa copy
	cop tally few/* copy --format=json >json || return 1
	[ "$(total)" = "3000 $(find copy -type f | wc -l) 0 0 0" ] &&
		grep -q "\"tally-duplicate\".*$name" json
}
ok 'copies of answers count once and are listed' copies
conflict() {
	sed -i 's|<value question="ease">[0-9]*<|<value question="ease">10<|; s|<value question="age">[0-9_]*<|<value question="age">18_24<|; s|</answer>|<value question="idea">More</value></answer>|; s|hour="2027-02|hour="2027-03|' "copy/digital_skills/$name"
	sed -i '/question="idea"/{/More/!d}' "copy/digital_skills/$name"
	cop tally few/* copy --format=json >json || return 1
	grep -q "\"tally-conflict\",\"file\":\"few/africa/digital_skills/$name\"" json
}
ok 'another answer under the same id is listed, and the later one counts' conflict
twice() {
	rm -rf copy && mkdir -p copy/digital_skills
	id=$(sed -n 's/.* id="\([^"]*\)".*/\1/p' "$one")
	other=$("$python" -c 'import hashlib,sys; print(hashlib.blake2b(sys.argv[1].encode(), digest_size=16).hexdigest())' "x$id")
	sed "s/ id=\"$id\"/ id=\"x$id\"/" "$one" >"copy/digital_skills/$other.xml"
	cop tally few/* copy --format=json >json || return 1
	[ "$(total)" = '3001 0 0 1 0' ] && grep -q '"tally-double"' json
}
ok 'answers that were perhaps sent twice are counted and listed' twice

rm -rf copy && mkdir -p copy/digital_skills/inner && cp "$one" copy/digital_skills/
says 'a folder within' 4 tally-foreign cop tally few/* copy
rmdir copy/digital_skills/inner
cp "$one" 'copy/digital_skills/copy of it.xml'
says 'another name' 4 tally-foreign cop tally few/* copy
rm copy/digital_skills/*
tamed() {
	: >"copy/digital_skills/$(printf 'x\033[31m\ny\377')"
	cop tally copy --format=json >json 2>&1
	[ $? = 4 ] && grep -q '"file":"copy/digital_skills/x?\[31m?y?"' json && ! grep -q "$(printf '\033')" json
}
ok 'a name that would write on the terminal' tamed
rm copy/digital_skills/*
ln -s "$PWD/$one" copy/digital_skills/
says 'a link' 4 tally-foreign cop tally few/* copy
rm copy/digital_skills/*
cp "$one" copy/digital_skills/00112233445566778899aabbccddeeff.xml
says 'the name of another answer' 4 tally-name cop tally few/* copy
rm copy/digital_skills/*
mkfifo "copy/digital_skills/$name"
says 'no file at all' 4 tally-foreign cop tally copy
rm copy/digital_skills/*
change() { # change SED: one answer that is not as it was
	sed "$1" "$one" >"copy/digital_skills/$name"
}
change 's|</answer>||'
says 'half a file' 4 xml-syntax cop tally copy
change '2s| lang="[^"]*"| lang="a b"|'
says 'no language' 4 answer-malformed cop tally copy
change 's|</answer>|<value question="pets">cat</value></answer>|'
says 'a question that the form does not have' 4 tally-answer cop tally copy
change 's|question="age">[0-9_]*<|question="age">99<|'
says 'an answer that the form does not have' 4 tally-answer cop tally copy
change 's|\(<value question="age">[0-9_]*</value>\)|\1\1|'
says 'two answers where there is one' 4 tally-answer cop tally copy
change 's| release="1"| release="7"|'
says 'a release that nobody gave' 4 tally-no-form cop tally copy
others() {
	cop tally few/* copy --format=json >json
	[ $? = 4 ] && [ "$(total)" = '3000 0 0 0 1' ]
}
change 's|question="age">[0-9_]*<|question="age">99<|'
mv "copy/digital_skills/$name" copy/digital_skills/ffffffffffffffffffffffffffffffff.xml
ok 'all others are counted' others
says 'no folder' 3 io-dir cop tally nowhere
says 'no release' 4 tally-release cop tally few/* --release po

# ---- drafts, sealed answers ----

drafts() {
	"$gen" tests 50 9 1 --draft $both && cop tally few/* tests/* --format=json >json || return 1
	[ "$(total)" = '3000 0 0 0 0' ] && grep -q '"drafts":"50"' json || return 1
	cop tally few/* tests/* --draft --format=json >json && [ "$(total)" = '50 0 0 0 0' ]
}
ok 'answers to a draft stay apart' drafts
sealed() {
	cop keygen --answers keys/answers >/dev/null && "$gen" sealed 50 9 1 --seal keys/answers.pub $both || return 1
	cop tally sealed/* --format=json >json
	[ $? = 4 ] && [ "$(grep -c '"tally-sealed"' json)" = 50 ] || return 1
	cop tally sealed/* --key keys/answers.key --format=json >json && [ "$(total)" = '50 0 0 0 0' ]
}
ok 'sealed answers are opened with the key, and listed without it' sealed

# ---- two releases, one question changed ----

sed -i 's|<option value="console" [^>]*>Game console</option>|<option value="watch">Watch</option>|' forms/digital_skills.xml
sed -i '/id="hours"/s|max="24" step="1"|max="24" step="2.4"|' forms/digital_skills.xml
cop update >/dev/null 2>&1
approve
cop build --fallback >/dev/null 2>&1 || cop build --draft --fallback >/dev/null 2>&1
apart() {
	[ -d releases/2 ] || return 1
	"$gen" new 1000 11 2 $both && cop tally few/* new/* --format=json >json || return 1
	[ "$(total)" = '4000 0 0 0 0' ] || return 1
	[ "$(grep '"question":"devices"' json | grep -o '"releases":"[0-9 ]*"' | sort -u | tr '\n' ' ')" = '"releases":"1" "releases":"2" ' ] &&
		[ "$(grep '"question":"age"' json | grep -o '"releases":"[0-9 ]*"' | sort -u)" = '"releases":"1 2"' ]
}
ok 'a question that was changed is kept apart, the others are added up' apart
named() {
	cop tally few/* new/* >said || return 1
	grep -q '\[digital_skills, releases 1 and 2\]$' said &&
		grep -q '\[devices, release 1\]$' said && ! grep -q 'release 1 2' said
}
ok 'releases are named as people name them' named

steps() {
	cop tally few/* new/* --labels fr --html fr.html >/dev/null || return 1
	grep -q '<th scope="row"[^>]*>2,4 h<' fr.html && grep -q '"code":"2.4"' json && grep -q '"code":"23"' json
}
ok 'numbers are counted in their steps, and stand as people write them' steps

# ---- day by day ----

follow() {
	cop tally --follow --once few/* --days 1 --format=json >json || return 1
	grep -q '"follow-sum","fields":{"recipient":"africa","lang":"ar","count":"[1-9]' json &&
		grep -q '"event":"follow","text":"3000 answers until ' json
}
ok 'answers by recipient and language' follow
stops() {
	"$COP_L10N" tally --follow --interval 1 few/africa >out 2>&1 &
	pid=$!
	i=0
	while [ "$(grep -c 'answers until' out)" -lt 2 ] && [ $i -lt 200 ]; do
		sleep 0.1
		i=$((i + 1))
	done
	end $pid && [ "$(grep -c 'answers until' out)" -ge 2 ]
}
ok 'it counts again until it is stopped' stops
ok 'nothing is due' cop tally --purge --dry-run few/*
