/** Why a person in the audience gets no message. The names stand in JSON, in `plan.jsonl` and in reports. */
export const leftOutReasons = [
  'no_address',
  'invalid_address',
  'suppressed',
  'consent_unknown',
  'consent_refused',
  'consent_withdrawn',
  'consent_expired',
  'agreement_cancelled',
  'open_complaint',
  'late_order',
  'already_sent',
  'same_content',
  'same_person',
  'frequency_cap',
  'no_body',
  'excluded',
] as const;

export type LeftOutReason = (typeof leftOutReasons)[number];

/** A reason with a sentence for people. */
export interface Objection {
  reason: LeftOutReason;
  detail: string;
}

/** One candidate who gets no message. */
export interface LeftOut extends Objection {
  /** Id of the contact. */
  contact: string;
  ref: string;
  name: string;
  /** Id of the contact who gets the message as the same person. */
  same_as?: string;
}

/** How many were left out, by reason, in the order of the list of reasons; a reason that left out nobody is absent. */
export function countByReason(
  leftOut: Iterable<{ reason: LeftOutReason }>,
): Partial<Record<LeftOutReason, number>> {
  const counts: Partial<Record<LeftOutReason, number>> = {};
  for (const { reason } of leftOut) counts[reason] = (counts[reason] ?? 0) + 1;
  return Object.fromEntries(
    leftOutReasons.flatMap((reason) => (counts[reason] ? [[reason, counts[reason]]] : [])),
  );
}
