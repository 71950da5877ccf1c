// SPDX-License-Identifier: GPL-3.0-or-later
// A build in a language that nobody speaks: each letter of each message is
// replaced by one with an accent.  A plain letter on a page is then a text that
// no catalog can reach.
import fs from 'node:fs';
import { readPo, norm } from '../lib/catalog.mjs';
import { parseXml } from '../lib/form.mjs';
import { buildProject, copyProject, recipient } from '../lib/project.mjs';
import { unfold, withPage } from '../lib/browser.mjs';
import { report } from '../lib/tap.mjs';

// The language that makes way.
const tag = 'fr';

const letters = Object.fromEntries(Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', (c, i) =>
	[c, 'àƀćďéƒǵĥíĵķĺɱńóṕɋŕśťúṽẃẋýźÀƁĆĎÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼẂẊÝŹ'[i]]));

// Tags, placeholders and character references stay as they are.
const accented = text => text.replace(/<[^>]*>|\{\w+\}|&\w+;|[a-zA-Z]/g, part => letters[part] ?? part);

// An entry with each of its forms; this language has as many as the source.
function catalogEntry(e, change) {
	const quoted = (keyword, text) => `${keyword} ${JSON.stringify(text)}\n`;
	return (e.sources.some(text => /\{\w+\}/.test(text)) ? '#, python-brace-format\n' : '') +
		quoted('msgctxt', e.id) +
		e.sources.map((text, i) => quoted(i ? 'msgid_plural' : 'msgid', text)).join('') +
		e.sources.map((text, i) => quoted(e.sources.length > 1 ? `msgstr[${i}]` : 'msgstr', change(text))).join('');
}

// spared: the id of a message whose first word is left as it is.
function writeCatalogs(dir, spared) {
	const folders = fs.readdirSync(`${dir}/po`).filter(f => fs.existsSync(`${dir}/po/${f}/${tag}.po`));
	for (const folder of folders) {
		const header = `msgid ""\nmsgstr "Language: ${tag}\\nMIME-Version: 1.0\\n` +
			'Content-Type: text/plain; charset=UTF-8\\nContent-Transfer-Encoding: 8bit\\n' +
			'Plural-Forms: nplurals=2; plural=n > 1;\\n"\n';
		const { entries } = readPo(`${dir}/po/${folder}/${folder}.pot`);
		const texts = entries.map(e => catalogEntry(e, text =>
			e.id === spared ? text.replace(/ .*/s, accented) : accented(text)));
		fs.writeFileSync(`${dir}/po/${folder}/${tag}.po`, [header, ...texts].join('\n'));
	}
}

// What is no text of a catalog: addresses, names of languages, months.
function known(project) {
	const months = Array.from({ length: 12 }, (_, i) =>
		new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2027, i))));
	const names = [...project.languages.map(l => l.tag), tag].map(t => new Intl.DisplayNames([t], { type: 'language' }).of(t.split('-')[0]));
	return [project.email, 'SHA256SUMS', ...months, ...names,
		...names.map(n => n.charAt(0).toUpperCase() + n.slice(1))].map(norm);
}

// Lines with a plain letter in them, once what is known is taken away.
function plainLines(lines, allowed) {
	return lines.map(norm).filter(line => {
		const rest = allowed.reduce((text, word) => text.replaceAll(word, ''), line)
			.replace(/https?:\S+/g, '');
		return /[a-zA-Z]/.test(rest);
	});
}

async function pageLines(browser, file) {
	return withPage(browser, {}, async page => {
		await page.goto(`file://${file}`);
		await unfold(page);
		return page.evaluate(lang => {
			const own = e => e.closest('[lang]')?.lang === lang;
			const lines = own(document.documentElement) ? [document.title] : [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let node; (node = walk.nextNode());)
				if (own(node.parentElement))
					lines.push(node.data);
			for (const e of document.querySelectorAll('*'))
				if (own(e))
					for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'label'])
						if (e.getAttribute(name))
							lines.push(e.getAttribute(name));
			return lines;
		}, tag);
	});
}

// The text of elements only: attributes hold notes for translators.
function xmlLines(file) {
	const lines = [];
	const walk = node => {
		if (node.nodeType === 3)
			lines.push(node.data);
		Array.from(node.childNodes ?? []).forEach(walk);
	};
	walk(parseXml(fs.readFileSync(file, 'utf8')));
	return lines;
}

function odkLines(file) {
	const xform = fs.readFileSync(file, 'utf8');
	const block = xform.match(/<translation [^]*?<\/translation>/g)?.find(t => t.slice(0, 80).includes(`(${tag})`));
	return block ? Array.from(block.matchAll(/<value[^>]*>([^<]*)<\/value>/g), m =>
		m[1].replace(/\]\([^)]*\)/g, ']')) : ['no translation in this language'];
}

// Accents make a letter in a text message twice as long: a short address leaves
// room for the title.
function shortAddresses(dir) {
	const file = `${dir}/consultation.xml`;
	fs.writeFileSync(file, fs.readFileSync(file, 'utf8')
		.replace(/<forms href="[^"]*"/g, '<forms href="https://c.example/a"'));
}

function build(dir, server, spared) {
	copyProject(dir, `${server.url}/answers`);
	shortAddresses(dir);
	writeCatalogs(dir, spared);
	return buildProject(dir, { withTexts: false });
}

export async function pseudo({ browser, work, server }) {
	const project = build(`${work}/pseudo`, server);
	const allowed = known(project);
	const look = (title, lines, least) => {
		const problems = plainLines(lines, allowed);
		if (lines.filter(l => /[àéíóú]/.test(l)).length < least)
			problems.push('there is next to no text in it');
		report(`pseudo - ${title}`, problems);
	};
	const folder = `${project.release}/${recipient}`;
	for (const form of project.forms) {
		const base = `${folder}/${form.id}`;
		look(`${form.id}, page`, await pageLines(browser, `${base}.${tag}.html`), 50);
		look(`${form.id}, localized form`, xmlLines(`${base}.${tag}.xml`), 50);
		look(`${form.id}, ODK form`, odkLines(`${base}.odk.xml`), 50);
	}
	look('index', await pageLines(browser, `${folder}/index.html`), 2);
	const spared = project.forms[0].items.find(q => q.hint).id;
	const faulty = build(`${work}/spared`, server, `${spared}/hint`);
	const lines = await pageLines(browser, `${faulty.release}/${recipient}/${project.forms[0].id}.${tag}.html`);
	report('pseudo - a text in the source language is noticed',
		plainLines(lines, allowed).length === 1 ? [] : plainLines(lines, allowed).concat('not exactly one line'));
}
