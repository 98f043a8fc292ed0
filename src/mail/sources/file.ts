import { basename } from 'node:path';
import { fileArrival, filePlace } from './one-file.js';
import type { Source } from './source.js';

/**
 * A file that is one message, or one scan.
 * @param label the file as it was named
 */
export function fileSource(path: string, label: string, isMail: boolean): Source {
  const name = basename(path);
  return {
    label,
    async *arrivals(isKnown) {
      const place = await filePlace(path, name, label);
      if (!place || isKnown(place.place)) return;
      const arrival = await fileArrival(path, name, label, isMail);
      if (arrival) yield arrival;
    },
    async *places() {
      const place = await filePlace(path, name, label);
      if (place) yield place.place;
    },
    async done() {},
    async close() {},
  };
}
