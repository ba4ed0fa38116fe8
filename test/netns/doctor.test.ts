import { afterAll, describe, expect, it } from 'vitest';
import type { Report, Run } from '../../src/model/report.js';
import { openEstate } from '../servers/estate.js';
import {
  configurationScenarios,
  listenerScenarios,
  machineScenarios,
  memcachedScenarios,
  slipScenarios,
} from '../servers/estate-machine-scenarios.js';
import { expectPlanted, shortTimeouts } from './doctor-judged.js';

const estate = await openEstate();
afterAll(() => estate.close());

describe('the doctor on a machine where everything is well', () => {
  it('finds nothing that counts', async () => {
    await estate.change();
    const { stdout, exit } = await estate.rgDiag(['doctor', ...shortTimeouts, '--json']);
    const { reports } = JSON.parse(stdout) as Run & { readonly reports: readonly Report[] };
    const counting = reports[0]?.findings.filter(({ status }) => !['pass', 'skip', 'note'].includes(status));
    expect(counting).toEqual([]);
    expect(exit).toBe(0);
  });
});

for (const [what, scenarios] of Object.entries({
  memcached: memcachedScenarios,
  'rg-listener': listenerScenarios,
  'the configuration': configurationScenarios,
  'a slip of railgun.conf': slipScenarios,
  'the machine': machineScenarios,
})) {
  describe(`the doctor, where the cause is in ${what}`, () => {
    it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
      await expectPlanted(estate, scenario);
    });
  });
}
