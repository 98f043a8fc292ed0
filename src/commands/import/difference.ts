import type { BringInReport } from '../../actions/import-people/entry.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { plain } from '../../cli/output.js';

/** More lines than these are in `--json`. */
const shownOnTerminal = 40;
const shownElsewhere = 20;
const longestValue = 60;
const longestMessage = 300;

/** Tells what an import changes, record by record: `+` what is new, `-` what goes, `~` what differs and stays. */
export function difference(cli: Cli, report: BringInReport): void {
  const { color, errIsTerminal } = cli.io;
  const value = (of: unknown) => {
    const text = printable(plain(of));
    return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
  };
  const lines: string[] = [];
  for (const { line, action, ref, name, set = {}, before = {} } of report.records ?? []) {
    if (action === 'created') lines.push(`${color.green(`+ ${ref}`)} line ${line}: ${value(name)}`);
    if (action !== 'updated') continue;
    lines.push(`~ ${ref} line ${line}`);
    for (const [key, after] of Object.entries(set)) {
      if (!Array.isArray(after) && before[key] !== undefined)
        lines.push(color.red(`    - ${key}: ${value(before[key])}`));
      lines.push(color.green(`    + ${key}: ${value(added(before[key], after))}`));
    }
  }
  for (const { line, message } of report.errors)
    lines.push(`line ${line}: ${printable(message.slice(0, longestMessage))}`);
  for (const { line, ref, key, record, file } of report.left)
    lines.push(`~ ${ref} line ${line}: ${key} stays ${value(record)}, the list says ${value(file)}`);
  for (const { line, name, why } of report.consents?.withheld ?? [])
    lines.push(`line ${line}: no consent of ${value(name)}: ${value(why)}`);
  const shown = errIsTerminal ? shownOnTerminal : shownElsewhere;
  for (const line of lines.slice(0, shown)) cli.note(line);
  if (lines.length > shown) cli.note(`… and ${lines.length - shown} more; see --json`);
}

/** Of a list, what comes to it. */
function added(before: unknown, after: unknown): unknown {
  if (!Array.isArray(after) || !Array.isArray(before)) return after;
  return after.slice(before.length);
}
