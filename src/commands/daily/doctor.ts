import { doctor } from '../../actions/doctor.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, _args, { fix }) => {
  const findings = await doctor({
    root: await cli.root(),
    nodeVersion: process.versions.node,
    fix: fix === true && !cli.dryRun,
    tools: () => cli.tools(),
  });
  const { red, yellow, green } = cli.io.color;
  const styles = { ok: green, warn: yellow, fail: red };
  if (cli.output.json || cli.globals.csv || cli.globals.fields) {
    await cli.output.list(findings, [{ key: 'check' }, { key: 'state' }, { key: 'message' }, { key: 'fix' }]);
  } else {
    for (const { check, state, message, fix: how } of findings) {
      if (cli.globals.quiet && state === 'ok') continue;
      cli.output.line(`${styles[state](state.padEnd(4))}  ${check}: ${message}`);
      if (how) cli.output.line(`      → ${how}`);
    }
  }
  if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1;
};
