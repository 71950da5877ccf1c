// SPDX-License-Identifier: GPL-3.0-or-later
// TAP on standard output, and nothing else there.
let count = 0, failed = 0;

const one_line = text => String(text).replace(/\s+/g, ' ').trim();

export function comment(text) {
	for (const line of String(text).split('\n'))
		console.log(`# ${line}`);
}

// Reports one line.  problems: a list of sentences, empty when all is well.
export function report(title, problems) {
	const most = 12;
	count++;
	problems.slice(0, most).forEach(p => comment(one_line(p).slice(0, 600)));
	if (problems.length > most)
		comment(`and ${problems.length - most} more`);
	if (problems.length > 0)
		failed++;
	console.log(`${problems.length ? 'not ok' : 'ok'} ${count} - ${title}`);
}

// A client that is not here: skipped, but where CI is set that is a failure.
export function unavailable(title, why) {
	if (process.env.CI)
		report(title, [`cannot be installed: ${why}`]);
	else
		console.log(`ok ${++count} - ${title} # SKIP cannot be installed: ${one_line(why)}`);
}

export function finish() {
	console.log(`1..${count}`);
	return failed;
}

// Works through a list, a few at a time, and gives the results in its order.
export async function each(list, fn, together = 2) {
	const results = [];
	let next = 0;
	const work = async () => {
		while (next < list.length) {
			const i = next++;
			results[i] = await fn(list[i], i);
		}
	};
	await Promise.all(Array.from({ length: together }, work));
	return results;
}
