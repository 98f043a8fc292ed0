import type { FieldKind } from '../../domain/dedupe/linkage/kinds.js';
import { levelRules } from '../../domain/dedupe/linkage/levels.js';
import type { Trained } from '../../domain/dedupe/linkage/model.js';
import { type Training, trainByExpectation, trainByTruth } from '../../domain/dedupe/linkage/train.js';
import { idColumn, openList } from './open-list.js';
import { type LabelledOptions, readLabelled } from './read-labelled.js';
import { type ReadTable, readTable } from './read-table.js';

/** As for a list whose truth is known; without `truth` it is learnt from. */
export type TrainOptions = Omit<LabelledOptions, 'truth'> & { truth: string | undefined };

/** One level as it was shipped and as it is now. */
export interface TrainedLevel {
  kind: FieldKind;
  level: string;
  shipped: number;
  m: number;
}

export interface TrainedList {
  trained: Required<Trained>;
  /** In the keys of `--json`. */
  report: {
    rows: number;
    /** Pairs that were looked at. */
    candidates: number;
    /** How many of them are matches. */
    matches: number;
    iterations: number;
    /** Expected matches a record. */
    matches_per_record: number;
    levels: TrainedLevel[];
    /** Fields of several words: they have no levels, and stay as shipped. */
    as_shipped: string[];
  };
}

/**
 * Trains a model on a list, or on two that are linked.
 * @throws ItacaError `refused` where there is too little to learn from
 */
export async function trainList(options: TrainOptions): Promise<TrainedList> {
  const { data, training } = await train(options);
  const { trained, candidates, matches, iterations } = training;
  const levels = Object.entries(trained.m).flatMap(([kind, shares]) =>
    levelRules[kind as FieldKind]!.levels.map(({ name, m }, i) => ({
      kind: kind as FieldKind,
      level: name,
      shipped: m,
      m: round(shares[i]!),
    })),
  );
  const words = data.table.fields.filter(({ words }) => words !== undefined);
  return {
    trained,
    report: {
      rows: data.table.rows,
      candidates,
      matches: Math.round(matches),
      iterations,
      matches_per_record: round(trained.expectedMatches),
      levels,
      as_shipped: words.map(({ plan }) => plan.name),
    },
  };
}

async function train(options: TrainOptions): Promise<{ data: ReadTable; training: Training }> {
  const { truth, id, mapped, country, progress } = options;
  if (truth !== undefined) {
    const { data, clusters } = await readLabelled({ ...options, truth });
    return { data, training: trainByTruth(data.table, clusters) };
  }
  const lists = options.lists.map((input) => openList(input, id === undefined ? [] : [id]));
  const ignored = lists.map((list) => new Set(id === undefined ? [] : [idColumn(list, id)]));
  const data = readTable(lists, { mapped, ignored, country, progress });
  return { data, training: trainByExpectation(data.table, progress) };
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
