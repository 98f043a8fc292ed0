import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { bearsName, foldPersonName } from '../../domain/contacts/person-name.js';
import type { ShopOrder } from '../../domain/orders/shop-file/read-orders.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { agreementAt } from './agreement-at.js';

/** Whose an order is. */
export interface Party {
  /** References. */
  contact?: string;
  agreement?: string;
  /** What the shop says of him, where nobody on file is known to be that. */
  customer?: Record<string, string>;
  why: string;
}

/** Finds whose orders are: by e-mail address or number; a name alone is never enough, but tells apart who shares these. */
export class OrderParties {
  readonly #known = new Map<string, StoredRecord[]>();

  constructor(private readonly index: Index) {}

  of(order: ShopOrder): Party {
    const { email = '', customer_number: number = '', name = '', agreement: named = '' } = order;
    const canonical = email === '' ? undefined : canonicalEmail(email);
    const subscribed = named === '' ? [] : this.#byKey('identifier', named.toLowerCase(), 'agreement');
    const byNumber = number === '' ? [] : this.#byKey('identifier', number.toLowerCase(), 'contact');
    const byEmail = canonical === undefined ? [] : this.#byKey('email', canonical, 'contact');
    const contact = only(byNumber, name) ?? only(byEmail, name);
    if (contact) {
      const [mine] = subscribed.filter(({ data }) => this.#isOf(data.contact, contact.id));
      const agreement = mine ?? this.#agreementAt(contact.id, order);
      return { contact: contact.ref, why: '', ...(agreement ? { agreement: agreement.ref } : {}) };
    }
    const customer = Object.fromEntries(
      Object.entries({ name, email, number }).filter(([, said]) => said !== ''),
    );
    const known = Object.keys(customer).length > 0;
    const several = Math.max(byNumber.length, byEmail.length);
    const why =
      several > 1
        ? `${several} people have that`
        : known
          ? 'nobody on file has this address or number'
          : 'the file does not say whose it is';
    return { ...(known ? { customer } : {}), why };
  }

  #agreementAt(contact: string, { placed_at }: ShopOrder): StoredRecord | undefined {
    if (placed_at === undefined) return undefined;
    return agreementAt(contact, placed_at, this.index) as unknown as StoredRecord | undefined;
  }

  #isOf(ref: unknown, id: string): boolean {
    return typeof ref === 'string' && this.index.get(ref.slice(-10))?.id === id;
  }

  #byKey(type: 'email' | 'identifier', value: string, kind: 'contact' | 'agreement'): StoredRecord[] {
    const key = `${kind} ${type} ${value}`;
    const found = this.#known.get(key) ?? this.index.byKey(type, value, [kind]);
    this.#known.set(key, found);
    return found;
  }
}

function only(found: readonly StoredRecord[], name: string): StoredRecord | undefined {
  if (found.length < 2) return found[0];
  const folded = foldPersonName(name);
  const named = found.filter(({ title }) => folded !== '' && bearsName(foldPersonName(title), folded));
  return named.length === 1 ? named[0] : undefined;
}
