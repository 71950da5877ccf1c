#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# ci/release makes a release when nothing is in the way, and refuses when
# anything is: shown in a small tree with a history of its own, whose configure
# and make do at once what those of this tree take long for.
. "${top_srcdir:?}/tests/e2e/lib.sh"
script=$top_srcdir/ci/release
needs git sha256sum
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
GIT_AUTHOR_NAME=Nobody GIT_AUTHOR_EMAIL=nobody@example.org
GIT_COMMITTER_NAME=Nobody GIT_COMMITTER_EMAIL=nobody@example.org
AUTORECONF=true JOBS=1 MAKE=make
export GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL \
	GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL AUTORECONF JOBS MAKE
unset MAKEFLAGS MFLAGS MAKELEVEL

# ---- the small tree ----
mkdir -p tree/ci tree/src tree/tests/meta tree/debian made && cd tree || exit 99
cp "$script" "$top_srcdir/ci/maps.sh" ci/ && chmod +x ci/release
cp "$top_srcdir/tests/meta/released-maps" tests/meta/
echo 'AC_INIT([cop-l10n], [1.0.0], [https://example.org/issues])' >configure.ac
printf '%s\n' 'cop-l10n (1.0.0-1) unstable; urgency=medium' '' '  * First.' >debian/changelog
printf '%s\n' 'cop-l10n 1.0.0 (2027-01-11)' '---------------------------' '' '  Forms  the first' >NEWS
cat >src/local.mk <<'EOF'
libcopl10n_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined -version-info 0:0:0 \
	-Wl,--version-script=x
libcopl10n_net_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined \
	-version-info 0:0:0
EOF
printf '%s\n' 'COPL10N_1.0 {' global: '	copl_build;' '	copl_check;' local: '	*;' '};' '' \
	'COPL10N_PRIVATE {' global: '	copl_inside;' '};' >src/libcopl10n.map
printf '%s\n' 'COPL10N_NET_1.0 {' global: '	copl_push;' '};' >src/libcopl10n-net.map
echo 'int x;' >src/x.c
# configure writes what make does; files named broken-* make a step fail.
cat >configure <<'EOF'
#!/bin/sh
top=$(cd "$(dirname "$0")" && pwd)
cat >Makefile <<END
distcheck:
	test ! -e $top/broken-distcheck
	git -C $top archive --prefix=t/ HEAD | xz >cop-l10n-\$\$(sed -n 's/.*, \[\([0-9.]*\)\].*/\1/p' $top/configure.ac).tar.xz
check:
	test ! -e $top/broken-symbols
END
EOF
printf '#!/bin/sh\n[ ! -e "$(dirname "$0")/../broken-dist" ] && [ -s "$1" ]\n' >ci/dist
chmod +x configure ci/dist
ci/release --pin >/dev/null || exit 99
git init -q -b main . && git add -A && git commit -qm 'first' || exit 99

release() {
	ci/release --output "$work/made" "$@"
}
# refused TITLE PATTERN ARG...: status 4, a line with these words, nothing
# written, no tag made
refused() {
	title=$1 pattern=$2
	shift 2
	tags=$(git tag)
	n=$((n + 1))
	release "$@" >"$work/said" 2>&1
	got=$?
	if [ $got = 4 ] && grep -q "$pattern" "$work/said" && [ "$(git tag)" = "$tags" ] &&
		[ -z "$(find "$work/made" -type f ! -name '*1.0.0*')" ]; then
		echo "ok $n - $title"
	else
		echo "# exit $got"
		sed 's/^/# /' "$work/said"
		echo "not ok $n - $title"
	fi
}
# change COMMAND...: committed; back: gone again
change() {
	"$@" && git add -A && git commit -qm 'change' || exit 99
}
back() {
	git reset -q --hard HEAD~1 && git clean -qfdx || exit 99
}
usage() {
	release "$@" >/dev/null 2>&1
	[ $? = 2 ]
}
ok 'a version is asked for' usage
ok 'and has three numbers' usage 1.0
ok 'an unknown option is not overheard' usage --dry 1.0.0

# ---- what stands in the way ----
refused 'a version that configure.ac does not have' 'configure.ac says version 1.0.0, not 1.0.1' 1.0.1
refused 'nor NEWS' 'NEWS has no entry "cop-l10n 1.0.1 (YYYY-MM-DD)"' 1.0.1
refused 'nor debian/changelog' 'debian/changelog begins with version 1.0.0' 1.0.1
ok 'all of it is told at once' grep -q '3 in the way of 1.0.1' "$work/said"
change sed -i '1s/(.*)/(not released)/' NEWS
refused 'an entry without its day' 'NEWS says "cop-l10n 1.0.0 (not released)": write the day' 1.0.0
back
change sed -i '/Forms/d' NEWS
refused 'an empty entry' 'NEWS has nothing to say about 1.0.0' 1.0.0
back
change sed -i '1i cop-l10n 1.1.0 (not released)\n' NEWS
refused 'an entry that is not the first' 'the first entry of NEWS is not the one of 1.0.0' 1.0.0
back
change sed -i '1s/unstable/UNRELEASED/' debian/changelog
refused 'a package that is not to be released' 'debian/changelog says UNRELEASED' 1.0.0
back
echo 'int y;' >>src/x.c
refused 'a change that is not committed' 'files are changed or unknown to git' 1.0.0
git checkout -q src/x.c
echo >note
refused 'a file that git does not know' 'files are changed or unknown to git' 1.0.0
rm note
git tag v1.0.0
refused 'a tag that exists' 'the tag v1.0.0 exists already' 1.0.0
git tag -d v1.0.0 >/dev/null
change sed -i 's/copl_check/copl_proof/' src/libcopl10n.map
refused 'a node that is not pinned as it is' \
	'copl_check of COPL10N_1.0, copl_proof of COPL10N_1.0: not in tests/meta/released-maps as in the maps' 1.0.0
back
change touch broken-distcheck
refused 'make distcheck that fails' 'make distcheck fails' 1.0.0
back
change touch broken-symbols
refused 'symbols that are not right' 'tests/meta/symbols.sh fails' 1.0.0
back
change touch broken-dist
refused 'a tarball that is not the same for everybody' 'ci/dist: .* fails' 1.0.0
back
refused 'a key that is not there' 'cannot read the key' --key "$work/no.key" 1.0.0
refused 'a folder that is not there' 'nowhere is not a folder' --output "$work/nowhere" 1.0.0

# ---- nothing does ----
dry() {
	release --dry-run 1.0.0 >"$work/dry" && [ -z "$(ls ../made)" ] && [ -z "$(git tag)" ]
}
ok 'a dry run looks at everything and writes nothing' dry
ok 'and says what would be written' sh -c 'grep -q "made/cop-l10n-1.0.0.tar.xz.sha256" "$0" && grep -q "tag v1.0.0" "$0"' "$work/dry"
key=
if command -v minisign >/dev/null; then
	minisign -G -W -p "$work/release.pub" -s "$work/release.key" >/dev/null 2>&1 || exit 99
	key=$work/release.key
fi
ok 'a release is made' release ${key:+--key "$key"} 1.0.0
cd "$work/made" || exit 99
ok 'its digest is right' sha256sum -c cop-l10n-1.0.0.tar.xz.sha256
if [ -n "$key" ]; then
	ok 'so is its signature' minisign -V -p "$work/release.pub" -m cop-l10n-1.0.0.tar.xz
else
	left_out 'minisign is not installed'
fi
ok 'it is what was committed' sh -c 'xz -dc cop-l10n-1.0.0.tar.xz | tar -tf - | grep -qx t/NEWS'
ok 'nothing else is left there' test "$(find . -type f ! -name 'cop-l10n-1.0.0.tar.xz*')" = ''
cd "$work/tree" || exit 99
ok 'the commit has its tag' test "$(git rev-parse 'v1.0.0^{commit}')" = "$(git rev-parse HEAD)"
refused 'the same release is not made twice' 'tar.xz is there already' 1.0.0

# ---- the next one: -version-info ----
next() { # next: all that the version asks for
	sed -i 's/1\.0\.0/1.0.1/' configure.ac &&
		sed -i '1s/1\.0\.0/1.0.1/' debian/changelog &&
		sed -i '1i cop-l10n 1.0.1 (2027-02-01)\n---------------------------\n\n  Forms  better\n' NEWS
}
change next
ok 'a release without a change of the libraries' release --dry-run 1.0.1
change sed -i 's/x/y/' src/x.c
refused 'code changed: R+1' 'since v1.0.0 code changed, so -version-info is 0:1:0, not 0:0:0' 1.0.1
change sed -i 's/0:0:0/0:1:0/' src/local.mk
ok 'which is enough' release --dry-run 1.0.1
added() {
	printf '%s\n' 'COPL10N_1.1 {' global: '	copl_more;' '} COPL10N_1.0;' >>src/libcopl10n.map &&
		ci/release --pin >/dev/null
}
change added
refused 'a function was added: C+1, 0, A+1' 'libcopl10n: since v1.0.0 functions were added, so -version-info is 1:0:1' 1.0.1
change sed -i '1s/0:1:0/1:0:1/' src/local.mk
ok 'and its new node is pinned' release --dry-run 1.0.1
removed() {
	sed -i '/copl_check/d' src/libcopl10n.map
}
change removed
refused 'a function was removed: C+1, 0, 0' 'functions were removed, so -version-info is 1:0:0, not 1:0:1' 1.0.1
ok 'and whose programs would not start is told' grep -q 'since v1.0.0 copl_check is gone from COPL10N_1.0' "$work/said"
pin_refused() { # pin_refused WORDS: nothing is written
	ci/release --pin 2>"$work/said"
	[ $? = 4 ] && grep -q "$1" "$work/said" && [ -z "$(git status --porcelain)" ]
}
ok 'it is not pinned away' pin_refused 'since v1.0.0 copl_check is gone from COPL10N_1.0 of src/libcopl10n.map'
back
change sed -i 's/copl_check;/&\n\tcopl_late;/' src/libcopl10n.map
ok 'nor does a released node get one more' pin_refused 'copl_late is new in COPL10N_1.0'
back
change removed
change sed -i '1s/1:0:1/1:0:0/' src/local.mk
change ci/release --pin >/dev/null
ok 'a library with a new name begins anew' release --dry-run 1.0.1
