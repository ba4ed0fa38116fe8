import { memcachedDown } from '../../../knowledge/railgun-memcached.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { pathIn } from './named-file.js';

/** Whether the sockets are there that rg-listener connects to, and open for its user. */
export const socket = confRule({
  id: 'socket',
  means: memcachedDown.means,
  remedy: 'Start memcached with this path (-s), or correct it.',
  cites: `${sources.railgunActivation}; ${memcachedDown.source}`,
  well: 'the sockets that are named are there, or none is named',
  *find({ files }) {
    for (const { file, pointer, by } of files) {
      if (file.key !== 'memcached.servers' && file.key !== 'syslog.addr') continue;
      const { key, failure, status, path } = file;
      const isMemcached = key === 'memcached.servers';
      const own = isMemcached ? {} : { remedy: 'Start the system’s log with this path, or correct it.' };
      if (failure?.code === 'permission-denied') {
        const remedy = 'Run it as root, or as the user that rg-listener runs as (railgun).';
        const says = `the socket of ${key} cannot be looked at by this user: ${failure.detail}`;
        yield { status: 'note', says, by, evidence: [`${pointer}/failure`], remedy, leavesConf: true };
      } else if (failure !== undefined) {
        const says = `the socket of ${key} is not there: ${pathIn(path)}`;
        yield {
          status: 'warn',
          code: failure.code,
          says,
          by,
          evidence: [`${pointer}/failure`],
          leavesConf: true,
          ...own,
        };
      } else if (status !== undefined && status.kind !== 'socket') {
        const evidence = [`${pointer}/status`];
        yield {
          status: 'fail',
          code: 'not-a-socket',
          says: `${pathIn(path)}, for ${key}, is no socket`,
          by,
          evidence,
          ...own,
        };
      } else if (status !== undefined && isMemcached && !isOpenTo(status)) {
        const says = `${pathIn(path)} may be opened by ${status.owner} and the group ${status.group} only (${status.mode})`;
        const remedy = `Put the user railgun into the group of the socket, and start memcached with -a 770.`;
        yield { status: 'note', says, by, evidence: [`${pointer}/status`], remedy, leavesConf: true };
      }
    }
  },
});

/** Whether user railgun may write to it, as far as owner and group tell. */
function isOpenTo({ mode, owner, group }: { readonly mode: string; readonly owner: string; readonly group: string }) {
  const bits = Number.parseInt(mode, 8);
  if ((bits & 0o002) !== 0) return true;
  return (owner === 'railgun' && (bits & 0o200) !== 0) || (group === 'railgun' && (bits & 0o020) !== 0);
}
