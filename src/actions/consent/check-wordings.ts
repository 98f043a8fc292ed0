import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Fault } from '../../domain/check/fault.js';
import { isEdited, promisedHash } from '../../domain/consent/wording.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { placed, problemOf } from '../../workspace/check/place.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { Index } from '../../workspace/index/index.js';
import type { Problem } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import { keptText, keptWordings } from './wordings.js';

/** What people said yes to, and proves it, must stay what it was: texts and files that were edited, or are gone. */
export function proofProblems(index: Index, root: string): Problem[] {
  const kept = keptWordings(root);
  const edited = kept.flatMap((path) => wordingProblem(path, keptText(root, path)) ?? []);
  const hashOf = hashesIn(root);
  const promised = new Set(kept.map(promisedHash));
  const proven = index.select(
    `r.kind = 'contact' and (instr(r.data, '"wording_sha256":') > 0 or instr(r.data, '"evidence_sha256":') > 0)`,
    [],
  ) as unknown as StoredRecord<Contact>[];
  return [
    ...edited,
    ...proven.flatMap(({ path, data }) => {
      const faults = (data.consents ?? []).flatMap((one, position): Fault[] => {
        const at = (key: string) => ['consents', position, key];
        const { wording_sha256: wording, evidence, evidence_sha256: hash } = one;
        return [
          ...(wording === undefined || promised.has(wording.slice(0, 12))
            ? []
            : [
                {
                  at: at('wording_sha256'),
                  message: `the text that was shown is not in wordings/: ${wording.slice(0, 12)}`,
                  hint: 'bring it back, or the consent is not proven',
                },
              ]),
          ...(evidence === undefined || hash === undefined || hashOf(evidence) === hash
            ? []
            : [{ at: at('evidence'), message: `${evidence} is not there, or is not what was kept` }]),
        ];
      });
      if (faults.length === 0) return [];
      return placed('contact', path, readOrNull(insideWorkspace(root, path))?.toString('utf8'), faults);
    }),
  ];
}

/** That a kept text is no longer what its name promises. */
export function wordingProblem(path: string, text: string): Problem | undefined {
  if (!isEdited(path, text)) return undefined;
  return problemOf(path, {
    at: [],
    message: 'this wording was edited after people had been shown it',
    hint: `put it back: git checkout -- ${path}; another text goes into a file of its own`,
  });
}

/** How many times somebody is said to have agreed while nothing on file proves it: a claim, and no fault of the files. */
export function unprovenConsents(index: Index): number {
  const said = (key: string) => `trim(coalesce(json_extract(c.value, '$.${key}'), ''))`;
  const row = index.db
    .prepare(
      `select count(*) as n from records r, json_each(r.data, '$.consents') c
       where r.kind = 'contact' and r.survivor is null and ${said('state')} = 'given'
         and ${said('basis')} in ('', 'consent') and ${said('wording_sha256')} = '' and ${said('evidence')} = ''`,
    )
    .get() as { n: number };
  return row.n;
}

/** Gives SHA-256 of files of the workspace; undefined for what cannot be read. Many people may have signed one sheet. */
function hashesIn(root: string): (path: string) => string | undefined {
  const hashes = new Map<string, string | undefined>();
  return (path) => {
    if (!hashes.has(path)) hashes.set(path, hashOfFile(root, path));
    return hashes.get(path);
  };
}

function hashOfFile(root: string, path: string): string | undefined {
  try {
    return createHash('sha256')
      .update(readFileSync(insideWorkspace(root, path)))
      .digest('hex');
  } catch {
    return undefined;
  }
}
