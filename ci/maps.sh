# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by what reads the version scripts of the libraries.

nodes() { # nodes MAP: names that people may link against
	sed -n 's/^\([A-Z0-9_.]*\) {$/\1/p' "$1" | grep -v '_PRIVATE$'
}
node_text() { # node_text NODE <MAP
	awk -v node="$1" '$1 == node && $2 == "{" { on = 1 } on { print } on && /^}/ { exit }'
}
node_sum() { # node_sum NODE <MAP: what released-maps notes of it
	node_text "$1" | sha256sum | cut -d' ' -f1
}
functions() { # functions <MAP: of all nodes but the private one
	awk '/^[A-Z0-9_.]+ [{]$/ { on = $1 !~ /_PRIVATE$/ }
	on && /^\t[a-z0-9_]+;$/ { gsub(/[\t;]/, ""); print }' | sort
}
