// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that the program writes for translators and the secretariat, made
// of the shipped consultation with a few faults in it.
import fs from 'node:fs';
import path from 'node:path';
import { copyProject, NOW } from './project.mjs';
import { run } from './tools.mjs';

const form = 'digital_skills';

// One entry of a catalog, changed by fn(text of the entry).
function change(file, id, fn) {
	const blocks = fs.readFileSync(file, 'utf8').split('\n\n');
	const i = blocks.findIndex(b => b.includes(`\nmsgctxt "${id}"\n`) || b.startsWith(`msgctxt "${id}"\n`));
	const now = i < 0 ? undefined : fn(blocks[i]);
	if (now === undefined || now === blocks[i])
		throw new Error(`nothing to change at ${id} in ${file}`);
	blocks[i] = now;
	fs.writeFileSync(file, blocks.join('\n\n'));
}
const translation = text => entry => entry.replace(/\nmsgstr [^]*/, `\nmsgstr "${text}"\n`).trimEnd();
const strings = entry => Array.from(entry.slice(entry.indexOf('\nmsgstr ')).matchAll(/"(.*)"/g), m => m[1]).join('');

// Every kind of entry that a page has something to say about: missing, fuzzy
// with an older source, an error, a character that nobody sees.
function seed(file) {
	change(file, 'about/title', translation(''));
	change(file, 'about/summary', entry => entry.replace('msgctxt',
		'#, fuzzy\n#| msgid "We want to know which skills you need."\nmsgctxt'));
	change(file, 'privacy/p3', entry => translation(`${strings(entry)} 2027.`)(entry));
	change(file, 'about/contact', entry => translation(strings(entry).replace('{office}', '\u00a0'))(entry));
}

// What a translator sends back: a text done, a tag lost, one whose source has
// changed meanwhile.
function answer(file) {
	const entries = fs.readFileSync(file, 'utf8');
	if (!entries.includes('X-COP-Pack'))
		throw new Error(`${file} is not of a pack`);
	change(file, 'privacy/p1', entry => translation(strings(entry).replace(/<\/?strong>/g, ''))(entry));
	change(file, 'start/title', entry => translation(`${strings(entry)} \u200f!`)(entry));
}

// The pages of one translator; English is the source of the consultation.
function pagesOf(dir, cop, tag, catalog) {
	const zip = `${dir}/out/${catalog}.zip`, folder = `${dir}/out/${catalog}`;
	cop('preview', tag, '--form', form, '-o', folder);
	cop('status', '--html', `${folder}/status.html`, '--html-language', catalog);
	if (catalog === 'en')
		return;
	cop('signoff', 'sheet', catalog, '--form', form, '-o', `${folder}/signoff.html`);
	cop('pack', catalog, '-o', zip, '--contact', 'texts@example.org');
	run('python3', ['-m', 'zipfile', '-e', zip, `${folder}/pack`]);
}

function findingsOf(dir, cop, catalog) {
	const back = `${dir}/out/${catalog}/pack/po/${form}.${catalog}.po`;
	answer(back);
	try {
		cop('import', back, '-o', `${dir}/out/${catalog}/findings.html`);
	} catch (error) {
		// 4: the checks found something, which is what is wanted here.
		if (error.status !== 4)
			throw error;
	}
}

function filesBelow(dir) {
	return fs.readdirSync(dir, { withFileTypes: true }).flatMap(f =>
		f.isDirectory() ? filesBelow(path.join(dir, f.name)) : [path.join(dir, f.name)]);
}

// Quick-start pages: the English ones are sources, the others are built.
function quickStart() {
	const at = [`${process.env.top_srcdir}/docs/quick-start`, `${process.env.top_builddir}/docs/quick-start`];
	const files = new Set(at.flatMap(dir => fs.readdirSync(dir).filter(f => f.endsWith('.html'))
		.map(f => fs.realpathSync(`${dir}/${f}`))));
	return Array.from(files, file => ({ file, name: `quick-start/${path.basename(file)}` }));
}

// All pages as [{file, name}]; name says whose and which.
export function makeDesk(dir, languages) {
	const words = path.resolve(process.env.top_builddir, 'po/cop-l10n/locale');
	const env = { ...process.env, COP_L10N_LOCALEDIR: words };
	const cop = (...args) => run(process.env.COP_L10N, [...args, `--now=${NOW}`], { cwd: dir, env });
	copyProject(dir);
	// One approval that stands, and one of a text that is changed below.
	const targets = languages.filter(l => l.catalog !== 'en');
	for (const { catalog } of targets) {
		cop('review', '--form', form, '--who', 'A reviewer', '--role', 'reviewer', catalog, 'approved',
			'privacy/p2', 'privacy/p3');
		seed(`${dir}/po/${form}/${catalog}.po`);
	}
	languages.forEach(({ tag, catalog }) => pagesOf(dir, cop, tag, catalog));
	const master = `${dir}/forms/${form}.xml`;
	const text = fs.readFileSync(master, 'utf8');
	fs.writeFileSync(master, text.replace(/(<section id="start"[^]*?<title>)[^<]*/, '$1What is this about?'));
	cop('update');
	targets.forEach(({ catalog }) => findingsOf(dir, cop, catalog));
	const made = filesBelow(`${dir}/out`).filter(f => f.endsWith('.html'))
		.map(file => ({ file, name: path.relative(`${dir}/out`, file) }));
	return [...made, ...quickStart()].sort((a, b) => a.name < b.name ? -1 : 1);
}
