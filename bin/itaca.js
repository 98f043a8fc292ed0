#!/usr/bin/env node
// The launcher: refuses a Node that is too old, turns on the compile cache where there is one, starts the program.
// The two pages that a shell asks for most were written when the program was built.
import { readFileSync } from 'node:fs';
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
const [first = '--help', ...others] = process.argv.slice(2);
const page = { '--help': 'help', '-h': 'help', '--version': 'version', '-V': 'version' }[first];
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`itaca: needs Node 20.17 or later, this is ${process.versions.node}\n`);
  process.exitCode = 70;
} else if (page && others.length === 0) {
  process.stdout.write(readFileSync(new URL(`../dist/${page}.txt`, import.meta.url)));
} else {
  module.enableCompileCache?.();
  const { main } = await import('../dist/main.js');
  await main(process.argv.slice(2));
}
