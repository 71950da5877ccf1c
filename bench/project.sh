#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# project.sh SRCDIR BENCH QUESTIONS FOLDER: writes a project into a new FOLDER,
# with the shipped interface and its catalogs.  It has no key yet.
set -eu
outputs='xml html odk'
mkdir -p "$4/forms" "$4/po" "$4/keys"
cp "$1/forms/interface.xml" "$4/forms"
cp -R "$1/po/interface" "$4/po"
chmod -R u+w "$4"
# shellcheck disable=SC2086
exec "$2/gen_project" "$1/bench/phrases.txt" "$3" "$4" $outputs
