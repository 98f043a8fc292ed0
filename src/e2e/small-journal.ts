import { withId } from '../domain/sending/journal-line.js';
import type { Place } from './harness.js';

/**
 * Puts a campaign with its journal into a workspace: a message sent at each time. Two journals hold the first message, as
 * those of two clones may.
 * @returns how many different lines there are
 */
export function writeSends(place: Place, times: readonly string[]): number {
  const campaign = 'campaigns/spring-aaaaaaaaaa';
  place.write(
    `${campaign}/campaign.md`,
    '---\ntitle: Spring\npurpose: newsletter\naudience: kind:contact\nstate: finished\n---\n',
  );
  const lines = times.map((at, n) => {
    const message = { message_id: `<${n}@x.example>`, address: `a${n}@x.example` };
    const intent = withId({
      ...{ event: 'intent', at, ...message, contact: 'annika-petersen-9jfnk604e2' },
      ...{ token: `secret${n}`, transport: 'smtp' },
    });
    const sent = withId({ event: 'sent', at, intent: intent.id, ...message, reply: '250 Ok' });
    return `${JSON.stringify(intent)}\n${JSON.stringify(sent)}\n`;
  });
  place.write(`${campaign}/sends/2026-11-05-one.jsonl`, lines.join(''));
  place.write(`${campaign}/sends/2026-11-05-two.jsonl`, lines[0] as string);
  return times.length * 2;
}
