import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('.', import.meta.url));

/** Which rooms a room may look into. Arrows go one way. */
const arrows: Record<string, string[]> = {
  domain: [],
  csv: ['domain'],
  git: ['domain'],
  mail: ['domain'],
  workspace: ['domain'],
  actions: ['domain', 'csv', 'git', 'mail', 'workspace'],
  cli: ['domain', 'csv', 'git', 'workspace', 'actions'],
  commands: ['domain', 'actions', 'cli'],
};

/** What the domain may take from outside: pure libraries, and hashing. */
const pure =
  /^(?:zod|double-metaphone|temporal-polyfill|libphonenumber-js\/.*|date-holidays|rrule|isbot|node:crypto|node:url)$/;

interface Import {
  file: string;
  room: string;
  target: string;
  typeOnly: boolean;
}

const files = readdirSync(source, { recursive: true })
  .map((name) => String(name).split('\\').join('/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('e2e/'));

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import '([^']+)'/g,
  );
  return [...found].map(([, type, from, dynamic, bare]) => ({
    file,
    room: file.includes('/') ? (file.split('/')[0] as string) : '',
    target: (from ?? dynamic ?? bare) as string,
    typeOnly: type !== undefined,
  }));
});

/** The room a relative import leads to. */
function roomOf({ file, target }: Import): string {
  const path = normalize(join(dirname(file), target))
    .split('\\')
    .join('/');
  return path.includes('/') ? (path.split('/')[0] as string) : '';
}

describe('the rooms of the house', () => {
  it('are all known', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
    expect([...rooms].sort()).toEqual(Object.keys(arrows).sort());
  });

  it('look only where their arrows point', () => {
    const wrong = imports
      .filter(({ room, target, typeOnly }) => room in arrows && target.startsWith('.') && !typeOnly)
      .filter((one) => {
        const room = roomOf(one);
        return room !== '' && room !== one.room && !arrows[one.room]?.includes(room);
      })
      .map(({ file, target }) => `${file} → ${target}`);
    expect(wrong).toEqual([]);
  });

  it('keep the domain pure', () => {
    const outside = imports
      .filter(({ room, target }) => room === 'domain' && !target.startsWith('.') && !pure.test(target))
      .map(({ file, target }) => `${file} → ${target}`);
    const impure = files
      .filter((file) => file.startsWith('domain/'))
      .filter((file) =>
        /Date\.now\(|new Date\(\)|Math\.random\(|process\.(?:env|argv|cwd|std|exit)|console\./.test(
          readFileSync(join(source, file), 'utf8'),
        ),
      );
    expect([...outside, ...impure]).toEqual([]);
  });

  it('load heavy modules where they are used, not with the command tree', () => {
    const heavy =
      /^(?:inquirer|nodemailer|libsql|yaml|gray-matter|zod|liquidjs|marked|temporal-polyfill|csv-parse.*|string-width|fast-glob|postal-mime|htmlparser2)$/;
    const loaded = new Set<string>();
    const visit = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      const text = readFileSync(join(source, file), 'utf8');
      for (const [, type, from] of text.matchAll(
        /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'/g,
      )) {
        if (type) continue;
        if ((from as string).startsWith('.'))
          visit(relative(source, join(source, dirname(file), from as string)).replace(/\.js$/, '.ts'));
        else if (heavy.test(from as string)) throw new Error(`${file} loads ${from}`);
      }
    };
    for (const file of ['main.ts', ...files.filter((name) => /^commands\/.*index\.ts$/.test(name))])
      visit(file);
    expect(loaded.size).toBeGreaterThan(10);
  });
});
