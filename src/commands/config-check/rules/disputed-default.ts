import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { confRule } from './conf-rule.js';

/** Keys that the package's file sets to something else than what holds, by the documents, where they are absent. */
const disputed = ['validate.cert', 'memcached.limit'] as const;

/** Whether what holds is known where nothing is set. */
export const disputedDefault = confRule({
  id: 'disputed-default',
  means: 'The documents and the file of the package disagree on what holds where the key is absent.',
  remedy: 'Set the key: then it is known what holds.',
  cites: '',
  well: 'what holds is known',
  *find(conf) {
    for (const key of disputed) {
      const row = railgunParameterOf(key);
      if (row === undefined || conf.last(key) !== undefined) continue;
      const says = `${key} is not set: ${row.default} holds by the guide, and the file of the package has ${row.packaged?.[0]}`;
      yield { status: 'note', says, remedy: `Set ${key}: then it is known what holds.`, cites: row.source };
    }
  },
});
