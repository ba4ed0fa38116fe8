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
import { publicOrigins } from '../servers/estate-places.js';
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

  it('finds nothing that counts where the hosts file leads to the origin, as the documents advise', async () => {
    await estate.change({ confFile: 'absent', hosts: [`${publicOrigins.good} www.example.com`] });
    const { stdout, exit } = await estate.rgDiag(['doctor', 'www.example.com', ...shortTimeouts, '--json']);
    const { reports } = JSON.parse(stdout) as Run & { readonly reports: readonly Report[] };
    const findings = reports[0]?.findings ?? [];
    expect(findings.filter(({ status }) => !['pass', 'skip', 'note'].includes(status))).toEqual([]);
    const line = findings.find(({ rule }) => rule === 'doctor/hosts-file');
    expect(line).toMatchObject({ status: 'note', related: [{ rule: 'trace/answered', status: 'note' }] });
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
