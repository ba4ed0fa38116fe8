import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import { type ExampleNetwork, openExampleNetwork } from '../servers/example-network.js';

const readme = readFileSync('README.md', 'utf8');

/** Every `$ command` of the console blocks, with the output that is shown beneath it. */
const examples = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((example) => {
      const [command = '', ...output] = example.split('\n');
      return { command, output: output.join('\n') };
    }),
);

/** What differs from run to run: how long something took, and when a certificate made for the test began. */
function lasting(text: string): string {
  return (
    text
      .replace(/\d+(\.\d+)? (ms|s|kB|bytes)\b/g, '… $2')
      // So do columns of a table, and their width is theirs.
      .replace(/ \d+\.\d\d?(?![\d.])/g, ' …')
      .replace(/ \d+(\.\d+)?$/gm, ' …')
      .replace(/─+/g, '─')
      .replace(/=\d+\.\d+s/g, '=…s')
      .replace(/\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?/g, '…')
      .replace(/\b\d+ days?\b/g, '… days')
      .replace(/ +$/gm, '')
      .replace(/ {2,}/g, '  ')
  );
}

describe('README', () => {
  let network: ExampleNetwork;
  beforeAll(async () => {
    network = await openExampleNetwork();
  }, 30_000);
  afterAll(() => network.close());

  it.each(examples)('tells the truth about $command', async ({ command, output }) => {
    const { stdout, stderr } = await network.run(command);
    expect(lasting(stdout + stderr)).toBe(lasting(output));
  });

  it('has a true example of every command', () => {
    for (const { name } of catalogue) {
      expect(examples.map(({ command }) => command).join('\n')).toMatch(new RegExp(`rg-diag ${name}\\b`));
    }
  });

  it('begins with the two commands that set everything up', () => {
    const commands = [...readme.matchAll(/^```sh\n(.*)\n```$/gm)].map(([, command]) => command);
    expect(commands.slice(0, 2)).toEqual([
      'npm ci && bin/rg-diag -decode="151df128a1 2.05 0.009465 0031 5360"',
      'npm ci && npm test',
    ]);
    expect(readFileSync('.ci/run', 'utf8')).toContain(commands[1]);
  });

  it('links to nothing that is not there', () => {
    for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(target), target).not.toThrow(/ENOENT/);
    }
  });
});
