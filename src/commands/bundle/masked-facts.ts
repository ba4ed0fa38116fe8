/** Depth of facts; nothing that is measured is nested so deep. */
const deepest = 100;

/** Facts with every text changed; keys, numbers and the rest stay as they are. */
export function withTexts<Value>(value: Value, change: (text: string) => string, depth = 0): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  if (Array.isArray(value)) return value.map((one) => withTexts(one, change, depth + 1)) as Value;
  const members = Object.entries(value).map(([key, one]) => [key, withTexts(one as unknown, change, depth + 1)]);
  return Object.fromEntries(members) as Value;
}
