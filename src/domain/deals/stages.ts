import type { DealSettings } from './settings.js';

/** Where every deal ends, whatever stages the house has. */
export const ended = ['won', 'lost'] as const;

/** A stage of deals that are under way. */
export interface Stage {
  name: string;
  /** How likely a deal that stands there is won, 0 to 1; undefined where nobody said. */
  probability: number | undefined;
  /** ISO 8601 duration after which a deal that nobody touched is due. */
  idle: string | undefined;
  /** The stages it may go to, `won` and `lost` among them; undefined means all. A deal may always be lost. */
  to: readonly string[] | undefined;
}

/** The stages where `itaca.yaml` names none, and how likely a deal is won from each. */
const usual: Readonly<Record<string, number>> = {
  lead: 0.1,
  qualified: 0.25,
  proposal: 0.5,
  negotiation: 0.75,
};

/**
 * The stages of deals that are under way, in their order. One of a usual name that says no probability has the usual
 * one. `won` and `lost` go without saying; a list may name them all the same.
 */
export function stagesOf({ stages = Object.keys(usual) }: DealSettings = {}): Stage[] {
  return stages
    .map((one) => (typeof one === 'string' ? { name: one } : one))
    .filter(({ name }) => !isEnded(name))
    .map(({ name, probability, idle, to }) => ({
      name,
      probability: probability ?? (Object.hasOwn(usual, name) ? usual[name] : undefined),
      idle,
      to,
    }));
}

/** Whether a deal that stands there has ended. */
export function isEnded(stage: unknown): stage is (typeof ended)[number] {
  return stage === 'won' || stage === 'lost';
}

/** The names of all stages a deal may stand in. */
export function stageNames(stages: readonly Stage[]): string[] {
  return [...stages.map(({ name }) => name), ...ended];
}
