import type { Fault } from '../check/fault.js';
import { idOfRef } from '../records/ids.js';
import { mergeEntries } from './provenance.js';

/**
 * Records that were merged into each other, as two clones may do: the one that stays is told, since somebody should say
 * which it is.
 * @param data of the record that counts as not merged
 */
export function circleFault(kind: string, id: string, data: Record<string, unknown>): Fault {
  const into = String(data.merged_into);
  return idOfRef(into) === id
    ? { at: ['merged_into'], message: 'merged_into: names this very record', hint: 'take the line out' }
    : {
        at: ['merged_into'],
        message: `merged_into: this ${kind} and ${into} were merged into each other; this one counts as the one that stays`,
        hint:
          kind === 'case'
            ? `to settle it: itaca case unmerge ${id}`
            : `to settle it: itaca ${kind} merge ${id} ${idOfRef(into)}`,
      };
}

/**
 * A provenance of a record that was merged elsewhere, or not at all: its values stand here without being from here.
 * @param into id that the other record was merged into; undefined where it was not
 */
export function strayProvenance(
  kind: string,
  data: Record<string, unknown>,
  other: string,
  into: string | undefined,
): Fault | undefined {
  if (!mergeEntries(data).some(({ ref }) => idOfRef(ref) === other)) return undefined;
  const position = (data.merged_from as unknown[]).findIndex(
    (entry) => idOfRef(String((entry as { ref?: unknown } | null)?.ref)) === other,
  );
  return {
    at: ['merged_from', position],
    message: `merged_from: ${other} ${into === undefined ? 'is not merged' : `was merged into ${into}`}, but its values are here`,
    hint: into === undefined ? 'take the entry out' : `to part them: itaca ${kind} unmerge ${other}`,
  };
}
