import type { FailureCode } from '../../../model/failure.js';
import { packageConf } from '../../../model/package-files.js';
import type { Rule } from '../../../model/rule.js';
import type { ConfigFacts } from '../facts.js';

const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'file-not-found': `Name the file: the package installs ${packageConf}.`,
  'permission-denied': 'Run it as a user who may read the file, such as root.',
};

/** Whether the files that were named could be read. */
export const readable: Rule<ConfigFacts> = {
  id: 'config-check/readable',
  means: 'What is in the file is not known.',
  remedy: 'Name a railgun.conf or a railgun-nat.conf.',
  cites: '',
  check({ configs, maps, unread }) {
    if (unread.length === 0) {
      const count = configs.length + maps.length;
      const evidence = [...(configs.length > 0 ? ['/configs'] : []), ...(maps.length > 0 ? ['/maps'] : [])];
      const says = count === 1 ? 'the file could be read' : `all ${count} files could be read`;
      return { status: 'pass', says, evidence: evidence.length > 0 ? evidence : ['/unread'] };
    }
    return unread.map(({ path, failure: { code, detail } }, index) => ({
      status: 'broken',
      says: `not read: ${detail}`,
      evidence: [`/unread/${index}/failure`],
      code,
      place: { file: path },
      ...(remedies[code] !== undefined && { remedy: remedies[code] }),
    }));
  },
};
