// SPDX-License-Identifier: GPL-3.0-or-later
// A text that goes with a number, put into a copy of the shipped form: for 3
// Arabic has a form of its own, Russian its second, Chinese its only one.
import fs from 'node:fs';

const form = 'digital_skills', id = 'start/intro/p4';
const texts = {
	en: ['The form takes {minutes} minute.', 'The form takes {minutes} minutes.'],
	ar: ['لا يستغرق هذا الاستبيان أي دقيقة.', 'يستغرق هذا الاستبيان دقيقة واحدة.',
		'يستغرق هذا الاستبيان دقيقتين.', 'يستغرق هذا الاستبيان {minutes} دقائق.',
		'يستغرق هذا الاستبيان {minutes} دقيقة.', 'يستغرق هذا الاستبيان {minutes} دقيقة.'],
	zh_CN: ['填写本表需要{minutes}分钟。'],
	fr: ['Le formulaire prend {minutes} minute.', 'Le formulaire prend {minutes} minutes.'],
	ru: ['Анкета займет {minutes} минуту.', 'Анкета займет {minutes} минуты.', 'Анкета займет {minutes} минут.'],
	es: ['El formulario lleva {minutes} minuto.', 'El formulario lleva {minutes} minutos.'],
};

function put(file, before, what) {
	const text = fs.readFileSync(file, 'utf8');
	if (!text.includes(before))
		throw new Error(`no place for a plural text in ${file}`);
	fs.writeFileSync(file, text.replace(before, () => what + before));
}

// Into the form and the catalogs of a project; `cop-l10n update` does the rest.
export function addPlural(dir) {
	const master = `${dir}/forms/${form}.xml`;
	put(master, '    <link id="helplines"', '    <param name="minutes" type="number" value="3" example="3"/>\n');
	put(master, '    </intro>', `      <p count="minutes">${texts.en.map(t => `<form>${t}</form>`).join('')}</p>\n`);
	for (const catalog of Object.keys(texts).filter(name => name !== 'en'))
		fs.appendFileSync(`${dir}/po/${form}/${catalog}.po`, '\n#, python-brace-format\n' +
			`msgctxt "${id}"\nmsgid "${texts.en[0]}"\nmsgid_plural "${texts.en[1]}"\n` +
			texts[catalog].map((t, i) => `msgstr[${i}] "${t}"\n`).join(''));
}
