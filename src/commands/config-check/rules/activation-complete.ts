import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const token = 'activation.token';
const host = 'activation.railgun_host';
const older = 'activation.public_ip';

/** Whether token and public address are both there. Without either, rg-listener needs a certificate of its own. */
export const activationComplete = confRule({
  id: 'activation-complete',
  means: 'To activate, rg-listener needs the token and the public address that Cloudflare reaches it at.',
  remedy: `Set ${token} and ${host}.`,
  cites: `${sources.railgunExecution}; ${sources.railgunActivation}`,
  well: 'activation.token and activation.railgun_host are both set',
  *find(conf) {
    const address = conf.last(host) ?? conf.last(older);
    const by = conf.last(token);
    if (by !== undefined && address !== undefined) return;
    if (by !== undefined) {
      yield {
        status: 'fail',
        code: 'missing-setting',
        says: `${host} is missing, and ${token} is set`,
        by,
        part: 'key',
      };
    } else if (address !== undefined) {
      const says = `${token} is missing, and ${address.setting.key} is set`;
      yield { status: 'fail', code: 'missing-setting', says, by: address, part: 'key' };
    } else if (conf.last('cert.file') !== undefined) {
      const says =
        'nothing of activation is set: rg-listener has only the certificate of cert.file, and Cloudflare is told nothing';
      yield { status: 'note', says };
    } else {
      yield { status: 'fail', code: 'not-activated', says: `${token} and ${host} are missing` };
    }
  },
});
