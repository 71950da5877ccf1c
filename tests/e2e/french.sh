#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A master form in French: English is a translation like any other.
. "${top_srcdir:?}/tests/e2e/lib.sh"
mkdir p && cd p || exit 99
project=project-fr
. "$top_srcdir/tests/cli/project.sh"

ok 'the project is in order' cop check
ok 'French needs no catalog of the form' test ! -e po/idees/fr.po
cop keygen keys/release >/dev/null
approve || exit 99
ok 'three languages are built' cop build
ok 'French is the master'"'"'s own text' sh -c '
	grep -q "Qu’est-ce qui devrait changer en ligne" releases/1/bureau/idees.fr.html &&
	grep -q "jusqu’au 31 mars 2027" releases/1/bureau/idees.fr.xml'
ok 'French is identical to its master but for parameters and what a recipient needs' sh -c '
	sed "s/{closes}/31 mars 2027/; s/<consultation /<consultation dir=\"ltr\" recipient=\"bureau\" /" forms/idees.xml |
		cmp - releases/1/bureau/idees.fr.xml'
ok 'English is a translation' sh -c '
	grep -q "What should change online" releases/1/bureau/idees.en.html &&
	grep -q "xml:lang=\"en\"" releases/1/bureau/idees.en.xml'
ok 'Arabic is a translation of French' grep -q 'يمكن الإجابة حتى <bdi>31 مارس 2027' releases/1/bureau/idees.ar.html
ok 'without English nothing is built' sh -c '
	rm po/idees/en.po
	"$COP_L10N" build --now='"$NOW"'; test $? = 4 && test ! -e releases/2'
