import type { FileStatus } from '../../../model/file-status.js';
import type { SourcePlace } from '../../../model/place.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';
import { confsOf, placeOf } from '../settings.js';

/** A file that rg-listener goes by. */
interface FileSeen {
  /** What it is, for a message. */
  readonly what: string;
  readonly status: FileStatus | undefined;
  /** The JSON pointer to the status. */
  readonly pointer: string;
  readonly place: SourcePlace;
}

const trusted: readonly string[] = ['cert.file', 'key.file', 'ca.bundle', 'map.file'];

/** Whether only root and rg-listener may change the files that it goes by. */
export const writableByOthers: Rule<ConfigFacts> = {
  id: 'config-check/writable-by-others',
  means:
    'Whoever may write to it decides: in the map where requests go, in ca.bundle whom rg-listener trusts, in railgun.conf all of it.',
  remedy: 'Let others read it at most: chmod go-w FILE.',
  cites: '',
  skips: ({ configs, maps }) => (configs.length + maps.length === 0 ? 'there is no file to look at' : undefined),
  check(facts) {
    const found = [...filesOf(facts)].flatMap((file) => checkOf(file) ?? []);
    const evidence = facts.configs.length > 0 ? ['/configs'] : ['/maps'];
    return found.length > 0
      ? found
      : { status: 'pass', says: 'no file that rg-listener goes by can be changed by everybody', evidence };
  },
};

function* filesOf(facts: ConfigFacts): Generator<FileSeen> {
  for (const conf of confsOf(facts)) {
    const { path, status, map } = conf.conf;
    yield { what: 'the file', status, pointer: `${conf.pointer}/status`, place: { file: path } };
    for (const { file, pointer, by } of conf.files) {
      // A map that could be read is looked at once, whoever names it.
      if (!trusted.includes(file.key) || (file.key === 'map.file' && map !== undefined)) continue;
      const what = `the file of ${file.key}`;
      yield { what, status: file.status, pointer: `${pointer}/status`, place: placeOf(conf, by) };
    }
  }
  for (const [index, { path, status }] of facts.maps.entries()) {
    yield { what: 'the map', status, pointer: `/maps/${index}/status`, place: { file: path } };
  }
}

function checkOf({ what, status, pointer, place }: FileSeen): Check | undefined {
  if (status?.kind !== 'file') return undefined;
  const { mode, owner, group } = status;
  const bits = Number.parseInt(mode, 8);
  const found = { evidence: [pointer], place };
  if ((bits & 0o002) !== 0) {
    return { ...found, status: 'warn', code: 'writable-by-others', says: `everybody may write to ${what} (${mode})` };
  }
  // The group of root, of rg-listener, or of the owner alone, as systems give one to every user.
  const isOwn = group === 'root' || group === 'railgun' || group === owner;
  if ((bits & 0o020) === 0 || isOwn) return undefined;
  return { ...found, status: 'note', says: `the group ${group} may write to ${what} (${mode})` };
}
