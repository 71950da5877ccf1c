// SPDX-License-Identifier: GPL-3.0-or-later
// The page printed by Chromium: a tagged PDF whose text holds every text of the
// catalog that a person with a pen needs, and the instructions in place of
// skip logic.
import fs from 'node:fs';
import { norm } from '../lib/catalog.mjs';
import { leaves, parseWhen } from '../lib/form.mjs';
import { withPage } from '../lib/browser.mjs';
import { run } from '../lib/tools.mjs';
import { each, report } from '../lib/tap.mjs';

// Letters alone: presentation forms, blanks and line ends are the printer's.
const letters = text => norm(text).normalize('NFKC').replace(/[\s\u0640\u00ad]/g, '');

// pdftotext turns the letters of an Arabic ligature round, and a mark tears a
// word in two: Arabic is compared by its letters, each at most two places off.
const arabic = text => Array.from(norm(text).normalize('NFKC').replace(/[^\p{Script=Arabic}]|[\p{M}\u0640]/gu, ''));

function nearlyIn(paper, wanted) {
	for (let start = 0; start + wanted.length <= paper.length; start++) {
		const odd = new Map();
		let left = 0;
		const count = (letter, by) => {
			const now = odd.get(letter) ?? 0;
			left += Math.abs(now + by) - Math.abs(now);
			odd.set(letter, now + by);
		};
		for (let i = 0; i < wanted.length && left <= 4; i++) {
			count(paper[start + i], 1);
			count(wanted[i], -1);
		}
		if (left === 0)
			return true;
	}
	return false;
}

// Asks whether a text stands on the paper, addresses of links left out.
function reader(file) {
	const extract = (...args) => run('pdftotext', ['-enc', 'UTF-8', ...args, file, '-']);
	const all = letters(extract('-raw')).replace(/\(https?:[^)]*\)/g, '');
	const flowing = arabic(extract());
	return text => {
		const wanted = arabic(text);
		return wanted.length ? nearlyIn(flowing, wanted) : all.includes(letters(text));
	};
}

// Catalog entries that paper must show: all but errors, which need a screen.
const printed = at => [...at.messages.keys()].filter(id => !id.endsWith('/error'));

// What stands over a question that not everybody answers: the answer and the
// question that the condition names.
function instructions(at) {
	const list = [];
	for (const item of [...at.form.sections, ...at.form.items].filter(x => x.when))
		for (const leaf of leaves(parseWhen(item.when))) {
			const asked = at.form.items.find(q => q.id === leaf.id);
			const options = asked.options.filter(o => leaf.op === 'minor' ?
				o.fromAge < at.guardianAge : o.value === leaf.value);
			list.push(...options.map(o => ({ item: item.id, answer: at.text(o.id),
				question: at.text(`${asked.id}/label`) })));
		}
	return list;
}

async function print(browser, at, file) {
	return withPage(browser, { javaScriptEnabled: false }, async page => {
		await page.goto(`file://${at.html}`);
		await page.pdf({ path: file, tagged: true, format: 'A4' });
		await page.emulateMedia({ media: 'print' });
		return page.evaluate(() => Array.from(document.querySelectorAll('.only'), e =>
			({ item: e.parentElement.id.slice(2), text: e.innerText, shown: e.checkVisibility() })));
	});
}

async function checkPaper(browser, project, at, file) {
	const problems = [];
	const said = await print(browser, at, file);
	const onPaper = reader(file);
	for (const id of printed(at))
		if (!onPaper(at.text(id)))
			problems.push(`${id} is not on the paper: ${at.text(id)}`);
	for (const { item, answer, question } of instructions({ ...at, guardianAge: project.guardianAge })) {
		const only = said.find(s => s.item === item);
		if (!only || !norm(only.text).includes(answer) || !norm(only.text).includes(question))
			problems.push(`${item} does not say: only if “${answer}” to “${question}”`);
	}
	for (const only of said)
		if (!only.shown || !onPaper(only.text))
			problems.push(`${only.item}: its instruction is not on the paper: ${only.text}`);
	if (onPaper('Lorem ipsum') || onPaper('السلام عليكم'))
		problems.push('what nobody wrote is found on the paper');
	const info = run('pdfinfo', [file]);
	if (!/^Tagged:\s+yes/m.test(info))
		problems.push('the PDF is not tagged');
	if (!/^Page size:.*A4/m.test(info) || Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]) > 12)
		problems.push(`strange paper: ${info}`);
	fs.rmSync(file);
	return problems;
}

export async function paper({ browser, project, work }) {
	const found = await each(project.pages, (at, i) =>
		checkPaper(browser, project, at, `${work}/paper${i}.pdf`));
	project.pages.forEach((at, i) => report(`paper - ${at.title}`, found[i]));
}
