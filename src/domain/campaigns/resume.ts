import type { LeftOut } from './left-out.js';
import type { Recipient, SendPlan } from './plan.js';

/**
 * Goes on with a send that began: keeps to the plan that was frozen then, and takes out whom today's plan leaves
 * out. Nobody comes in who was not in it, and everybody keeps the address he had.
 * @param today what the plan would be now, over the same audience
 * @param survivorOf the contact that one leads to by now, where it was merged since
 * @returns every recipient and left-out of the frozen plan, exactly once
 */
export function resumePlan(
  frozen: SendPlan,
  today: SendPlan,
  survivorOf: (contact: string) => string = (contact) => contact,
): SendPlan {
  const outToday = new Map(today.leftOut.map((entry) => [entry.contact, entry]));
  const inToday = new Set(today.recipients.map(({ contact }) => contact));
  const recipients: Recipient[] = [];
  const leftOut: LeftOut[] = [...frozen.leftOut];
  const frozenOnes = new Set(frozen.recipients.map(({ contact }) => contact));
  const merged = new Set<string>();
  for (const recipient of frozen.recipients) {
    const { contact, ref, name } = recipient;
    const survivor = survivorOf(contact);
    const out = outToday.get(survivor);
    if (survivor !== contact && (frozenOnes.has(survivor) || merged.has(survivor))) {
      leftOut.push({ contact, ref, name, reason: 'same_person', detail: `was merged into ${survivor}` });
      continue;
    }
    merged.add(survivor);
    // Today another record may speak for the same person; the message still goes to the one that was frozen.
    if (inToday.has(survivor) || out?.reason === 'same_person') recipients.push(recipient);
    else if (out) leftOut.push({ ...out, contact, ref, name });
    else {
      leftOut.push({ contact, ref, name, reason: 'excluded', detail: 'no longer in the audience' });
    }
  }
  leftOut.sort((a, b) => (a.contact < b.contact ? -1 : 1));
  return { recipients, leftOut };
}
