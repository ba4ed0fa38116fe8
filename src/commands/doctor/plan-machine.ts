import type { RailgunConf } from '../../decoders/railgun-conf.js';
import { type SetValue, setIn } from '../../decoders/railgun-set.js';
import { endpointOf, endpointText, familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { fileWord, networkWords, optionWords, timeWords } from '../../model/option-words.js';
import { rgDiagLine } from '../../model/shell-quoted.js';
import { shortened } from '../../model/shortened.js';
import type { DoctorAsked } from './facts.js';
import type { CheckDraft, PlanInput } from './plan.js';

/** The checks of what is on this machine, or what rg-listener on it uses: configuration, memcached, rg-listener, logs. */
export function checksOfMachine({ asked, configuration, logs }: PlanInput): CheckDraft[] {
  if (configuration === undefined) return logChecks(asked, undefined, logs);
  const { path } = configuration;
  const found = asked.config === undefined ? 'it is where the package puts it' : '--config';
  const check: CheckDraft = {
    kind: 'configuration',
    name: `configuration ${path}`,
    subject: { file: path },
    command: 'config check',
    words: ['config', 'check', fileWord(path)],
    why: found,
  };
  const listener: CheckDraft = {
    kind: 'listener',
    name: 'rg-listener',
    subject: { file: path },
    command: 'listener',
    words: [
      'listener',
      ...optionWords('config', fileWord(path)),
      ...optionWords('read-timeout', asked.readTimeout),
      // Where rg-listener is, its configuration says: also of which family the address is.
      ...networkWords(withoutFamily(asked)),
    ],
    why: `the listener of ${path}`,
  };
  if ('failure' in configuration) {
    // What is read by the check too must be one that can be read twice.
    return [
      { ...check, ...(configuration.irregular && { skipped: unread(configuration) }) },
      { ...listener, skipped: unread(configuration) },
      ...logChecks(asked, undefined, logs),
    ];
  }
  const { conf } = configuration;
  return [check, ...memcachedChecks(asked, path, conf), listener, ...logChecks(asked, conf, logs)];
}

/** Servers of memcached that are checked. */
const mostServers = 50;

function memcachedChecks(asked: DoctorAsked, path: string, conf: RailgunConf): CheckDraft[] {
  const options = [
    ...settingWords('limit', setIn(conf, 'memcached.limit')),
    ...settingWords('stream-size', setIn(conf, 'stream.size')),
    ...settingWords('memcached-timeout', setIn(conf, 'memcached.timeout')),
    ...optionWords('read-timeout', asked.readTimeout),
  ];
  // The second key is said to be superseded by the first.
  const key = setIn(conf, 'memcached.servers') === undefined ? 'memcached.connect' : 'memcached.servers';
  const set = setIn(conf, key);
  const servers = set === undefined ? [] : set.text.split(/[ \t]+/).slice(0, mostServers);
  return servers.map((server) => {
    const endpoint = endpointOf(server.startsWith('/') ? `unix:${server}` : server);
    const destination =
      'problem' in endpoint ? server : endpoint.kind === 'unix' ? endpoint.path : endpointText(endpoint, 11211);
    const host = 'problem' in endpoint || endpoint.kind === 'unix' ? undefined : endpoint.host;
    const isName = host !== undefined && familyOf(host) === undefined;
    return {
      kind: 'memcached',
      name: `memcached ${shortened(server, 200)}`,
      subject: { destination, file: path },
      command: 'memcached',
      words: [
        'memcached',
        fileWord(server),
        ...options,
        ...(isName ? networkWords(asked.network, [host]) : timeWords(asked.network)),
      ],
      why: `${key}, ${path}:${set?.line ?? 0}`,
    };
  });
}

function withoutFamily({ network }: DoctorAsked): DoctorAsked['network'] {
  const { family: _, ...others } = network;
  return others;
}

/** Zero is a setting, and nothing that can be compared with. */
function settingWords(option: string, set: SetValue | undefined): string[] {
  return set !== undefined && Number(set.text) >= 1 ? optionWords(option, Number(set.text)) : [];
}

function logChecks(asked: DoctorAsked, conf: RailgunConf | undefined, logs: PlanInput['logs']): CheckDraft[] {
  const lanTimeout = conf && setIn(conf, 'lan.timeout');
  const options = [
    ...optionWords('since', asked.since),
    ...(lanTimeout === undefined ? [] : settingWords('lan-timeout', lanTimeout)),
  ];
  const why = asked.logs === undefined ? 'logs of the system, which rg-listener writes to' : '--log';
  const check = (paths: readonly string[]): CheckDraft => ({
    kind: 'logs',
    name: paths.length === 0 ? 'journal' : `log ${paths.join(', ')}`,
    subject: paths[0] === undefined ? {} : { file: paths[0] },
    command: 'logs',
    words: ['logs', ...(paths.length === 0 ? ['--journal'] : paths.map(fileWord)), ...options],
    why,
  });
  return [
    ...(logs.readable.length === 0 && logs.journal !== true ? [] : [check(logs.readable)]),
    ...logs.unreadable.map((one) => {
      const alone =
        one.failure.code === 'not-a-file' ? `; save it as a file, or read it alone: ${aloneLine(one.path)}` : '';
      return { ...check([one.path]), skipped: `${unread(one)}${alone}` };
    }),
  ];
}

function unread({ path, failure }: { readonly path: string; readonly failure: Failure }): string {
  const root = failure.code === 'permission-denied' ? '; root can: run it with sudo' : '';
  if (failure.code === 'not-a-file') return shortened(failure.detail, 400);
  return `${path} cannot be read: ${failure.code}: ${shortened(failure.detail, 300)}${root}`;
}

function aloneLine(path: string): string {
  return rgDiagLine(['logs', fileWord(path)]);
}
