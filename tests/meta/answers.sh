#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# answers.sh FOLDER: sixty answers to the shipped form on digital skills, as an
# office would have collected them, for what README.md and docs/ show.
set -eu
mkdir -p "$1/digital_skills"
i=0
while [ $i -lt 60 ]; do
	case $((i % 6)) in
	0 | 1) lang=ar age=10_12 ;;
	2) lang=ar age=16_17 ;;
	3) lang=zh-Hans age=13_15 ;;
	4) lang=ru age=16_17 ;;
	5) lang=ru age=13_15 ;;
	esac
	[ $i -ge 6 ] || age=18_24
	id=$(printf %032x "$i")
	name=$(printf %s "$id" | b2sum -l 128 | cut -c1-32)
	cat >"$1/digital_skills/$name.xml" <<-EOT
		<answer xmlns="urn:cop-l10n:answer:1" id="$id" form="digital_skills" version="1" release="1" lang="$lang" recipient="africa" hour="2027-01-09T12:00:00Z">
		<value question="age">$age</value>
		<value question="guardian_ok">yes</value>
		<value question="my_ok">yes</value>
		<value question="idea">$i</value>
		</answer>
	EOT
	i=$((i + 1))
done
