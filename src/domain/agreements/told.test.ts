import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldIn } from './told.js';
import { daysIn } from './told-days.js';

const out = (text: string, channel = 'phone') =>
  toldIn({ direction: 'outbound', channel, text }).map(({ told }) => told);
const talk = (text: string) =>
  toldIn({ direction: 'inbound', channel: 'phone', text }).map(({ told }) => told);

describe('what a customer was told', () => {
  it.each([
    'It is cancelled, madam.',
    'Your subscription has been terminated.',
    'Told her: è annullato, signora.',
    'Il suo abbonamento è stato disdetto.',
    'Ihr Abonnement ist bereits gekündigt.',
    'Votre abonnement est résilié.',
    'Su suscripción está cancelada.',
  ])('is that it has ended: %s', (text) => expect(out(text)).toEqual(['ended']));

  it.each([
    'We have received your cancellation.',
    'Abbiamo ricevuto la sua disdetta.',
    'Wir haben Ihre Kündigung erhalten.',
  ])('is that his request arrived: %s', (text) => expect(out(text)).toEqual(['acknowledged']));

  it.each([
    'It is not cancelled yet.',
    'Is it cancelled?',
    'Non è annullato.',
    'If it is cancelled we write to you.',
    'Your order was cancelled.',
    'Il contratto è attivo.',
  ])('is nothing of the kind: %s', (text) => expect(out(text)).toEqual([]));

  it('in a talk that he began is what we said, and in what he wrote nothing', () => {
    expect(talk('She asked whether it had come. I said "è annullato, signora".')).toEqual(['ended']);
    expect(talk('She says that it is cancelled.')).toEqual([]);
    expect(toldIn({ direction: 'inbound', channel: 'email', text: 'I said it is cancelled' })).toEqual([]);
    expect(toldIn({ direction: 'internal', channel: 'note', text: 'it is cancelled' })).toEqual([]);
  });
});

it('shows the sentence as it stands, cut where it is long', () => {
  const words = (text: string) => toldIn({ direction: 'outbound', channel: 'phone', text })[0]?.words;
  expect(words('She rang.\n\nI said: “È annullato,\nsignora”. Bye.')).toBe('I said: “È annullato, signora');
  expect(words(`It is cancelled ${'and so on '.repeat(40)}`)).toHaveLength(201);
});

describe('the days that a text names', () => {
  it.each([
    ['It ends on 31 March 2027.', ['2027-03-31']],
    ['It ends on March 31st, 2027', ['2027-03-31']],
    ['finisce il 15 aprile', ['2027-04-15']],
    ['endet am 31. März 2027', ['2027-03-31']],
    ['prend fin le 1er août 2027 (2027-08-01)', ['2027-08-01']],
    ['el 5 de mayo de 2027', ['2027-05-05']],
    ['am 31.3.2027, 30/06/2027', ['2027-03-31', '2027-06-30']],
    ['we have 8 books and 12 mails', []],
    ['on 31 February 2027, 45.13.2027', []],
  ])('%s', (text, days) => expect(daysIn(text, '2026-11-22')).toEqual(days));

  it('are days, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        for (const day of daysIn(text, '2026-11-22')) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        toldIn({ direction: 'outbound', channel: 'email', text });
      }),
    );
  });
});
