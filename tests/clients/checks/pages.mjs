// SPDX-License-Identifier: GPL-3.0-or-later
// What a page does by itself: nothing.  And whom it is fit for: axe-core, a
// narrow screen, large letters, large fingers.
import fs from 'node:fs';
import { htmlFiles } from './nu.mjs';
import { report } from '../lib/tap.mjs';
import { folder } from '../lib/tools.mjs';
import { onPages, unfold } from '../lib/browser.mjs';

const wait = ms => new Promise(done => setTimeout(done, ms));

// A page with a fault put in; a check that misses it could not fail.
export function seed(server, file, what, by) {
	const page = fs.readFileSync(`${server.folder}${file}`, 'utf8');
	const faulty = page.replace(what, by);
	if (faulty === page)
		throw new Error(`no place for a fault in ${file}`);
	server.show('/seeded.html', faulty);
	return `${server.url}/seeded.html`;
}
// The addresses of all pages on the server.
const shown = project => htmlFiles(project).map(f => f.slice(project.release.length));
export const missed = problems => problems.length > 0 ? [] : ['nothing was said'];

// ---- no request but the page itself, nothing that its policy forbids ----

// Before anything of a page runs: what its policy forbids is written down.
function noteForbidden() {
	window.forbidden = [];
	document.addEventListener('securitypolicyviolation', e =>
		window.forbidden.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
}

async function listen(page, url) {
	const problems = [], requests = [];
	page.on('request', r => requests.push(r.url()));
	page.on('websocket', s => problems.push(`opens ${s.url()}`));
	page.on('console', m => problems.push(`${m.type()}: ${m.text()}`));
	page.on('pageerror', e => problems.push(`error: ${e.message}`));
	await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
	await page.goto(url);
	await unfold(page);
	for (const media of ['print', 'screen'])
		await page.emulateMedia({ media, colorScheme: media === 'print' ? 'light' : 'dark' });
	await wait(150);
	const forbidden = await page.evaluate(() => window.forbidden);
	problems.push(...forbidden.map(f => `policy: ${f}`));
	problems.push(...requests.filter(r => r !== url && r !== 'data:,').map(r => `asks for ${r}`));
	if (await page.evaluate(() => document.cookie + localStorage.length) !== '0')
		problems.push('keeps something in the browser');
	return problems;
}

export async function listenAll(browser, urls) {
	const ready = new Set();
	return onPages(browser, {}, urls, async (page, url) => {
		if (!ready.has(page))
			await page.addInitScript(noteForbidden);
		ready.add(page);
		return listen(page, url);
	});
}

export async function quiet({ browser, project, server }) {
	const files = shown(project);
	const found = await listenAll(browser, files.map(file => server.url + file));
	// What the browser does not tell, the server has seen.
	const seen = new Set(server.gets);
	files.forEach((file, i) => report(`quiet - ${file.slice(1)}`, found[i]));
	report('quiet - what the server was asked for',
		[...seen].filter(g => !files.includes(g)).map(g => `asked for ${g}`));
	const faulty = seed(server, files.at(-1), '</header>', '</header><img src="/spy.png" alt="">');
	report('quiet - sees a page that asks for more', missed((await listenAll(browser, [faulty])).flat()));
}

// ---- axe ----

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const full = { type: 'tag', values: tags };
// What depends on the scheme, and on the width as well.
const coloured = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
// What depends on the width alone; the rest is the same document at any width.
const laidOut = { type: 'rule', values: [...coloured.values, 'target-size', 'scrollable-region-focusable'] };
// [width, scheme, rules].  A form is long, folds and has tables that a narrow
// window lays out anew; the other pages are a heading and a few paragraphs.
const looks = {
	form: [[1280, 'light', laidOut], [1280, 'dark', coloured], [320, 'light', full], [320, 'dark', coloured]],
	other: [[320, 'dark', coloured]],
	// Their tables are laid out anew, too; some have no other colour than that of text.
	desk: [[320, 'dark', full]],
};

async function axeOn(page, source, url, list) {
	const problems = [];
	const look = async (what, runOnly) => {
		const result = await page.evaluate(r =>
			window.axe.run(document, { runOnly: r, resultTypes: ['violations'] }), runOnly);
		problems.push(...result.violations.map(v => `${what}: ${v.id} (${v.nodes.length}): ` +
			v.nodes.slice(0, 2).map(n => `${n.target} ${n.failureSummary}`).join('; ')));
		if (result.passes.length === 0)
			problems.push(`${what}: axe has looked at nothing`);
	};
	const turn = async (width, colorScheme) => {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme });
	};
	await turn(1280, 'light');
	await page.goto(url);
	await page.evaluate(source);
	await look('as it opens', full);
	await unfold(page);
	for (const [width, scheme, rules] of list) {
		await turn(width, scheme);
		await look(`${width} px, ${scheme}`, rules);
	}
	return problems;
}

const kindOf = url => /\.(sent|soon|closed|poster)\.html$|index\.html$/.test(url) ? 'other' : 'form';

// The violations that axe-core finds, for each address.
export function axeAll(browser, urls, kind = kindOf) {
	const source = fs.readFileSync(`${folder}/node_modules/axe-core/axe.min.js`, 'utf8');
	return onPages(browser, { bypassCSP: true, reducedMotion: 'reduce' }, urls,
		(page, url) => axeOn(page, source, url, looks[kind(url)]));
}

export async function axe({ browser, project, server }) {
	const files = shown(project);
	const found = await axeAll(browser, files.map(file => server.url + file));
	files.forEach((file, i) => report(`axe - ${file.slice(1)}`, found[i]));
	const faulty = seed(server, project.pages[0].path, /<legend>.*?<\/legend>/s, '<h6 lang="xx">1</h6>');
	report('axe - sees a page with faults', missed((await axeAll(browser, [faulty])).flat()));
}

// ---- narrow screens, large letters, fingers ----

// In the page: what is wider than the window, what is cut off.
export function measure() {
	const problems = [], width = document.documentElement.clientWidth;
	const name = e => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}.${e.className}`;
	const cut = Array.from(document.querySelectorAll('thead,td label span'))
		.filter(x => getComputedStyle(x).clipPath !== 'none');
	const unseen = e => e.closest('.unseen') || getComputedStyle(e).clipPath !== 'none' ||
		cut.some(x => x.contains(e));
	if (document.scrollingElement.scrollWidth > width)
		problems.push(`the page is ${document.scrollingElement.scrollWidth} px wide`);
	for (const e of document.querySelectorAll('body *')) {
		if (!e.checkVisibility() || unseen(e) || e.matches('.skip,.skip *'))
			continue;
		const box = e.getBoundingClientRect();
		if (box.width > 0 && (box.left < -1 || box.right > width + 1))
			problems.push(`${name(e)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
		if (getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1 &&
			!e.matches('input,select,textarea'))
			problems.push(`${name(e)} is cut off`);
	}
	return problems;
}

// In the page: controls that a finger would miss.  A box and its label are one
// target; a link within a sentence may be small.
function fingers() {
	const problems = [], least = 44 - 0.5;
	const shown = e => e.checkVisibility() && e.getBoundingClientRect().height > 2;
	for (const e of document.querySelectorAll('input:not([type=hidden]),select,textarea,button,summary,a')) {
		if (!e.checkVisibility() || (e.tagName === 'A' && (getComputedStyle(e).display === 'inline' || e.matches('.skip'))))
			continue;
		const parts = [e, ...(e.matches('[type=radio],[type=checkbox]') ? e.labels : [])]
			.filter(shown).map(p => p.getBoundingClientRect());
		const height = Math.max(...parts.map(p => p.bottom)) - Math.min(...parts.map(p => p.top));
		const width = Math.max(...parts.map(p => p.right)) - Math.min(...parts.map(p => p.left));
		if (!(height >= least && width >= least))
			problems.push(`${e.tagName.toLowerCase()} ${e.id || e.textContent} is ${Math.round(width)} by ${Math.round(height)} px`);
	}
	return problems;
}

// Widths, and how large the text is, as a browser's own setting makes it.
const sizes = [[320, 1], [320, 2], [1280, 1], [1280, 2]];

// The window and the letters in one of the sizes.
async function resize(page, width, scale) {
	await page.setViewportSize({ width, height: 900 });
	await page.evaluate(by => {
		const root = document.documentElement;
		root.style.removeProperty('font-size');
		const size = parseFloat(getComputedStyle(root).fontSize);
		root.style.setProperty('font-size', `${size * by}px`);
	}, scale);
}

// In every size as the page opens, then in every size with all unfolded.
async function smallOn(page, url) {
	const problems = [];
	const look = async whole => {
		for (const [width, scale] of sizes) {
			await resize(page, width, scale);
			const found = [...await page.evaluate(measure), ...whole ? await page.evaluate(fingers) : []];
			problems.push(...found.map(l => `${width} px, text at ${scale * 100} %: ${l}`));
		}
	};
	await page.goto(url);
	await look(false);
	await unfold(page);
	await look(true);
	return problems;
}

export const smallAll = (browser, urls) => onPages(browser, {}, urls, smallOn);

export async function small({ browser, project, server }) {
	const files = shown(project);
	const look = urls => smallAll(browser, urls);
	const found = await look(files.map(file => server.url + file));
	files.forEach((file, i) => report(`small - ${file.slice(1)}`, found[i]));
	const faulty = seed(server, files.at(-1), '</header>', `</header><pre>${'x'.repeat(90)}</pre>`);
	report('small - sees a page that is too wide', missed((await look([faulty])).flat()));
}
