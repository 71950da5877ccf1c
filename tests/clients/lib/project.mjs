// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped consultation, copied, with a recipient that can send its
// answers, built into a release.
import fs from 'node:fs';
import { readTexts, fill, plain, norm } from './catalog.mjs';
import { readForm, parseXml } from './form.mjs';
import { addPlural } from './plural.mjs';
import { run } from './tools.mjs';

export const NOW = '2027-01-12T08:00:00Z';
export const recipient = 'example_partner';

const cop = (dir, ...args) => run(process.env.COP_L10N, [...args, `--now=${NOW}`], { cwd: dir });

// Without an address for responses the recipient gets forms for paper.
export function copyProject(dir, responses) {
	const from = process.env.top_srcdir;
	fs.mkdirSync(dir, { recursive: true });
	for (const what of ['consultation.xml', 'forms', 'po'])
		fs.cpSync(`${from}/${what}`, `${dir}/${what}`, { recursive: true });
	run('chmod', ['-R', 'u+w', dir]);
	const file = `${dir}/consultation.xml`;
	const text = fs.readFileSync(file, 'utf8');
	const start = text.indexOf(`<recipient id="${recipient}"`);
	const end = text.indexOf('</recipient>', start);
	let own = text.slice(start, end).replace(/\s*<responses[^>]*\/>/, '');
	if (responses)
		own = own.replace(/(<helpline[^>]*\/>(\s*<forms[^>]*\/>)?)/, `$1\n    <responses href="${responses}"/>`);
	if (own.includes('<responses') !== Boolean(responses))
		throw new Error(`no place for <responses> in ${recipient}`);
	fs.writeFileSync(file, text.slice(0, start) + own + text.slice(end));
	addPlural(dir);
	cop(dir, 'update');
}

// Builds what copyProject() made and tells what it is.
export function buildProject(dir, { withTexts = true, keygen = true, options = [] } = {}) {
	if (keygen)
		cop(dir, 'keygen');
	// The shipped consultation awaits review: its release is a draft.
	cop(dir, 'build', '--draft', ...options);
	const text = fs.readFileSync(`${dir}/consultation.xml`, 'utf8');
	const root = parseXml(text);
	const all = name => Array.from(root.getElementsByTagName(name));
	const to = all('recipient').find(r => r.getAttribute('id') === recipient);
	const project = { dir, source: root.getAttribute('xml:lang'),
		release: `${dir}/releases/1`, guardianAge: Number(to.getAttribute('guardian-age')),
		email: to.getElementsByTagName('contact')[0].getAttribute('email') };
	project.languages = all('language').map(l => ({ tag: l.getAttribute('tag'),
		catalog: l.getAttribute('catalog') || l.getAttribute('tag') }));
	project.forms = all('form').map(f => readForm(`${dir}/${f.getAttribute('src')}`));
	// The texts of another build than the shipped one are not read.
	project.pages = !withTexts ? [] : project.forms.flatMap(form => project.languages.map(language =>
		makePage(project, form, language)));
	return project;
}

// The form of a text that goes with its number.
function fitting(message, values) {
	if (message.count === undefined)
		return message.forms[0];
	if (values[message.count] === undefined)
		throw new Error(`no number {${message.count}} for: ${message.forms[0]}`);
	return message.form(Number(values[message.count]));
}

// One form in one language: its files, and its texts as the catalog has them.
function makePage(project, form, language) {
	const base = `${project.release}/${recipient}/${form.id}.${language.tag}`;
	const page = { form, language, lang: language.tag, html: `${base}.html`, xml: `${base}.xml`,
		path: `/${recipient}/${form.id}.${language.tag}.html`, title: `${form.id} ${language.tag}`,
		messages: readTexts(project, form.id, language),
		interface: readTexts(project, 'interface', language) };
	page.values = paramValues(project, page);
	page.text = id => {
		const message = page.messages.get(id);
		if (message === undefined)
			throw new Error(`no text ${id} in the catalog of ${page.title}`);
		return norm(fill(plain(fitting(message, page.values)), page.values));
	};
	page.words = (id, values = {}) => norm(fill(plain(fitting(page.interface.get(id), values)), values));
	return page;
}

const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// How a date is written in a language is not the catalog's affair: it is read
// from the localized form, and must name the day and year of the master.
function dateValue(page, name, other) {
	const day = /^(\d+)-\d+-(\d+)/.exec(page.form.dates[name]);
	const flat = norm(plain(fs.readFileSync(page.xml, 'utf8')));
	const names = m => Array.from(m.matchAll(/\{(\w+)\}/g), found => found[1]);
	const source = [...page.messages.values()].flatMap(m => m.forms).find(m => names(m).includes(name) &&
		names(m).every(n => n === name || n in other));
	if (!source || !day)
		return undefined;
	const pattern = norm(plain(source)).split(/(\{\w+\})/).map(part =>
		part === `{${name}}` ? '(.{4,40}?)' : escape(fill(part, other))).join('');
	const value = new RegExp(pattern).exec(flat)?.[1];
	if (!value || !value.includes(day[1]) || !value.includes(String(Number(day[2]))))
		throw new Error(`${page.title}: {${name}} is not the date of the form: ${value}`);
	return value;
}

function paramValues(project, page) {
	const names = readTexts(project, 'consultation', page.language);
	const values = { ...page.form.numbers, office: names.get(`${recipient}/name`).forms[0],
		contact: project.email, guardian_age: String(project.guardianAge) };
	for (const name of ['opens', 'closes', 'keep_until'])
		if (page.form.dates[name])
			values[name] = dateValue(page, name, values);
	return values;
}
