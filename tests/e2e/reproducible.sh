#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same project and the same SOURCE_DATE_EPOCH give the same release, byte
# for byte: whoever builds it, where, when, in which language and time zone,
# with which umask, and in whatever order the disk lists files.
. "${top_srcdir:?}/tests/e2e/lib.sh"
whole=$COP_L10N
epoch=1799568000 # the day before the shipped consultation opens

mkdir original && cd original || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w . || exit 99
cop keygen keys/release >/dev/null || exit 99
approve
cd ..

# copied ORDER TO: the project, its files written in that order of names
copied() {
	mkdir -p "$2" && (cd original && find . -type f | sort "$1" | tar -cf - -T -) | tar -C "$2" -xf -
}
# made DIR: all that can be made of the project there
made() (
	cd "$1" || exit 1
	"$whole" build || exit 1
	"$whole" build --draft -o drafts --without ru --reason 'Поздно' || exit 1
	"$whole" zip --release releases/latest -o zips example_partner || exit 1
	"$whole" publish site || exit 1
	for lang in ar zh-Hans; do
		"$whole" pack $lang -o "pack-$lang.zip" || exit 1
	done
	"$whole" preview -o preview ar || exit 1
	"$whole" pseudo -o pseudo || exit 1
	"$whole" status --html status.html || exit 1
	"$whole" signoff sheet ar -o sheet.html || exit 1
	"$whole" form export forms/digital_skills.xml -o table.csv || exit 1
	"$whole" extract -o page.pot "$top_srcdir/docs/quick-start/offices.html" || exit 1
)
# Two people far from each other.  One is another user, when we may choose.
here() (
	umask 022
	TZ=Pacific/Kiritimati LC_ALL=C LANGUAGE='' HOME=/nonexistent SOURCE_DATE_EPOCH=$epoch
	export TZ LC_ALL LANGUAGE HOME SOURCE_DATE_EPOCH
	made "$work/a"
)
there() (
	umask 077
	TZ=America/St_Johns LC_ALL=C.UTF-8 HOME=$work USER=other SOURCE_DATE_EPOCH=$epoch
	export TZ LC_ALL HOME USER SOURCE_DATE_EPOCH
	if command -v taskset >/dev/null; then
		taskset -p -c 0 "$(sh -c 'echo $PPID')" >/dev/null 2>&1 || :
	fi
	made "$far"
)
# The second one is deeper, and on another file system where there is one.
far=$work/'другое место'/b
shm=
for disk in $(df --output=target -t tmpfs 2>/dev/null | tail -n +2); do
	shm=$(mktemp -d -p "$disk" copl-XXXXXX 2>/dev/null) && break
done
if [ -n "$shm" ]; then
	far=$shm/'другое место'/b
	trap 'chmod -R u+w "$shm"; rm -rf "$shm"; finish' EXIT
fi
copied -s a && copied -r "$far" || exit 99
find "$far" -type f -exec touch -d 2001-02-03T04:05:06 {} +

ok 'all is made in one place' here
# The clock shows another second.
sleep 1
ok 'and in another' there
# listed DIR: digest and name of every file, target of every link
listed() (
	cd "$1" && { find . -type f ! -path './.cop-l10n/*' -exec sha256sum {} +; find . -type l -printf '%l  %p\n'; } |
		LC_ALL=C sort -k 2
)
same() { # same DIR
	listed "a/$1" >one && listed "$far/$1" >two && [ -s one ] && diff one two
}
for dir in releases drafts zips site preview pseudo; do
	ok "$dir: equal to the byte" same $dir
done
for file in pack-ar.zip pack-zh-Hans.zip status.html sheet.html table.csv page.pot; do
	ok "$file: equal to the byte" cmp "a/$file" "$far/$file"
done
ok 'and nothing else differs' same .
ok 'a release has one manifest for each recipient' sh -c '
	test "$(find a/releases/1 -name manifest.xml | wc -l)" -gt 1'
# The test could not see it otherwise.
later() {
	copied -s later && (cd later && SOURCE_DATE_EPOCH=$((epoch + 1)) "$whole" build) &&
		listed later/releases >two && listed a/releases >one && ! cmp -s one two
}
ok 'a second later it is another release' later
nowhere() { # nowhere DIR: no file tells where it was made
	! grep -rlF -e "$work" -e "${shm:-$work}" "$1/releases" "$1/site" "$1/preview" "$1/status.html" "$1/sheet.html"
}
ok 'nothing says where it was made' nowhere a
ok 'nor does the other' nowhere "$far"
