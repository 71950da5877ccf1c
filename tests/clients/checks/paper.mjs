// SPDX-License-Identifier: GPL-3.0-or-later
// The page printed by Chromium: a tagged PDF whose text holds every text of the
// catalog that a person with a pen needs, and the instructions in place of
// skip logic.  The thanks come when all is done: on the page after sending, or
// at the end of a form that cannot be sent.
import fs from 'node:fs';
import { fill, norm, plain } from '../lib/catalog.mjs';
import { leaves, parseWhen } from '../lib/form.mjs';
import { onPages } from '../lib/browser.mjs';
import { buildProject, copyProject } from '../lib/project.mjs';
import { run } from '../lib/tools.mjs';
import { report } from '../lib/tap.mjs';

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

const isThanks = id => id.startsWith('thanks/');

// Catalog entries that paper must show: all but errors, which need a screen, and
// thanks for what has not been sent yet.
const printed = (at, sends) => [...at.messages.keys()]
	.filter(id => !id.endsWith('/error') && !(sends && isThanks(id)));

// How many answers, how long a text: [words, number].
const limits = at => at.form.items.flatMap(q =>
	q.kind === 'choose-many' && !q.min && Number(q.max) > 1 ? [['choose_up_to', Number(q.max)]] :
		q.kind === 'text' && q.maxlength ? [['text_room', q.maxlength]] : []);

// Texts that go with a number: [{right, wrong}], wrong: what goes with others.
function plurals(at) {
	const forms = (message, n) => {
		const say = text => norm(fill(plain(text), { ...at.values, [message.count]: String(n) }));
		const right = say(message.form(n));
		return { right, wrong: message.forms.map(say).filter(text => text !== right) };
	};
	return [...limits(at).map(([id, n]) => forms(at.interface.get(id), n)),
		...[...at.messages.values()].filter(m => m.count).map(m => forms(m, Number(at.values[m.count])))];
}

// At the end of a form that cannot be sent.
const handingIn = at => ['end_of_form', 'no_sending_title', 'no_sending'].map(id => at.words(id, at.values));

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

async function print(page, at, file) {
	await page.emulateMedia({ media: null });
	await page.goto(`file://${at.html}`);
	await page.pdf({ path: file, tagged: true, format: 'A4' });
	await page.emulateMedia({ media: 'print' });
	return page.evaluate(() => Array.from(document.querySelectorAll('.only'), e =>
		({ item: e.parentElement.id.slice(2), text: e.innerText, shown: e.checkVisibility() })));
}

function checkInstructions(at, said, guardianAge) {
	const problems = [];
	for (const { item, answer, question } of instructions({ ...at, guardianAge })) {
		const only = said.find(s => s.item === item);
		if (!only || !norm(only.text).includes(answer) || !norm(only.text).includes(question))
			problems.push(`${item} does not say: only if “${answer}” to “${question}”`);
	}
	return problems;
}

// What the paper must say, and what it must not.
function checkTexts(at, onPaper, sends) {
	const problems = [];
	for (const id of printed(at, sends))
		if (!onPaper(at.text(id)))
			problems.push(`${id} is not on the paper: ${at.text(id)}`);
	for (const { right, wrong } of plurals(at)) {
		if (!onPaper(right))
			problems.push(`not on the paper: ${right}`);
		problems.push(...wrong.filter(onPaper).map(text => `goes with another number: ${text}`));
	}
	for (const text of handingIn(at).slice(1))
		if (onPaper(text) === sends)
			problems.push(`is ${sends ? '' : 'not '}on the paper: ${text}`);
	const thanks = [...at.messages.keys()].filter(isThanks).map(at.text);
	if (sends)
		problems.push(...thanks.filter(onPaper).map(text => `thanks for what is not sent: ${text}`));
	else if (!onPaper(handingIn(at)[0]))
		problems.push('no heading over the thanks');
	if (onPaper('Lorem ipsum') || onPaper('السلام عليكم'))
		problems.push('what nobody wrote is found on the paper');
	return problems;
}

function checkSheet(file) {
	const problems = [], info = run('pdfinfo', [file]);
	if (!/^Tagged:\s+yes/m.test(info))
		problems.push('the PDF is not tagged');
	if (!/^Page size:.*A4/m.test(info) || Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]) > 12)
		problems.push(`strange paper: ${info}`);
	return problems;
}

async function checkPaper(page, project, at, file, sends) {
	const said = await print(page, at, file);
	const onPaper = reader(file);
	const problems = [...checkTexts(at, onPaper, sends),
		...checkInstructions(at, said, project.guardianAge), ...checkSheet(file)];
	for (const only of said)
		if (!only.shown || !onPaper(only.text))
			problems.push(`${only.item}: its instruction is not on the paper: ${only.text}`);
	fs.rmSync(file);
	return problems;
}

// The page that a person sees when the answers have arrived.
async function checkSent(page, at) {
	await page.emulateMedia({ media: null });
	await page.goto(`file://${at.html.replace(/html$/, 'sent.html')}`);
	const { lang, title, main } = await page.evaluate(() => ({ lang: document.documentElement.lang,
		title: document.title, main: document.querySelector('main').innerText }));
	const want = [at.words('sent_title'), ...[...at.messages.keys()].filter(isThanks).map(at.text),
		at.words('sent_text')];
	const places = want.map(text => norm(main).indexOf(text));
	const problems = want.filter((_, i) => places[i] < 0).map(text => `not on the page: ${text}`);
	if (want.length < 3 || places.some((place, i) => i > 0 && place < places[i - 1]))
		problems.push(`in another order: ${places}`);
	if (lang !== at.lang || !norm(title).includes(at.text('about/title')))
		problems.push(`is a page in ${lang} with the title ${title}`);
	return problems;
}

// Forms of a recipient who has no address for answers, in three scripts.
function buildForPaper(work) {
	copyProject(`${work}/print`);
	const project = buildProject(`${work}/print`, { options: ['--print'] });
	return { project, pages: project.pages.filter(at => ['ar', 'ru', 'zh-Hans'].includes(at.lang)) };
}

export async function paper({ browser, project, work }) {
	const silent = { javaScriptEnabled: false };
	const tell = (what, pages, found) => pages.forEach((at, i) => report(`${what} - ${at.title}`, found[i]));
	const printAll = (of, pages, sends) => onPages(browser, silent, pages, (page, at, i) =>
		checkPaper(page, of, at, `${work}/paper${i}.pdf`, sends));
	tell('paper', project.pages, await printAll(project, project.pages, true));
	tell('paper, after sending', project.pages, await onPages(browser, silent, project.pages, checkSent));
	const { project: own, pages } = buildForPaper(work);
	tell('paper, to hand in', pages, await printAll(own, pages, false));
}
