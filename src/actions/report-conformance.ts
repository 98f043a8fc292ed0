import type { Process } from '../domain/cases/process.js';
import { type AttributeFigure, AttributeValues } from '../domain/eventlog/attribute-values.js';
import { type Entry, eventName, eventsOf } from '../domain/eventlog/event-name.js';
import { type Figures, figuresOf } from '../domain/eventlog/figures.js';
import { type Fitness, ProcessFitness, type Violation } from '../domain/eventlog/fitness.js';
import { movesOf } from '../domain/eventlog/moves.js';
import { Variants } from '../domain/eventlog/variants.js';
import { readProcess } from '../workspace/config/processes.js';
import type { Workspace } from '../workspace/workspace.js';
import { type CasePagesOptions, casePages } from './case-pages.js';

export interface ConformanceOptions extends CasePagesOptions {
  /** Pairs of activities to look at besides those that the cases themselves suggest. */
  pairs: [string, string][];
  /** Keys of an entry that together name its event, after its activity: `lifecycle_transition`. */
  classifier: string[];
}

/** In the keys of `--json`. */
export interface ConformanceReport extends Figures {
  /** Of the cases whose type has a process. */
  fitness: Fitness[];
  violations: Violation[];
  attributes: AttributeFigure[];
}

/** How cases went, from their histories, and how that fits their processes. */
export async function reportConformance(
  workspace: Workspace,
  options: ConformanceOptions,
): Promise<ConformanceReport> {
  const index = await workspace.index();
  const processes = new Map<string, Process | undefined>();
  const processOf = (type: string) => {
    if (!processes.has(type)) processes.set(type, readProcess(workspace.root, type));
    return processes.get(type);
  };
  const variants = new Variants();
  const fitness = new ProcessFitness();
  const attributes = new AttributeValues();
  for (const { ref, data } of casePages(index, options)) {
    const events = eventsOf(data.history);
    if (events.length === 0) continue;
    const entries = events.map(({ entry }) => entry);
    const said = (data.attributes ?? {}) as Entry;
    variants.add(events.map(({ ms, entry }) => ({ ms, name: named(entry, said, options.classifier) })));
    attributes.add(said, entries);
    const type = data.process ?? data.type;
    const process = type === undefined ? undefined : processOf(type);
    if (type !== undefined && process) fitness.add(type, process, ref, movesOf(entries));
  }
  return {
    ...figuresOf(variants, options.pairs),
    fitness: fitness.fitness(),
    violations: fitness.violations(),
    attributes: attributes.list(),
  };
}

/** An event by its classifier; what its case says in all its events, its own entry does not repeat. */
function named(entry: Entry, said: Entry, classifier: readonly string[]): string {
  const more = classifier.map((key) => entry[key] ?? said[key] ?? '').map(String);
  return [eventName(entry), ...more].filter((part) => part !== '').join(' + ');
}
