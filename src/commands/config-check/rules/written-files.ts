import { sources } from '../../../knowledge/sources.js';
import { isOfOtherMachine } from '../package-paths.js';
import { confRule } from './conf-rule.js';
import { pathIn } from './named-file.js';

/** Whether the folders of the files are there that rg-listener writes. */
export const writtenFiles = confRule({
  id: 'written-files',
  means: 'rg-listener creates the file, and not its folder: without it there is none.',
  remedy: 'Create the folder, for the user that rg-listener runs as: install -d -o railgun -g railgun FOLDER.',
  cites: `${sources.railgunExecution}; ${sources.packageFile}`,
  well: 'the folders of all files are there that are written',
  *find(conf) {
    for (const at of conf.files) {
      const { file, pointer, by } = at;
      const { key, folder, status } = file;
      if (folder === undefined) continue;
      const evidence = [`${pointer}/folder`];
      if (status?.kind === 'directory') {
        yield {
          status: 'warn',
          code: 'not-a-file',
          says: `${key} names ${pathIn(file.path)}, which is a folder`,
          remedy: 'Name a file, which need not be there yet.',
          by,
          evidence: [`${pointer}/status`],
        };
      } else if (folder.failure?.code === 'permission-denied') {
        const says = `the folder of ${key} cannot be looked at by this user: ${folder.failure.detail}`;
        const remedy = 'Run it as root, or as the user that rg-listener runs as (railgun).';
        yield { status: 'note', says, by, evidence, remedy, leavesConf: true };
      } else if (folder.failure !== undefined) {
        const { code } = folder.failure;
        if (isOfOtherMachine(conf, at)) continue;
        const says = `the folder of ${key} is not there: ${pathIn(folder.path)}`;
        yield { status: 'warn', code, says, by, evidence, leavesConf: true };
      } else if (folder.status !== undefined && folder.status.kind !== 'directory') {
        yield {
          status: 'warn',
          code: 'not-a-file',
          says: `${pathIn(folder.path)}, for ${key}, is no folder`,
          by,
          evidence,
        };
      }
    }
  },
});
