// SPDX-License-Identifier: GPL-3.0-or-later
// The ODK clients are libraries: each becomes a page with esbuild.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, tool } from './tools.mjs';

const apps = path.join(path.dirname(fileURLToPath(import.meta.url)), '../apps');
const core = what => `${folder}/node_modules/enketo-core/${what}`;

const common = { bundle: true, format: 'esm', target: 'chrome120', logLevel: 'silent',
	nodePaths: [`${folder}/node_modules`], define: { global: 'globalThis' },
	loader: { '.svg': 'dataurl', '.png': 'dataurl', '.ttf': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' } };

// Enketo wants the names below from whoever uses it; its own stand-ins do.
const aliases = { 'enketo/config': core('config.js'),
	'enketo/dialog': core('src/js/fake-dialog.js'),
	'enketo/file-manager': core('src/js/file-manager.js'),
	'enketo/translator': core('src/js/fake-translator.js'),
	'enketo/widgets': core('src/js/widgets.js'),
	'enketo/xpath-evaluator-binding': core('src/js/xpath-evaluator-binding.js'),
	libxslt: `${apps}/nothing.js` };

// Puts a page with the client on the server and gives its path.
export async function makeApp(server, work, name) {
	const out = `${work}/${name}.js`;
	await tool('esbuild').build({ ...common, entryPoints: [`${apps}/${name}.js`], outfile: out,
		alias: name === 'enketo' ? aliases : {} });
	const css = out.replace(/js$/, 'css');
	server.show(`/${name}.js`, fs.readFileSync(out));
	if (fs.existsSync(css))
		server.show(`/${name}.css`, fs.readFileSync(css));
	server.show(`/${name}.html`, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${name}</title>` +
		'<link rel="icon" href="data:,">' + (fs.existsSync(css) ? `<link rel="stylesheet" href="/${name}.css">` : '') +
		`</head><body><div id="app"></div><script type="module" src="/${name}.js"></script></body></html>`);
	return `${server.url}/${name}.html`;
}
