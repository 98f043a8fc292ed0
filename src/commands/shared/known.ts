import type { Cli } from '../../cli/context.js';
import { ItacaError } from '../../domain/error.js';

/**
 * The office that an option names, or that of who asks.
 * @param named true where the option was given without a name
 * @throws ItacaError `usage` for one that `itaca.yaml` does not list, where it lists any
 */
export async function knownOffice(cli: Cli, named: string | true): Promise<string> {
  const { members = {}, offices = {} } = (await cli.workspace()).config;
  if (named === true) {
    const me = await cli.actor();
    const own = Object.hasOwn(members, me) ? members[me]?.office : undefined;
    if (own === undefined) throw new ItacaError('usage', `itaca.yaml names no office of ${me}`);
    return own;
  }
  return known('office', named, Object.keys(offices));
}

/**
 * The member that an option names.
 * @throws ItacaError `usage` for one that `itaca.yaml` does not list, where it lists any
 */
export async function knownMember(cli: Cli, named: string): Promise<string> {
  return known('member', named, Object.keys((await cli.workspace()).config.members ?? {}));
}

function known(what: string, name: string, names: readonly string[]): string {
  if (names.length === 0 || names.includes(name)) return name;
  throw new ItacaError('usage', `there is no ${what} "${name}"`, { hint: `there are: ${names.join(', ')}` });
}
