import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, itaca, row, run } from './measure.js';

const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;

/** What a person does all day in a committed workspace: reading, and logging a call. */
export function benchDaily(workspace, email, limits) {
  const at = (...args) => [itaca, '-C', workspace, ...args];
  const status = ['-C', workspace, 'status', '--short'];
  run('git', status);
  const [node, git, show, cases] = inTurn(9, [
    () => run(process.execPath, ['-e', '0']).seconds,
    () => run('git', status).seconds,
    () => run(process.execPath, at('contact', 'show', email, '--json')).seconds,
    () => run(process.execPath, at('case', 'list', '--json')).seconds,
  ]);
  const reading = {
    value: limits.reading,
    text: `${limits.reading} × (\`git status\` + \`node -e 0\`)`,
    unit: ' ×',
  };
  const detail = (seconds) => `${ms(seconds)} / (${ms(git)} + ${ms(node)})`;
  row('`contact show <email>`', reading, show / (git + node), detail(show));
  row('`case list`', reading, cases / (git + node), detail(cases));

  let count = 0;
  const [bare, byHand, logged] = inTurn(7, [
    () => run(process.execPath, ['-e', '0']).seconds,
    () => {
      const file = `interactions/note-${count++}.txt`;
      mkdirSync(join(workspace, 'interactions'), { recursive: true });
      writeFileSync(join(workspace, file), 'a call\n');
      const inside = (...args) => run('git', ['-C', workspace, ...args]).seconds;
      return inside('status', '--short') + inside('add', file) + inside('commit', '-qm', 'log');
    },
    () => run(process.execPath, at('log', 'phone', email, 'asks for the price list', '--in')).seconds,
  ]);
  row(
    '`log` with its commit',
    {
      value: limits.logging,
      text: `${limits.logging} × (\`node -e 0\` + \`git status\` + \`git add\` + \`git commit\`)`,
      unit: ' ×',
    },
    logged / (bare + byHand),
    `${ms(logged)} / ${ms(bare + byHand)}`,
  );
}
