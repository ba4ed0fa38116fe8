import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import { shell } from './run.js';

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

describe('README', () => {
  it.each(examples)('tells the truth about $command', async ({ command, output }) => {
    const { stdout, stderr } = await shell(command);
    expect(stdout + stderr).toBe(output);
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
