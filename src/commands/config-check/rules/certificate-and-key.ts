import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether certificate and key are both there, or neither. */
export const certificateAndKey = confRule({
  id: 'certificate-and-key',
  means: 'A certificate is of no use without its key: with neither, rg-listener gets both by activation.',
  remedy: 'Set both cert.file and key.file, or neither.',
  cites: railgunParameterOf('key.file')?.source ?? sources.railgunExecution,
  well: 'cert.file and key.file are both set, or neither',
  *find(conf) {
    const [certificate, key] = [conf.last('cert.file'), conf.last('key.file')];
    const by = certificate ?? key;
    if (by === undefined || (certificate !== undefined && key !== undefined)) return;
    const [is, isNot] = certificate === undefined ? ['key.file', 'cert.file'] : ['cert.file', 'key.file'];
    yield { status: 'fail', code: 'missing-setting', says: `${is} is set, and ${isNot} is not`, by, part: 'key' };
  },
});
