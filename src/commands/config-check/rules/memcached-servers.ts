import { isEverywhere, isLoopbackHost } from '../../../decoders/address-kind.js';
import { foundText } from '../../../decoders/conf-lines.js';
import { memcachedDown } from '../../../knowledge/railgun-memcached.js';
import { sources } from '../../../knowledge/sources.js';
import { memcachedPlaces } from '../places.js';
import { confRule } from './conf-rule.js';

const key = 'memcached.servers';

/** Whether it is said where memcached is, and whether that can be. */
export const memcachedServers = confRule({
  id: 'memcached-servers',
  means: memcachedDown.means,
  remedy: `Set ${key}, as in ${key} = 127.0.0.1:11211 or ${key} = /tmp/memcached.sock.`,
  cites: `${sources.railgunExecution}; ${sources.packageFile}`,
  well: 'memcached.servers is set',
  *find(conf) {
    const by = conf.last(key);
    if (by === undefined) {
      yield { status: 'fail', code: 'missing-setting', says: `${key} is missing, and has no default` };
      return;
    }
    if (by.meant === '') {
      yield { status: 'fail', code: 'missing-setting', says: `${key} is empty, and has no default`, by };
      return;
    }
    const places = memcachedPlaces(conf);
    const nowhere = places.find(({ host }) => isEverywhere(host));
    if (nowhere !== undefined) {
      const says = `${key} has ${nowhere.host}, which is no address to connect to`;
      yield { status: 'warn', code: 'invalid-value', says, by, remedy: 'Write 127.0.0.1 for this machine.' };
    }
    const remote = places.filter(({ host }) => host !== undefined && !isEverywhere(host) && !isLoopbackHost(host));
    if (remote.length > 0) {
      const says =
        remote.length === 1
          ? `memcached is on another machine, unless ${foundText(remote[0]?.host ?? '')} is this one`
          : `memcached is on ${remote.length} other machines`;
      const remedy =
        'Where several listeners share it that is advised. Else run it on the machine of rg-listener: a socket is fastest. See how long an answer takes: rg-diag memcached HOST:PORT.';
      yield {
        status: 'note',
        says,
        by,
        remedy,
        leavesConf: true,
        cites: `${sources.railgunActivation}; ${sources.railgunBalancers}`,
      };
    }
  },
});
