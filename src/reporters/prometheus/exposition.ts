import { printable } from '../../model/printable.js';

export type Labels = readonly (readonly [name: string, value: string])[];

interface Family {
  readonly help: string;
  /** By label set: a second sample with the same labels would make the whole text invalid, so the first stays. */
  readonly samples: Map<string, string>;
}

/** Gauges and counters in Prometheus' text format 0.0.4, each family together however its samples came in. */
export class Exposition {
  readonly #families = new Map<string, Family>();

  add(name: string, help: string, labels: Labels, value: number): void {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { help, samples: new Map() };
      this.#families.set(name, family);
    }
    // To Prometheus a label with an empty value is none, and the order of labels means nothing.
    const identity = JSON.stringify(labels.filter(([, text]) => text !== '').sort());
    if (!family.samples.has(identity)) family.samples.set(identity, `${name}${labelText(labels)} ${valueText(value)}`);
  }

  toString(): string {
    const lines = [...this.#families].flatMap(([name, { help, samples }]) => [
      `# HELP ${name} ${escaped(help === '' ? name : help)}`,
      // By convention of Prometheus only counters have this suffix, and all of them have it.
      `# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`,
      ...samples.values(),
    ]);
    return `${lines.join('\n')}\n`;
  }
}

function labelText(labels: Labels): string {
  if (labels.length === 0) return '';
  return `{${labels.map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`).join(',')}}`;
}

/** Control characters are made visible first, so none of the format's own escapes but the backslash's is left to do. */
function escaped(text: string): string {
  return printable(text).replaceAll('\\', '\\\\');
}

function valueText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
