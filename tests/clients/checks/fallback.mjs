// SPDX-License-Identifier: GPL-3.0-or-later
// A build in which some texts have no translation: each stands in the page in
// the language of the master and says so, to programs and to people.
import fs from 'node:fs';
import { norm } from '../lib/catalog.mjs';
import { buildProject, copyProject } from '../lib/project.mjs';
import { onPages, visibleText } from '../lib/browser.mjs';
import { report } from '../lib/tap.mjs';
import { axeAll } from './pages.mjs';
import { check, say } from './nu.mjs';

// A question, an answer, a text that goes with a number.
const form = 'digital_skills', lost = ['devices/label', 'devices/phone', 'start/intro/p4'];

function takeOut(dir, language) {
	const file = `${dir}/po/${form}/${language.catalog}.po`;
	let text = fs.readFileSync(file, 'utf8');
	for (const id of lost) {
		const entry = new RegExp(`(msgctxt "${id}"\n[^]*?)((?:msgstr.*\n(?:".*\n)*)+)`);
		const less = text.replace(entry, (_, head, strings) => head +
			Array.from(strings.matchAll(/^msgstr\S*/gm), m => `${m[0]} ""\n`).join(''));
		if (less === text)
			throw new Error(`${id} is not in ${file}`);
		text = less;
	}
	fs.writeFileSync(file, text);
}

function build(work) {
	const dir = `${work}/fallback`;
	copyProject(dir, 'http://127.0.0.1:9/answers');
	for (const catalog of ['ru', 'ar'])
		takeOut(dir, { catalog });
	const project = buildProject(dir, { options: ['--fallback'] });
	return Object.fromEntries(project.pages.filter(at => at.form.id === form).map(at => [at.lang, at]));
}

// Every text of the page with the language and direction that it is told in.
const pieces = page => page.evaluate(() => {
	const whole = e => e.closest('bdi') ? e.closest('bdi').parentElement : e;
	return Array.from(document.querySelectorAll('header *,main *'))
		.filter(e => Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim() !== ''))
		.map(whole).map(e => ({ text: e.textContent, tag: e.localName, lang: e.closest('[lang]').lang,
			dir: getComputedStyle(e).direction, own: e.getAttribute('lang') !== null && e.getAttribute('dir') }));
});

async function checkMarks(page, { at, source, url }) {
	const problems = [];
	await page.goto(url);
	const list = (await pieces(page)).map(p => ({ ...p, text: norm(p.text) }));
	for (const text of lost.map(source.text)) {
		if (!list.some(p => p.text === text))
			problems.push(`not on the page: ${text}`);
		for (const p of list.filter(x => x.text === text))
			if (p.tag !== 'span' || p.lang !== source.lang || p.own !== 'ltr' || p.dir !== 'ltr')
				problems.push(`${text} is told to be ${p.lang}, ${p.dir}, in ${p.tag}`);
	}
	const marked = new Set(list.filter(p => p.lang === source.lang && p.tag === 'span').map(p => p.text));
	problems.push(...[...marked].filter(t => t !== 'English' && !lost.map(source.text).includes(t))
		.map(t => `is translated and told to be English: ${t}`));
	if (!(await visibleText(page, norm)).includes(at.words('fallback_note', { language: 'English' })))
		problems.push('the page does not say that some texts are in English');
	return problems;
}

export async function fallback({ browser, server, work }) {
	const { en: source, ...others } = build(work);
	const cases = ['ru', 'ar'].map(lang => ({ at: others[lang], source, url: `${server.url}/fallback.${lang}.html` }));
	cases.forEach(c => server.show(new URL(c.url).pathname, fs.readFileSync(c.at.html)));
	const found = await onPages(browser, { javaScriptEnabled: false }, cases, checkMarks);
	const violations = await axeAll(browser, cases.map(c => c.url));
	const messages = check(cases.map(c => c.at.html));
	cases.forEach(({ at }, i) => report(`fallback - ${at.title}`, [...found[i], ...violations[i],
		...messages.filter(m => m.url === `file:${at.html}`).map(say)]));

	const bare = fs.readFileSync(others.ar.html, 'utf8')
		.replace(/<span lang="en" dir="ltr">(Smartphone)<\/span>/, '$1');
	server.show('/seeded.html', bare);
	const [faulty] = await onPages(browser, { javaScriptEnabled: false },
		[{ ...cases[1], url: `${server.url}/seeded.html` }], checkMarks);
	report('fallback - a text without its language is noticed', faulty.length === 1 ? [] : [...faulty, 'not exactly once']);
}
