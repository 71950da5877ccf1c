// SPDX-License-Identifier: GPL-3.0-or-later
// The ODK form in Enketo and in ODK Web Forms.  That it loads proves nothing:
// both load forms whose texts are missing, empty or doubled.  So what is shown
// in each language is compared with the catalog, and forms with such defects
// are shown too, which the comparison must notice.
import fs from 'node:fs';
import { asked, leaves, parseWhen } from '../lib/form.mjs';
import { readLines } from '../lib/words.mjs';
import { makeApp } from '../lib/apps.mjs';
import { enketoClient } from './enketo.mjs';
import { webformsClient } from './webforms.mjs';
import { recipient } from '../lib/project.mjs';
import { withPage } from '../lib/browser.mjs';
import { report } from '../lib/tap.mjs';

export const questions = form => form.items.filter(q => q.kind !== 'note');

// ---- answers that show everything, in as few steps as need be ----

// The questions that a condition looks at, and their values.
const decides = form => new Set([...form.sections, ...form.items].filter(x => x.when)
	.flatMap(x => leaves(parseWhen(x.when))).map(l => l.id));
function choices(form) {
	const watched = decides(form);
	return form.items.filter(q => watched.has(q.id)).flatMap(q =>
		q.options.map(o => [q.id, q.kind === 'choose-one' ? o.value : [o.value]]));
}

// Sets of answers that together ask every question and show every note.
export function coverings(form, guardianAge) {
	const list = [], reached = new Set();
	const gain = answers => [...asked(form, answers, guardianAge)].filter(id => !reached.has(id)).length;
	for (;;) {
		let answers = { ...list.at(-1) };
		for (let changed = true; changed;) {
			changed = false;
			for (const [id, value] of choices(form)) {
				const other = { ...answers, [id]: value };
				if (gain(other) > gain(answers)) {
					answers = other;
					changed = true;
				}
			}
		}
		if (list.length > 0 && gain(answers) === 0)
			return list;
		asked(form, answers, guardianAge).forEach(id => reached.add(id));
		list.push(answers);
	}
}

// ---- one form ----

async function load(page, client, url, xform) {
	const problems = [], requests = [];
	page.on('pageerror', e => problems.push(`error: ${e.message}`));
	page.on('request', r => requests.push(r.url()));
	await page.goto(url);
	await page.waitForFunction(() => window.openForm);
	problems.push(...await client.open(page, xform));
	const own = new URL(url).origin;
	problems.push(...requests.filter(r => !r.startsWith(own) && !r.startsWith('data:')).map(r => `asks for ${r}`));
	return problems;
}

async function checkLanguages(page, client, pages) {
	const names = await client.languages(page);
	const want = pages.map(at => at.lang);
	const got = names.map(n => /\(([\w-]+)\)$/.exec(n)?.[1] ?? n);
	return want.join() === got.join() ? [] : [`languages are ${names.join(', ')}`];
}

// What must be seen of a form: all, but for what the client has no place for.
const expected = (at, client) => [...at.messages.keys()].filter(id => !client.hasNoPlaceFor(at, id));

async function look(page, client, at, seen) {
	const { problems, used } = readLines(await client.lines(page, at), at, client.ownWords);
	used.forEach(id => seen.add(id));
	return [...problems, ...await client.direction(page, at)];
}

async function checkForm(page, client, url, pages, project) {
	const xform = fs.readFileSync(`${project.release}/${recipient}/${pages[0].form.id}.odk.xml`, 'utf8');
	const problems = await load(page, client, url, xform);
	problems.push(...await checkLanguages(page, client, pages));
	const results = new Map(pages.map(at => [at, { problems: [], seen: new Set() }]));
	const round = async () => {
		for (const at of pages) {
			await client.switchTo(page, at);
			const { problems: list, seen } = results.get(at);
			list.push(...await look(page, client, at, seen));
		}
	};
	const form = pages[0].form, deciding = decides(form);
	const act = async (...steps) => {
		await client.switchTo(page, pages[0]);
		for (const step of steps)
			await step();
		await client.send(page);
		await round();
	};
	const mistakes = list => async () => {
		for (const q of list)
			await client.mistake(page, pages[0], q);
	};
	// Sent empty; with all that can be wrong at once; and last what others hang on.
	await act();
	for (const answers of coverings(form, project.guardianAge))
		await act(() => client.answer(page, pages[0], answers),
			mistakes(questions(form).filter(q => !deciding.has(q.id))));
	await act(mistakes(questions(form).filter(q => deciding.has(q.id))));
	for (const [at, { problems: list, seen }] of results)
		list.push(...expected(at, client).filter(id => !seen.has(id)).map(id => `never shown: ${id}: ${at.text(id)}`));
	return { problems, results };
}

// ---- forms with a defect ----

const translation = /<translation lang="[^"]*\(ar\)"[^>]*>[^]*?<\/translation>/;
const inArabic = (xform, change) => xform.replace(translation, change);

// name -> how it comes about.  label: the id of a text that is shown at once.
function defects(label, unknown) {
	const text = new RegExp(`<text id="${label}"><value>([^<]*)</value></text>`);
	const other = `<text id="${label}"><value>other</value></text>`;
	return {
		'a text is missing': x => inArabic(x, t => t.replace(text, '')),
		'a text is empty': x => inArabic(x, t => t.replace(text, `<text id="${label}"><value></value></text>`)),
		'an output points nowhere': x => inArabic(x, t => t.replace(text, (all, words) =>
			all.replace(words, `${words.split(' ')[0]} <output value="/data/nowhere"/>`))),
		'a value is lost': x => inArabic(x, t => t.replace(/\u2068[^\u2069]*\u2069/, '')),
		'a label names an unknown text': x => x.replace(`'${label}'`, `'${unknown}'`),
		'a language has no code': x => x.replace(/(<translation lang="[^"]*?) ?\(ar\)"/, '$1"'),
		'an id is there twice': x => inArabic(x, t => t.replace(text, all => other + all + other)),
		'an entity is escaped twice': x => inArabic(x, t => t.replace(text, (all, words) =>
			all.replace(words, words.replace(' ', ' &amp;amp; ')))),
	};
}

async function firstLook(browser, client, url, xform, pages) {
	return withPage(browser, {}, async page => {
		const errors = await load(page, client, url, xform);
		const at = pages.find(p => p.lang === 'ar');
		const problems = await checkLanguages(page, client, pages);
		const seen = new Set();
		if (problems.length === 0) {
			await client.switchTo(page, at);
			problems.push(...await look(page, client, at, seen));
		}
		return { errors, problems, seen };
	});
}

async function checkDefects(browser, client, url, pages, project) {
	const form = pages[0].form;
	const good = fs.readFileSync(`${project.release}/${recipient}/${form.id}.odk.xml`, 'utf8');
	const label = `${questions(form).find(q => q.kind === 'choose-one').id}/label`;
	const sound = await firstLook(browser, client, url, good, pages);
	for (const [name, make] of Object.entries(defects(label, 'no/such'))) {
		const bad = make(good);
		const problems = [];
		if (bad === good)
			problems.push('there is no place for this defect');
		const found = await firstLook(browser, client, url, bad, pages);
		// A client that refuses the form has noticed it, too.
		const lost = [...sound.seen].filter(id => !found.seen.has(id));
		if (found.errors.length + found.problems.length + lost.length === 0)
			problems.push('neither the client nor the comparison notices');
		report(`${client.name} - ${form.id}, seen when ${name}`, [...problems, ...sound.problems]);
	}
}

// ---- the runs ----

async function odk(client, { browser, project, server, work }) {
	const url = await makeApp(server, work, client.name);
	for (const form of project.forms) {
		const pages = project.pages.filter(at => at.form === form);
		await withPage(browser, {}, async page => {
			const { problems, results } = await checkForm(page, client, url, pages, project);
			report(`${client.name} - ${form.id} loads`, problems);
			for (const [at, result] of results)
				report(`${client.name} - ${at.title}`, [...new Set(result.problems)]);
		});
	}
	await checkDefects(browser, client, url, project.pages.filter(at => at.form === project.forms[0]), project);
}

export const enketo = context => odk(enketoClient, context);
export const webforms = context => odk(webformsClient, context);
