import type { FieldPlan } from './fields.js';

/**
 * Makes the fields of two lists correspond, whatever their columns are called and wherever they stand: fields of one
 * kind, in the order of their columns, those of the same name first. What only one of them has is left out.
 */
export function alignPlans(
  one: readonly FieldPlan[],
  other: readonly FieldPlan[],
): [FieldPlan[], FieldPlan[]] {
  const [left, right] = wholeNames(one, other);
  const free = [...right];
  const pairs: [FieldPlan, FieldPlan][] = [];
  const take = (plan: FieldPlan, fits: (candidate: FieldPlan) => boolean) => {
    const at = free.findIndex((candidate) => candidate.kind === plan.kind && fits(candidate));
    if (at < 0) return false;
    pairs.push([plan, free.splice(at, 1)[0]!]);
    return true;
  };
  const nameless = left.filter((plan) => !take(plan, ({ name }) => fold(name) === fold(plan.name)));
  for (const plan of nameless) take(plan, () => true);
  pairs.sort(([a], [b]) => left.indexOf(a) - left.indexOf(b));
  const padded = pairs.map(([a, b]) => pad(a, b));
  return [padded.map(([plan]) => plan), padded.map(([, plan]) => plan)];
}

const fold = (name: string) => name.trim().toLowerCase();

/** Where one list splits names and the other does not, both are compared whole. */
function wholeNames(one: readonly FieldPlan[], other: readonly FieldPlan[]): [FieldPlan[], FieldPlan[]] {
  const splits = (plans: readonly FieldPlan[]) =>
    ['given_name', 'family_name'].every((kind) => plans.some((plan) => plan.kind === kind));
  if (splits(one) === splits(other)) return [[...one], [...other]];
  return [joinNames(one), joinNames(other)];
}

function joinNames(plans: readonly FieldPlan[]): FieldPlan[] {
  const parts = plans.filter(({ kind }) => kind === 'given_name' || kind === 'family_name');
  if (parts.length === 0) return [...plans];
  const whole: FieldPlan = {
    kind: 'name',
    name: parts.map(({ name }) => name).join(' + '),
    columns: parts.flatMap(({ columns }) => columns),
    parts: true,
  };
  return [whole, ...plans.filter((plan) => !parts.includes(plan) && plan.kind !== 'name')];
}

/** One has one telephone column, the other three. */
function pad(a: FieldPlan, b: FieldPlan): [FieldPlan, FieldPlan] {
  const places = (plan: FieldPlan) => (plan.parts ? 1 : plan.columns.length);
  const count = Math.max(places(a), places(b));
  const padded = (plan: FieldPlan): FieldPlan =>
    plan.parts || count === places(plan)
      ? plan
      : { ...plan, columns: [...plan.columns, ...Array<number>(count - plan.columns.length).fill(-1)] };
  return [padded(a), padded(b)];
}
