// Speed as ratios to baselines measured in the same run: node bench/run.js [start] [store] [list] [scale] [dedupe] [calendar] [cases] [send] [inbox] [imports] [pull] [parquet] [--contacts 100000]
// Needs git, ripgrep, GNU time, taskset, smtp-sink and dovecot. Builds nothing: run `npm run build` first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchCalendar } from './calendar.js';
import { benchCases } from './cases.js';
import { benchDedupe } from './dedupe.js';
import { benchImports } from './imports.js';
import { benchInbox } from './inbox.js';
import { benchList } from './list.js';
import { header } from './measure.js';
import { benchParquet } from './parquet.js';
import { benchPull } from './pull.js';
import { benchScale } from './scale.js';
import { benchSend } from './send.js';
import { benchStart } from './start.js';
import { benchStore } from './store.js';

const benches = {
  start: benchStart,
  store: benchStore,
  list: benchList,
  scale: benchScale,
  dedupe: benchDedupe,
  calendar: benchCalendar,
  cases: benchCases,
  send: benchSend,
  inbox: benchInbox,
  imports: benchImports,
  pull: benchPull,
  parquet: benchParquet,
};
const args = process.argv.slice(2);
const at = args.indexOf('--contacts');
const contacts = at < 0 ? 100_000 : Number(args.splice(at, 2)[1]);
const wanted = args.length > 0 ? args : Object.keys(benches);
const folder = mkdtempSync(join(tmpdir(), 'itaca-bench-'));
process.env.XDG_STATE_HOME = join(folder, 'state');
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
// No housekeeping in the background while something is measured.
Object.assign(process.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'gc.auto', GIT_CONFIG_VALUE_0: '0' });
for (const key of ['GIT_AUTHOR', 'GIT_COMMITTER']) {
  process.env[`${key}_NAME`] = 'bench';
  process.env[`${key}_EMAIL`] = 'bench@example.org';
}
header();
try {
  for (const name of wanted) await benches[name](folder, contacts);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
