export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sampleLine = /^([a-zA-Z_][a-zA-Z0-9_]*)(?:\{(.*)\})? (NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;

/**
 * Parses Prometheus' text format 0.0.4 and throws for whatever breaks it, also for what its own parser forgives: a
 * family apart from itself, without HELP and TYPE, a label set twice, a name twice in one label set, a timestamp.
 */
export function parseExposition(text: string): { help: Map<string, string>; samples: Sample[] } {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const help = new Map<string, string>();
  const samples: Sample[] = [];
  const seen = new Set<string>();
  const lines = text.slice(0, -1).split('\n');
  let family: string | undefined;
  for (const [index, line] of lines.entries()) {
    const described = /^# HELP ([a-zA-Z_][a-zA-Z0-9_]*) ((?:[^\\]|\\[\\n])+)$/.exec(line);
    if (described !== null) {
      const [, name = '', says = ''] = described;
      if (help.has(name)) throw new Error(`HELP twice: ${name}`);
      help.set(name, says);
      family = name;
      if (lines[index + 1] !== `# TYPE ${name} gauge`) throw new Error(`no TYPE after HELP: ${name}`);
    } else if (line.startsWith('#')) {
      if (line !== `# TYPE ${family} gauge`) throw new Error(`astray: ${line}`);
    } else {
      const sample = parseSample(line);
      if (sample.name !== family) throw new Error(`apart from its family: ${line}`);
      const filled = Object.entries(sample.labels).filter(([, value]) => value !== '');
      const identity = JSON.stringify([sample.name, filled.sort()]);
      if (seen.has(identity)) throw new Error(`twice: ${line}`);
      seen.add(identity);
      samples.push(sample);
    }
  }
  return { help, samples };
}

function parseSample(line: string): Sample {
  const [, name, text = '', number = ''] = sampleLine.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a sample: ${line}`);
  const labels = new Map<string, string>();
  label.lastIndex = 0;
  while (label.lastIndex < text.length) {
    const [, key, value = ''] = label.exec(text) ?? [];
    if (key === undefined || key.startsWith('__') || labels.has(key)) throw new Error(`not labels: ${text}`);
    labels.set(
      key,
      value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)),
    );
  }
  const value = number.endsWith('Inf') ? Number(number.replace('Inf', 'Infinity')) : Number(number);
  return { name, labels: Object.fromEntries(labels), value };
}
