#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program of docs/api.md is the one in examples/, it sees only public
# headers, and it prints what the document says; also when it is built as its
# reader would build it, with what pkg-config says of libcopl10n.
. "${top_srcdir:?}/tests/e2e/lib.sh"
source=$top_srcdir/examples/localize.c
build=$(cd "${top_builddir:?}" && pwd)

block() { # block LANGUAGE: the first block of that kind in docs/api.md
	awk -v open="\`\`\`$1" '
	on && /^```$/ { exit }
	on
	$0 == open { on = 1 }' "$top_srcdir/docs/api.md"
}
prints() { # prints PROGRAM: what the document says, and nothing else
	"$1" >got 2>err && [ ! -s err ] && diff -u want got
}
# The .pc file of the build folder, with the places where things are now.
flags() {
	PKG_CONFIG_PATH=$build/src pkg-config --define-variable=libdir="$build/.libs" \
		--define-variable=includedir="$top_srcdir/src/include" "$@" libcopl10n
}
as_a_user() {
	# shellcheck disable=SC2046
	${CC:-cc} $(flags --cflags) "$source" -o program $(flags --libs) &&
		LD_LIBRARY_PATH=$build/.libs prints ./program
}

block c >source.c
block text >want
ok 'docs/api.md shows examples/localize.c' diff -u "$source" source.c
ok 'it includes public headers only' sh -c \
	'! grep "^#include" "$0" | grep -vE "<(stdio|string|copl10n).h>"' "$source"
ok 'it prints what docs/api.md says' prints "$build/examples/localize"
if [ -e "$build/.libs/libcopl10n.so" ] && command -v pkg-config >/dev/null; then
	ok 'it can be built with pkg-config' as_a_user
else
	n=$((n + 1))
	echo "ok $n - it can be built with pkg-config # SKIP no shared library"
fi
