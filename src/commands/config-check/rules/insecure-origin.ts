import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** What it means that the origin is asked in the clear. */
export const insecureOrigin = confRule({
  id: 'insecure-origin',
  means:
    'Requests that visitors make over HTTPS go to the origin over plain HTTP: who is between can read and change them, and an origin that redirects to HTTPS redirects for ever.',
  remedy: 'Leave it where the origin is on this machine or in a network that is trusted. Else take the line out.',
  cites: railgunParameterOf('insecure.origin')?.source ?? sources.railgunExecution,
  well: 'requests over HTTPS are made to the origin over HTTPS',
  *find(conf) {
    const by = conf.last('insecure.origin');
    if (by === undefined || conf.text('insecure.origin') !== '1') return;
    yield { status: 'note', says: 'insecure.origin = 1: the origin is always asked over plain HTTP', by };
    const checked = conf.last('validate.cert');
    if (checked === undefined || conf.text('validate.cert') !== '1') return;
    const says = 'validate.cert = 1 does nothing while insecure.origin is 1: there is no certificate to check';
    const evidence = [`${by.pointer}/value`];
    yield {
      status: 'warn',
      code: 'ineffective-setting',
      says,
      by: checked,
      evidence,
      remedy: 'Decide for one of the two.',
    };
  },
});
