# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by cases: puts the small test project into the current folder.
# usage: [project=project-fr;] . "$top_srcdir/tests/cli/project.sh"
from=$top_srcdir/tests/${project:-project}
cp -R "$from/." . && chmod -R u+w .
cp "$top_srcdir/forms/interface.xml" forms/
mkdir -p po/interface
for po in "$top_srcdir"/po/interface/*.po; do
	cp "$po" po/interface/
done
chmod -R u+w forms po
form=forms/mini.xml
