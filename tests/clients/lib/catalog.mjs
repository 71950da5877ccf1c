// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogs, read here a second time and in another way than the program reads
// them: what people are meant to see comes from here and not from its output.
import fs from 'node:fs';

// Which form a number takes, as a Plural-Forms line says it in C.
export function pluralRule(line) {
	const rule = /^nplurals=(\d+); *plural=([-n\d\s%=!<>&|?:()]+);$/.exec(line.trim());
	if (!rule)
		throw new Error(`strange Plural-Forms: ${line}`);
	const form = new Function('n', `return Number(${rule[2]})`);
	return { count: Number(rule[1]), form };
}

// Of the language that the masters are written in.
const sourceRule = 'nplurals=2; plural=n != 1;';

const header = text => /^Plural-Forms: *(.*)$/m.exec(text)?.[1];

// What a quoted line of a catalog belongs to.
const keyword = /^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) (".*")$/;

// The entries of a .po or .pot: {id, sources, texts, count, fuzzy}, and the
// rule of the language.  A text that goes with a number has several of both,
// and count is the name of the number; any other has one.
export function readPo(file) {
	const entries = [];
	let rule, entry = {}, field = null;
	const close = () => {
		const forms = Object.keys(entry).filter(name => name.startsWith('msgstr')).sort();
		if (entry.msgctxt !== undefined)
			entries.push({ id: entry.msgctxt, texts: forms.map(name => entry[name]),
				sources: [entry.msgid, entry.msgid_plural].filter(t => t !== undefined),
				count: entry.count, fuzzy: Boolean(entry.fuzzy) });
		else if (entry.msgid === '')
			rule = header(entry.msgstr);
		entry = {};
		field = null;
	};
	for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
		const start = keyword.exec(line);
		if (start) {
			field = start[1];
			entry[field] = JSON.parse(start[2]);
		} else if (line.startsWith('"') && field) {
			entry[field] += JSON.parse(line);
		} else if (line === '') {
			close();
		} else if (/^#,.*\bfuzzy\b/.test(line)) {
			entry.fuzzy = true;
		} else if (line.startsWith('#. One text for each form of ')) {
			entry.count = /\{(\w+)\}/.exec(line)[1];
		}
	}
	close();
	return { entries, rule };
}

// id -> {forms, count, form(n)} of one catalog folder in one language of the
// project; form(n) is the text that goes with n, or the only one.
export function readTexts(project, folder, language) {
	const own = language.tag === project.source;
	const file = own ? `${folder}.pot` : `${language.catalog}.po`;
	const { entries, rule } = readPo(`${project.dir}/po/${folder}/${file}`);
	const plural = pluralRule(own ? sourceRule : rule);
	return new Map(entries.map(e => {
		const forms = own ? e.sources : e.texts;
		if (forms.length !== (e.sources.length > 1 ? plural.count : 1))
			throw new Error(`${folder}/${file}: ${e.id} has ${forms.length} forms`);
		return [e.id, { forms, count: e.count, form: n => forms[e.sources.length > 1 ? plural.form(n) : 0] }];
	}));
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

// The words of a message: without tags, entities read.
export function plain(text) {
	return text.replace(/<[^>]*>/g, '')
		.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);
}

// {name} becomes its value; {{ and }} are braces.
export function fill(text, values) {
	return text.replace(/\{\{|\}\}|\{(\w+)\}/g, (all, name) => {
		if (name === undefined)
			return all[0];
		if (values[name] === undefined)
			throw new Error(`no value for ${all} in: ${text}`);
		return values[name];
	});
}

// What makes no difference to a reader: isolates, kinds of blanks.
export function norm(text) {
	return text.replace(/[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
}
