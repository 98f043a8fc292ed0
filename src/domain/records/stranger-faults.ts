import { trackingPurpose } from '../campaigns/tracking.js';
import type { Fault, Judged, Surroundings } from '../check/fault.js';

/**
 * A name that `itaca.yaml` does not list. Where it lists none at all, any name will do.
 * @param at the key that holds the name
 * @param noun what the name should be, such as `member`
 */
export function strangerFault(
  at: (string | number)[],
  name: unknown,
  known: ReadonlySet<string>,
  noun: string,
): Fault[] {
  if (typeof name !== 'string' || known.size === 0 || known.has(name)) return [];
  return [
    {
      at,
      message: `${at.filter((step) => typeof step === 'string').join('.')}: itaca.yaml knows no ${noun} "${name}"`,
      hint: `it knows ${[...known].join(', ')}`,
    },
  ];
}

/**
 * Members, offices and purposes that a record names and `itaca.yaml` does not know. Who did something (`by`) is left
 * alone: it may be a machine, or somebody who has long left. What belongs to nobody, though, nobody will do.
 */
export function strangerFaults(
  { kind, data }: Judged,
  { members, offices, purposes }: Surroundings,
): Fault[] {
  const faults = [
    ...strangerFault(['owner'], data.owner, members, 'member'),
    ...strangerFault(['office'], data.office, offices, 'office'),
  ];
  if (kind === 'campaign') {
    faults.push(...strangerFault(['purpose'], data.purpose, purposes, 'purpose'));
    const approvals = listOf(data.approvals);
    const takenBack = new Set(
      approvals.flatMap(({ revoked, of }) => (revoked === true && typeof of === 'string' ? [of] : [])),
    );
    for (const [position, { by }] of approvals.entries())
      if (by !== undefined && !takenBack.has(by as string))
        faults.push(...strangerFault(['approvals', position, 'by'], by, members, 'member'));
  }
  for (const [position, consent] of listOf(data.consents).entries()) {
    // That is Itaca's own, beside those of the house.
    if (consent.purpose === trackingPurpose) continue;
    faults.push(...strangerFault(['consents', position, 'purpose'], consent.purpose, purposes, 'purpose'));
  }
  return faults;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
