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

// Calls fn with a page of its own and closes it whatever happens.
export async function withPage(browser, options, fn) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	context.setDefaultTimeout(15000);
	try {
		return await fn(await context.newPage());
	} finally {
		await context.close();
	}
}

// Shows all that is hidden until something happens, each box ticked.
export function unfold(page) {
	return page.evaluate(() => {
		for (const box of document.querySelectorAll('input[type=radio],input[type=checkbox]'))
			box.checked = true;
		for (const element of document.querySelectorAll('body *'))
			if (getComputedStyle(element).display === 'none')
				element.style.setProperty('display', 'revert', 'important');
	});
}

// What can be read on the page, in one line.
export async function visibleText(page, norm, selector = 'body') {
	return norm(await page.locator(selector).first().evaluate(e => e.innerText));
}
