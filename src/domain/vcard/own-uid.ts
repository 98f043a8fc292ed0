import { isId } from '../records/ids.js';

const scheme = 'itaca:';

/** The UID of a card of a record that came from no card. */
export function ownUid(id: string): string {
  return scheme + id;
}

/** The id of the record whose own UID this is. */
export function idOfUid(uid: string): string | undefined {
  const id = uid.startsWith(scheme) ? uid.slice(scheme.length) : '';
  return isId(id) ? id : undefined;
}
