import { describe, expect, it } from 'vitest';
import { answeredNote, playbookState } from './playbook.js';
import { processSchema } from './process.js';

const process = processSchema.parse({
  type: 'complaint',
  playbook: {
    questions: [{ en: 'What happened?', it: 'Che cosa è successo?' }, 'Since when?'],
    steps: [{ en: 'Find the cause.', it: 'Trovare la causa.' }],
  },
});
const asked = (...notes: string[]) => playbookState(process, notes, ['it']).questions.map((one) => one.asked);
const done = (...notes: string[]) => playbookState(process, notes, ['it']).steps.map((one) => one.done);

describe('a playbook', () => {
  it('is worded in the language of the workspace, or else in its first one', () => {
    expect(playbookState(process, [], ['it']).steps[0]?.step).toBe('Trovare la causa.');
    expect(playbookState(process, [], ['it-CH']).steps[0]?.step).toBe('Trovare la causa.');
    expect(playbookState(process, [], ['fr']).steps[0]?.step).toBe('Find the cause.');
  });

  it('has a question asked where a note has it, in any language and spelling', () => {
    expect(asked('nothing')).toEqual([false, false]);
    expect(asked('**what  happened?**\n\nIt broke.')).toEqual([true, false]);
    expect(asked('CHE COSA E SUCCESSO?', 'since\nwhen?')).toEqual([true, true]);
  });

  it('has a step done where a note has it ticked, and not where it is only listed', () => {
    expect(done('- [ ] Find the cause.')).toEqual([false]);
    expect(done('Find the cause.')).toEqual([false]);
    expect(done('- [x] Find the cause.')).toEqual([true]);
    expect(done('x\r\n  * [X] trovare la causa. Fatto.\r\n')).toEqual([true]);
  });

  it('is empty for a case without one', () => {
    expect(playbookState(undefined, ['x'], [])).toEqual({ questions: [], steps: [] });
  });

  it('finds its own questions again in the note of their answers', () => {
    const questions = ['Che cosa è successo?', 'Since when?'];
    const note = answeredNote(questions.map((question) => ({ question, answer: 'x' })));
    expect(asked(note)).toEqual([true, true]);
  });

  it('reads a note of many empty lines in no time', () => {
    const started = performance.now();
    done('\n \n'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
