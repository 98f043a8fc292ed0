import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.js';
import { replyText, signatureOf } from './reply-text.js';

const quoted = '> Buongiorno,\n> il suo ordine è partito.\n';

describe('what a person wrote himself', () => {
  it.each([
    'On Tue, 3 Mar 2026 at 10:12, Anna Neri <anna@example.org> wrote:',
    'On 3 Mar 2026, at 10:12, Anna Neri wrote:',
    'On Tue, 3 Mar 2026 at 10:12, Anna Neri with a very long name indeed\n<anna@example.org> wrote:',
    'On 03/03/2026 10:12, Anna Neri via Some List wrote:',
    'Anna Neri <anna@example.org> wrote on 3 March 2026:',
    'Il giorno mar 3 mar 2026 alle ore 10:12 Anna Neri <anna@example.org> ha scritto:',
    'Il 03/03/2026 10:12, Anna Neri ha scritto:',
    'Il giorno 3 marzo 2026 10:12, Anna Neri <\nanna@example.org> ha scritto:',
    'Il 03/03/26, Anna Neri<anna@example.org> ha scritto:',
    'Am 03.03.2026 um 10:12 schrieb Anna Neri:',
    'Am Di., 3. März 2026 um 10:12 Uhr schrieb Anna Neri <anna@example.org>:',
    'Anna Neri <anna@example.org> schrieb am Di., 3. März 2026, 10:12:',
    'Le mar. 3 mars 2026 à 10:12, Anna Neri <anna@example.org> a écrit :',
    'Le 03/03/2026 à 10:12, Anna Neri a écrit :',
    'El mar, 3 mar 2026 a las 10:12, Anna Neri (<anna@example.org>) escribió:',
    'El 3/3/26 a las 10:12, Anna Neri escribió:',
    'Em ter., 3 de mar. de 2026 às 10:12, Anna Neri <anna@example.org> escreveu:',
    'Op di 3 mrt. 2026 om 10:12 schreef Anna Neri <anna@example.org>:',
    'Den tis 3 mars 2026 kl 10:12 skrev Anna Neri <anna@example.org>:',
    'tir. 3. mar. 2026 kl. 10:12 skrev Anna Neri <anna@example.org>:',
    'ti 3. maalisk. 2026 klo 10.12 Anna Neri (anna@example.org) kirjoitti:',
    'wt., 3 mar 2026 o 10:12 Anna Neri <anna@example.org> napisał(a):',
    'út 3. 3. 2026 v 10:12 odesílatel Anna Neri <anna@example.org> napsal:',
    'вт, 3 мар. 2026 г. в 10:12, Anna Neri <anna@example.org>:',
    '2026年3月3日(火) 10:12 Anna Neri <anna@example.org>:',
    '2026-03-03 10:12 GMT+01:00 Anna Neri <anna@example.org>:',
    '2026/03/03 10:12、Anna Neri <anna@example.org>のメール:',
    '2026년 3월 3일 (화) 오전 10:12, Anna Neri <anna@example.org>님이 작성:',
    '---- Sex, 03 mar 2026 10:12:00 +0100 Anna Neri <anna@example.org> escreveu ----',
    '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐',
    '>>> Anna Neri <anna@example.org> 3/3/2026 10:12 >>>',
    'From: Anna Neri\nSent: Tuesday, March 3, 2026\nTo: you',
    'To: you\nFrom: anna@example.org\nDate: 3 March',
    '-----Original Message-----\nFrom: Anna',
    '-------- Messaggio originale --------',
    '---------- Messaggio inoltrato ----------',
    '-----Ursprüngliche Nachricht-----',
    '-------- Message d’origine --------',
    '-----Mensaje original-----',
    'Begin forwarded message:',
    'Inizio messaggio inoltrato:',
    'From: Anna Neri <anna@example.org>\nSent: Tuesday, March 3, 2026 10:12 AM\nTo: you\nSubject: Order',
    '*From:* Anna Neri <anna@example.org>\n*Date:* 3 March\n*Subject:* Order',
    'Da: Anna Neri <anna@example.org>\nInviato: martedì 3 marzo 2026 10:12\nA: voi\nOggetto: Ordine',
    'Von: Anna Neri\nGesendet: Dienstag, 3. März 2026 10:12\nAn: Sie\nBetreff: Bestellung',
    'De : Anna Neri\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : vous\nObjet : Commande',
    'De: Anna Neri\nEnviado: martes, 3 de marzo de 2026 10:12\nPara: vosotros\nAsunto: Pedido',
    '________________________________\nDa: Anna Neri <anna@example.org>\nData: 3 marzo\nOggetto: Ordine',
    '##- Please type your reply above this line -##',
  ])('ends where an old message begins: %s', (note) => {
    expect(replyText(`Non è arrivato niente.\nE ora?\n\n${note}\n\n${quoted}`)).toBe(
      'Non è arrivato niente.\nE ora?',
    );
    expect(replyText(`Non è arrivato niente.\r\n\r\n${note}\r\n\r\nBuongiorno\r\n`)).toBe(
      'Non è arrivato niente.',
    );
  });

  it.each([
    'Sent from my iPhone',
    'Inviato da iPhone',
    'Inviato dal mio telefono Samsung Galaxy.',
    'Inviato da Outlook per Android<https://aka.ms/x>',
    'Scarica Outlook per iOS',
    'Von meinem iPhone gesendet',
    'Gesendet mit der GMX Mail App',
    'Envoyé de mon iPhone',
    'Enviado desde mi iPhone',
    'Enviado do meu iPhone',
    'Verstuurd vanaf mijn iPad',
    'Skickat från min iPhone',
    'Отправлено с iPhone',
    'Wysłane z iPhone’a',
    'iPhoneから送信',
    '-- \nAnna Neri\nAmministrazione',
    '--\nAnna',
    'Cordiali saluti\nAnna Neri',
    'Distinti saluti,\n\nAvv. Anna Neri\nVia Roma 1\n00100 Roma\ntel. 06 555 0123',
    'Kind regards,\nAnna',
    'Best regards\n\nAnna Neri\nHead of Purchasing',
    'Mit freundlichen Grüßen\nAnna Neri',
    'MfG\nNeri',
    'Cordialement,\nAnna Neri',
    'Un saludo,\nAnna',
    'Ai sensi del D.Lgs. 196/2003 le informazioni contenute in questo messaggio sono riservate',
    'This e-mail and any attachments are confidential and intended only for the addressee.',
    'Diese E-Mail enthält vertrauliche Informationen.',
    'Anna Neri\nNeri srl\nTel. +39 06 555 0123',
  ])('ends where a signature or a disclaimer begins: %s', (signature) => {
    expect(replyText(`Non è arrivato niente.\n\n${signature}\n`)).toBe('Non è arrivato niente.');
  });

  it.each([
    'Anna Neri wrote:',
    'Anna Neri <anna@example.org> ha scritto:',
    'Quoting Anna Neri <anna@example.org>:',
  ])('ends at a note without a date, where a quote follows: %s', (note) => {
    expect(replyText(`In May.\n\n${note}\n\n${quoted}`)).toBe('In May.');
    expect(replyText(`In May.\n\n${note}\n\nno quote`)).toContain('no quote');
  });

  it('keeps answers between the lines of a quote, and below it', () => {
    const text = `On 3 Mar 2026, Anna Neri wrote:\n> When did you order?\n\nIn May.\n\n> And how many?\nSix.\n`;
    expect(replyText(text)).toBe('In May.\n\nSix.');
    expect(replyText(`Hello Anna,\n\n${text}`)).toBe('Hello Anna,\n\n\nIn May.\n\nSix.');
  });

  it('keeps a quote at the top that no note introduces, not one at the end', () => {
    expect(replyText('> When?\n\nIn May.')).toBe('> When?\n\nIn May.');
    expect(replyText('In May.\n\n> When?')).toBe('In May.');
  });

  it('takes what was forwarded without a word for what is meant', () => {
    expect(
      replyText('---------- Forwarded message ---------\nFrom: Anna <a@example.org>\nSubject: x\n\nHelp me.'),
    ).toBe('Help me.');
    expect(replyText('> Only a quote.')).toBe('> Only a quote.');
  });

  it.each([
    'Da: Milano\nA: Roma\nData: 3 maggio\n\nVorrei due biglietti.',
    'On 3 May I wrote to you and nobody answered.\nOn 5 May I wrote again:\nnothing.',
    'Il 3 maggio vi ho scritto:\nnessuna risposta.',
    'Inviato il pacco il 3 maggio, mai arrivato.\nE ora?',
    'Sent from your warehouse on 3 May, it never came.\nWhere is it?',
    `First of all\n\n----------\n\n${'Another chapter of this.\n'.repeat(20).trim()}`,
    'Regards to your wife.\nI wait.',
    '```\n# one\n####\n-- \ntwo\n```\nthree',
    'I sent two mails:\n- one on 3/5/2026\n- one on 4/5/2026',
  ])('leaves text alone that only looks like it: %s', (text) => {
    expect(replyText(text)).toBe(text);
  });

  it('finds the signature', () => {
    expect(signatureOf('Ciao\n\nCordiali saluti\nAnna Neri\ntel. 06 5550123\n\n> x')).toEqual([
      'Anna Neri',
      'tel. 06 5550123',
    ]);
    expect(signatureOf('Ciao\n-- \nAnna Neri\nACME\n\nOn 3 Mar 2026, Bob wrote:\n> x')).toEqual([
      'Anna Neri',
      'ACME',
    ]);
    expect(signatureOf('Where is it?\nThanks,\nAnna Neri')).toEqual(['Anna Neri']);
    expect(replyText('Where is it?\nThanks,\nAnna Neri')).toBe('Where is it?\nThanks,\nAnna Neri');
    expect(signatureOf('Where is it?')).toEqual([]);
  });

  it('invents nothing and never throws', () => {
    const pieces = fc.constantFrom(
      ...[
        '> q',
        '>',
        '',
        'On 3 Mar 2026, A <a@b.c> wrote:',
        '-- ',
        '-----',
        'From: a@b.c',
        'Subject: x',
        'Regards',
      ],
      ...['Anna Neri', '```', 'Sent from my iPhone', 'tel. 06 5550123', '|', 'text', 'wrote:', '\0', 'From:'],
      ...['-----BEGIN PGP SIGNED MESSAGE-----', '-----Original Message-----', '\u202e>', 'à\u0300'],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 30 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (some, end) => {
          const text = some.join(end);
          const own = replyText(text);
          const left = linesOf(text);
          for (const line of own === '' ? [] : own.split('\n')) {
            const at = left.indexOf(line);
            expect(at).toBeGreaterThanOrEqual(0);
            left.splice(0, at + 1);
          }
          for (const line of signatureOf(text)) expect(text).toContain(line);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the text, whatever it is', () => {
    const size = 10_000_000;
    const filled = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
    const texts = [
      ...['a', '>', ' ', '-', 'wrote:', 'On 3 <', '@', '*', '\u200b', '>\n', ':\n', '\n', '-\n', 'a\n'],
      ...[
        'from: x\n',
        'date: x\n',
        'On 3 May <a@b\n',
        '3:\n',
        'best\n',
        'best\n\n',
        '-----\n',
        '> a\n-----\n',
        '```\n',
      ],
      ...['On 3 May 2026 a:\n', 'x\nOn 3 wrote:\n', 'subject: \n\n', 'Anna Neri\n', 'sent from a\n', '|\n'],
    ];
    for (const piece of texts) {
      const text = filled(piece);
      const began = performance.now();
      replyText(text);
      const taken = performance.now() - began;
      if (taken > 10_000) throw new Error(`${JSON.stringify(piece)}: ${Math.round(taken)} ms`);
    }
  });
});
