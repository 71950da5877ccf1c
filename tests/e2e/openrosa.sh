#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Phones with ODK get their forms from serve.  The phone is a client as strict as ODK
# Collect, which tests/e2e/openrosa/strict.py holds against many bad servers.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs $python
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
tools=$top_srcdir/tests/e2e/openrosa
phone() {
	$python "$tools/phone.py" "$@"
}
get() {
	$python "$tools/get.py" "$@"
}
strict() {
	$python "$tools/strict.py" >strict.log || { grep -v '^ok' strict.log; return 1; }
	[ "$(grep -c '^ok' strict.log)" -ge 30 ]
}
ok 'the client refuses what ODK Collect refuses' strict

mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
sed -i '/id="africa"/s/languages="[^"]*"/languages="ar zh-Hans en fr ru es"/' consultation.xml
cop keygen >/dev/null || exit 99
cop build --draft >/dev/null || exit 99
FP=$(cop verify releases/draft 2>&1 | grep -oE '([0-9A-F]{4} ){9}[0-9A-F]{4}' | tail -n 1)
serve office --fingerprint "$FP"
export URL

# ---- nothing yet ----
empty() {
	[ "$(get GET "${URL}formList")" = 503 ] && grep -q 'keep the ones' body
}
ok 'before a set is there the list is no list, so that phones keep their forms' empty

sed -i "/id=\"africa\"/,/<endpoint/s|<endpoint url=\"[^\"]*\"|<endpoint url=\"$URL\"|" consultation.xml
cop push --draft --release releases/draft --to africa >push.log 2>&1 || { sed 's/^/# /' push.log; exit 99; }

# ---- all forms, in six languages ----
six_languages() {
	phone one.json "$URL" ar 'zh-CN,zh;q=0.9' en fr-CH ru es-419 >names || return 1
	cat names
	grep -c '^digital_skills_africa 1-r1-draft ' names | grep -qx 6 &&
		grep -c '^online_bullying_africa ' names | grep -qx 6 &&
		sed -n 's/^# //p' names | tr '\n' ' ' | grep -qx 'ar zh-Hans en fr ru es '
}
ok 'a phone gets every form and its name in six languages' six_languages
titles() {
	for form in digital_skills online_bullying; do
		for at in ar:ar zh-Hans:zh-Hans ru:ru; do
			title=$(xmllint --xpath "string(//*[local-name()='about']/*[local-name()='title'])" \
				"office/current/$form.${at#*:}.xml") || return 1
			sed -n "/^# ${at%%:*}\$/,/^# /p" names | grep -qF "$title" || { echo "no $title"; return 1; }
		done
	done
}
ok 'the names are the titles of the Arabic, Chinese and Russian forms' titles
default_language() {
	phone two.json "$URL" | head -n 1 | grep -qx '# ar'
}
ok 'who asks for no language gets the first of the recipient' default_language

# ---- fields ----
# asked STATUS METHOD PATH FIELD...
asked() {
	want=$1 method=$2 path=$3
	shift 3
	got=$(get "$method" "$URL$path" "$@")
	[ "$got" = "$want" ] || { echo "status $got"; cat body; return 1; }
}
has() {
	for line; do
		grep -qix "$line" fields || { echo "no field: $line"; cat fields; return 1; }
	done
}
list_fields() {
	asked 200 GET 'formList?deviceID=collect%3Ax&listAllVersions=true' 'Accept-Language: ru' \
		'Date: Mon, 11 Jan 2027 08:00:00 pm' &&
		has 'Content-Type: text/xml; charset=utf-8' 'X-OpenRosa-Version: 1.0' \
			'X-OpenRosa-Accept-Content-Length: 16777216' 'Cache-Control: no-cache' 'Vary: Accept-Language' \
			'Content-Language: ru' 'Date: .* GMT' 'ETag: "[0-9a-f]*"' &&
		[ "$(grep -c '<xform>' body)" = 2 ] && ! grep -q manifestUrl body && cp body list
}
ok 'a list carries what a client needs, whatever the client sends' list_fields
not_modified() {
	etag=$(sed -n 's/^ETag: //p' fields)
	asked 304 GET formList 'Accept-Language: ru' "If-None-Match: $etag" &&
		has "ETag: $etag" 'Vary: Accept-Language' 'Cache-Control: no-cache' && ! [ -s body ]
}
ok 'who has the list already is told so' not_modified
other_language() {
	asked 200 GET formList 'Accept-Language: fr' "If-None-Match: $etag"
}
ok 'but not who has it in another language' other_language
head_is_get() {
	asked 200 HEAD formList 'Accept-Language: ru' &&
		has 'X-OpenRosa-Version: 1.0' "Content-Length: $(wc -c <list | tr -d ' ')" && ! [ -s body ]
}
ok 'HEAD says the same as GET' head_is_get
one_form() {
	asked 200 GET 'formList?formID=digital%5Fskills_africa&verbose=true' && [ "$(grep -c '<xform>' body)" = 1 ] &&
		grep -q '<descriptionText>' body && asked 200 GET 'formList?formID=none' && grep -q '<xforms' body &&
		! grep -q '<xform>' body && asked 400 GET 'formList?formID=%00'
}
ok 'one form can be asked for, and what it is about' one_form
form_fields() {
	asked 200 GET forms/digital_skills_africa.xml && has 'Content-Type: text/xml; charset=utf-8' \
		'X-OpenRosa-Version: 1.0' && cmp body office/current/digital_skills.odk.xml
}
ok 'a form is the very file of the set' form_fields
manifest() {
	asked 200 GET forms/digital_skills_africa/manifest && has 'X-OpenRosa-Version: 1.0' &&
		grep -q '<manifest xmlns="http://openrosa.org/xforms/xformsManifest"></manifest>' body &&
		asked 404 GET forms/none/manifest && asked 404 GET forms/none.xml
}
ok 'nothing more belongs to a form' manifest

# ---- addresses ----
addresses() {
	asked 200 GET formList 'Host: forms.example.org:8443' 'X-Forwarded-Host: evil.example' \
		'Forwarded: host=evil.example' &&
		[ "$(grep -c '<downloadUrl>http://forms.example.org:8443/forms/' body)" = 2 ] &&
		asked 400 GET formList 'Host: a"b'
}
ok 'addresses have the host that the client used, and no other' addresses

# ---- new content ----
sed -i '/id="africa"/,/<contact/s|cop-africa@example.org|young-africa@example.org|' consultation.xml
cop build --draft >/dev/null || exit 99
cop push --draft --release releases/draft --to africa >push.log 2>&1 || { sed 's/^/# /' push.log; exit 99; }
renewed() {
	phone one.json "$URL" ar >names && cat names && grep -q '^digital_skills_africa 1-r2-draft ' names &&
		grep -q '"digital_skills_africa 1-r1-draft"' one.json
}
ok 'new content is a new version, which the same phone takes' renewed
stop_server

serve office --behind-proxy
proxied() {
	asked 200 GET formList 'Host: inner' 'X-Forwarded-Proto: https' 'X-Forwarded-Host: forms.example.org' \
		'X-Forwarded-Prefix: /africa' &&
		[ "$(grep -c '<downloadUrl>https://forms.example.org/africa/forms/' body)" = 2 ]
}
ok 'behind a proxy addresses are those of the proxy' proxied
stop_server
