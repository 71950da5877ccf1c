#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What can go wrong in a corner that no other test goes to: each case ends with its
# code, which cop-l10n-messages(7) explains.
. "${top_srcdir:?}/tests/e2e/lib.sh"
SOURCE_DATE_EPOCH=1799568000
export SOURCE_DATE_EPOCH
cop() { "$COP_L10N" "$@"; }
mkdir whole && cd whole || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
fresh() { # a project of its own for each case
	cd "$work" && rm -rf case && cp -R whole case && cd case || exit 99
}
change() { # change FILE EXPRESSION
	sed -i "$2" "$1"
}

# ---- any XML ----
fresh
echo '<guide xml:lang="en"><p id="ask">Ask us.</p></guide>' >guide.xml
its='<its:rules version="2.0" xmlns:its="http://www.w3.org/2005/11/its"'
echo "$its queryLanguage=\"css\"><its:translateRule selector=\"p\" translate=\"no\"/></its:rules>" >css.its
says 'rules in another query language' 0 its-query-language cop extract guide.xml --its css.its -o x.pot
{
	echo "$its>"
	awk 'BEGIN { for (i = 0; i <= 20000; i++) print "<its:translateRule selector=\"//p\" translate=\"no\"/>" }'
	echo '</its:rules>'
} >many.its
says 'more rules than anybody needs' 4 its-limit cop extract guide.xml --its many.its -o x.pot
{
	echo '<guide xml:lang="en"><p id="ask">'
	awk 'BEGIN { for (i = 0; i < 360000; i++) print "Ask us, on any day of the week, whatever it is about." }'
	echo '</p></guide>'
} >large.xml
says 'a text that is a book' 4 unit-too-large cop extract large.xml -o x.pot

# ---- the project ----
change consultation.xml 's|zone="Africa/[^"]*"|zone="Africa/Nowhere"|'
says 'a time zone that is none' 4 project-zone-unknown cop check
fresh
sed 's/id="online_bullying"/id="digital_skills"/' "$top_srcdir/forms/online_bullying.xml" >forms/online_bullying.xml
says 'two forms with one id' 4 project-form-id cop check
fresh
says 'a text that two forms have' 4 review-ambiguous \
	cop review fr reviewed privacy/p1 --who Nobody --role tests
says 'nothing to translate' 4 pack-source cop pack en

# ---- what comes back ----
fresh
cop pack fr >/dev/null && "$python" -m zipfile -e youth_consultation-fr.zip back || exit 99
sed 's/Merci/Grand merci/' back/po/digital_skills.fr.po >back/changed.po
change po/digital_skills/fr.po 's/Merci/Mille mercis/'
says 'a text that was changed at both ends' 0 import-conflict cop import back/changed.po
change forms/digital_skills.xml 's/Thank you for your time/Thank you for all your time/'
cop update >/dev/null && msgattrib --clear-fuzzy --clear-previous po/digital_skills/fr.po -o po/digital_skills/fr.po || exit 99
change po/digital_skills/fr.po 's/Grand merci/Merci mille fois/'
says 'a translation of a source that is no more' 4 import-older cop import back/changed.po
iconv -f UTF-8 -t ISO-8859-1//TRANSLIT back/changed.po >back/latin.po
says 'a file in an old encoding' 4 import-encoding cop import back/latin.po
printf 'type,name,label,appearance\nform,my_life,,\ntext,idea,Your idea,upside-down\n' >survey.csv
says 'a word that means nothing in a table' 4 sheet-value cop form import survey.csv -o my_life.xml
fresh
for side in base ours theirs; do
	printf 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Language-Team: %s\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n' $side >$side.po
done
says 'a header that both sides changed' 0 merge-header cop merge-po base.po ours.po theirs.po

# ---- releases ----
fresh
cop keygen >/dev/null && cop build --draft >/dev/null 2>&1 || exit 99
cp -R . "$work/built"
mv releases/.lock kept.lock 2>/dev/null
mkdir -p releases/.lock
says 'a lock that is a folder' 3 io-lock cop build --draft --renew
rm -r releases/.lock
change consultation.xml 's/id="youth_consultation"/id="other_consultation"/'
says 'a release of another project' 4 release-project cop zip africa --release releases/draft

# ---- endpoints ----
endpoint() { # endpoint ATTRIBUTES: those of the only one
	cd "$work" && rm -rf case && cp -R built case && cd case || exit 99
	change consultation.xml "s|<endpoint.*8101.*|<endpoint $1/>|; s|<endpoint.*8102.*|<pickup by=\"fetch\"/>|"
}
endpoint 'url="https://10.0.0.8/"'
says 'an address inside of our network' 4 endpoint-access cop push --draft
endpoint 'url="https://127.0.0.1:9/" auth="bearer" secret="file:keys/nowhere.token"'
says 'a secret that is not there' 5 secret-missing cop push --draft
ok 'and the ledger has the reason' sh -c '"$COP_L10N" --format=json deliveries | grep -q "\"endpoint-secret\""'
endpoint "url=\"$work/drive/\" driver=\"dir\""
mkdir -p "$work/drive/.cop-l10n/lock"
says 'a lock that is a folder, in a drive' 5 io-lock cop push --draft
ok 'which the ledger has as a reason, too' sh -c '"$COP_L10N" --format=json deliveries | grep -q "\"endpoint-folder\""'

# ---- serve ----
cp -R "$work/built/keys" . 2>/dev/null
says 'an address that is not ours' 3 listen-failed \
	cop serve office --key keys/release.pub --listen 192.0.2.1:8101 --open --max-seconds 1
echo 'Expires: 2020-01-01T00:00:00Z' >security.txt
says 'nobody to write to' 4 security-txt \
	cop serve office --key keys/release.pub --listen 127.0.0.1:0 --security-txt security.txt --max-seconds 1
echo 'Contact: mailto:security@example.org' >>security.txt
says 'a security.txt past its date' 0 security-txt-expired \
	cop serve office --key keys/release.pub --listen 127.0.0.1:0 --security-txt security.txt --max-seconds 1

# ---- tally ----
sh "$top_srcdir/tests/meta/answers.sh" answers/africa
sed -i 's/release="1"/release="1" draft="yes"/' answers/africa/digital_skills/*.xml
says 'labels in a language that no form has' 0 tally-labels cop tally answers/* --draft --labels pt
awk 'BEGIN { for (i = 0; i < 520; i++) print "many/" i "/digital_skills" }' | xargs mkdir -p
says 'more folders than are counted together' 4 tally-limit cop tally many/* --draft
mkdir -p crowd/digital_skills && awk 'BEGIN {
	for (i = 0; i < 17000; i++) {
		name = sprintf("crowd/digital_skills/%032x.xml", i)
		print "" >name
		close(name)
	}
}'
TMPDIR=$work/nowhere
export TMPDIR
says 'no room for what does not fit into memory' 3 tally-scratch cop tally crowd --draft
unset TMPDIR
fresh
change forms/digital_skills.xml "s|<title>Digital skills:[^<]*|&$(printf ' and more%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23)|"
cop update >/dev/null && msgattrib --clear-fuzzy --clear-previous po/digital_skills/es.po -o po/digital_skills/es.po || exit 99
change po/digital_skills/es.po "/^msgctxt \"about.title\"/,/^msgstr/ s|^msgstr \"|&$(printf 'y algo de %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23)|"
says 'an invitation that is no post' 4 invitation-social-length cop check
mkdir -p many crowd/digital_skills && (cd many && seq 100001 | xargs touch)
says 'a folder with a hundred thousand names' 4 dir-too-large cop tally crowd --release many
{
	printf 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
	printf 'msgid "Ask us."\nmsgstr "'
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "Demande-nous tout ce que tu veux. " }'
	printf '"\n'
} >fr.po
echo '<guide xml:lang="en"><p>Ask us.</p></guide>' >guide.xml
says 'a translation that holds a whole file' 4 document-too-large cop localize guide.xml fr.po -o out
