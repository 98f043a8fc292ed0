/** Names of mailboxes that belong to mail systems, lists and programs (RFC 2142, 4; RFC 3834, 2; RFC 5230, 4.6). */
const systems =
  /^(?:mailer-daemon|postmaster|listserv|majordomo|bounces?|owner-.*|.*-(?:request|owner|bounces))$/;

/** `noreply`, alone or as a word among others: `orders-no-reply`. */
const noReply = /(?:^|[-._])(?:no|do-?not|non)[-._]?(?:reply|respond|rispondere)(?:$|[-._])/;

/** Whether no person reads what is sent to an address, so that a machine must not answer it. */
export function isUnread(address: string): boolean {
  const [local = ''] = address.toLowerCase().split(/[+@]/);
  return systems.test(local) || noReply.test(local);
}
