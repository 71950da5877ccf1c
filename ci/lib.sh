# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by scripts of this folder that say what they found, one line each.
rc=0

verdict() { # verdict STATUS WHAT
	[ "$1" = 0 ] && echo "ok - $2" || { echo "not ok - $2"; rc=1; }
}

# copy_sources FROM TO: files that git has or would take; in a tarball all
copy_sources() {
	mkdir -p "$2"
	if [ -e "$1/.git" ]; then
		(cd "$1" && git ls-files -z --cached --others --exclude-standard |
			xargs -0 sh -c 'for f; do [ ! -e "$f" ] && [ ! -L "$f" ] || printf "%s\0" "$f"; done' - |
			tar -cf - --null -T -) | tar -C "$2" -xf -
	else
		(cd "$1" && tar -cf - --exclude=./_build .) | tar -C "$2" -xf -
	fi
}
