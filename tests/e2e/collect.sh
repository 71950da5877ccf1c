#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Answers come home: the shipped consultation in six languages, filled in wrong
# and right by curl; phones; nginx in front; a sealed box; and a server that is
# killed while many send.  COLLECT_POSTS=10000: so many of them.
. "${top_srcdir:?}/tests/e2e/lib.sh"
PATH=$PATH:/usr/sbin:/sbin
poster=$(cd "${top_builddir:?}" && pwd)/tests/e2e/poster
needs curl nginx xmllint "$python"

# The shipped consultation, sent to us by the one recipient with all languages.
start_six() {
	mkdir "$work/p" && cd "$work/p" || exit 99
	cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . &&
		chmod -R u+w . || exit 99
	cop keygen keys/release >/dev/null || exit 99
	approve
	serve office --key keys/release.pub --collect answers --access-log access.log
	port=${URL##*:}
	port=${port%/}
	sed -i -e '/id="example_partner"/,/<\/recipient>/{' \
		-e "s|<responses href=\"[^\"]*\"|<responses href=\"${URL}example_partner/\"|" \
		-e "s|<pickup[^>]*/>|<endpoint url=\"$URL\"/>|" -e '}' consultation.xml
	cop build >build.log 2>&1 && cop push --to example_partner >>build.log 2>&1 && return
	sed 's/^/# /' build.log
	exit 99
}
start_six

# post FILE ARG...: status; the answer is in FILE, its head in FILE.head
post() {
	file=$1
	shift
	curl -s -o "$file" -D "$file.head" -w '%{http_code}' -H 'Accept: text/html' "$@"
}
field() { # field NAME FILE: its value in the head that curl -D wrote
	tr -d '\r' <"$2" | sed -n "s/^$1: //Ip" | tail -n 1
}
stored() { # stored ID: the path of its file
	echo "answers/digital_skills/$($python -c 'import hashlib, sys
print(hashlib.blake2b(sys.argv[1].encode(), digest_size=16).hexdigest())' "$1").xml"
}
# word LANG ID: a text of the interface, as the catalog has it
word() {
	case $1 in
	en) xmllint --xpath "string(//*[@id='$2'])" forms/interface.xml ;;
	*) msgattrib --no-wrap --translated "po/interface/$3.po" 2>/dev/null |
		awk -v id="msgctxt \"$2\"" '$0 == id { f = 1 } f && /^msgstr/ { sub(/^msgstr "/, ""); sub(/"$/, ""); print; exit }' ;;
	esac
}

ok 'it says what it collects' grep -q '"event":"collecting".*digital_skills' office.log

# ---- six languages ----
wrong='age=13_15&my_ok=yes&devices=phone&hours=25&ease=11&idea=%3Cscript%3Ealert(1)%3C%2Fscript%3E'
right='age=18_24&my_ok=yes&lessons=no&hours=3&ease=7'
i=0
for pair in ar:ar zh-Hans:zh_CN en:en fr:fr ru:ru es:es; do
	lang=${pair%:*} catalog=${pair#*:}
	i=$((i + 1))
	page=${URL}digital_skills.$lang.html
	id=$(curl -s -H 'Accept: text/html' "$page" | sed -n 's/.*name="_id" value="\([0-9a-f]*\)".*/\1/p')
	ok "$lang: the page has a name of its own for this answer" test "${#id}" = 32
	who="_form=digital_skills&_version=1&_lang=$lang&_recipient=example_partner&_id=$id"
	status=$(post "wrong.$lang" "${URL}example_partner/" -d "$who&$wrong")
	ok "$lang: what is wrong comes back" test "$status" = 422
	ok "$lang: in its language" test "$(field Content-Language "wrong.$lang.head")" = "$lang"
	text=$(word "$lang" incomplete_title "$catalog")
	ok "$lang: with the words of the catalog ($text)" grep -qF "${text:-?}" "wrong.$lang"
	ok "$lang: questions that are wrong are named" sh -c '
		grep -q "href=\"#q-hours\"" "$1" && grep -q "href=\"#q-lessons\"" "$1" &&
		grep -q "href=\"#q-guardian_ok\"" "$1"' - "wrong.$lang"
	ok "$lang: what was written is kept, and is text" sh -c '
		grep -qF "&lt;script&gt;alert(1)&lt;/script&gt;" "$1" && ! grep -q "<script" "$1" &&
		grep -q "value=\"25\"" "$1" && grep -q "_id\" value=\"'"$id"'\"" "$1"' - "wrong.$lang"
	ok "$lang: nothing of it is stored" test ! -e "$(stored "$id")"
	status=$(post "right.$lang" "${URL}example_partner/" -d "$who&$right&idea=%D0%98%E4%BD%A0%D9%83")
	ok "$lang: what is right is thanked for" test "$status" = 200
	ok "$lang: with the page of the release" cmp "right.$lang" \
		"releases/1/example_partner/digital_skills.$lang.sent.html"
	ok "$lang: the file holds the codes" sh -c '
		grep -q "lang=\"$2\" recipient=\"example_partner\"" "$1" &&
		grep -q "<value question=\"age\">18_24</value>" "$1" &&
		grep -q "<value question=\"idea\">И你ك</value>" "$1"' - "$(stored "$id")" "$lang"
done
# The same answers in six languages are the same, but for who and in what.
for file in answers/digital_skills/*.xml; do
	grep '<value' "$file" | cksum
done | sort -u >sums
ok 'six languages, one answer' test "$(wc -l <sums)" = 1
ok 'one file for each' test "$(find answers -name '*.xml' | wc -l)" = 6
ok 'which nobody else reads' test -z "$(find answers ! -type d ! -perm 600 -o -type d ! -perm 700)"
ok 'nothing says who came' sh -c '! grep -rqE "127\.0\.0\.1|curl" answers access.log'
ok 'nothing of answers is served' sh -c '
	for f in answers/digital_skills/*.xml; do
		test "$(curl -s -o /dev/null -w "%{http_code}" "$0$f")" = 404 || exit 1
		test "$(curl -s -o /dev/null -w "%{http_code}" --path-as-is "$0../$f")" = 400 || exit 1
	done' "$URL"
ok 'a page of a static host is led on' test "$(post led "$URL" -d \
	"_form=digital_skills&_version=1&_lang=es&_recipient=example_partner&$right")" = 303
ok 'to the thanks' test "$(field Location led.head)" = /digital_skills.es.sent.html
ok 'curl can follow' sh -c 'curl -sfL -o followed -H "Accept: text/html" "$1" -d "$2" &&
	cmp followed releases/1/example_partner/digital_skills.es.sent.html' - "$URL" \
	"_form=digital_skills&_version=1&_lang=es&_recipient=example_partner&$right"

# ---- phones ----
# The data as the form itself has them, with values put in.
fill() { # fill ID
	$python - "$1" releases/1/example_partner/digital_skills.odk.xml <<'END'
import re, sys
text = open(sys.argv[2], encoding="utf-8").read()
data = re.search(r"<instance>\s*(<data.*?</data>)", text, re.S).group(1)
for name, value in {"age": "18_24", "my_ok": "yes", "lessons": "no", "hours": "3", "ease": "7",
        "idea": "И你ك", "instanceID": sys.argv[1]}.items():
    data, n = re.subn("<%s/>" % name, "<%s>%s</%s>" % (name, value, name), data)
    assert n == 1, name
sys.stdout.write(data)
END
}
fill uuid:1 >phone.xml
phone() { # phone FILE ARG...: as ODK Collect sends
	file=$1
	shift
	post "$file" "${URL}submission" -H 'X-OpenRosa-Version: 1.0' -H 'Accept-Language: zh-CN' "$@"
}
ok 'a phone asks first' test "$(curl -s -I -o ask -w '%{http_code}' -H 'X-OpenRosa-Version: 1.0' \
	"${URL}submission")" = 204
ok 'and hears where to' test "$(field Location ask)" = "${URL}submission"
ok 'a phone sends' test "$(phone receipt -F 'xml_submission_file=@phone.xml;type=text/xml')" = 201
ok 'and gets its receipt' sh -c '
	xmllint --noout receipt && grep -q "http://openrosa.org/http/response" receipt && grep -q 已保存 receipt'
ok 'it is what a page would have sent' sh -c 'grep "<value" "$1" | cksum | cmp - sums' - "$(stored uuid:1)"
ok 'it sends again' test "$(phone receipt -F 'xml_submission_file=@phone.xml;type=text/xml')" = 201
ok 'in chunks, too' test "$(phone receipt -H 'Transfer-Encoding: chunked' \
	-F 'xml_submission_file=@phone.xml;type=text/xml')" = 201
sed -i 's/<ease>7/<ease>8/' phone.xml
ok 'another answer of the same name is refused' test "$(phone refused \
	-F 'xml_submission_file=@phone.xml;type=text/xml')" = 409
ok 'and nothing was lost or doubled' test "$(find answers -name '*.xml' | wc -l)" = 9
stop_server

# ---- behind nginx, sealed, on a disk without room ----
cop keygen --answers keys/answers >/dev/null 2>&1
serve office --key keys/release.pub --collect sealed --collect-key keys/answers.pub --behind-proxy
behind_nginx
URL=http://127.0.0.1:$front/
id=00112233445566778899aabbccddeeff
ok 'a proxy passes answers on' test "$(post proxied "${URL}any/where" -d \
	"_form=digital_skills&_version=1&_lang=fr&_recipient=example_partner&_id=$id&$right")" = 200
ok 'what is sealed says nothing' sh -c '
	test "$(find sealed -name "*.sealed" | wc -l)" = 1 && ! find sealed -type f -exec cat {} + | grep -qE "18_24|$0"' "$id"
stop_server
says 'answers do not lie where forms do' 4 collect-place cop serve office --key keys/release.pub \
	--collect office/answers --listen 127.0.0.1:0 --max-seconds 5
says 'a key that signs does not seal' 4 answers-key-signs cop serve office --key keys/release.pub \
	--collect sealed --collect-key keys/release.pub --listen 127.0.0.1:0 --max-seconds 5
ok 'its options go with --collect' sh -c '"$COP_L10N" serve office --collect-rate 5 2>out; test $? = 2'

# ---- killed while many send ----
posts=${COLLECT_POSTS:-1500}
printf '_form=digital_skills&_version=1&_lang=ru&_recipient=example_partner&%s' "$right" >body
address=127.0.0.1:$(free_port)
start_at() {
	: >kill.log
	"$COP_L10N" serve office --key keys/release.pub --collect killed --collect-rate 0 --listen "$address" \
		--max-seconds 600 --now="$NOW" --format=json >kill.log 2>&1 &
	server=$!
	servers="$servers $server"
	i=0
	until grep -q '"event":"collecting"' kill.log || [ $i -ge 200 ]; do
		i=$((i + 1))
		sleep 0.05
	done
}
start_at
: >acknowledged
"$poster" "${address#*:}" 16 "$posts" body acknowledged >poster.log 2>&1 &
sender=$!
kills=0
# A twelfth of all has been thanked since the kill before.
more() {
	seen=$(wc -l <acknowledged)
	while running $sender && running "$server" &&
		[ "$(wc -l <acknowledged)" -lt $((seen + posts / 12)) ]; do
		sleep 0.02
	done
}
while running $sender && [ $kills -lt 200 ]; do
	more
	running $sender || break
	end "$server" KILL
	kills=$((kills + 1))
	start_at
done
wait $sender
sent=$?
echo "# $kills kills: $(cat poster.log)"
ok 'it was killed and came back' test $kills -ge 1
ok 'everybody is thanked in the end' test $sent = 0
stop_server
cat >count.py <<'END'
import hashlib, os, sys
ids = [line.strip() for line in open("acknowledged")]
assert len(ids) == len(set(ids)) == int(sys.argv[1]), len(ids)
files = {f for f in os.listdir("killed/digital_skills") if f.endswith(".xml")}
assert len(files) == len(ids), (len(files), len(ids))
for i in ids:
    name = hashlib.blake2b(i.encode(), digest_size=16).hexdigest() + ".xml"
    text = open("killed/digital_skills/" + name, encoding="utf-8").read()
    assert 'id="%s"' % i in text and ">n%d<" % int(i, 16) in text and "</answer>" in text, name
END
ok "no answer of $posts is lost, none is doubled" $python count.py "$posts"
ok 'nothing half written is left' sh -c 'test -z "$(find killed -name "*.tmp*")"'
