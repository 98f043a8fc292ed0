import type { Fault } from '../check/fault.js';
import { emailFault } from '../contacts/impossible.js';
import { channels as knownChannels } from '../interactions/channels.js';
import type { Config } from './config.js';
import { variableName } from './variable-name.js';

/** What is wrong with the sources of the inbox: names that `itaca.yaml` does not know, and addresses that are none. */
export function inboxFaults({ inbox, members = {}, offices = {}, channels = {} }: Config): Fault[] {
  const variables = new Map<string, string>();
  return Object.entries(inbox?.sources ?? {}).flatMap(([name, source]): Fault[] => {
    const { owner, office, address, channel } = source;
    const faults: Fault[] = [];
    const fault = (message: string, ...key: string[]) =>
      faults.push({
        at: ['inbox', 'sources', name, ...key],
        message: `${['inbox.sources', name, ...key].join('.')}: ${message}`,
      });
    if (owner !== undefined && !(owner in members) && Object.keys(members).length > 0)
      fault(`no member "${owner}"`, 'owner');
    if (office !== undefined && !(office in offices) && Object.keys(offices).length > 0)
      fault(`no office "${office}"`, 'office');
    const wrong = address === undefined ? undefined : emailFault(address);
    if (wrong !== undefined) fault(wrong, 'address');
    if (
      channel !== undefined &&
      !(knownChannels as readonly string[]).includes(channel) &&
      !(channel in channels)
    )
      fault(
        `no channel "${channel}"; there are ${[...knownChannels, ...Object.keys(channels)].join(', ')}`,
        'channel',
      );
    if (source.imap) {
      const { password_command, token_command } = source.imap;
      if (password_command !== undefined && token_command !== undefined)
        fault('password_command and token_command; a server takes one of both', 'imap', 'token_command');
      const other = variables.get(variableName(name));
      if (other !== undefined)
        fault(`its password would be in the same variable as that of ${other}; give it another name`);
      variables.set(variableName(name), name);
    }
    return faults;
  });
}
