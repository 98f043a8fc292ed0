import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = join(root, 'README.md');
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'itaca-readme-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'itaca'),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/itaca.js')}" "$@"\n`,
  );
  chmodSync(join(bin, 'itaca'), 0o755);
  env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ITACA_NOW: '2026-11-24T09:00:00+01:00',
    ITACA_FORCE_TTY: '100',
    NO_COLOR: '1',
    TZ: 'Europe/Rome',
    LANG: 'C.UTF-8',
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Step {
  command: string;
  output: string;
}

/** The commands of a console block, each with what it prints. */
function stepsOf(block: string): Step[] {
  const steps: Step[] = [];
  for (const line of block.split('\n')) {
    const step = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: '' });
    else if (step) step.output += `${line}\n`;
  }
  return steps;
}

/** Ids and commits are random; all else must be as it is printed. */
const masked = (text: string) => text.replace(/\b[0-9a-hjkmnp-tv-z]{10}\b/g, '##########').trimEnd();

function run(blocks: string[]): string[] {
  let cwd = folder;
  return blocks.map((block) =>
    stepsOf(block)
      .map(({ command }) => {
        const cd = /^cd (\S+)$/.exec(command);
        if (cd) {
          cwd = join(folder, cd[1] as string);
          return `$ ${command}\n`;
        }
        const actor = cwd.endsWith('crm') ? 'giulia' : 'anna';
        const { stdout, stderr } = spawnSync('/bin/sh', ['-c', command], {
          cwd: command.startsWith('itaca init') ? folder : cwd,
          env: { ...env, ITACA_ACTOR: actor },
          encoding: 'utf8',
        });
        return `$ ${command}\n${stdout}${stderr}`;
      })
      .join(''),
  );
}

describe('the README', () => {
  const text = readFileSync(readme, 'utf8');
  const blocks = [...text.matchAll(/```console\n([\s\S]*?)```/g)].map((match) => match[1] as string);

  it('shows what its commands print', () => {
    const printed = run(blocks);
    if (process.env.UPDATE_README) {
      let i = 0;
      writeFileSync(
        readme,
        text.replace(/```console\n[\s\S]*?```/g, () => `\`\`\`console\n${printed[i++]}\`\`\``),
      );
      return;
    }
    printed.forEach((block, i) => {
      expect(masked(block)).toBe(masked(blocks[i] as string));
    });
  });

  it('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, name = ''] of text.matchAll(/npm (?:run )?(demo|test|bench)\b/g))
      expect(scripts).toHaveProperty(name);
    const ci = readFileSync(join(root, '.ci/run'), 'utf8');
    expect(ci).toContain('npm ci && npm test');
  });

  it('tells the story of the demo to its end', () => {
    const story = execFileSync(process.execPath, [join(root, 'examples/demo.js')], {
      env: { ...env, TMPDIR: folder },
      encoding: 'utf8',
    });
    expect(story).toContain('264 in the audience = 8 sent + 256 left out');
    expect(story).toContain('264 in the audience = 0 sent + 264 left out');
    expect(story).toMatch(/10\. Which cases are open[\s\S]*Five of twelve/);
    expect(story).toContain('The mails lie in');
  });
});
