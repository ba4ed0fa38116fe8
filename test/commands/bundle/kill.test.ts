import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../../cli/run.js';
import { caseFolder, confText, logLine, wholeBundle } from './bundles.js';

const folder = caseFolder();
afterAll(() => folder.close());

const log = Array.from({ length: 1000 }, (_, index) => logLine(60, `Assigned Railgun ID: ${index}`)).join('');
const logs = Array.from({ length: 12 }, (_, index) => folder.file(`access-${index}.log`, log));
const words = [
  ...['--config', folder.file('railgun.conf', confText()), '--log', folder.file('syslog', log), '--archive'],
  ...logs.flatMap((path) => ['--origin-log', path]),
  ...['--skip', 'route', '--skip', 'checks', '--skip', 'dns', '--skip', 'versions'],
];

let made = 0;

/** Begins a bundle in a folder of its own. */
function begin() {
  const place = join(folder.path, `run-${made++}`);
  mkdirSync(place);
  const child = spawn(program, ['bundle', '--dir', join(place, 'bundle'), ...words], { stdio: 'ignore' });
  return { place, child };
}

/** What there is under the names that were asked for is whole. */
function expectWholeOrNothing(place: string): 'whole' | 'nothing' {
  const [directory, archive] = [join(place, 'bundle'), join(place, 'bundle.tar.gz')];
  if (existsSync(archive)) expect(() => gunzipSync(readFileSync(archive))).not.toThrow();
  if (!existsSync(directory)) {
    expect(existsSync(archive)).toBe(false);
    return 'nothing';
  }
  expect(wholeBundle(directory).files.has('log.txt')).toBe(true);
  return 'whole';
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  child.kill('SIGKILL');
  await exited;
}

/** How many files the unfinished folder has; nothing while there is none. */
function unfinished(place: string): number | undefined {
  const name = readdirSync(place).find((one) => one.endsWith('.partial'));
  if (name === undefined) return undefined;
  try {
    return readdirSync(join(place, name)).length;
  } catch {
    // It has just got its name.
    return undefined;
  }
}

/** Kills a run as soon as `isTime`; or lets it end. */
async function killWhen(isTime: (place: string) => boolean): Promise<'whole' | 'nothing'> {
  const { place, child } = begin();
  const exited = once(child, 'exit');
  for (let over = false; !over && !isTime(place); ) {
    over = await Promise.race([exited.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);
  }
  await killed(child);
  return expectWholeOrNothing(place);
}

describe('kill -9', () => {
  it('leaves nothing or all of it, at points all over a run', async () => {
    const whole = begin();
    const started = performance.now();
    await once(whole.child, 'exit');
    const length = performance.now() - started;
    expect(expectWholeOrNothing(whole.place)).toBe('whole');
    const states = new Set<string>();
    for (let point = 0; point < 20; point += 1) {
      const { place, child } = begin();
      await new Promise((resolve) => setTimeout(resolve, (length * point) / 20));
      await killed(child);
      states.add(expectWholeOrNothing(place));
    }
    expect(states).toContain('nothing');
  }, 120_000);

  it('leaves nothing or all of it, as soon as there are so many files', async () => {
    for (let files = 0; files <= 17; files += 1) {
      await killWhen((place) => (unfinished(place) ?? -1) >= files);
    }
  }, 120_000);

  it('leaves all of it as soon as it has its name, and no half archive', async () => {
    expect(await killWhen((place) => existsSync(join(place, 'bundle')))).toBe('whole');
    const isBegun = (place: string) =>
      readdirSync(place).some((name) => name.endsWith('.partial')) && existsSync(join(place, 'bundle'));
    expect(await killWhen(isBegun)).toBe('whole');
  }, 60_000);
});

describe('Ctrl-C', () => {
  it('while it is written leaves nothing, hidden or not, or all of it', async () => {
    for (let files = 0; files <= 16; files += 4) {
      const { place, child } = begin();
      const exited = once(child, 'exit');
      for (let over = false; !over && (unfinished(place) ?? -1) < files; ) {
        over = await Promise.race([
          exited.then(() => true),
          new Promise<false>((resolve) => setImmediate(resolve, false)),
        ]);
      }
      child.kill('SIGINT');
      await exited;
      if (expectWholeOrNothing(place) === 'nothing') expect(readdirSync(place)).toEqual([]);
      expect(readdirSync(place).filter((name) => name.includes('.partial'))).toEqual([]);
    }
  }, 60_000);
});
