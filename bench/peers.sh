#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# peers.sh JOB DATA OUT: what other tools need more than one command for.
set -eu
data=$2
out=$3
langs='ar zh fr ru es pt'

po4a_with() {
	program=$1
	shift
	"$program" -f xml -M UTF-8 \
		-o nodefault='<enquiry> <section> <question> <choices> <open>' \
		-o untranslated='<code>' \
		-o translated='w<title> w<p> w<text> w<hint> w<choice>' \
		-o inline='<em> <strong> <a>' -o attributes='<open>placeholder' "$@"
}

case $1 in
po4a_extract)
	po4a_with po4a-updatepo -m "$data/form.xml" -p "$out/out.pot"
	;;
po4a_localize)
	for l in $langs; do
		po4a_with po4a-translate -L UTF-8 -k 0 -m "$data/form.xml" \
			-p "$data/$l.po" -l "$out/form.$l.xml"
	done
	;;
itstool_localize)
	for l in $langs; do
		msgfmt -o "$out/$l.mo" "$data/$l.po"
		itstool -i "$data/its/form.its" -l "$l" -m "$out/$l.mo" \
			-o "$out/form.$l.xml" "$data/form.xml"
	done
	;;
msgfmt_localize)
	for l in $langs; do
		GETTEXTDATADIR=$data msgfmt --xml --template="$data/form.xml" \
			-l "$l" -o "$out/form.$l.xml" "$data/$l.po"
	done
	;;
*)
	echo "peers.sh: no job $1" >&2
	exit 2
	;;
esac
