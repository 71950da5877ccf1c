// SPDX-License-Identifier: GPL-3.0-or-later
// The npm packages lie in the build folder, where an import from the source
// tree does not find them.
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';

export const folder = process.env.CLIENTS_TOOLS;
export const tool = createRequire(`${folder}/`);

// Runs a program with a limit of time; its standard output.
export function run(file, args, more = {}) {
	return execFileSync(file, args, { encoding: 'utf8', timeout: 120000,
		maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'pipe'], ...more });
}
