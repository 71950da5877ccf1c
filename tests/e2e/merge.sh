#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two branches and git: what it joins in silence is seen by check, and the
# merge driver joins catalogs and review records by entry.
command -v git >/dev/null || { echo '1..0 # SKIP git is not installed'; exit 0; }
. "${top_srcdir:?}/tests/e2e/lib.sh"
HOME=$work GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.org
GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.org
export HOME GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL \
	GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL NOW
unset GIT_DIR GIT_WORK_TREE
mkdir p && cd p || exit 99
. "$top_srcdir/tests/cli/project.sh"
quiet() { "$@" >/dev/null 2>&1; }
commit() { git add -A && quiet git commit -m "$1"; }
# start NAME: a branch of that name from the first commit, checked out
start() { quiet git checkout -f -B "$1" first; }

# entry LANG MSGID-LINES [MSGSTR-LINES]: the text on consent in a catalog; a
# line of each in quotes
entry() {
	{
		printf '#: forms/mini.xml#privacy/p1\nmsgctxt "privacy/p1"\nmsgid ""\n%s\n' "$2"
		printf 'msgstr ""\n'
		[ -z "${3:-}" ] || printf '%s\n' "$3"
	} >"$work/entry"
	awk -v file="$work/entry" 'BEGIN { RS = ""; while ((getline line < file) > 0) text = line }
		NR > 1 { print "" } /msgctxt "privacy\/p1"/ { print text; next } { print }' \
		"po/mini/$1.po" >"$work/po" && cp "$work/po" "po/mini/$1.po"
}
old='"Young people under 16 should take part with the consent of a parent, but they "
"never have to give their name."'
new='"Young people under 16 must not take part, even with the consent of a parent, "
"and they have to give their name."'
ar='"يحتاج من هم دون 16 سنة إلى موافقة أحد الوالدين، "
"ولا يلزمهم أبداً ذكر أسمائهم."'
ar2='"على من هم دون 16 سنة أخذ موافقة أحد الوالدين، "
"ولا يُطلب منهم أبداً ذكر أسمائهم."'
ru='"Если тебе нет 16 лет, нужно согласие родителей, "
"а имя называть никогда не нужно."'
zh='"16岁以下的青少年须经父母同意方可参加，但无需留下姓名。"'
# source LINES: the form and all catalogs have this source
source_is() {
	text=$(printf '%s' "$1" | tr -d '\n"')
	sed -i "/<privacy /,/<\/privacy>/ s|<p>.*</p>|<p>$text</p>|" forms/mini.xml
	grep -q "$text" forms/mini.xml || exit 99
	entry ar "$1" "${2:-}"
	entry ru "$1" "$ru"
	entry zh_CN "$1" "$zh"
}

git init -q . || exit 99
source_is "$old"
commit first && git tag first

# the secretariat turns the source round, and forgets the translators
start source && source_is "$new" && commit source
start translator && entry ar "$old" "$ar" &&
	quiet cop review ar reviewed privacy/p1 --who Ahmed --role reviewer
commit translator

# ---- git alone ----
quiet git checkout -f source
ok 'git joins in silence what contradicts itself' git merge -q -m merged translator
ok 'the new source has the old translation, and no mark' sh -c '
	grep -q "under 16 must not" po/mini/ar.po && grep -q "16 سنة" po/mini/ar.po &&
	! grep -q fuzzy po/mini/ar.po'
says 'check sees it' 4 stale-translation cop check
ok 'at the msgstr, with date, role, and the new source' \
	grep -q '^po/mini/ar.po:[0-9]*:[0-9]*: error: "privacy/p1": this translation was reviewed on 2027-01-12 (reviewer) .*under 16 must not' "$work/said"
says 'no release is built of it' 4 stale-translation sh -c '
	"$COP_L10N" keygen keys/release --now=$NOW >/dev/null; "$COP_L10N" build --now=$NOW'
ok 'a word of a translator settles it' cop review ar translated privacy/p1 --role translator
ok 'and check has no more to say' sh -c '
	"$COP_L10N" check --now=$NOW 2>&1 | (! grep stale)'

# ---- with the merge driver ----
cat >.git/info/attributes <<'A'
po/**/*.po merge=cop-l10n
po/**/*.review merge=cop-l10n
A
git config merge.cop-l10n.name 'catalogs by entry'
git config merge.cop-l10n.driver "$COP_L10N merge-po %O %A %B --path %P"
quiet git reset --hard && quiet git checkout -f -B source2 'source^{/^source}'
ok 'the driver joins the two as well' git merge -q -m merged translator
ok 'but the translation is fuzzy, with the source that it was made for' sh -c '
	awk "BEGIN { RS = \"\" } /privacy\/p1/" po/mini/ar.po >entry.txt
	grep -q "^#, fuzzy" entry.txt && grep -q "^#| \"Young people under 16" entry.txt &&
	grep -q "under 16 must not" entry.txt && grep -q "16 سنة" entry.txt'
ok 'nothing else of the file has changed' sh -c '
	awk "BEGIN { RS = \"\"; ORS = \"\n\n\" } !/privacy\/p1/" po/mini/ar.po >a
	git show source2^:po/mini/ar.po | awk "BEGIN { RS = \"\"; ORS = \"\n\n\" } !/privacy\/p1/" | cmp - a'
ok 'gettext reads it' sh -c '
	command -v msgfmt >/dev/null || exit 0
	msgfmt -c -o /dev/null po/mini/ar.po'
ok 'the review record came along' grep -q 'reviewed	human	2027-01-12	reviewer	Ahmed' po/mini/ar.review

# two translators, one text: a real conflict
quiet git clean -fdq && start one && entry ar "$old" "$ar" &&
	sed -i 's|PO-Revision-Date: .*\\n|PO-Revision-Date: 2027-01-10 10:00+0000\\n|; s|^msgstr "نعم"|msgstr "أجل"|' po/mini/ar.po &&
	quiet cop review ar reviewed seen/yes --who Ahmed --role reviewer
commit one
start two && entry ar "$old" "$ar2" &&
	sed -i 's|PO-Revision-Date: .*\\n|PO-Revision-Date: 2027-01-11 10:00+0000\\n|; s|^msgstr "شكراً!"|msgstr "شكراً لك!"|' po/mini/ar.po &&
	quiet cop review ar reviewed seen/no --who Mona --role reviewer
commit two
quiet git checkout -f one
ok 'git says that there is a conflict' sh -c '
	git merge -m merged two >said 2>&1; test $? = 1 && grep -q merge-conflict said'
ok 'which is one of those that are fuzzy' grep -q 'of these fuzzy 1 and in conflict 1$' said
ok 'only the catalog is in conflict' sh -c '
	test "$(git diff --name-only --diff-filter=U)" = po/mini/ar.po'
ok 'both translations are there, as fuzzy' sh -c '
	awk "BEGIN { RS = \"\" } /privacy\/p1/" po/mini/ar.po >entry.txt
	grep -q "^#, fuzzy" entry.txt && grep -q "يحتاج من هم" entry.txt &&
	grep -q "^# merge-po: the other side has: على من هم" entry.txt'
ok 'what does not contradict is joined' sh -c '
	grep -q "msgstr \"أجل\"" po/mini/ar.po && grep -q "msgstr \"شكراً لك!\"" po/mini/ar.po'
ok 'the header has the newer date, without a conflict' sh -c '
	grep -q "PO-Revision-Date: 2027-01-11 10:00" po/mini/ar.po && ! grep -q "2027-01-10 10:00" po/mini/ar.po'
ok 'the record has the rows of both' sh -c '
	grep -q "^seen/yes.*Ahmed" po/mini/ar.review && grep -q "^seen/no.*Mona" po/mini/ar.review &&
	test "$(grep -c "^cop-l10n-review" po/mini/ar.review)" = 1'
ok 'a text that neither changed afterwards is still reviewed' sh -c '
	"$COP_L10N" review ar --form mini --now=$NOW | (! grep "seen/no")'
quiet git merge --abort

# the union of git serves for records as well
echo 'po/**/*.review merge=union' >.git/info/attributes
sed -i '/^$/d' .git/info/attributes
quiet git checkout -f -B records first && quiet cop review ar reviewed seen/yes help/p1 --who Ahmed --role reviewer
commit records-1
quiet git checkout -f -B records2 first && quiet cop review ar approved seen/yes seen/no --who Mona --role official
commit records-2
ok 'git joins records by line' git merge -q -m merged records
ok 'and what it made is a record, with the higher state of one day' sh -c '
	"$COP_L10N" review ar draft idea/label --form mini --now=$NOW >/dev/null &&
	test "$(grep -c "^seen/yes" po/mini/ar.review)" = 1 && grep -q "^seen/yes.*approved.*Mona" po/mini/ar.review &&
	grep -q "^help/p1.*Ahmed" po/mini/ar.review'
