// SPDX-License-Identifier: GPL-3.0-or-later
// The pages that the program writes for translators and the secretariat: fit
// for everybody, in each language; single files that ask for nothing.
import fs from 'node:fs';
import { makeDesk } from '../lib/desk.mjs';
import { norm } from '../lib/catalog.mjs';
import { report } from '../lib/tap.mjs';
import { onPages } from '../lib/browser.mjs';
import { check, say } from './nu.mjs';
import { axeAll, listenAll, measure, missed } from './pages.mjs';

const right = new Set(['ar']);

// What a page is made of, as text: its own language, no script, no address.
function readPage(file, name) {
	const html = fs.readFileSync(file, 'utf8'), problems = [];
	const start = /<html [^>]*>/.exec(html)?.[0] ?? '';
	const lang = / lang="([^"]+)"/.exec(start)?.[1], dir = / dir="(\w+)"/.exec(start)?.[1];
	const tag = /(?:^|\.)(ar|zh_CN|zh-CN|en|fr|ru|es)(?=[/.])/.exec(name)?.[1] ?? 'en';
	if (!lang || lang.slice(0, 2) !== tag.slice(0, 2))
		problems.push(`is in ${lang}, not in ${tag}`);
	if ((dir ?? 'ltr') !== (right.has(lang) ? 'rtl' : 'ltr'))
		problems.push(`${lang} goes ${dir}`);
	if (/<script/i.test(html))
		problems.push('has a script');
	return problems;
}

// In the page: words that nobody has translated, told by their letters.
function foreignWords() {
	const lang = document.documentElement.lang, found = [];
	if (!/^(ar|zh|ru)/.test(lang))
		return found;
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const at = node.parentElement;
		if (at.closest('code,style,bdi,a[dir=ltr]') || at.closest('[lang]').lang !== lang)
			continue;
		// A finding may quote the source.
		if (/[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(node.data.replace(/[«“"„].*?[»”"]/g, '')))
			found.push(`in English: ${node.data}`);
	}
	return found;
}

async function narrowOn(page, url) {
	const problems = [];
	for (const width of [320, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(url);
		problems.push(...(await page.evaluate(measure)).map(l => `${width} px: ${l}`));
	}
	return [...problems, ...await page.evaluate(foreignWords)];
}

// What the checker says without there being a fault: it does not know container
// queries yet; pages that are localized as XML close empty elements; and a
// preview holds the form with the heading that the form will have.
const noFault = /^CSS: (Unrecognized at-rule “@container”|“container-type”)|^Trailing slash|^Consider using the “h1” element/;

// A browser takes its time with the long pages.  They differ by their texts: one
// from each side and the source are enough, and none twice.
const spared = name => /preview\/(?!consultation)|digital_skills\.(?!ar|en)/.test(name);

// What a browser says of each page that it is given; nothing of the others.
async function browse(pages, look) {
	const list = pages.filter(p => !spared(p.name));
	const found = await look(list.map(p => p.url));
	return pages.map(p => list.includes(p) ? found[list.indexOf(p)] : []);
}

export async function desk({ browser, project, server, work }) {
	const pages = makeDesk(`${work}/desk`, project.languages);
	const faulty = `${work}/desk-faulty.html`;
	const first = fs.readFileSync(pages[0].file, 'utf8');
	fs.writeFileSync(faulty, first.replace('</h1>', '</h2>').replace('</main>',
		`<img src="/spy.png"><pre>${'x'.repeat(400)}</pre></main>`));
	const all = [...pages, { file: faulty, name: 'faulty.html' }];
	for (const p of all) {
		server.show(`/desk/${p.name}`, fs.readFileSync(p.file));
		p.url = `${server.url}/desk/${p.name}`;
	}
	const messages = check(all.map(p => p.file));
	const asked = await browse(all, urls => listenAll(browser, urls));
	const narrow = await browse(all, urls => onPages(browser, {}, urls, narrowOn));
	const barriers = await browse(all, urls => axeAll(browser, urls, () => 'desk'));
	all.forEach(({ file, name }, i) => {
		const found = { nu: messages.filter(m => m.url === `file:${file}` && !noFault.test(m.message)).map(say),
			quiet: asked[i], small: narrow[i], axe: barriers[i] };
		if (file !== faulty)
			report(`desk - ${norm(name)}`, [...readPage(file, name),
				...Object.entries(found).flatMap(([what, list]) => list.map(l => `${what}: ${l}`))]);
		else
			for (const [what, list] of Object.entries(found))
				report(`desk - ${what} sees a page with faults`, missed(list));
	});
}
