import { describe, expect, it } from 'vitest';
import { inviteText } from './invite-text.js';

const calendar = (method: string, ...lines: string[]) =>
  ['BEGIN:VCALENDAR', `METHOD:${method}`, 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join(
    '\r\n',
  );

describe('the text of an invitation', () => {
  it('says what, when and where, without its escapes, and nothing of its alarm', () => {
    const text = calendar(
      'REQUEST',
      'BEGIN:VALARM',
      'SUMMARY:beep',
      'END:VALARM',
      'SUMMARY;LANGUAGE=it:Sopralluogo\\, piano 2',
      'DTSTART:20261120T090000Z',
      'LOCATION:Via Roma 1\\nTo',
      ' rino',
    );
    expect(inviteText(text, 'Europe/Rome')).toBe(
      'invitation: Sopralluogo, piano 2\nwhen: 2026-11-20T10:00:00+01:00\nwhere: Via Roma 1 Torino',
    );
  });

  it('says what somebody answered', () => {
    const text = calendar(
      'REPLY',
      'ATTENDEE;CN="a:b";PARTSTAT=DECLINED:mailto:mario@example.it',
      'SUMMARY:Demo',
      'DTSTART;TZID=Europe/Rome:20261120T090000',
      'COMMENT:Non posso',
    );
    expect(inviteText(text, 'UTC')).toBe(
      'reply to an invitation: Demo\nanswer: declined\nwhen: 2026-11-20T09:00:00 Europe/Rome\ncomment: Non posso',
    );
  });

  it.each([
    ['DTSTART;VALUE=DATE:20261120', 'when: 2026-11-20'],
    ['DTSTART:20269999T999999Z', 'when: 2026-99-99T99:99:99'],
    ['DTSTART:whenever', 'when: whenever'],
  ])('reads %s', (line, text) => {
    expect(inviteText(calendar('X', line), 'UTC')).toBe(text);
  });

  it('says nothing of what is no calendar, and takes time with the length alone', () => {
    expect(inviteText('', 'UTC')).toBe('');
    expect(inviteText('BEGIN:VCALENDAR\nEND:VCALENDAR', 'UTC')).toBe('');
    for (const piece of ['BEGIN:VEVENT\n', 'A;"', 'A;b"c"', '\n '])
      expect(inviteText(`BEGIN:VEVENT\n${piece.repeat(1_000_000)}`, 'UTC')).toBe('');
  });
});
