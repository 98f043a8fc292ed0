import { expect, it } from 'vitest';
import { splitPersonName } from './split-name.js';

it.each([
  ['Mario Rossi', 'Mario', 'Rossi'],
  ['Rossi, Mario', 'Mario', 'Rossi'],
  ['ROSSI Mario', 'Mario', 'ROSSI'],
  ['MARIO ROSSI', 'MARIO', 'ROSSI'],
  ['Dott. Mario Luigi de Rossi', 'Mario Luigi', 'de Rossi'],
  ['Mario Rossi, PhD', 'Mario', 'Rossi'],
  ['Jan van der Berg', 'Jan', 'van der Berg'],
  ['Di Maria', 'Di', 'Maria'],
  ['Madonna', 'Madonna', ''],
  ['', '', ''],
])('splits %s', (name, given, family) => {
  expect(splitPersonName(name)).toEqual({ given, family });
});
