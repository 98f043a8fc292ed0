import { saysNothing } from '../contacts/email-address.js';
import { foldText } from '../contacts/person-name.js';
import type { Slot, TargetField } from './target.js';

/** The columns of a list by what they hold. */
export type Slots = ReadonlyMap<TargetField, readonly Slot[]>;

/** A row of a list, asked by what its columns hold. */
export class Row {
  /** Columns that hold something that was not understood: it is kept as it is. */
  readonly unread = new Set<number>();

  constructor(
    /** Trimmed. */
    readonly cells: readonly string[],
    readonly slots: Slots,
  ) {}

  /** The first cell of a field that says something. */
  one(field: TargetField): string | undefined {
    for (const { column } of this.slots.get(field) ?? []) {
      const cell = this.cells[column] ?? '';
      if (!saysNothing(cell)) return cell;
    }
    return undefined;
  }

  /** All filled cells of a field. */
  *all(field: TargetField): Generator<{ slot: Slot; text: string }> {
    for (const slot of this.slots.get(field) ?? []) {
      const text = this.cells[slot.column] ?? '';
      if (text !== '') yield { slot, text };
    }
  }

  /** Home, work … of a cell, as its column or the column beside it says, and whether it is the one to use first. */
  labelOf({ label, labelColumn }: Slot): { label?: string; primary?: true } {
    if (labelColumn === undefined) return label === undefined ? {} : { label };
    const written = this.cells[labelColumn] ?? '';
    const starred = written.startsWith('* ');
    const text = plainLabel(starred ? written.slice(2) : written);
    return { ...(text === '' ? {} : { label: text }), ...(starred ? { primary: true as const } : {}) };
  }

  /** What a cell was not understood as: it is kept under its column's name. */
  leave(field: TargetField): void {
    for (const { column } of this.slots.get(field) ?? []) this.unread.add(column);
  }
}

/** `Home Fax`, `Work`, `Cellulare` as records call them. */
function plainLabel(text: string): string {
  const folded = foldText(text);
  if (/\bfax\b/.test(folded)) return 'fax';
  if (/\b(?:mobile|cell|cellular|cellulare|handy|mobil)\b/.test(folded)) return 'mobile';
  if (/^(?:home|casa|abitazione|privat)$/.test(folded)) return 'home';
  if (/^(?:work|business|lavoro|ufficio|geschaftlich|arbeit)$/.test(folded)) return 'work';
  return text.trim().toLowerCase();
}
