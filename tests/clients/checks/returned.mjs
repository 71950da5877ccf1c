// SPDX-License-Identifier: GPL-3.0-or-later
// The form that comes back because something is wrong with the answers: as
// good a page as the one that was filled in, and one that opens at what is to
// be done.
import fs from 'node:fs';
import { norm } from '../lib/catalog.mjs';
import { onPages } from '../lib/browser.mjs';
import { report } from '../lib/tap.mjs';
import { run } from '../lib/tools.mjs';
import { check, say } from './nu.mjs';
import { axeAll, listenAll, missed, seed, smallAll } from './pages.mjs';

// What nobody should send: every box, every line too long, one place for all.
function wrongAnswers(html) {
	const out = [];
	const each = (pattern, value) => {
		for (const m of html.matchAll(pattern))
			out.push([m[1], value ?? m[2]]);
	};
	each(/<input type="checkbox"[^>]* name="([^"]+)" value="([^"]+)"/g);
	each(/<input type="number"[^>]* name="([^"]+)"/g, '99999.5');
	each(/<input type="text"[^>]* name="([^"]+)"/g, '<b>«да» & "нет"</b>'.repeat(90));
	each(/<textarea[^>]* name="([^"]+)"/g, '</textarea>نعم 是\n'.repeat(200));
	each(/<select[^>]* name="([^".]+\.year)"/g, '2026');
	each(/<select[^>]* name="([^".]+\.(?!year|month|day)[^"]+)"/g, '1');
	return out;
}

// The page as a collector gives it back; banner: "not-stored" or none.
function giveBack(page, posted, ...banner) {
	const places = page.html.replace(/\.html$/, '.slots.xml');
	return run(`${process.env.top_builddir}/tests/e2e/fill/filler`, [page.html, places, page.xml, ...banner],
		{ input: posted.map(pair => pair.map(s => `${s}\0`).join('')).join(''), stdio: 'pipe' });
}

// In the page: where it opens, and what is to be seen of what is wrong.
function look() {
	const told = document.getElementById('told'), box = told.getBoundingClientRect();
	const wrong = Array.from(document.querySelectorAll('.q[data-wrong]'));
	return {
		focus: document.activeElement === told, top: box.top, title: document.title,
		heading: told.querySelector('h2').innerText, links: told.querySelectorAll('li a').length,
		wrong: wrong.length,
		silent: wrong.filter(q => q.checkVisibility() && !q.querySelector('.fault').innerText.trim()).map(q => q.id),
		twice: wrong.filter(q => Array.from(q.querySelectorAll('.error')).some(e => e.checkVisibility())).map(q => q.id),
		dangling: Array.from(told.querySelectorAll('li a')).filter(a => !document.querySelector(a.hash)).map(a => a.hash),
		elements: document.querySelectorAll('.q b:not(.low b,.high b)').length,
	};
}

async function opens(page, { url, words, listed }) {
	const problems = [];
	await page.setViewportSize({ width: 360, height: 640 });
	await page.goto(url);
	const seen = await page.evaluate(look);
	if (!seen.focus || seen.top < 0 || seen.top > 200)
		problems.push(`does not open at what is said: ${JSON.stringify(seen)}`);
	if (norm(seen.heading) !== words || !norm(seen.title).startsWith(`${words} – `))
		problems.push(`says ${seen.heading}, title ${seen.title}, not ${words}`);
	if (listed ? seen.wrong < 5 || seen.links !== seen.wrong : seen.links + seen.wrong > 0)
		problems.push(`${seen.links} links to ${seen.wrong} questions`);
	for (const what of ['silent', 'twice', 'dangling'])
		problems.push(...seen[what].map(id => `${what}: ${id}`));
	if (seen.elements > 0)
		problems.push('an answer has become an element');
	return problems;
}

export async function returned({ browser, project, server, work }) {
	const kinds = page => page.lang === 'ar' ? [['incomplete', []], ['not_stored', ['not-stored']]] : [['incomplete', []]];
	const pages = project.pages.flatMap(page => kinds(page).map(([kind, banner]) => {
		const file = `${work}/${page.form.id}.${page.lang}.${kind}.html`, where = `/back/${file.split('/').at(-1)}`;
		const posted = wrongAnswers(fs.readFileSync(page.html, 'utf8'));
		fs.writeFileSync(file, giveBack(page, posted, ...banner));
		server.show(where, fs.readFileSync(file, 'utf8'));
		return { file, url: server.url + where, name: `${page.title} ${kind}`,
			words: page.words(`${kind}_title`), listed: kind === 'incomplete' };
	}));
	const messages = check(pages.map(p => p.file));
	const urls = pages.map(p => p.url);
	const opened = await onPages(browser, { javaScriptEnabled: true }, pages, opens);
	const asked = await listenAll(browser, urls);
	const barriers = await axeAll(browser, urls, () => 'form');
	const narrow = await smallAll(browser, urls);
	pages.forEach(({ file, name }, i) => report(`returned - ${name}`, [...opened[i],
		...messages.filter(m => m.url === `file:${file}`).map(m => `nu: ${say(m)}`),
		...asked[i].map(l => `quiet: ${l}`), ...barriers[i].map(l => `axe: ${l}`), ...narrow[i].map(l => `small: ${l}`)]));
	const shown = pages[0].url.slice(server.url.length);
	fs.mkdirSync(`${server.folder}/back`, { recursive: true });
	fs.copyFileSync(pages[0].file, server.folder + shown);
	const faulty = { ...pages[0], url: seed(server, shown, ' autofocus', '') };
	report('returned - sees a page that opens elsewhere', missed((await onPages(browser, {}, [faulty], opens)).flat()));
	const bare = { ...pages[0], url: seed(server, shown, /<div class="fault"[^]*?<\/div>/, '<div class="fault"></div>') };
	report('returned - sees a question that nothing is said of', missed((await onPages(browser, {}, [bare], opens)).flat()));
}
