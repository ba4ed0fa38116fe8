import type { Labels } from './exposition.js';

/**
 * A report's own labels and those of one of its metrics. Where the metric uses a name that is taken, its label becomes
 * `exported_<name>`, as it would in Prometheus itself.
 */
export function joinedLabels(own: Labels, metric: Readonly<Record<string, string>>): Labels {
  const taken = new Set(own.map(([name]) => name));
  const further = Object.keys(metric)
    .sort()
    .map((key): readonly [string, string] => {
      let name = labelName(key);
      while (taken.has(name)) name = `exported_${name}`;
      taken.add(name);
      return [name, metric[key] ?? ''];
    });
  return [...own, ...further];
}

/** A valid label name; two leading underscores are Prometheus' own. */
function labelName(key: string): string {
  const name = key.replaceAll(/\W/g, '_').replace(/^_+/, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}
