import { describe, expect, it } from 'vitest';
import { consentColumns, deniesConsent } from './consent-said.js';
import { layoutOf } from './list-layout.js';
import { Row } from './row.js';

/** Of each row, whether it speaks against a yes for everybody. */
function denials(header: string, ...lines: string[]): (string | undefined)[] {
  const names = `Email,${header}`.split(',');
  const rows = lines.map((line) => `a@example.it,${line}`.split(','));
  const { slots } = layoutOf(names, rows, {});
  const used = consentColumns(slots.get('consent') ?? [], rows);
  return rows.map((cells) => deniesConsent(new Row(cells, slots), names, used));
}

describe('what a row says of consent', () => {
  it.each(['no', 'NO', 'false', '0', 'n', 'nein', 'Non iscritto', 'pending', '?', '0000-00-00'])(
    'takes %s for no yes',
    (said) => expect(denials('Newsletter', said)).toEqual([`the list says Newsletter: ${said}`]),
  );

  it.each(['sì', 'YES', '1', 'x', 'true', 'Ja', '✓', '2026-01-31', '31/01/2026 10:00', 'Opt-in', 'Iscritto'])(
    'takes %s for a yes',
    (said) => expect(denials('Newsletter', said)).toEqual([undefined]),
  );

  it.each([
    'Consenso marketing',
    'GDPR',
    'Consenso newsletter',
    'Iscritto newsletter',
    'Opt-in',
    'Accepts Marketing',
    'Newsletter (sì/no)',
    'Email opt-in',
  ])('looks under %s', (name) => expect(denials(name, 'no')).toEqual([`the list says ${name}: no`]));

  it('a blank beside answers is none, one where nobody answers says nothing', () => {
    expect(denials('Newsletter', 'x', '')).toEqual([
      undefined,
      'Newsletter is blank, where others in the list answer',
    ]);
    expect(denials('Newsletter', '', '')).toEqual([undefined, undefined]);
  });

  it('needs each column that says whether, and when only where nothing else says whether', () => {
    const [ada, bo, cy] = denials('GDPR,Newsletter,Data consenso', 'sì,sì,', 'sì,,2026-01-01', 'no,sì,');
    expect([ada, bo, cy]).toEqual([
      undefined,
      'Newsletter is blank, where others in the list answer',
      'the list says GDPR: no',
    ]);
    expect(denials('Data consenso', '2026-01-01', '')).toEqual([
      undefined,
      'Data consenso is blank, where others in the list answer',
    ]);
  });

  it('knows what HubSpot and Pipedrive say', () => {
    const why = 'the list says Marketing contact status: Non-marketing contact';
    const hubspot = 'Record ID,Contact owner,Marketing contact status';
    expect(denials(hubspot, '1,,Non-marketing contact', '2,,Marketing contact')).toEqual([why, undefined]);
    expect(denials('Person - Marketing status', 'No consent', 'Subscribed')).toEqual([
      'the list says Person - Marketing status: No consent',
      undefined,
    ]);
  });

  it('counts a subscription that nobody confirmed', () => {
    expect(denials('Status', 'unconfirmed', 'active')).toEqual([
      'the list says Status: unconfirmed',
      undefined,
    ]);
  });
});
