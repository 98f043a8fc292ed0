import type { InboundAddress, InboundMessage } from './message.js';

/** The first field of a name; empty where there is none. */
export function headerOf(message: InboundMessage, name: string): string {
  return message.headers.find((field) => field.name === name)?.value ?? '';
}

const daemon =
  /^(?:(?:mailer|mail|smtp|mm|mta)?[-_. ]?d(?:a?e)mon|post-?_?(?:master|office)|poo?stmaster|mail[-_. ]?(?:delivery|system|admin|returned|err(?:or)?)(?:[-_. ]?(?:system|subsystem))?|mailer|double-bounce|bounces?|mdaemon|exchange|delivery[-_.]?(?:status|failure|notification)s?)\b/i;
const daemonName =
  /^(?:mail delivery (?:sub)?system|mailer[- ]daemon|mail administrator|system administrator|microsoft (?:exchange|outlook)|post ?master|mail system|internet mail delivery)/i;

/** Whether a mail system, not a person, has an address. */
export function isDaemon({ name, address }: InboundAddress): boolean {
  return daemon.test(address) || (daemonName.test(name) && !/@gmail\.|@yahoo\./.test(address));
}
