/**
 * Settles what two clones made of the same thing, each by itself and at its own time, as a task is whose id derives from
 * what it is about: what was made first stands. What is settled is taken out of the conflicts.
 * @param data merged
 * @param sides what each side says
 */
export function settleByFirst(
  data: Record<string, unknown>,
  conflicts: Set<string>,
  [ours, theirs]: readonly [Record<string, unknown>, Record<string, unknown>],
): void {
  if (!conflicts.has('made_at')) return;
  const [mine, other] = [ours, theirs].map(({ made_at }) => Date.parse(String(made_at)));
  if (Number.isNaN(mine) || Number.isNaN(other)) return;
  const first = (mine as number) <= (other as number) ? ours : theirs;
  for (const key of conflicts) {
    data[key] = first[key];
    conflicts.delete(key);
  }
}
