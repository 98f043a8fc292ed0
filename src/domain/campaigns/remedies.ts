import type { LeftOutReason } from './left-out.js';

/** What would let a person get the message who is left out now; undefined where nothing should. */
const remedies: Partial<Record<LeftOutReason, string>> = {
  no_address: 'an address of his on file: itaca contact set <ref> emails+=…',
  invalid_address: 'an address that works: itaca contact set <ref> emails+=…',
  suppressed: 'his own word that he wants it again, then: itaca suppress rm <address>',
  consent_unknown: 'his consent: itaca consent give <ref> --purpose <purpose> --wording <file>',
  consent_refused:
    'his consent, if he changes his mind: itaca consent give <ref> --purpose <purpose> --wording <file>',
  consent_withdrawn:
    'a new consent, if he gives one: itaca consent give <ref> --purpose <purpose> --wording <file>',
  consent_expired: 'a new consent: itaca consent give <ref> --purpose <purpose> --wording <file>',
  open_complaint: 'an answer that ends his complaint: itaca case list type:complaint',
  late_order: 'the delivery of his order',
  frequency_cap: 'time: limits.frequency in itaca.yaml',
  no_body: 'body.<language>.md, or body.md for every language',
  excluded: 'exclude: of the campaign',
};

/**
 * What would change that a person is left out, with his own reference and the campaign's purpose.
 * @returns null where nothing should: he has the message already, or his contract has ended
 */
export function remedyFor(reason: LeftOutReason, ref: string, purpose: string): string | null {
  return remedies[reason]?.replaceAll('<ref>', ref).replaceAll('<purpose>', purpose) ?? null;
}
