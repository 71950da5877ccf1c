// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogs, read here a second time and in another way than the program reads
// them: what people are meant to see comes from here and not from its output.
import fs from 'node:fs';

// The entries of a .po or .pot: {id, source, text, fuzzy}.
export function readPo(file) {
	const entries = [];
	let entry = {}, field = null;
	const close = () => {
		if (entry.msgctxt !== undefined)
			entries.push({ id: entry.msgctxt, source: entry.msgid,
				text: entry.msgstr, fuzzy: Boolean(entry.fuzzy) });
		entry = {};
		field = null;
	};
	for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
		const start = /^(msgctxt|msgid|msgstr) (".*")$/.exec(line);
		if (start) {
			field = start[1];
			entry[field] = JSON.parse(start[2]);
		} else if (line.startsWith('"') && field) {
			entry[field] += JSON.parse(line);
		} else if (line === '') {
			close();
		} else if (/^#,.*\bfuzzy\b/.test(line)) {
			entry.fuzzy = true;
		}
	}
	close();
	return entries;
}

// id -> text, of one catalog folder in one language of the project.
export function readTexts(project, folder, language) {
	const own = language.tag === project.source;
	const file = own ? `${folder}.pot` : `${language.catalog}.po`;
	return new Map(readPo(`${project.dir}/po/${folder}/${file}`)
		.map(e => [e.id, own ? e.source : e.text]));
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
