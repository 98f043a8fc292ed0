import { editDistance } from './similarity.js';

/**
 * Whether the part of an address before the @ is somebody's name: mario.rossi, rossi_mario, mrossi, rossim.
 * @param given folded
 * @param family folded
 * @param strict with a number of its own an address is one mailbox; compared with another one, it is a spelling of the
 *   name like any other
 */
export function isMadeOfName(address: string, given: string, family: string, strict: boolean): boolean {
  const [first, last] = [given.replaceAll(' ', ''), family.replaceAll(' ', '')];
  if (first === '' || last.length < 2) return false;
  const local = address.slice(0, address.lastIndexOf('@')).replace(/[._-]/g, '');
  const plain = strict ? local : local.replace(/\d+$/, '');
  const most = strict ? 0 : 2;
  return [first + last, last + first, first[0] + last, last + first[0]].some(
    (name) => editDistance(plain, name, most) <= most,
  );
}
