import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchDaily } from './daily.js';
import { inTurn, itaca, row, run, runTimed } from './measure.js';
import { contactPath, emailOf, makeScaleWorkspace } from './scale-workspace.js';

const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;

/** A folder that has grown for years: so many contacts, and twice as many interactions. */
export function benchScale(folder, contacts) {
  const workspace = join(folder, 'grown');
  const records = makeScaleWorkspace(workspace, contacts);
  const at = (...args) => [itaca, '-C', workspace, ...args];
  rmSync(join(workspace, '.itaca'), { recursive: true, force: true });
  const indexed = runTimed(process.execPath, at('case', 'list'));
  row(
    `first index of ${records} records`,
    { value: records / 10_000, text: '10 s for each 100,000', unit: ' s' },
    indexed.seconds,
    `${indexed.megabytes.toFixed(0)} MB`,
  );
  const checked = runTimed(process.execPath, at('check'));
  row(
    '`check` of everything',
    { value: 1.5, text: '1.5 × a first index', unit: ' ×' },
    checked.seconds / indexed.seconds,
    `${checked.seconds.toFixed(1)} / ${indexed.seconds.toFixed(1)} s, ${checked.megabytes.toFixed(0)} MB`,
  );
  benchDaily(workspace, emailOf(0), { reading: 1.3, logging: 1 });

  const edited = join(workspace, contactPath(3));
  const status = ['-C', workspace, 'status', '--short'];
  const [node, git, show] = inTurn(7, [
    () => run(process.execPath, ['-e', '0']).seconds,
    () => run('git', status).seconds,
    () => {
      appendFileSync(edited, 'Called back.\n');
      return run(process.execPath, at('contact', 'show', emailOf(3), '--json')).seconds;
    },
  ]);
  row(
    '`contact show` after an edit by hand',
    { value: 1.3, text: '1.3 × (`git status` + `node -e 0`)', unit: ' ×' },
    show / (git + node),
    `${ms(show)} / (${ms(git)} + ${ms(node)})`,
  );
  run('git', ['-C', workspace, 'checkout', '-q', '--', '.']);
  const [bare, rg, found] = inTurn(7, [
    () => run(process.execPath, ['-e', '0']).seconds,
    () => run('rg', ['-il', 'zanzibar', workspace]).seconds,
    () => run(process.execPath, at('find', 'zanzibar', '--json')).seconds,
  ]);
  row(
    '`find` of one word over all',
    { value: 1, text: '1 × (`rg` + `node -e 0`)', unit: ' ×' },
    found / (rg + bare),
    `${ms(found)} / (${ms(rg)} + ${ms(bare)})`,
  );
  const warm = runTimed(process.execPath, at('contact', 'show', emailOf(0)));
  row('memory of a warm read', { value: 150, text: '150 MB', unit: ' MB' }, warm.megabytes, '');
  const draft = [
    'campaign',
    'new',
    'All',
    '--purpose',
    'service',
    '--audience',
    'kind:contact',
    '--body',
    'Hello',
  ];
  run(process.execPath, at(...draft));
  const planned = runTimed(process.execPath, at('campaign', 'audience', 'All', '--json'));
  row(
    `\`campaign audience\` of ${contacts} people`,
    { value: Math.max(1, (3 * contacts) / 100_000), text: '3 s for each 100,000', unit: ' s' },
    planned.seconds,
    `${planned.megabytes.toFixed(0)} MB`,
  );
  benchSync(folder, workspace, Math.min(1000, contacts / 2));
}

/** Two clones, in each of which other records changed. */
function benchSync(folder, workspace, changes) {
  const remote = join(folder, 'remote.git');
  const second = join(folder, 'second');
  run('git', ['clone', '-q', '--bare', workspace, remote]);
  run('git', ['-C', workspace, 'remote', 'add', 'origin', remote]);
  run('git', ['-C', workspace, 'fetch', '-q', 'origin']);
  const branch = run('git', ['-C', workspace, 'branch', '--show-current']).stdout.trim();
  run('git', ['-C', workspace, 'branch', '-q', '-u', `origin/${branch}`]);
  run('git', ['clone', '-q', remote, second]);
  for (const clone of [workspace, second]) {
    run(process.execPath, [itaca, '-C', clone, 'sync']);
    // Its first index is a row of its own.
    run(process.execPath, [itaca, '-C', clone, 'case', 'list']);
  }
  const change = (clone, offset) => {
    for (let n = 0; n < changes; n++) {
      const file = join(clone, contactPath(n + offset));
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace('language: it', `language: it\ntitle: changed ${n}`),
      );
    }
  };
  change(workspace, 0);
  change(second, changes);
  run(process.execPath, [itaca, '-C', workspace, 'sync']);
  const { seconds } = run(process.execPath, [itaca, '-C', second, 'sync']);
  row(
    `\`sync\` of ${changes} records changed on each side`,
    { value: 5, text: '5 s', unit: ' s' },
    seconds,
    '',
  );
}
