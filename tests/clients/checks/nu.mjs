// SPDX-License-Identifier: GPL-3.0-or-later
// The Nu HTML checker: no error and no warning on any page; and its guess of
// the language.  It skips what stands inside a form, and wants a good kilobyte
// of text: so the words of each form are given to it as a plain page.
import fs from 'node:fs';
import path from 'node:path';
import { norm, plain } from '../lib/catalog.mjs';
import { recipient } from '../lib/project.mjs';
import { folder } from '../lib/tools.mjs';
import { report } from '../lib/tap.mjs';
import { spawnSync } from 'node:child_process';

// What the checker says of some files.
export function check(files) {
	const jar = `${folder}/node_modules/vnu-jar/build/dist/vnu.jar`;
	const ran = spawnSync('java', ['-jar', jar, '--also-check-css', '--Werror', '--stdout',
		'--format', 'json', '--exit-zero-always', ...files],
	{ encoding: 'utf8', timeout: 120000, maxBuffer: 64 << 20 });
	if (ran.error || ran.status !== 0)
		throw new Error(`vnu: ${ran.error ?? ran.stderr.slice(0, 500)}`);
	return JSON.parse(ran.stdout).messages;
}

export const say = m => `${m.lastLine ?? ''}:${m.lastColumn ?? ''} ${m.type}: ${m.message} ${m.extract ?? ''}`;

export function htmlFiles(project) {
	const own = `${project.release}/${recipient}`;
	return [project.release, own].flatMap(dir => fs.readdirSync(dir)
		.filter(f => f.endsWith('.html')).sort().map(f => path.join(dir, f)));
}

export async function nu({ project, work }) {
	const files = htmlFiles(project);
	const faulty = `${work}/faulty.html`;
	fs.writeFileSync(faulty, fs.readFileSync(files[0], 'utf8').replace('</h1>', '</h2>'));
	const messages = check([...files, faulty]);
	for (const file of files)
		report(`nu - ${path.relative(project.release, file)}`,
			messages.filter(m => m.url === `file:${file}`).map(say));
	report('nu - sees a page with a fault', messages.some(m => m.url === `file:${faulty}`) ? [] : ['nothing was said']);
	const strange = messages.filter(m => ![...files, faulty].some(f => m.url === `file:${f}`));
	report('nu - the checker itself', strange.map(say));
}

const direction = lang => lang === 'ar' ? 'rtl' : 'ltr';

function plainPage(page, lang) {
	const words = [...page.messages.values(), ...page.interface.values()]
		.flatMap(m => m.forms).map(m => norm(plain(m)).replace(/[{}&<>]/g, ' ')).filter(m => m.length > 8);
	return `<!DOCTYPE html>\n<html lang="${lang}" dir="${direction(lang)}">\n<head>` +
		`<meta charset="utf-8"><title>${lang}</title></head>\n<body>\n` +
		words.map(w => `<p>${w}</p>`).join('\n') + '\n</body>\n</html>\n';
}

// Each page under its own name, and once under a wrong one: the checker must
// see the difference, or its silence means nothing.
export async function language({ project, work }) {
	const cases = project.pages.flatMap(page => {
		const wrong = page.lang === 'fr' ? 'es' : 'fr';
		return [[page, page.lang], [page, wrong]].map(([p, lang], i) => {
			const file = `${work}/words-${p.form.id}-${p.lang}-${i}.html`;
			fs.writeFileSync(file, plainPage(p, lang));
			return { page: p, file, right: i === 0 };
		});
	});
	const messages = check(cases.map(c => c.file));
	for (const page of project.pages) {
		const of = right => {
			const { file } = cases.find(c => c.page === page && c.right === right);
			return messages.filter(m => m.url === `file:${file}` && /appears to be written in|lang=/.test(m.message));
		};
		const problems = of(true).map(m => m.message);
		if (of(false).length === 0)
			problems.push('the checker says nothing about a wrong language either');
		report(`language - ${page.title}`, problems);
	}
}
