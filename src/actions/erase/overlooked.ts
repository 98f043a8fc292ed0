import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import fg from 'fast-glob';
import { openCsv, rowsOf } from '../../csv/open-csv.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { namesAny } from '../../domain/erasure/bare-references.js';
import { ItacaError } from '../../domain/error.js';
import { takeEnvelope } from '../../mail/file-drop.js';
import { parseMessage } from '../../mail/parse-message.js';
import { isMail, mailTexts, redactMail } from '../../mail/redact/redact-mail.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { Learned } from './learn.js';
import { carriesName, type Lookalikes, type ToLookAt } from './lookalikes.js';

/** What git overlooks and names the person. */
export interface Overlooked {
  /** Messages to him, and notices about what goes: they go, too. */
  removed: string[];
  /** Messages to others and files for the printer and the telephone, as they are to be. */
  rewritten: { path: string; bytes: Buffer }[];
  look: ToLookAt[];
}

/** Reads the outbox, and the files that campaigns by letter and by telephone wrote; git ignores them. */
export async function inOverlooked(
  root: string,
  learned: Learned,
  lookalikes: Lookalikes,
): Promise<Overlooked> {
  const out: Overlooked = { removed: [], rewritten: [], look: [] };
  const paths = await fg(['outbox/**/*', 'letters/**/*', 'call-lists/**/*'], {
    cwd: root,
    onlyFiles: true,
    followSymbolicLinks: false,
    dot: true,
  });
  for (const path of paths.sort()) {
    const bytes = readOrNull(insideWorkspace(root, path));
    if (bytes === null) continue;
    if (path.endsWith('/.register.jsonl')) out.look.push(...elsewhere(root, path, bytes, learned));
    else if (path.startsWith('outbox/')) {
      const after = inMail(bytes, learned);
      if (isAboutRemoved(bytes, learned) || (after !== bytes && (await isToHim(bytes, learned))))
        out.removed.push(path);
      else {
        if (after !== bytes) out.rewritten.push({ path, bytes: after });
        if (lookalikes.carries(after)) out.look.push({ path, why: carriesName });
      }
    } else {
      const after = inTable(path, bytes, learned);
      if (after === undefined) out.look.push({ path, why: 'it names the person, and cannot be read here' });
      else if (after !== bytes) out.rewritten.push({ path, bytes: after });
    }
  }
  return out;
}

function inMail(bytes: Buffer, { eraser }: Learned): Buffer {
  return isMail(bytes) ? redactMail(bytes, (text) => eraser.text(text)).bytes : inText(bytes, eraser);
}

function inText(bytes: Buffer, eraser: Learned['eraser']): Buffer {
  const text = bytes.toString();
  const after = eraser.text(text);
  return after === text || !Buffer.from(text).equals(bytes) ? bytes : Buffer.from(after);
}

/** Whether a message tells of a record that is no more, such as a reminder of a case. */
function isAboutRemoved(bytes: Buffer, { rules: { removed } }: Learned): boolean {
  return isMail(bytes) && mailTexts(bytes).some((text) => namesAny(text, removed));
}

async function isToHim(bytes: Buffer, { person: { emails } }: Learned): Promise<boolean> {
  const own = (address: string) => emails.includes(canonicalEmail(address) ?? '');
  const to = takeEnvelope(bytes)?.envelope.to;
  if (to !== undefined) return own(to);
  const receivers = (await parseMessage(bytes)).to;
  return receivers.length > 0 && receivers.every(({ address }) => own(address));
}

/** A file for a mail merge without his rows; undefined where it cannot be told which these are. */
function inTable(path: string, bytes: Buffer, { eraser, person }: Learned): Buffer | undefined {
  const loose = bytes.toString('latin1');
  const names = namesAny(loose, person.contacts) || inText(bytes, eraser) !== bytes;
  try {
    const file = openCsv(bytes, { known: (cells) => Number(cells.includes('reference')), path });
    const rows = [...rowsOf(file)];
    const others = rows.flatMap((row, i) =>
      row.cells.some((cell) => namesAny(cell, person.contacts))
        ? []
        : [file.bytes.subarray(row.start, rows[i + 1]?.start ?? file.body.end)],
    );
    const pieces = [file.bytes.subarray(0, file.body.start), ...others, file.bytes.subarray(file.body.end)];
    const before = file.bytes.toString();
    const after = eraser.text(Buffer.concat(pieces).toString());
    return after === before ? bytes : Buffer.from(`\ufeff${after}`);
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return names ? undefined : bytes;
  }
}

/** Files that a campaign wrote outside of the workspace, where they still lie there with him in them. */
function elsewhere(root: string, path: string, bytes: Buffer, learned: Learned): ToLookAt[] {
  const inside = `${resolve(root)}${sep}`;
  const targets = bytes
    .toString()
    .split('\n')
    .flatMap((line) => {
      try {
        return [String((JSON.parse(line) as { target?: unknown }).target ?? '')];
      } catch {
        return [];
      }
    });
  return [...new Set(targets)].flatMap((target) => {
    if (target === '' || target.startsWith(inside) || !existsSync(target)) return [];
    const there = readOrNull(target);
    if (there === null || inTable(path, there, learned) === there) return [];
    return [{ path: target, why: 'a file of a campaign that names the person' }];
  });
}
