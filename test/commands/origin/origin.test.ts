import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, rgDiag } from '../../cli/run.js';
import { createGround, type Ground } from './ground.js';
import { expectExit, expectRailgun, expectVerdict, reportOf } from './judged.js';
import { host, type RailgunForm, type Scenario, type Served } from './scenario.js';
import { scenarios } from './scenarios.js';
import { nowhere } from './scenarios-railgun.js';

let ground: Ground;

beforeAll(async () => {
  // Some scenarios lead to the usual ports.
  for (const port of [80, 443]) await expectRefusal(nowhere, port);
  ground = await createGround();
});
afterAll(() => ground?.close());

/** Starts the server, runs the program against it, and ends the server. */
async function ran({ serve, ...row }: Scenario, railgun?: RailgunForm): Promise<Ran> {
  const served = await serve(ground);
  try {
    return await rgDiag([
      'origin',
      ...placeOf(row, served),
      ...(row.args ?? []),
      ...(served.args ?? []),
      ...usualOptions([...(row.args ?? []), ...(served.args ?? [])]),
      ...(railgun === undefined ? [] : railgunOptions(railgun, served)),
      '--json',
    ]);
  } finally {
    await served.close?.();
  }
}

function placeOf({ target, ips = ['127.0.0.1'] }: Omit<Scenario, 'serve'>, { port }: Served): string[] {
  const place = target === undefined ? [host, '--port', String(port)] : [target.replace('{port}', String(port))];
  return [...place, ...ips.flatMap((address) => ['--ip', address])];
}

/** Short timers, the authority of the ground, and nothing outside this machine, unless the row says otherwise. */
function usualOptions(given: readonly string[]): string[] {
  const usual = [
    ['--connect-timeout', '0.7'],
    ['--read-timeout', '1'],
    ['--ca-file', ground.authority.root.file],
    ['--public', 'never'],
  ] as const;
  return usual.filter(([option]) => !given.includes(option)).flat();
}

function railgunOptions({ conf = [], bare, map, version }: RailgunForm, { port }: Served): string[] {
  const lines = map ?? [`${host}:{port} = 127.0.0.1:{port}`];
  const text = `${lines.map((line) => line.replaceAll('{port}', String(port))).join('\n')}\n`;
  const own = conf.map((line) => line.replace('{root}', ground.authority.root.file));
  const usual = [
    ...(bare ? [] : ['lan.timeout = 1', 'validate.cert = 0']),
    ...(lines.length === 0 ? [] : [`map.file = ${ground.file(text)}`]),
  ];
  const isOverruled = (line: string) => own.some((other) => keyOf(other) === keyOf(line));
  const file = ground.file([...usual.filter((line) => !isOverruled(line)), ...own, ''].join('\n'));
  return ['--railgun', file, ...(version === undefined ? [] : ['--railgun-version', version])];
}

async function expectRefusal(address: string, port: number): Promise<void> {
  const socket = connect(port, address);
  const became = await Promise.race([
    once(socket, 'connect').then(() => 'open'),
    once(socket, 'error').then(([error]) => String((error as NodeJS.ErrnoException).code)),
  ]).catch((error: NodeJS.ErrnoException) => error.code);
  socket.destroy();
  if (became !== 'ECONNREFUSED')
    throw new Error(`a server of this machine is in the way: ${address}:${port} is ${became}`);
}

function keyOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? '';
}

describe('what visitors get', () => {
  it.concurrent.each(scenarios.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const run = await ran(row);
    const told = reportOf(run);
    expectVerdict(told, row.expected);
    expectExit(run, row.expected.exit);
    expect(told.facts.railgun).toBeUndefined();
  });
});

describe('what rg-listener makes of it', () => {
  const forms = scenarios.flatMap((row) => (row.railgun === undefined ? [] : [[row.name, row, row.railgun] as const]));

  it.concurrent.each(forms)('%s', async (_, row, form) => {
    const run = await ran(row, form);
    const told = reportOf(run);
    expectRailgun(told, form);
    expectExit(run, form.exit ?? row.expected.exit);
    // The way of the edge is judged by itself.
    expectVerdict(told, row.expected);
  });
});

it('no two scenarios have the same name, and there are enough that break', () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const broken = scenarios.filter(({ expected }) => !('code' in expected && expected.code === null));
  expect(broken.length).toBeGreaterThanOrEqual(60);
});
