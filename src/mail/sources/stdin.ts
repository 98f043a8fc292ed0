import { ItacaError } from '../../domain/error.js';
import { mboxSource } from './mbox.js';
import { fileArrival, fileKind } from './one-file.js';
import type { Source, Tell } from './source.js';
import { spool } from './spool.js';

/**
 * One message, or an mbox, from standard input. Since nothing lasts there, its places begin with the hash of all that came.
 * @throws ItacaError `invalid` where it is neither, or nothing
 */
export async function stdinSource(input: AsyncIterable<Uint8Array>, tell: Tell): Promise<Source> {
  const label = '-';
  const { path, sha256, remove } = await spool(input);
  const kind = await fileKind(path, '');
  if (kind === 'other') {
    await remove();
    throw new ItacaError('invalid', 'standard input is neither a message nor an mbox', {
      hint: 'a message begins with its header: From:, To:, Subject: …',
    });
  }
  const mbox = mboxSource(path, label, tell);
  const within = (place: string) => `${sha256}/${place}`;
  return {
    label,
    async *arrivals(isKnown) {
      if (kind === 'mbox') {
        for await (const arrival of mbox.arrivals((place) => isKnown(within(place))))
          yield { ...arrival, place: within(arrival.place) };
      } else if (!isKnown(sha256)) {
        const arrival = await fileArrival(path, '', label, true);
        if (arrival) yield { ...arrival, place: sha256 };
      }
    },
    async *places() {
      if (kind !== 'mbox') yield sha256;
      else for await (const place of mbox.places()) yield within(place);
    },
    async done() {},
    close: remove,
  };
}
