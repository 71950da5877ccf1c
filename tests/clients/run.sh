#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The forms in real clients: `make check-clients` runs this.  What it needs from
# npm is installed into the build folder; what it needs from the system is
# installed by `./bootstrap check`.  CLIENTS="axe pdf" runs some of them.
# TAP on standard output; main.mjs has the list.
set -u
: "${top_srcdir:?}" "${top_builddir:?}" "${COP_L10N:?}"
here=$(cd "$top_srcdir/tests/clients" && pwd)
CLIENTS_TOOLS=$top_builddir/clients-tools
NODE_MIN=20
NODE_VERSION=20.20.2 # where the system's own is older
log=$CLIENTS_TOOLS/install.log

plain() { # plain SENTENCE: the only result, when there is nothing to run with
	if [ -n "${CI:-}" ]; then
		echo "not ok 1 - clients cannot be installed: $1"
	else
		echo "ok 1 - clients # SKIP cannot be installed: $1"
	fi
	echo 1..1
	exit 0
}
major() { # major NODE: the first number of its version
	"$1" --version 2>/dev/null | sed 's/^v//; s/\..*//'
}
npm_install() { # npm_install ARG...: bounded, and with nothing run afterwards
	timeout -k 10 400 npm "$@" --ignore-scripts --no-audit --no-fund \
		--fetch-retries=2 --fetch-timeout=60000 >>"$log" 2>&1
}
# The pinned packages, again only when their list has changed.
install_tools() {
	cmp -s "$here/package-lock.json" "$CLIENTS_TOOLS/installed" && return 0
	rm -f "$CLIENTS_TOOLS/installed"
	cp "$here/package.json" "$here/package-lock.json" "$CLIENTS_TOOLS" || return 1
	(cd "$CLIENTS_TOOLS" && npm_install ci) &&
		cp "$here/package-lock.json" "$CLIENTS_TOOLS/installed"
}
# Debian 12 has Node.js 18: enough for npm, which brings a newer one.
find_node() {
	node=$(command -v node || command -v nodejs) || return 1
	[ "$(major "$node")" -lt $NODE_MIN ] || return 0
	case $(uname -m) in
	x86_64) arch=x64 ;;
	aarch64) arch=arm64 ;;
	*) return 1 ;;
	esac
	node=$CLIENTS_TOOLS/node/node_modules/node-linux-$arch/bin/node
	[ "$("$node" --version 2>/dev/null)" != "v$NODE_VERSION" ] || return 0
	mkdir -p "$CLIENTS_TOOLS/node" &&
		npm_install install --prefix "$CLIENTS_TOOLS/node" "node-linux-$arch@$NODE_VERSION" &&
		[ "$(major "$node")" -ge $NODE_MIN ]
}
first_of() { # first_of PROGRAM...: where the first that is here lies
	for program in "$@"; do
		command -v "$program" && return 0
	done
	return 1
}

mkdir -p "$CLIENTS_TOOLS" || exit 99
CLIENTS_TOOLS=$(cd "$CLIENTS_TOOLS" && pwd)
log=$CLIENTS_TOOLS/install.log
: >"$log"
command -v npm >/dev/null || plain 'npm is missing'
find_node || plain "Node.js $NODE_MIN or newer is missing"
CLIENTS_MISSING=
start=$(date +%s)
install_tools || CLIENTS_MISSING="npm failed: $(grep -m 1 -E 'npm (ERR!|error)' "$log")"
echo "# npm: $(($(date +%s) - start)) s"
CLIENTS_CHROMIUM=$(first_of chromium chromium-browser google-chrome)
CLIENTS_JAVA=$(first_of java)
CLIENTS_PDF=$(first_of pdftotext)
export CLIENTS_TOOLS CLIENTS_MISSING CLIENTS_CHROMIUM CLIENTS_JAVA CLIENTS_PDF
# Programs started by hand must not answer in the language of the machine.
unset LANGUAGE
timeout -k 20 1800 "$node" "$here/main.mjs"
rc=$?
[ $rc -le 1 ] && exit 0
echo "# the clients ended with status $rc"
exit 99
