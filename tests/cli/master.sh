# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by cases: puts a project into the current folder whose only form is
# written in one of the six languages, and is in order.
# usage: lang=ar; . "$top_srcdir/tests/cli/master.sh"    (ar en es fr ru zh)
# shellcheck disable=SC2154
case $lang in
zh) tag=zh-Hans catalog=zh_CN ;;
*) tag=$lang catalog=$lang ;;
esac
form=forms/form.xml
mkdir -p forms po/interface
cp "$top_srcdir/tests/cli/masters/$lang.xml" $form
cp "$top_srcdir/forms/interface.xml" forms/
[ "$lang" = en ] || cp "$top_srcdir/po/interface/$catalog.po" po/interface/
chmod -R u+w forms po
cat >consultation.xml <<END
<project xmlns="urn:cop-l10n:project:1" id="master" version="1" xml:lang="$tag">
  <title>COP</title>
  <languages><language tag="$tag" catalog="$catalog"/></languages>
  <interface src="forms/interface.xml"/>
  <form src="$form"/>
  <output kind="xml"/>
  <safeguarding email="care@example.org" role="Child protection officer"/>
  <recipient id="office" kind="office" languages="$tag" guardian-age="16">
    <name>ITU</name>
    <contact email="office@example.org"/>
    <pickup by="zip"/>
  </recipient>
</project>
END
