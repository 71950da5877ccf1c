#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the command endpoint says of endpoints, and that it writes nothing.
. "${top_srcdir:?}/tests/e2e/lib.sh"
start_project
serve office --fingerprint "$FP"
office=$URL
mkdir out keys/closed
echo 'pa55-Пароль' >keys/token
chmod 600 keys/token
cp keys/token keys/open
chmod 644 keys/open

# project ENDPOINT...: the project has these instead of its own
project() {
	cp consultation.xml was.xml
	awk -v all="$*" '/<endpoint / { if (!n++) print all; next } { print }' was.xml >consultation.xml
}
listed() { # listed ID STATE: so it is listed
	cop endpoint list "$1" >line && tail -n 1 line | grep -Eq "^$1 +$2 "
}
checked() { # checked ID STATE [ARG...]: so it is
	id=$1 state=$2
	shift 2
	cop endpoint check "$id" "$@" >line 2>said
	tail -n +2 line | grep -Eq "^$id +$state "
}
hidden() { # nothing that was said holds the secret
	! grep -r pa55 line said events ./*.log 2>/dev/null
}

project "<endpoint id=\"up\" url=\"$office\"/>" \
	'<endpoint id="down" url="http://127.0.0.1:9/"/>' \
	'<endpoint id="folder" url="out"/>' \
	'<endpoint id="closed" driver="dir" url="nowhere/"/>' \
	'<endpoint id="off" url="http://127.0.0.1:9/y/" disabled="yes"/>'
says 'a path without its driver is told' 4 project-url cop endpoint list
sed -i 's|id="folder"|id="folder" driver="dir"|' consultation.xml
ok 'all are listed' sh -c 'test $("$COP_L10N" endpoint list | wc -l) = 6'
ok 'an endpoint that was not tried is new' listed up new
ok 'one that the project switches off is disabled' listed off disabled
ok 'an office that listens is well' checked up ok
ok 'so is a folder' checked folder ok
ok 'a folder that is not there is not' checked closed no-folder
ok 'nor is an address where nobody listens' checked down unreachable
ok 'one that is disabled is asked when it is named' checked off unreachable
says 'what time may heal is status 5' 5 endpoint-unreachable cop endpoint check up down
says 'an endpoint that is not there' 4 endpoint-unknown cop endpoint check up missing
ok 'asking has written nothing' sh -c 'test -z "$(ls out)" && test ! -e office/current && test ! -e .cop-l10n'

ok 'endpoints are switched off' cop endpoint disable down folder --reason 'ينتقل 移动'
ok 'the ledger says so' listed folder gone
ok 'the reason is kept' sh -c '"$COP_L10N" endpoint disable closed --reason=x --format=json | grep -q "\"reason\":\"x\""'
ok 'and switched on' cop endpoint enable down folder closed
ok 'then they are as new' listed folder new
says 'what the project switches off stays off' 0 endpoint-disabled cop endpoint enable off
says 'a reason has its limit' 4 endpoint-reason \
	cop endpoint disable up --reason "$(printf '%0201d' 0)"

# secrets
secret() { # secret WHERE: the office wants a token, which is kept there
	project "<endpoint id=\"up\" url=\"$office\" auth=\"bearer\" secret=\"$1\"/>"
}
stop_server
printf 'secret-token:pa55\n' >keys/ascii
chmod 600 keys/ascii
serve office --fingerprint "$FP" --token-file keys/ascii
office=$URL
secret file:keys/ascii
ok 'a token from a file is accepted' checked up ok
secret 'command:cat keys/ascii'
ok 'so is one that a command prints' checked up ok
secret fd:3
ok 'and one from an open file' sh -c '"$COP_L10N" endpoint check up 3<keys/ascii'
secret 'command:echo secret-token:pa56'
says 'a wrong one is not' 7 endpoint-auth cop endpoint check up
secret file:keys/open
says 'a file that others can read' 7 secret-readable cop endpoint check up
secret file:keys/token
says 'a token that cannot be sent' 7 secret-shape cop endpoint check up
secret 'command:sh -c '"'"'echo pa55; exit 3'"'"''
says 'a command that fails' 7 secret-command cop endpoint check up
says 'it is told in JSON as well' 7 secret-command sh -c \
	'"$COP_L10N" endpoint check up --format=json | tee events; exec "$COP_L10N" endpoint check up'
ok 'no secret was shown' hidden
secret pa55
says 'a secret in the project itself is refused' 4 project-secret cop endpoint list
ok 'and not repeated' sh -c '! grep -q pa55 "$1"' sh "$work/said"

# very many
printf 'recipient\tid\turl\n' >offices.tsv
i=0
while [ $i -lt 2000 ]; do
	i=$((i + 1))
	printf 'north\tn%d\thttps://n%d.example.org/\n' $i $i
done >>offices.tsv
project '<endpoint id="up" url="https://up.example.org/"/>'
sed -i 's|</project>|  <endpoints src="offices.tsv"/>\n</project>|' consultation.xml
ok 'a table of endpoints is read' sh -c 'test $("$COP_L10N" endpoint list | wc -l) = 2002'
printf 'north\tn7\thttps://again.example.org/\r\n' >>offices.tsv
says 'what is twice in it is told' 4 project-duplicate cop endpoint list
ok 'with its line' grep -q 'offices.tsv:2002:7: ' "$work/said"
stop_server
