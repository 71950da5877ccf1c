#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A place of a rank that somebody left out is an answer like any other: counted
# at the places that have one, and seen as left out in the table of answers.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs xmllint

mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
cop keygen >/dev/null && cop build --draft >/dev/null 2>&1 || exit 99

# answer NUMBER OPTION...: "-" is a place that was left out
answer() {
	id=uuid:$1
	name=$("$python" -c "import hashlib, sys
print(hashlib.blake2b(sys.argv[1].encode(), digest_size=16).hexdigest())" "$id") || return 1
	shift
	{
		printf '%s\n' '<?xml version="1.0" encoding="UTF-8"?>'
		printf '<answer xmlns="urn:cop-l10n:answer:1" id="%s" form="digital_skills" version="1" ' "$id"
		printf 'release="1" lang="zh-Hans" recipient="asia_pacific" draft="yes" hour="2027-02-19T12:00:00Z">\n'
		for option in "$@"; do
			printf '<value question="wishes">%s</value>\n' "${option#-}"
		done
		printf '<value question="idea">所有学校都应该上网。</value>\n</answer>\n'
	} >"answers/digital_skills/$name.xml"
}
mkdir -m 700 answers answers/digital_skills
answer 1 safety truth ai
answer 2 - truth
answer 3 - - ai
answer 4 - safety -

keeps_to_grammar() {
	xmllint --noout --relaxng forms/schema/cop-answer.rng answers/digital_skills/*.xml 2>&1
}
ok 'such answers keep to the grammar' keeps_to_grammar

# at PLACE CODE COUNT
at() {
	grep '"question":"wishes"' json |
		grep "\"part\":\"$1\".*\"code\":\"$2\".*\"count\":\"$3\"" >/dev/null && return
	grep '"question":"wishes"' json
	return 1
}
counted() {
	cop tally answers --release releases/draft --draft --all-cells --format=json --csv=all.csv >json || return 1
	at 1 safety 1 && at 2 truth 2 && at 2 safety 1 && at 3 ai 2 && at 1 ai 0
}
ok 'each place counts what stands there' counted
ok 'the table of answers shows which place it was' grep -q '\. truth' all.csv

twice() {
	answer 5 safety - safety
	cop tally answers --release releases/draft --draft --all-cells >said 2>&1
	[ $? = 4 ] && grep -q 'cannot be answered with "safety".*\[tally-answer\]' said || { cat said; return 1; }
}
ok 'the same option at two places is told and left out' twice
