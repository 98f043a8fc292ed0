import type { FieldKind } from './fields.js';
import { areNicknames } from './nicknames.js';
import { editDistance, jaroWinkler } from './similarity.js';
import { soundOf } from './table.js';

/**
 * One degree of agreement between two values, after Fellegi and Sunter (1969): `m` is how often a pair of records of
 * one entity shows it, `u` how often a pair of two entities does. Of the exact one `u` is the share of the value itself.
 */
export interface Level {
  name: string;
  m: number;
  u: number;
}

export interface LevelRule {
  /** From exact to different. */
  levels: readonly Level[];
  /** The level of two values that are not equal, by its position. */
  grade: (a: string, b: string) => number;
  /** No agreement of this kind says more, in bits. */
  most: number;
}

const nameLike = (text: string) => text.length > 1;

function sharesWord(a: string, b: string): boolean {
  if (!a.includes(' ') && !b.includes(' ')) return false;
  const words = new Set(a.split(' '));
  return b.split(' ').some((word) => word.length > 2 && words.has(word));
}

/** Mario and Maria, Daniele and Daniela, Martin and Martina: one letter, and another person. */
function ofOtherGender(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 4 || !/[ae]$/.test(long)) return false;
  if (long.length === short.length + 1) return long.startsWith(short) && /[^aeiou]$/.test(short);
  return (
    long.length === short.length &&
    long.slice(0, -1) === short.slice(0, -1) &&
    /[oe]$/.test(short.endsWith('a') ? long : short) &&
    (short.endsWith('a') || long.endsWith('a'))
  );
}

function gradeGiven(a: string, b: string): number {
  if (areNicknames(a, b)) return 1;
  if (ofOtherGender(a, b)) return 5;
  if (nameLike(a) && nameLike(b)) {
    if ((a.length > 3 || b.length > 3) && editDistance(a, b, 1) <= 1) return 2;
    if (sharesWord(a, b)) return 2;
    const alike = jaroWinkler(a, b);
    if (alike >= 0.92) return 2;
    if (alike >= 0.82 || soundOf(a) === soundOf(b)) return 3;
    return 5;
  }
  return a[0] === b[0] ? 4 : 5;
}

function gradeFamily(a: string, b: string): number {
  if ((a.length > 3 || b.length > 3) && editDistance(a, b, 1) <= 1) return 1;
  if (sharesWord(a, b)) return 1;
  const alike = jaroWinkler(a, b);
  if (alike >= 0.93) return 1;
  if (alike >= 0.84 || (a.length > 3 && soundOf(a) === soundOf(b))) return 2;
  return 3;
}

function gradeEmail(a: string, b: string): number {
  const atA = a.lastIndexOf('@');
  const atB = b.lastIndexOf('@');
  const localA = a.slice(0, atA);
  const localB = b.slice(0, atB);
  if (localA === localB && localA.length > 2) return 1;
  if (editDistance(localA, localB, 2) <= (Math.min(localA.length, localB.length) > 6 ? 2 : 1)) {
    return editDistance(a.slice(atA + 1), b.slice(atB + 1), 2) <= 2 || localA.length > 8 ? 2 : 3;
  }
  return 3;
}

function gradePhone(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 7 && long.endsWith(short)) return 1;
  if (short.length >= 9 && long.endsWith(short.slice(-9))) return 1;
  if (short.length >= 7 && editDistance(a, b, 1) <= 1) return 2;
  return 3;
}

function gradeDate(a: string, b: string): number {
  if (a.length === 8 && b.length === 8) {
    if (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6))
      return 1;
    if (editDistance(a, b, 1) <= 1) return 2;
    const same =
      Number(a.slice(0, 4) === b.slice(0, 4)) +
      Number(a.slice(4, 6) === b.slice(4, 6)) +
      Number(a.slice(6) === b.slice(6));
    return same === 2 ? 3 : 4;
  }
  return editDistance(a, b, 1) <= 1 ? 2 : 4;
}

function gradePostal(a: string, b: string): number {
  if (editDistance(a, b, 1) <= 1) return 1;
  const half = Math.max(2, Math.min(a.length, b.length) >> 1);
  return a.slice(0, half) === b.slice(0, half) ? 2 : 3;
}

function gradeWord(a: string, b: string): number {
  if (Math.min(a.length, b.length) > 3 && editDistance(a, b, 2) <= (Math.min(a.length, b.length) > 6 ? 2 : 1))
    return 1;
  return jaroWinkler(a, b) >= 0.92 || sharesWord(a, b) ? 1 : 2;
}

function gradeIdentifier(a: string, b: string): number {
  if (Math.min(a.length, b.length) < 5) return 3;
  const edits = editDistance(a, b, 2);
  return edits === 1 ? 1 : edits === 2 ? 2 : 3;
}

function gradeDomain(a: string, b: string): number {
  const nameA = a.split('.')[0] ?? '';
  const nameB = b.split('.')[0] ?? '';
  return nameA.length > 3 && (nameA === nameB || editDistance(nameA, nameB, 1) <= 1) ? 1 : 2;
}

const level = (name: string, m: number, u: number): Level => ({ name, m, u });

/** Shipped, fitted to no list: how people and firms are usually written twice. */
export const levelRules: Partial<Record<FieldKind, LevelRule>> = {
  given_name: {
    levels: [
      level('exact', 0.72, 0.01),
      level('short form', 0.03, 0.001),
      level('close', 0.09, 0.002),
      level('sounds alike', 0.03, 0.01),
      level('initial', 0.03, 0.004),
      level('different', 0.1, 0.97),
    ],
    grade: gradeGiven,
    most: 9,
  },
  family_name: {
    levels: [
      level('exact', 0.78, 0.005),
      level('close', 0.11, 0.001),
      level('sounds alike', 0.03, 0.005),
      level('different', 0.08, 0.99),
    ],
    grade: gradeFamily,
    most: 11,
  },
  email: {
    levels: [
      level('exact', 0.65, 0.0001),
      level('same name, other domain', 0.08, 0.0005),
      level('close', 0.08, 0.0001),
      level('different', 0.19, 0.999),
    ],
    grade: gradeEmail,
    most: 24,
  },
  phone: {
    levels: [
      level('exact', 0.7, 0.0001),
      level('same without prefix', 0.06, 0.00005),
      level('a digit off', 0.06, 0.0005),
      level('different', 0.18, 0.999),
    ],
    grade: gradePhone,
    most: 20,
  },
  date: {
    levels: [
      level('exact', 0.75, 0.0005),
      level('day and month swapped', 0.015, 0.0002),
      level('a digit off', 0.11, 0.001),
      level('two parts of three', 0.045, 0.01),
      level('different', 0.08, 0.985),
    ],
    grade: gradeDate,
    most: 13,
  },
  postal_code: {
    levels: [
      level('exact', 0.7, 0.002),
      level('a sign off', 0.1, 0.003),
      level('same area', 0.05, 0.03),
      level('different', 0.15, 0.96),
    ],
    grade: gradePostal,
    most: 10,
  },
  locality: {
    levels: [level('exact', 0.72, 0.02), level('close', 0.1, 0.003), level('different', 0.18, 0.97)],
    grade: gradeWord,
    most: 9,
  },
  region: {
    levels: [level('exact', 0.85, 0.15), level('close', 0.04, 0.02), level('different', 0.11, 0.83)],
    grade: gradeWord,
    most: 5,
  },
  country: {
    levels: [level('exact', 0.95, 0.5), level('different', 0.05, 0.5)],
    grade: () => 1,
    most: 3,
  },
  identifier: {
    levels: [
      level('exact', 0.8, 0.0001),
      level('a sign off', 0.11, 0.0002),
      level('two signs off', 0.02, 0.002),
      level('different', 0.07, 0.997),
    ],
    grade: gradeIdentifier,
    most: 24,
  },
  domain: {
    levels: [level('exact', 0.75, 0.001), level('close', 0.08, 0.0005), level('different', 0.17, 0.998)],
    grade: gradeDomain,
    most: 13,
  },
  category: {
    levels: [level('exact', 0.95, 0.5), level('different', 0.05, 0.5)],
    grade: () => 1,
    most: 2,
  },
};
