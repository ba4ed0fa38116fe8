import { isAbsent, isOfOtherMachine } from '../package-paths.js';
import { confRule } from './conf-rule.js';

/** Whether this seems to be the machine of rg-listener. */
export const otherMachine = confRule({
  id: 'other-machine',
  means: 'Files that the package installs are no mistake where it is not installed.',
  remedy: 'Check railgun.conf on the machine of rg-listener too.',
  cites: '',
  well: 'nothing shows that rg-listener runs on another machine',
  *find(conf) {
    const away = conf.files.filter((at) => isAbsent(at) && isOfOtherMachine(conf, at));
    const [first] = away;
    if (first === undefined) return;
    const keys = away.map(({ file }) => file.key).join(', ');
    yield {
      status: 'note',
      says: `nothing of the package is on this machine, so this was not judged: the files of ${keys}`,
      evidence: away.map(({ pointer }) => `${pointer}/path`),
    };
  },
});
