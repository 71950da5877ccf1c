// SPDX-License-Identifier: GPL-3.0-or-later
// The forms filled in without JavaScript, as a person does it: first wrongly,
// then rightly, then sent.
import fs from 'node:fs';
import crypto from 'node:crypto';
import { norm } from '../lib/catalog.mjs';
import { asked, leaves, parseWhen } from '../lib/form.mjs';
import { recipient } from '../lib/project.mjs';
import { onPages, visibleText } from '../lib/browser.mjs';
import { comment, report } from '../lib/tap.mjs';

export const questions = form => form.items.filter(q => q.kind !== 'note');

// ---- hands ----

// The box of a choice, clicked where it lies until it is as wanted.
async function tick(page, name, value, on = true) {
	await page.locator(`[name="${name}"][value="${value}"]`).setChecked(on, { force: true });
}
export async function write(page, name, text) {
	const box = page.locator(`[name="${name}"]`);
	await box.fill('');
	await box.focus();
	await page.keyboard.insertText(text);
	await box.press('Tab');
}
const choose = (page, name, value) => page.locator(`select[name="${name}"]`).selectOption(value);

// A question answered anew: what was ticked before and is not wanted goes.
async function answer(page, q, value) {
	if (q.kind === 'choose-one')
		return tick(page, q.id, value);
	const on = await page.evaluate(id => Array.from(document.querySelectorAll(`[name="${id}"]:checked`), e => e.value), q.id);
	for (const o of q.options)
		if (on.includes(o.value) !== value.includes(o.value))
			await tick(page, q.id, o.value, value.includes(o.value));
}

// ---- eyes ----

// What is to be seen of each question: at least one of its controls.
function shownQuestions(page, form) {
	return page.evaluate(ids => ids.filter(id => {
		const parts = document.querySelectorAll(`[name="${id}"],[name^="${id}."]`);
		return Array.from(parts).some(p => p.checkVisibility());
	}), questions(form).map(q => q.id));
}

// The text of the box a question stands in.
const around = (page, q) => page.locator(`[name="${q.id}"],[name^="${q.id}."]`).first()
	.evaluate(e => {
		const box = e.closest('fieldset') ?? e.closest('.q');
		return box.checkVisibility() ? box.innerText : ''; // hidden, it would give all
	}).then(norm);

// The words of the interface or of the form for what is wrong with q.
function errorText(at, q) {
	if (q.error)
		return at.text(`${q.id}/error`);
	return at.words(q.required ? 'error_required' : 'error_default');
}

// ---- who sees what ----

// Every option of each question that a condition looks at, one at a time,
// before a background of first answers and then of last answers.  Options that
// no condition names are alike: one of them is enough.
function states(form) {
	const watched = new Map();
	for (const when of [...form.sections, ...form.items].map(x => x.when).filter(Boolean))
		for (const leaf of leaves(parseWhen(when)))
			watched.set(leaf.id, [...watched.get(leaf.id) ?? [], leaf.value]);
	const steps = [];
	const looked = [...watched.keys()].map(id => form.items.find(q => q.id === id));
	const value = (q, o) => q.kind === 'choose-one' ? o.value : [o.value];
	for (const at of [0, -1]) {
		looked.forEach(q => steps.push([q, value(q, q.options.at(at))]));
		for (const q of looked)
			for (const o of [...tellApart(q, watched.get(q.id)), q.options.at(at)])
				steps.push([q, value(q, o)]);
	}
	return steps;
}

function tellApart(q, values) {
	const named = o => o.fromAge !== undefined || values.includes(o.value);
	return [...q.options.filter(named), q.options.find(o => !named(o))].filter(Boolean);
}

async function checkSkipping(page, at, project) {
	const problems = [], answers = {};
	const notes = at.form.items.filter(q => q.kind === 'note');
	const compare = async what => {
		const want = asked(at.form, answers, project.guardianAge);
		const shown = new Set(await shownQuestions(page, at.form));
		const text = await visibleText(page, norm, 'form');
		for (const q of questions(at.form))
			if (want.has(q.id) !== shown.has(q.id))
				problems.push(`${what}: ${q.id} is ${shown.has(q.id) ? 'shown' : 'hidden'}`);
		for (const n of notes)
			if (want.has(n.id) !== text.includes(at.text(`${n.id}/p1`)))
				problems.push(`${what}: note ${n.id} is ${want.has(n.id) ? 'hidden' : 'shown'}`);
	};
	await compare('empty');
	for (const [q, value] of states(at.form)) {
		if (!asked(at.form, answers, project.guardianAge).has(q.id))
			continue;
		await answer(page, q, value);
		answers[q.id] = value;
		await compare(`${q.id} = ${value}`);
	}
	return problems;
}

// ---- wrong answers ----

export const ordinary = q => q.options.filter(o => !o.exclusive);

// Each way to be wrong: [what, do it, undo it].
function mistakes(page, q, answers) {
	const list = [];
	if (q.kind === 'choose-many' && q.max && ordinary(q).length > Number(q.max))
		list.push(['too many', () => answer(page, q, ordinary(q).slice(0, Number(q.max) + 1).map(o => o.value)),
			() => answer(page, q, answers[q.id] ?? [])]);
	if (q.kind === 'choose-many' && Number(q.min) > 1)
		list.push(['too few', () => answer(page, q, [q.options[0].value]), () => answer(page, q, answers[q.id] ?? [])]);
	for (const o of q.kind === 'choose-many' ? q.options.filter(x => x.exclusive) : [])
		list.push([`${o.value} and another`, () => answer(page, q, [ordinary(q)[0].value, o.value]),
			() => answer(page, q, answers[q.id] ?? [])]);
	if (q.kind === 'number')
		for (const text of [q.max && String(Number(q.max) + 1), q.min && String(Number(q.min) - 1)].filter(Boolean))
			list.push([text, () => write(page, q.id, text), () => write(page, q.id, q.max)]);
	// Style cannot tell that a box is needed where the question may be hidden:
	// there the list beside the button tells it.
	if (q.kind === 'consent' && !q.when && !q.section.when)
		list.push(['taken back', async () => {
			await tick(page, q.id, 'yes');
			await tick(page, q.id, 'yes', false);
			await page.keyboard.press('Tab');
		}, () => tick(page, q.id, 'yes')]);
	if (q.kind === 'rank') {
		const [a, b] = q.options.map(o => `${q.id}.${o.value}`);
		list.push(['the same number twice', async () => {
			await choose(page, a, '1');
			await choose(page, b, '1');
		}, () => choose(page, b, '2')]);
	}
	if (q.kind === 'date' && q.precision !== 'year')
		list.push(['a year alone', async () => {
			await page.locator(`[name="${q.id}.year"]`).selectOption({ index: 1 });
			await page.locator('button[type=submit]').focus();
		}, () => page.locator(`[name="${q.id}.month"]`).selectOption({ index: 1 })]);
	return list;
}

// All questions at once, so that each can be answered: the answers for which
// the most is asked.
function openingAnswers(form, guardianAge) {
	const answers = {};
	for (let changed = true; changed;) {
		changed = false;
		for (const [q, value] of states(form)) {
			const now = asked(form, answers, guardianAge).size;
			if (asked(form, { ...answers, [q.id]: value }, guardianAge).size > now) {
				answers[q.id] = value;
				changed = true;
			}
		}
	}
	return answers;
}

export async function open(page, at, project) {
	const answers = openingAnswers(at.form, project.guardianAge);
	for (const q of questions(at.form))
		if (answers[q.id] !== undefined)
			await answer(page, q, answers[q.id]);
	return { answers, seen: asked(at.form, answers, project.guardianAge) };
}

async function checkErrors(page, at, project) {
	const problems = [];
	let made = 0;
	for (const q of questions(at.form))
		if (q.error && (await around(page, q)).includes(errorText(at, q)))
			problems.push(`${q.id}: the error is there before anything was done`);
	const { answers, seen } = await open(page, at, project);
	for (const q of questions(at.form).filter(x => seen.has(x.id)))
		for (const [what, wrong, right] of mistakes(page, q, answers)) {
			made++;
			await wrong();
			if (!(await around(page, q)).includes(errorText(at, q)))
				problems.push(`${q.id}, ${what}: not told “${errorText(at, q)}”`);
			await right();
			if ((await around(page, q)).includes(errorText(at, q)))
				problems.push(`${q.id}, ${what}: still told so when it is right`);
		}
	if (made < 6)
		problems.push(`only ${made} mistakes could be made`);
	return problems;
}

// What must be answered and is not, is told beside the button.
async function checkRequired(page, at, project) {
	const problems = [], answers = {};
	const end = () => visibleText(page, norm, '.end');
	const todo = q => `${at.text(`${q.id}/label`)} ${at.words('needed')}`;
	const compare = async what => {
		const text = await end(), seen = asked(at.form, answers, project.guardianAge);
		for (const q of questions(at.form).filter(x => x.required)) {
			const want = seen.has(q.id) && answers[q.id] === undefined;
			if (text.includes(todo(q)) !== want)
				problems.push(`${what}: ${q.id} is ${want ? 'not ' : ''}told to be missing`);
		}
	};
	await compare('empty');
	for (const q of questions(at.form).filter(x => x.required)) {
		if (!asked(at.form, answers, project.guardianAge).has(q.id))
			continue;
		answers[q.id] = q.kind === 'consent' ? 'yes' : q.options[0].value;
		await tick(page, q.id, answers[q.id]);
		await compare(q.id);
	}
	return problems;
}

// ---- right answers ----

// Fills in one question; [name, value] pairs that must arrive.
export async function fillIn(page, q, answers) {
	const pairs = [];
	const put = async (name, value, act) => {
		await act(page, name, value);
		pairs.push([name, value]);
	};
	switch (q.kind) {
	case 'choose-one':
		await put(q.id, answers[q.id] ?? q.options[0].value, tick);
		break;
	case 'choose-many': {
		const other = ordinary(q).find(o => o.other);
		const values = [ordinary(q)[0], other].filter(Boolean).map(o => o.value);
		const want = answers[q.id] ?? [...new Set(values)];
		await answer(page, q, want);
		pairs.push(...want.map(v => [q.id, v]));
		if (other && want.includes(other.value))
			await put(`${q.id}.${other.value}`, 'оленёнок غزال 鹿', write);
		break;
	}
	case 'rating':
		await put(q.id, String(q.to - 1), tick);
		break;
	case 'grid':
		for (const [i, row] of q.rows.entries())
			await put(`${q.id}.${row.name}`, q.options[i % q.options.length].value, tick);
		break;
	case 'rank':
		for (const [i, o] of q.options.slice(0, q.top ?? q.options.length).entries())
			await put(`${q.id}.${o.value}`, String(i + 1), choose);
		break;
	case 'text':
		await put(q.id, 'Un café & 100 % <ёлка> "هل؟" 你好', write);
		break;
	case 'number':
		await put(q.id, q.max, write);
		break;
	case 'date':
		for (const part of ['day', 'month', 'year'].slice(['day', 'month', 'year'].indexOf(q.precision)))
			await put(`${q.id}.${part}`, part === 'year' ? '2026' : '3', choose);
		break;
	case 'consent':
		await put(q.id, 'yes', tick);
	}
	return pairs;
}

const sorted = pairs => pairs.map(p => p.join('=')).sort();

// All that can be asked is answered; then the first question that decides over
// others is answered in another way, so that some of it is hidden again.
async function checkSending(page, at, project, server) {
	const problems = [];
	const { answers, seen } = await open(page, at, project);
	const pairs = [];
	for (const q of questions(at.form).filter(x => seen.has(x.id)))
		pairs.push(...await fillIn(page, q, answers));
	const kinds = new Set(questions(at.form).filter(x => seen.has(x.id)).map(q => q.kind));
	const age = at.form.items.find(q => q.options.some(o => o.fromAge !== undefined));
	const grown = age.options.at(-1).value;
	await tick(page, age.id, grown);
	pairs.find(p => p[0] === age.id)[1] = grown;
	const before = server.posts.length;
	await page.locator('button[type=submit]').click();
	await page.waitForURL('**/answers');
	const mine = server.posts.slice(before).map(p => ({ ...p, fields: [...new URLSearchParams(p.body)] }))
		.filter(p => p.fields.some(f => f[0] === '_form' && f[1] === at.form.id) &&
			p.fields.some(f => f[0] === '_lang' && f[1] === at.lang));
	if (mine.length !== 1)
		return { problems: [`${mine.length} posts arrived`], codes: '', kinds };
	const fields = mine[0].fields;
	if (!mine[0].type?.startsWith('application/x-www-form-urlencoded'))
		problems.push(`sent as ${mine[0].type}`);
	const hidden = Object.fromEntries(fields.filter(f => f[0].startsWith('_')));
	for (const [name, value] of Object.entries({ _form: at.form.id, _version: at.form.version, _recipient: recipient }))
		if (hidden[name] !== value)
			problems.push(`${name} is ${hidden[name]}`);
	const got = sorted(fields.filter(f => !f[0].startsWith('_') && f[1] !== ''));
	const want = sorted(pairs);
	problems.push(...want.filter(w => !got.includes(w)).map(w => `not sent: ${w}`),
		...got.filter(g => !want.includes(g)).map(g => `sent and not chosen: ${g}`));
	return { problems, kinds, codes: JSON.stringify(sorted(fields.filter(f => f[0] !== '_lang'))) };
}

// ---- the runs ----

// Without smooth scrolling, where a click would meet what was there before.
export const noScript = { javaScriptEnabled: false, reducedMotion: 'reduce' };

async function visit(page, url, fn) {
	page.setDefaultTimeout(20000);
	try {
		await page.goto(url);
		return await fn(page);
	} catch (error) {
		return { problems: [error.message], codes: '', kinds: [] };
	}
}

async function steps(context, name, fn, url = at => context.server.url + at.path) {
	const { browser, project } = context;
	const start = Date.now();
	const results = await onPages(browser, noScript, project.pages, (page, at) =>
		visit(page, url(at), () => fn(page, at, project, context.server)));
	project.pages.forEach((at, i) => report(`${name} - ${at.title}`, results[i].problems ?? results[i]));
	comment(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
	return results;
}

function sameCodes(project, results, name) {
	for (const form of project.forms) {
		const codes = results.filter((_, i) => project.pages[i].form === form).map(r => r.codes);
		report(`${name} - ${form.id}: the same codes from every language`,
			codes.every(c => c === codes[0] && c !== '') ? [] : codes);
	}
}

export async function fill(context) {
	await steps(context, 'fill, who sees what', checkSkipping);
	await steps(context, 'fill, wrong answers', checkErrors);
	await steps(context, 'fill, what is missing', checkRequired);
	const results = await steps(context, 'fill, sent', checkSending);
	sameCodes(context.project, results, 'fill, sent');
	const used = new Set(results.flatMap(r => [...r.kinds]));
	report('fill - every type of question was answered',
		['choose-one', 'choose-many', 'grid', 'rating', 'rank', 'text', 'number', 'date', 'consent']
			.filter(k => !used.has(k)));
}

// ---- browsers from before :has() and :user-invalid ----

// The same page as such a browser reads it: rules with an unknown selector fall
// away.  The policy names the digest of the changed style.
function aged(html) {
	return html.replace(/<style>([^<]*)<\/style>/g, (_, style) => {
		const older = style.replaceAll(':has(', ':-x-has(').replaceAll(':user-invalid', ':-x-user-invalid');
		const digest = s => `'sha256-${crypto.createHash('sha256').update(s).digest('base64')}'`;
		aged.digests.push([digest(style), digest(older)]);
		return `<style>${older}</style>`;
	});
}
aged.digests = [];

async function checkOld(page, at, project, server) {
	const problems = [];
	const shown = new Set(await shownQuestions(page, at.form));
	const text = await visibleText(page, norm);
	// Whom no condition can meet is not asked at all.
	for (const q of questions(at.form).filter(x => !shown.has(x.id)))
		problems.push(`${q.id} cannot be seen`);
	for (const n of at.form.items.filter(q => q.kind === 'note'))
		if (!text.includes(at.text(`${n.id}/p1`)))
			problems.push(`note ${n.id} cannot be seen`);
	const sent = await checkSending(page, at, project, server);
	return { ...sent, problems: [...problems, ...sent.problems] };
}

export async function old(context) {
	const { project, server } = context;
	for (const at of project.pages) {
		aged.digests = [];
		let html = aged(fs.readFileSync(at.html, 'utf8'));
		for (const [now, then] of aged.digests)
			html = html.replace(now, then);
		server.show(`/old${at.path}`, html);
	}
	const results = await steps(context, 'old browser', checkOld, at => `${server.url}/old${at.path}`);
	sameCodes(project, results, 'old browser');
}
