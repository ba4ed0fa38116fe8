import { afterAll, describe, it } from 'vitest';
import { openEstate } from '../servers/estate.js';
import {
  answerScenarios,
  certificateScenarios,
  connectionScenarios,
  plainScenarios,
} from '../servers/estate-origin-scenarios.js';
import { expectPlanted } from './doctor-judged.js';

const estate = await openEstate();
afterAll(() => estate.close());

for (const [what, scenarios] of Object.entries({
  'the way to the origin': connectionScenarios,
  'its certificate': certificateScenarios,
  'its answer': answerScenarios,
  'an origin without Railgun': plainScenarios,
})) {
  describe(`the doctor, where the cause is in ${what}`, () => {
    it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
      await expectPlanted(estate, scenario);
    });
  });
}
