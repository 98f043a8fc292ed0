import { inTurn, itaca, row, run } from './measure.js';

/** What starting the program costs. */
export function benchStart() {
  const node = (...args) => run(process.execPath, args).seconds;
  const [bare, help, version] = inTurn(21, [
    () => node('-e', '0'),
    () => node(itaca, '--help'),
    () => node(itaca, '--version'),
  ]);
  const limit = { value: 1.3, text: '1.3 × `node -e 0`', unit: ' ×' };
  const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;
  row('`itaca --help`', limit, help / bare, `${ms(help)} / ${ms(bare)}`);
  row('`itaca --version`', limit, version / bare, `${ms(version)} / ${ms(bare)}`);
}
