// SPDX-License-Identifier: GPL-3.0-or-later
// What a page does by itself: nothing.  And whom it is fit for: axe-core, a
// narrow screen, large letters, large fingers.
import fs from 'node:fs';
import { htmlFiles } from './nu.mjs';
import { each, report } from '../lib/tap.mjs';
import { folder } from '../lib/tools.mjs';
import { unfold, withPage } from '../lib/browser.mjs';

const wait = ms => new Promise(done => setTimeout(done, ms));

// A page with a fault put in; a check that misses it could not fail.
function seed(server, file, what, by) {
	const page = fs.readFileSync(`${server.folder}${file}`, 'utf8');
	const faulty = page.replace(what, by);
	if (faulty === page)
		throw new Error(`no place for a fault in ${file}`);
	server.show('/seeded.html', faulty);
	return `${server.url}/seeded.html`;
}
const missed = problems => problems.length > 0 ? [] : ['nothing was said'];

// ---- no request but the page itself, nothing that its policy forbids ----

async function listen(browser, url) {
	return withPage(browser, {}, async page => {
		const problems = [], requests = [];
		page.on('request', r => requests.push(r.url()));
		page.on('websocket', s => problems.push(`opens ${s.url()}`));
		page.on('console', m => problems.push(`${m.type()}: ${m.text()}`));
		page.on('pageerror', e => problems.push(`error: ${e.message}`));
		await page.addInitScript(() => {
			window.forbidden = [];
			document.addEventListener('securitypolicyviolation', e =>
				window.forbidden.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
		});
		await page.goto(url);
		await unfold(page);
		for (const media of ['print', 'screen'])
			await page.emulateMedia({ media, colorScheme: media === 'print' ? 'light' : 'dark' });
		await wait(150);
		problems.push(...(await page.evaluate(() => window.forbidden)).map(f => `policy: ${f}`));
		problems.push(...requests.filter(r => r !== url && r !== 'data:,').map(r => `asks for ${r}`));
		if (await page.evaluate(() => document.cookie + localStorage.length) !== '0')
			problems.push('keeps something in the browser');
		return problems;
	});
}

export async function quiet({ browser, project, server }) {
	const files = htmlFiles(project).map(f => f.slice(project.release.length));
	const found = await each(files, async file => {
		const before = server.gets.length;
		const problems = await listen(browser, `${server.url}${file}`);
		return { problems, before };
	}, 1);
	// What the browser does not tell, the server has seen.
	const seen = new Set(server.gets);
	files.forEach((file, i) => report(`quiet - ${file.slice(1)}`, found[i].problems));
	report('quiet - what the server was asked for',
		[...seen].filter(g => !files.includes(g)).map(g => `asked for ${g}`));
	const faulty = seed(server, files.at(-1), '</header>', '</header><img src="/spy.png" alt="">');
	report('quiet - sees a page that asks for more', missed(await listen(browser, faulty)));
}

// ---- axe ----

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Only colours depend on the scheme, so the second scheme asks for them alone.
async function axeOn(browser, source, url) {
	return withPage(browser, { bypassCSP: true, reducedMotion: 'reduce' }, async page => {
		const problems = [];
		const look = async (what, runOnly) => {
			const result = await page.evaluate(r =>
				window.axe.run(document, { runOnly: r, resultTypes: ['violations'] }), runOnly);
			problems.push(...result.violations.map(v => `${what}: ${v.id} (${v.nodes.length}): ` +
				v.nodes.slice(0, 2).map(n => `${n.target} ${n.failureSummary}`).join('; ')));
			if (result.passes.length === 0)
				problems.push(`${what}: axe has looked at nothing`);
		};
		await page.goto(url);
		await page.evaluate(source);
		await look('as it opens', { type: 'tag', values: tags });
		await unfold(page);
		for (const width of [1280, 320]) {
			await page.setViewportSize({ width, height: 900 });
			await page.emulateMedia({ colorScheme: 'light' });
			await look(`${width} px, light`, { type: 'tag', values: tags });
			await page.emulateMedia({ colorScheme: 'dark' });
			await look(`${width} px, dark`, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
		}
		return problems;
	});
}

export async function axe({ browser, project, server }) {
	const source = fs.readFileSync(`${folder}/node_modules/axe-core/axe.min.js`, 'utf8');
	const files = htmlFiles(project).map(f => f.slice(project.release.length));
	const found = await each(files, file => axeOn(browser, source, server.url + file));
	files.forEach((file, i) => report(`axe - ${file.slice(1)}`, found[i]));
	const faulty = seed(server, files.at(-1), /<legend>.*?<\/legend>/s, '<h6 lang="xx">1</h6>');
	report('axe - sees a page with faults', missed(await axeOn(browser, source, faulty)));
}

// ---- narrow screens, large letters, fingers ----

// In the page: what is wider than the window, what is cut off.
function measure() {
	const problems = [], width = document.documentElement.clientWidth;
	const name = e => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}.${e.className}`;
	const unseen = e => e.closest('.unseen') || getComputedStyle(e).clipPath !== 'none' ||
		Array.from(document.querySelectorAll('thead,td label span')).some(x => x.contains(e) && getComputedStyle(x).clipPath !== 'none');
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

async function smallOn(browser, url) {
	return withPage(browser, {}, async page => {
		const problems = [];
		for (const [width, scale] of sizes) {
			const say = list => problems.push(...list.map(l => `${width} px, text at ${scale * 100} %: ${l}`));
			await page.setViewportSize({ width, height: 900 });
			await page.goto(url);
			await page.evaluate(by => {
				const root = document.documentElement;
				const size = parseFloat(getComputedStyle(root).fontSize);
				root.style.setProperty('font-size', `${size * by}px`);
			}, scale);
			say(await page.evaluate(measure));
			await unfold(page);
			say(await page.evaluate(measure));
			say(await page.evaluate(fingers));
		}
		return problems;
	});
}

export async function small({ browser, project, server }) {
	const files = htmlFiles(project).map(f => f.slice(project.release.length));
	const found = await each(files, file => smallOn(browser, server.url + file));
	files.forEach((file, i) => report(`small - ${file.slice(1)}`, found[i]));
	const faulty = seed(server, files.at(-1), '</header>', `</header><pre>${'x'.repeat(90)}</pre>`);
	report('small - sees a page that is too wide', missed(await smallOn(browser, faulty)));
}
