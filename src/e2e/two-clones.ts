import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { folder, git, Place } from './harness.js';

/** Two clones of a workspace, each on a machine of its own as far as they know, and the bare remote that they share. */
export interface Team {
  a: Place;
  b: Place;
  /** The folder of the remote. */
  remote: string;
  home: string;
}

/** Makes a team of a workspace that is committed; `a` goes on with its history. */
export async function twoClones(made: Place): Promise<Team> {
  const home = folder();
  const remote = join(home, 'team.git');
  await git(home, 'init', '-q', '--bare', '-b', 'main', 'team.git');
  await made.git('branch', '-M', 'main');
  await made.git('remote', 'add', 'origin', '../../team.git');
  const placeIn = (name: string) => new Place(join(home, name, 'W'), join(home, name));
  const [a, b] = [placeIn('a'), placeIn('b')];
  cpSync(made.root, a.root, { recursive: true });
  await a.git('push', '-q', '-u', 'origin', 'main');
  mkdirSync(b.home);
  await git(b.home, 'clone', '-q', '../team.git', 'W');
  await b.git('remote', 'set-url', 'origin', '../../team.git');
  return { a, b, remote, home };
}
