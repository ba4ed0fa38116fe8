import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether the way from Cloudflare is encrypted. */
export const wanTls = confRule({
  id: 'wan-tls',
  means: 'It is for tests only: requests and pages cross the Internet in the clear, and nobody proves who he is.',
  remedy: 'Set wan.tls = 1, or take the line out.',
  cites: railgunParameterOf('wan.tls')?.source ?? sources.railgunExecution,
  well: 'connections from Cloudflare are made with TLS',
  *find(conf) {
    const by = conf.last('wan.tls');
    if (by === undefined || conf.text('wan.tls') !== '0') return;
    yield {
      status: 'warn',
      code: 'insecure-setting',
      says: 'wan.tls = 0: connections from Cloudflare are made without TLS',
      by,
    };
  },
});
