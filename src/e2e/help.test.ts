import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandSpec } from '../cli/spec.js';
import { isNoun } from '../cli/spec.js';
import { topLevel } from '../commands/index.js';
import { version } from '../version.js';
import { folder, itaca, project, shell } from './harness.js';

/** Every command of the program, by the words that name it. */
const commands: [words: string, spec: CommandSpec][] = [];
const nouns: string[] = [];
/** Those of them whose verb need not be named. */
const mayBeLeftOut = new Set<string>();
for (const entry of topLevel) {
  const spec = await entry.load();
  if (!isNoun(spec)) commands.push([spec.name, spec]);
  else {
    nouns.push(spec.name);
    if (spec.defaultVerb) mayBeLeftOut.add(`${spec.name} ${spec.defaultVerb}`);
    for (const verb of spec.verbs) commands.push([`${spec.name} ${verb.name}`, verb]);
  }
}

const flagsOf = (spec: CommandSpec) =>
  (spec.options ?? []).flatMap(({ flags }) => /--[a-z-]+/.exec(flags)?.[0] ?? []);

describe.concurrent('--version', () => {
  it('is that of package.json', async () => {
    const stated = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).version;
    expect(version).toBe(stated);
    expect((await itaca(['--version'])).stdout).toBe(`${stated}\n`);
    expect((await itaca(['-V'])).stdout).toBe(`${stated}\n`);
  });
});

describe.concurrent('--help', () => {
  it('of the program names every command, and so does the program alone', async () => {
    const run = await itaca(['--help']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const { name, summary } of topLevel) {
      expect(run.stdout).toContain(`  ${name} `);
      expect(summary).not.toBe('');
    }
    const alone = await itaca([]);
    expect(alone).toMatchObject({ code: 0, stdout: run.stdout });
  });

  it.each(nouns)('of %s names its verbs', async (noun) => {
    const run = await itaca([noun, '--help']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const [words] of commands.filter(([words]) => words.startsWith(`${noun} `)))
      expect(run.stdout).toMatch(new RegExp(`^  ${words.split(' ')[1]} `, 'm'));
  });

  it.each(commands)('of %s shows every option, argument and an example', async (words, spec) => {
    const run = await itaca([...words.split(' '), '--help']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain(`Usage: itaca ${words}`);
    for (const flag of flagsOf(spec)) expect(run.stdout).toContain(flag);
    for (const [name] of spec.args ?? [])
      expect(run.stdout).toContain(`  ${name.replace(/[<>[\]]|\.\.\./g, '')} `);
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const example of spec.examples) {
      expect(run.stdout).toContain(`$ itaca ${example}`);
      expect(example).toMatch(new RegExp(`^${mayBeLeftOut.has(words) ? words.split(' ')[0] : words}\\b`));
    }
  });

  it.each([...mayBeLeftOut])('of %s is also that of its noun, with which it may be called', async (words) => {
    const [noun = ''] = words.split(' ');
    const spec = commands.find(([name]) => name === words)?.[1];
    const help = (await itaca([noun, '--help'])).stdout;
    for (const flag of flagsOf(spec as CommandSpec)) expect(help).toContain(flag);
    const [alone, named] = await Promise.all([itaca([noun]), itaca(words.split(' '))]);
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone).toEqual(named);
  });

  it('is found by `help` too', async () => {
    const [long, short] = await Promise.all([
      itaca(['case', 'open', '--help']),
      itaca(['help', 'case', 'open']),
    ]);
    expect(short).toMatchObject({ code: 0, stdout: long.stdout });
  });

  it.each(['exit-codes', 'queries', 'records', 'settings', 'tracking'])('has a page on %s', async (page) => {
    const run = await itaca(['help', page]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.split('\n').length).toBeGreaterThan(5);
  });
});

describe.concurrent('an option', () => {
  // Each documented option parses: with all of them given at once, what is complained of is the missing workspace.
  it.each(
    commands.filter(
      ([words, spec]) =>
        !/^(help|completion|init|dedupe (clean|evaluate|explain|train|model)|import csv)$/.test(words) &&
        spec.options,
    ),
  )('of %s is understood as it is documented', async (words, spec) => {
    const given = (spec.options ?? []).flatMap(({ flags, choices }) => {
      const flag = /--[a-z-]+/.exec(flags)?.[0] as string;
      return flags.includes('<') ? [flag, choices?.[0] ?? '1'] : [flag];
    });
    const args = (spec.args ?? []).filter(([name]) => !name.includes('...')).map(() => 'note');
    const more = spec.args?.some(([name]) => name.startsWith('<') && name.includes('...')) ? ['a=b'] : [];
    const run = await itaca([
      '-C',
      'no-such-folder',
      ...words.split(' '),
      ...args,
      ...more,
      ...given,
      '--json',
    ]);
    // Some look at what they were given before they look for the workspace.
    const expected = ['log', 'find', 'contact add', 'company add', 'dedupe review', 'dedupe decide'].includes(
      words,
    )
      ? { code: expect.stringMatching(/not_found|usage/), message: expect.not.stringContaining('option') }
      : { code: 'not_found', path: 'no-such-folder' };
    expect(run.error).toMatchObject(expected);
  });

  it.each([
    [['contat', 'list'], 'contact'],
    [['contact', 'lst'], 'list'],
    [['contact', 'list', '--jso'], '--json'],
    [['campaign', 'send', 'x', '--confrim', 'x'], '--confirm'],
  ])('or command that is misspelt is refused with a suggestion: %j', async (args, suggested) => {
    const run = await itaca(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('unknown');
    expect(run.stderr).toContain(suggested);
    expect((await itaca([...args, '--json'])).error).toMatchObject({ code: 'usage' });
  });

  it.each([
    [['contact', 'show']],
    [['contact', 'show', 'a', 'b']],
    [['contact', 'set', 'a']],
    [['case', 'open', 'x', '--priority', 'extreme']],
    [['contact', 'add', '--email']],
    [['due', '--within', 'soonish', '-C', 'no-such-folder']],
    [['help', 'nothing']],
    [['completion', 'tcsh']],
    [['contact', 'list', '-C', 'no-such-folder', '--fields', '']],
  ])('or argument that is wrong is an error of usage or of the workspace, never a bug: %j', async (args) => {
    const run = await itaca(args);
    expect([2, 3]).toContain(run.code);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/^itaca: /);
    expect(run.stderr).not.toMatch(/^ {4}at /m);
  });

  it('cannot be abbreviated to a prefix', async () => {
    expect((await itaca(['contact', 'li'])).code).toBe(2);
    expect((await itaca(['contact', 'list', '--fiel', 'id'])).code).toBe(2);
  });
});

describe.concurrent('completion', () => {
  it.each([
    ['bash', 'bash -n'],
    ['zsh', 'zsh -n'],
    ['fish', 'fish -n'],
  ])('for %s is accepted by the shell', async (name, reader) => {
    const made = await itaca(['completion', name]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const cwd = folder();
    writeFileSync(join(cwd, 'script'), made.stdout);
    const read = await shell(`command -v ${name} >/dev/null || exit 0; ${reader} script`, { cwd });
    expect(read).toMatchObject({ code: 0, stderr: '' });
  });

  it('completes commands, verbs and options in bash', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'script'), (await itaca(['completion', 'bash'])).stdout);
    const complete = async (...words: string[]) => {
      const quoted = words.map((word) => `'${word}'`).join(' ');
      const line = `. ./script; COMP_WORDS=(itaca ${quoted}); COMP_CWORD=${words.length}; _itaca 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return (await shell(line, { cwd })).stdout.split('\n').filter(Boolean);
    };
    expect(await complete('camp')).toEqual(['campaign']);
    expect(await complete('-C', 'W', 'campaign', 's')).toEqual(['send', 'status']);
    expect(await complete('campaign', 'send', '--conf')).toEqual(['--confirm']);
  });
});
