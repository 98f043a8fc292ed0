// The main job on examples/fair, step by step, in a temporary workspace: `npm run demo`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'itaca-demo-'));
const color = process.stdout.isTTY && !process.env.NO_COLOR;
const styled = (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
const env = {
  ...process.env,
  // The story's morning; the examples are dated around it.
  ITACA_NOW: '2026-11-24T09:00:00+01:00',
  ITACA_ACTOR: 'giulia',
  ITACA_FORCE_TTY: process.env.ITACA_FORCE_TTY ?? String(process.stdout.columns ?? 100),
  XDG_STATE_HOME: join(folder, 'state'),
  ...(color ? { FORCE_COLOR: '1' } : {}),
};

function tell(text) {
  process.stdout.write(`\n${styled('1', text)}\n`);
}

function run(...args) {
  const shown = args.map((arg) => (/^[\w@.,:/=+-]+$/.test(arg) ? arg : JSON.stringify(arg))).join(' ');
  process.stdout.write(`${styled('36', `$ itaca ${shown}`)}\n`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin/itaca.js'), ...args], { cwd: folder, env, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`the demo stopped: exit code ${status}\n`);
    process.exit(1);
  }
}

tell('1. A firm of two offices, as a folder of plain files in git.');
run('init', 'crm', '--example', 'fair');

tell('2. The list that came back from the trade fair: doubles, switchboards, half-read badges. First, clean it.');
run('-C', 'crm', 'dedupe', join(root, 'examples/fair.csv'), '-o', 'clean.csv', '--removed', 'removed.csv');

tell('3. Take it in. Whoever is on file is updated, nobody is doubled; it is one commit.');
run('-C', 'crm', 'import', 'csv', 'clean.csv', '--tag', 'fiera-2026', '--source', 'Fiera della Luce 2026', '--office', 'sales', '--yes');

tell('4. The same list again, from the other office: nothing happens.');
run('-C', 'crm', 'import', 'csv', 'clean.csv', '--tag', 'fiera-2026', '--source', 'Fiera della Luce 2026', '--office', 'sales', '--yes');

tell('5. Who may get the newsletter? A badge is no consent, and whoever waits for an answer gets no offer.');
run('-C', 'crm', 'campaign', 'audience', 'Spring news');

tell('6. Send it: to each person once. It waits in the outbox until a mail server is named.');
run('-C', 'crm', 'campaign', 'send', 'Spring news', '--confirm', 'Spring news');

tell('7. Somebody sends it again. Nobody is written to twice.');
run('-C', 'crm', 'campaign', 'send', 'Spring news', '--confirm', 'Spring news');

tell('8. The telephone rings. What was said and what was promised go on file.');
run('-C', 'crm', 'log', 'phone', 'caterina@locandadalmolin.example', 'third call about the cracked lamps', '--in', '--minutes', '6', '--promise', 'call back with a date for the new ones', '--due', 'tomorrow 12:00');

tell('9. What is due?');
run('-C', 'crm', 'due', '--within', '3d');

tell('10. Which cases are open, the overdue and the oldest first?');
run('-C', 'crm', 'report', 'cases');

const outbox = join(folder, 'crm/outbox/new');
const [mail] = readdirSync(outbox).sort();
const headers = readFileSync(join(outbox, mail), 'utf8').split(/\r?\n\r?\n/)[0].split(/\r?\n/);
tell(`The mails lie in ${outbox}, one file each, ready for any mail program. The first one begins:`);
process.stdout.write(`${headers.filter((line) => /^(From|To|Subject|Message-ID|List-Unsubscribe):/i.test(line)).map((line) => `  ${line}`).join('\n')}\n`);
tell('Everything that happened, by whom and when:');
process.stdout.write(spawnSync('git', ['-C', join(folder, 'crm'), 'log', '--format=  %h %s'], { encoding: 'utf8' }).stdout);
