// SPDX-License-Identifier: GPL-3.0-or-later
// Chromium.  Nothing is looked up outside of this machine, and no wait is
// without an end.
import { tool } from './tools.mjs';

const chromiumPath = process.env.CLIENTS_CHROMIUM;

export function startBrowser() {
	return tool('playwright-core').chromium.launch({ executablePath: chromiumPath,
		args: ['--no-sandbox', '--disable-background-networking', '--disable-quic',
			'--disable-component-update', '--disable-sync', '--no-first-run',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			// Enketo needs XSLT, which Chromium is about to switch off.
			'--enable-blink-features=XSLT'] });
}

async function newPage(browser, options) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	context.setDefaultTimeout(15000);
	return context.newPage();
}

// Calls fn with a page of its own and closes it whatever happens.
export async function withPage(browser, options, fn) {
	const page = await newPage(browser, options);
	try {
		return await fn(page);
	} finally {
		await page.context().close();
	}
}

// Calls fn(page, item) for each of a list, with two pages at a time; the results
// in the order of the list.  A new page costs as much as many looks at it, so it
// is used again: fn loads what it looks at, and listens to nothing for longer.
export async function onPages(browser, options, list, fn) {
	const results = [];
	let next = 0;
	const work = async page => {
		while (next < list.length) {
			const i = next++;
			results[i] = await fn(page, list[i], i);
			page.removeAllListeners();
		}
	};
	await Promise.all([1, 2].map(() => withPage(browser, options, work)));
	return results;
}

// Shows all that is hidden until something happens, each box ticked.  First all
// looks, then all changes: a look after a change computes the whole page anew.
export function unfold(page) {
	return page.evaluate(() => {
		for (const box of document.querySelectorAll('input[type=radio],input[type=checkbox]'))
			box.checked = true;
		Array.from(document.querySelectorAll('body *'))
			.filter(element => getComputedStyle(element).display === 'none')
			.forEach(element => element.style.setProperty('display', 'revert', 'important'));
	});
}

// What can be read on the page, in one line.
export async function visibleText(page, norm, selector = 'body') {
	return norm(await page.locator(selector).first().evaluate(e => e.innerText));
}
