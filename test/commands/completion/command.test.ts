import { describe, expect, it } from 'vitest';
import { optionsOf } from '../../../src/cli/options.js';
import type { CommandSpec, Given } from '../../../src/commands/command.js';
import { command } from '../../../src/commands/completion/command.js';
import { catalogue } from '../../../src/commands/index.js';
import { awkward } from './catalogue.js';
import { bashOffers, fishOffers, roomFor, zshOffers } from './shells.js';

const given = (...args: string[]): Given => ({
  args,
  options: {},
  targets: [],
  network: {},
  format: undefined,
  stdinIsTerminal: () => false,
});

async function ownSpecs(): Promise<CommandSpec[]> {
  const modules = await Promise.all(catalogue.map((row) => row.load()));
  return modules.map(({ command: spec }) => ({ ...spec, options: optionsOf(spec) }));
}

describe('rg-diag completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s that names every command and option', async (shell) => {
    const specs = await ownSpecs();
    const script = await command.print(given(shell), specs);
    expect(script).toContain(`written by: rg-diag completion ${shell}`);
    for (const spec of specs) {
      expect(script).toContain(spec.name);
      for (const { long, short } of spec.options) expect(script).toContain(long ?? short);
    }
    expect(script).not.toContain(awkward);
  });

  it.each([['tcsh'], [], ['bash', 'zsh']])('refuses what it cannot do: %j %j', async (...args: string[]) => {
    expect(await command.print(given(...args), [])).toHaveProperty('problem');
  });

  it('completes the commands of this release in all three shells', async () => {
    const specs = await ownSpecs();
    const names = [...new Set([...specs.map((spec) => spec.name.split(' ', 1).join()), 'help'])].sort();
    for (const [shell, offers] of [
      ['bash', bashOffers],
      ['zsh', zshOffers],
      ['fish', fishOffers],
    ] as const) {
      const room = await roomFor(shell, specs);
      try {
        expect((await offers(room, 'rg-diag ')).map(({ word }) => word).sort()).toEqual(names);
        const options = (await offers(room, `rg-diag ${specs[0]?.name} --`)).map(({ word }) => word).sort();
        expect(options).toEqual(
          [...(specs[0]?.options.map(({ long }) => `--${long}`) ?? []), '--help', '--version'].sort(),
        );
      } finally {
        await room.close();
      }
    }
  });
});
