import { isProvider, registeredDomain } from '../../companies/domain-name.js';
import { foldWord } from '../../search/word-forms.js';
import type { InboundAddress } from '../message.js';
import { type Party, partyNames } from './words.js';

/** Machines in copy are nobody. */
const machines =
  /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|notifications?)(?:$|[+@.-])/i;

export interface ThirdParty {
  address: string;
  /** What he is, where his address or name tells. */
  party: Party | undefined;
}

/**
 * Who is in copy that is neither of us nor of the sender's own people: not at his domain, not of his name, not known to
 * be a colleague of his.
 * @param isOurs whether an address is of the firm
 * @param isColleague whether an address is on file for the same firm or person as the sender
 */
export function thirdParties(
  sender: InboundAddress,
  others: readonly InboundAddress[],
  isOurs: (address: string) => boolean,
  isColleague: (address: string) => boolean = () => false,
): ThirdParty[] {
  const names = namesOf(sender);
  const found = new Map<string, ThirdParty>();
  for (const other of others) {
    const address = other.address.trim().toLowerCase();
    const { local, domain } = partsOf(address);
    if (domain === '' || local === '' || found.has(address)) continue;
    if (address === sender.address.trim().toLowerCase() || machines.test(local)) continue;
    if (isOurs(address) || isColleague(address) || isSameHouse(domain, partsOf(sender.address).domain))
      continue;
    const party = partyOf(other);
    if (party === undefined && [...namesOf(other)].some((name) => names.has(name))) continue;
    found.set(address, { address, party });
  }
  return [...found.values()];
}

function partsOf(address: string): { local: string; domain: string } {
  const text = address.trim().toLowerCase();
  const at = text.lastIndexOf('@');
  return { local: text.slice(0, Math.max(at, 0)), domain: at < 0 ? '' : text.slice(at + 1) };
}

function isSameHouse(one: string, other: string): boolean {
  const house = registeredDomain(one);
  return house === registeredDomain(other) && !isProvider(house);
}

/** What somebody may be called, by his name and his address: words of four letters and more. */
function namesOf({ name, address }: InboundAddress): Set<string> {
  const { local, domain } = partsOf(address);
  const [house = ''] = registeredDomain(domain).split('.');
  // Of ferrante.it, Ferrante; of hotel-aurora.it, nobody's name.
  const own = isProvider(domain) || !/^\p{L}+$/u.test(house) ? '' : house;
  return new Set(
    [name, local, own].flatMap((text) => foldWord(text).match(/\p{L}{4,}/gu) ?? []).filter(isOwn),
  );
}

/** Words in addresses that are nobody's name. */
const common = new Set(
  `info mail posta email contact contatti kontakt office ufficio service servizio servizi support clienti kunden
  amministrazione segreteria vendite ordini sales orders studio group gruppo gmbh online shop mario maria giuseppe anna
  john peter michael thomas andrea marco luca paolo paola giulia francesca francesco antonio david daniel martin pierre
  jean marie jose carlos juan`.split(/\s+/),
);
const isOwn = (word: string) => !common.has(word);

/** What somebody is, by his name and the labels of his address. */
function partyOf({ name, address }: InboundAddress): Party | undefined {
  const { local, domain } = partsOf(address);
  const labels = [
    ...local.split(/[._+-]/),
    local,
    ...domain.split('.'),
    ...domain.split(/[.-]/),
    // A short word of a name is somebody's name: Mr Rai is no broadcaster.
    ...(foldWord(name).match(/\p{L}{5,}/gu) ?? []),
  ];
  const kinds = Object.entries(partyNames) as [Party, readonly string[]][];
  return kinds.find(([, pieces]) =>
    pieces.some((piece) =>
      piece.endsWith('*')
        ? labels.some((label) => label.startsWith(piece.slice(0, -1)))
        : labels.includes(piece),
    ),
  )?.[0];
}
