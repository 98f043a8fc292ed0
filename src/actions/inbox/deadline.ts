import { addBusinessTime } from '../../domain/calendars/business-time.js';
import type { ReceivedLine } from '../../domain/inbox/ledger.js';
import { addDuration } from '../../domain/time/clock.js';
import { readCalendars } from '../../workspace/config/calendars.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from '../reports/offices.js';

/** When a message that came in by a channel without a target has to be dealt with. */
const withoutTarget = 'P1D';

/**
 * The clock of what waits in the inbox: the target of its channel in `itaca.yaml`, in that channel's hours, from when it
 * arrived; a day where no target is named.
 */
export async function messageDeadlines({ root, config, clock }: Workspace): Promise<{
  /** Epoch milliseconds. */
  dueOf(received: Pick<ReceivedLine, 'channel' | 'received_at'>): number;
  /** Who has to deal with it: the owner of its source, or of its channel. */
  ownerOf(received: Pick<ReceivedLine, 'channel' | 'source'>): {
    owner: string | null;
    office: string | null;
  };
}> {
  const { channels = {}, inbox = {} } = config;
  const hours = Object.values(channels).flatMap(({ hours: name }) =>
    typeof name === 'string' ? [name] : [],
  );
  const calendars = await readCalendars(root, hours);
  return {
    dueOf({ channel, received_at }) {
      const { hours: name, target } = channels[channel] ?? {};
      const at = Date.parse(received_at);
      if (typeof target !== 'string') return addDuration(at, withoutTarget, clock.timeZone);
      const calendar = typeof name === 'string' ? calendars.get(name) : undefined;
      return calendar ? addBusinessTime(at, target, calendar) : addDuration(at, target, clock.timeZone);
    },
    ownerOf({ channel, source }) {
      const { owner, office } = inbox.sources?.[source] ?? {};
      const ofChannel = channels[channel]?.owner;
      const who = owner ?? (typeof ofChannel === 'string' ? ofChannel : null);
      return { owner: who, office: office ?? officeOf(config)(who) };
    },
  };
}
