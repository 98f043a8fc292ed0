import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readIntent } from '../../domain/inbox/intent/read-intent.js';
import { openIntentReader } from './intent-reader.js';

const root = mkdtempSync(join(tmpdir(), 'itaca-words-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const reader = openIntentReader(root);
const complains = (text: string) =>
  readIntent({ subject: '', text, isReply: false }, reader).intent === 'complaint';

it.each([
  'Bello, ma la lampada non è arrivata',
  'Pessimo servizio, sconsiglio a tutti.',
  'Prodotto difettoso e nessuno risponde al telefono',
  'Awful. Worst shop ever, stay away.',
  'The lamp came broken and nobody answers.',
  'Das ist Betrug.',
  'Schlechter Service, nie wieder.',
  'Colis jamais arrivé',
  'À fuir, service client inexistant.',
  'Nadie responde al teléfono',
  'Pésimo, no lo recomiendo.',
])('a review complains: %s', (text) => expect(complains(text)).toBe(true));

it.each([
  'Nice lamps',
  'Bellissimo club, consigliato!',
  'Sehr schöner Laden, gerne wieder.',
  'Très bon accueil, je recommande.',
  'Muy contentos con el servicio',
  'mai delusi, nessun reclamo',
])('a review does not: %s', (text) => expect(complains(text)).toBe(false));
