// SPDX-License-Identifier: GPL-3.0-or-later
// Answers come home to `serve --collect`: pages without JavaScript are filled in
// wrongly, told so, filled in rightly, thanked for; Enketo and ODK Web Forms
// submit; and what is stored is the same whoever sent it, in whatever language.
import fs from 'node:fs';
import { norm } from '../lib/catalog.mjs';
import { makeApp } from '../lib/apps.mjs';
import { onPages, visibleText, withPage } from '../lib/browser.mjs';
import { startCollector } from '../lib/collector.mjs';
import { recipient } from '../lib/project.mjs';
import { report } from '../lib/tap.mjs';
import { fillIn, noScript, open, questions, write } from './fill.mjs';
import { enketoClient } from './enketo.mjs';
import { webformsClient } from './webforms.mjs';

// ---- what must be stored ----

// [name, value] pairs of a page as the codes of a file, in the form's order.
function codesOf(form, pairs, seen) {
	const of = name => pairs.filter(p => p[0] === name).map(p => p[1]);
	const list = [];
	const put = (name, values) => list.push(...values.map(v => `${name}=${v}`));
	for (const q of questions(form).filter(x => seen.has(x.id))) {
		if (q.kind === 'rank') {
			const places = q.options.map(o => [of(`${q.id}.${o.value}`)[0], o.value]).filter(p => p[0]);
			put(q.id, places.sort((a, b) => Number(a[0]) - Number(b[0])).map(p => p[1]));
		} else if (q.kind === 'date') {
			const parts = ['year', 'month', 'day'].flatMap(part => of(`${q.id}.${part}`).map(v => v.padStart(2, '0')));
			put(q.id, parts.length ? [parts.join('-')] : []);
		} else if (q.kind === 'grid') {
			q.rows.forEach(r => put(`${q.id}.${r.name}`, of(`${q.id}.${r.name}`)));
		} else {
			put(q.id, of(q.id));
			q.options.filter(o => o.other).forEach(o => put(`${q.id}.${o.value}`, of(`${q.id}.${o.value}`)));
		}
	}
	return list;
}

// ---- pages ----

const sendButton = page => page.locator('button[type=submit]');

// Presses the button; the status of what comes back.
async function press(page) {
	const answer = page.waitForResponse(r => r.request().method() === 'POST');
	await sendButton(page).click();
	const response = await answer;
	await page.waitForLoadState('load');
	return { status: response.status(), language: response.headers()['content-language'] };
}

const token = page => page.locator('[name="_id"]').inputValue();

// Everything that must be answered is left out, and a number is too large.
async function sendWrong(page, at) {
	const problems = [], number = questions(at.form).find(q => q.kind === 'number' && q.max);
	const text = questions(at.form).find(q => q.kind === 'text' && !q.when);
	const wrong = number && String(Number(number.max) + 1), words = '<b>ёлка</b> هل؟ 你好 "&amp;';
	const before = await token(page);
	if (number)
		await write(page, number.id, wrong);
	if (text)
		await write(page, text.id, words);
	const { status, language } = await press(page);
	if (status !== 422)
		problems.push(`answered with ${status}`);
	if (language !== at.lang || await page.locator('html').getAttribute('lang') !== at.lang)
		problems.push(`comes back in ${language}`);
	const seen = await visibleText(page, norm);
	for (const id of ['incomplete_title', 'incomplete_text'])
		if (!seen.includes(at.words(id)))
			problems.push(`not told: ${at.words(id)}`);
	for (const q of questions(at.form).filter(x => x.required && !x.when && !x.section.when)) {
		const box = page.locator(`#q-${q.id}`);
		const told = q.error ? at.text(`${q.id}/error`) : at.words(q.kind === 'consent' ? 'error_consent' : 'error_required');
		if (!norm(await box.innerText()).includes(told))
			problems.push(`${q.id}: not told “${told}”`);
		if (await page.locator(`#told a[href="#q-${q.id}"]`).count() !== 1)
			problems.push(`${q.id}: no link leads to it`);
	}
	if (number && await page.locator(`[name="${number.id}"]`).inputValue() !== wrong)
		problems.push(`${number.id} is not kept`);
	if (text && await page.locator(`[name="${text.id}"]`).inputValue() !== words)
		problems.push(`${text.id} is not kept`);
	if (await token(page) !== before)
		problems.push('the page that came back is taken for another person\'s');
	return problems;
}

async function sendRight(page, at, project, collector) {
	const problems = [], pairs = [];
	const { answers, seen } = await open(page, at, project);
	const text = questions(at.form).find(q => q.kind === 'text' && !q.when);
	if (text)
		await write(page, text.id, '');
	for (const q of questions(at.form).filter(x => seen.has(x.id)))
		pairs.push(...await fillIn(page, q, answers));
	const id = await token(page);
	const { status, language } = await press(page);
	if (status !== 200 || language !== at.lang)
		problems.push(`answered with ${status} in ${language}`);
	const shown = await visibleText(page, norm);
	for (const words of [at.text('thanks/p1'), at.words('sent_text')])
		if (!shown.includes(words))
			problems.push(`not told: ${words}`);
	// A person who is not sure presses reload.
	await page.reload();
	const mine = collector.stored().filter(s => s.id === id);
	if (mine.length !== 1)
		return { problems: [...problems, `${mine.length} answers are stored`], codes: '' };
	const want = codesOf(at.form, pairs, seen).join('\n'), got = mine[0].codes.join('\n');
	if (want !== got)
		problems.push(`stored is ${got}, sent was ${want}`);
	if (mine[0].form !== at.form.id || mine[0].lang !== at.lang || mine[0].recipient !== recipient)
		problems.push(`stored as ${JSON.stringify({ ...mine[0], codes: undefined })}`);
	return { problems, codes: got };
}

async function checkPage(page, at, collector) {
	page.setDefaultTimeout(20000);
	try {
		await page.goto(`${collector.url}${at.form.id}.${at.lang}.html`);
		const first = await sendWrong(page, at);
		const { problems, codes } = await sendRight(page, at, collector.project, collector);
		return { problems: [...first, ...problems], codes };
	} catch (error) {
		return { problems: [error.message], codes: '' };
	}
}

async function withCollector(work, fn) {
	const collector = await startCollector(work);
	try {
		return await fn(collector);
	} finally {
		collector.stop();
	}
}

export const collect = ({ browser, work }) => withCollector(`${work}/collect`, async collector => {
	const { pages, forms } = collector.project;
	const results = await onPages(browser, noScript, pages, (page, at) => checkPage(page, at, collector));
	pages.forEach((at, i) => report(`collect - ${at.title}`, results[i].problems));
	for (const form of forms) {
		const codes = results.filter((_, i) => pages[i].form === form).map(r => r.codes);
		report(`collect - ${form.id}: the same is stored from every language`,
			codes.every(c => c === codes[0] && c !== '') ? [] : codes);
	}
	const stored = collector.stored();
	report('collect - one answer for each page, however often it was sent',
		stored.length === pages.length ? [] : [`${stored.length} are stored, ${pages.length} pages were sent`]);
});

// ---- phones ----

// What both clients and the page can answer in the same way.
function commonAnswers(form, answers) {
	const all = { ...answers };
	for (const q of questions(form))
		if (q.required && all[q.id] === undefined)
			all[q.id] = q.kind === 'consent' ? 'yes' : q.options[0].value;
	return all;
}

// A page of the form with these answers, as a browser would post it.
async function postAsPage(collector, form, answers) {
	const fields = new URLSearchParams({ _form: form.id, _version: form.version, _lang: 'ru', _recipient: recipient,
		_draft: 'yes', _id: 'f'.repeat(31) + String(collector.project.forms.indexOf(form)) });
	for (const [id, value] of Object.entries(answers))
		[value].flat().forEach(v => fields.append(id, v));
	const response = await fetch(collector.url, { method: 'POST', body: fields, headers: { accept: 'text/html' } });
	const id = fields.get('_id');
	return response.status === 200 ? collector.stored().find(s => s.id === id) : undefined;
}

// The instance that the client made, sent by the browser as ODK clients do.
async function submitFrom(page, collector, client) {
	await page.route('**/submission', async route => {
		const response = await route.fetch({ url: `${collector.url}submission` });
		await route.fulfill({ response });
	});
	return page.evaluate(async name => {
		let body = new FormData();
		if (name === 'enketo')
			body.append('xml_submission_file', new Blob([window.form.getDataStr({ irrelevant: false })],
				{ type: 'text/xml' }), 'xml_submission_file');
		else
			body = window.sent.at(-1).data[0];
		const response = await fetch('/submission', { method: 'POST', body, headers: { 'X-OpenRosa-Version': '1.0' } });
		return { status: response.status, text: await response.text(),
			version: response.headers.get('X-OpenRosa-Version') };
	}, client.name);
}

async function checkPhone(page, client, url, form, collector) {
	const problems = [];
	const english = collector.project.pages.find(p => p.form === form && p.lang === 'en');
	// For phones a consent is a choice of one.
	const at = { ...english, form: { ...form, items: form.items.map(q => q.kind === 'consent'
		? { ...q, options: [{ value: 'yes' }] } : q) } };
	const xform = fs.readFileSync(`${collector.project.release}/${recipient}/${form.id}.odk.xml`, 'utf8');
	const adult = form.items.find(q => q.options.some(o => o.fromAge !== undefined));
	const answers = commonAnswers(form, { [adult.id]: adult.options.at(-1).value });
	for (const q of form.items.filter(x => x.by === 'guardian'))
		delete answers[q.id];
	await page.goto(url);
	await page.waitForFunction(() => window.openForm);
	problems.push(...await client.open(page, xform));
	await client.switchTo(page, at);
	await client.answer(page, at, answers);
	await client.send(page);
	if (client.name === 'webforms')
		await page.waitForFunction(() => window.sent.length > 0);
	const known = new Set(collector.stored().map(s => s.id));
	const { status, text, version } = await submitFrom(page, collector, client);
	if (status !== 201 || version !== '1.0' || !text.includes('http://openrosa.org/http/response'))
		return [...problems, `answered with ${status}: ${text}`];
	const again = await submitFrom(page, collector, client);
	if (again.status !== 201)
		problems.push(`sent again it is answered with ${again.status}`);
	const mine = collector.stored().filter(s => !known.has(s.id));
	if (mine.length !== 1)
		return [...problems, `${mine.length} answers are stored`];
	const fromPage = await postAsPage(collector, form, answers);
	if (!fromPage)
		return [...problems, 'the same answers from a page are not stored'];
	if (mine[0].codes.join('\n') !== fromPage.codes.join('\n'))
		problems.push(`stored is ${mine[0].codes.join(' ')}, from a page ${fromPage.codes.join(' ')}`);
	return problems;
}

export const phones = ({ browser, server, work }) => withCollector(`${work}/phones`, async collector => {
	for (const client of [enketoClient, webformsClient]) {
		const url = await makeApp(server, work, client.name);
		for (const form of collector.project.forms)
			await withPage(browser, {}, async page => {
				let problems;
				try {
					problems = await checkPhone(page, client, url, form, collector);
				} catch (error) {
					problems = [error.message];
				}
				report(`${client.name} - ${form.id} comes home`, problems);
			});
	}
});
