// SPDX-License-Identifier: GPL-3.0-or-later
// A web server on loopback: pages out, answers in.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript',
	'.css': 'text/css', '.xml': 'application/xml' };

// {url, port, gets, posts, show(path, text), stop()}.  gets and posts hold what
// arrived, in its order; show() puts a page beside those of the folder.
export async function startServer() {
	const shown = new Map(), gets = [], posts = [];
	const server = http.createServer((request, response) => {
		const where = decodeURIComponent(request.url.split('?')[0]);
		if (request.method === 'POST') {
			let body = '';
			request.setEncoding('utf8');
			request.on('data', part => { body = (body + part).slice(0, 1 << 20); });
			request.on('end', () => {
				posts.push({ where, body, type: request.headers['content-type'] });
				response.writeHead(200, { 'content-type': types['.html'] });
				response.end('<!DOCTYPE html><html lang="en"><title>received</title>');
			});
			return;
		}
		gets.push(where);
		const type = types[path.extname(where)] ?? 'application/octet-stream';
		try {
			const data = shown.get(where) ??
				fs.readFileSync(path.join(self.folder, path.normalize(where)));
			response.writeHead(200, { 'content-type': type });
			response.end(data);
		} catch {
			response.writeHead(404);
			response.end();
		}
	});
	server.requestTimeout = 30000;
	await new Promise((done, refuse) => {
		server.once('error', refuse).listen(0, '127.0.0.1', done);
	});
	const port = server.address().port;
	const self = { port, url: `http://127.0.0.1:${port}`, gets, posts, folder: '/nonexistent',
		show: (where, text) => shown.set(where, text),
		stop: () => { server.close(); server.closeAllConnections(); } };
	return self;
}
