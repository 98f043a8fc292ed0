#!/usr/bin/env node
// The launcher: refuses a Node that is too old, turns on the compile cache where there is one, starts the program.
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`itaca: needs Node 20.17 or later, this is ${process.versions.node}\n`);
  process.exitCode = 70;
} else {
  module.enableCompileCache?.();
  const { main } = await import('../dist/main.js');
  await main(process.argv.slice(2));
}
