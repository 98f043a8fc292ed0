import { foldCompanyName } from '../companies/company-name.js';
import type { CardLines } from './card-lines.js';
import { namesOf, saysMoreThanNames } from './properties.js';
import { lineOf, partOf, splitValue } from './value-text.js';

/** What a card says of who it is of. */
export interface CardNames {
  kind: 'person' | 'firm' | 'group';
  /** As it is shown; undefined where no name stands in the card. */
  name?: string;
  given?: string;
  family?: string;
  /** The first part of ORG. */
  company?: string;
}

/**
 * The names of a card. Its name is FN, else what N says, else a nickname, else the firm's; a card that names nothing but
 * a firm is the firm's own.
 */
export function namesIn(lines: CardLines): CardNames {
  const shown = firstText(lines, 'FN');
  const parts = personNames(lines);
  const company = organisation(lines);
  const nickname = lines
    .all('NICKNAME')
    .flatMap(({ value }) => splitValue(value, ',').map(lineOf))
    .find(Boolean);
  const name = shown ?? parts.name ?? nickname ?? company;
  const kind = kindOf(lines, company, shown ?? parts.name ?? nickname, parts.name !== undefined);
  return {
    kind,
    ...(name === undefined ? {} : { name }),
    ...(parts.given === undefined ? {} : { given: parts.given }),
    ...(parts.family === undefined ? {} : { family: parts.family }),
    ...(company === undefined ? {} : { company }),
  };
}

function kindOf(
  lines: CardLines,
  company: string | undefined,
  name: string | undefined,
  ofPerson: boolean,
): CardNames['kind'] {
  const line = lines.first('KIND') ?? lines.first('X-ADDRESSBOOKSERVER-KIND');
  const said = line?.value.trim().toLowerCase() ?? '';
  if (line && ['', 'individual', 'org', 'group'].includes(said)) lines.take(line);
  if (said === 'group') return 'group';
  if (said === 'org') return 'firm';
  if (ofPerson || company === undefined || said === 'individual') return 'person';
  const shownAs = lines.first('X-ABSHOWAS');
  if (shownAs && /^company$/i.test(shownAs.value.trim())) {
    lines.take(shownAs);
    return 'firm';
  }
  return name === undefined || foldCompanyName(name) === foldCompanyName(company) ? 'firm' : 'person';
}

function firstText(lines: CardLines, name: string): string | undefined {
  const line = lines.first(name);
  if (!line) return undefined;
  lines.take(line);
  return lineOf(line.value) || undefined;
}

/** Given and family name, and the whole name that N makes. */
function personNames(lines: CardLines): { given?: string; family?: string; name?: string } {
  const line = lines.all('N')[0];
  if (!line) return {};
  const names = namesOf(line);
  // A line that says more stays as it is, and so do two that are one name in two scripts.
  if (!saysMoreThanNames(line) && !line.params.has('ALTID')) lines.take(line);
  const additional = partOf(splitValue(line.value, ';'), 2, ' ');
  const name = [names.given ?? '', additional, names.family ?? ''].filter(Boolean).join(' ');
  return name === '' ? names : { ...names, name };
}

/** The firm; its departments, a label or a second firm stand in `vcard:`. */
function organisation(lines: CardLines): string | undefined {
  const line = lines.first('ORG');
  if (!line) return undefined;
  const [first = '', ...units] = splitValue(line.value, ';').map(lineOf);
  if (units.every((unit) => unit === '') && lines.named(line) === undefined) lines.take(line);
  return first === '' ? undefined : first;
}
