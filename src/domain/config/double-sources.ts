import { foldText } from '../contacts/person-name.js';

/** Something that two systems own at once: a list, an event, a kind of message. */
export interface DoubleSource {
  /** The kind of thing, as `sources` groups it: lists, events, sends. */
  group: string;
  /** What they call it. */
  names: string[];
  /** Who owns it. */
  systems: string[];
}

/**
 * What `sources` in `itaca.yaml` says twice: a thing for which it names several systems, and things that are one but for
 * their spelling (`Fair 2026`, `fair-2026`) and belong to different systems.
 * @param sources group → thing → a system or several
 */
export function doubleSources(sources: unknown): DoubleSource[] {
  return entriesOf(sources).flatMap(([group, things]) => {
    const known = new Map<string, { names: string[]; systems: Set<string> }>();
    for (const [name, systems] of entriesOf(things)) {
      const key = foldText(name).replace(/[^\p{L}\p{N}]+/gu, '') || name;
      const one = known.get(key) ?? { names: [], systems: new Set<string>() };
      one.names.push(name);
      for (const system of [systems].flat()) if (system !== null) one.systems.add(String(system));
      known.set(key, one);
    }
    return [...known.values()]
      .filter(({ systems }) => systems.size > 1)
      .map(({ names, systems }) => ({ group, names, systems: [...systems] }));
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
