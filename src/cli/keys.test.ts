import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { type KeySource, Keys } from './keys.js';

class Terminal extends EventEmitter {
  raw = false;
  setRawMode(raw: boolean) {
    this.raw = raw;
  }
  resume() {}
  pause() {}
  type(keys: string) {
    this.emit('data', Buffer.from(keys));
  }
}

const open = () => {
  const terminal = new Terminal();
  return { terminal, keys: new Keys(terminal as unknown as KeySource) };
};

it('reads single keys, passes over others, and keeps what is typed ahead', async () => {
  const { terminal, keys } = open();
  const first = keys.next('yn');
  terminal.type('xYn');
  expect(await first).toBe('y');
  expect(await keys.next('yn')).toBe('n');
  expect(terminal.raw).toBe(true);
  keys.close();
  expect(terminal.raw).toBe(false);
  expect(terminal.listenerCount('data')).toBe(0);
});

it('takes no letter of an arrow key for an answer', async () => {
  const { terminal, keys } = open();
  const key = keys.next('nyo');
  terminal.type('\u001bOn');
  terminal.type('y');
  expect(await key).toBe('y');
});

it('is interrupted by Ctrl-C, and ends with its input', async () => {
  const { terminal, keys } = open();
  terminal.type('\u0003');
  await expect(keys.next('y')).rejects.toMatchObject({ code: 'interrupted' });
  terminal.emit('end');
  expect(await keys.next('y')).toBeUndefined();
  expect(await keys.next('y')).toBeUndefined();
});
