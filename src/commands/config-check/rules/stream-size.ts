import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const row = railgunParameterOf('stream.size');
const most = row?.max ?? 1_000_000;

/** Whether `stream.size` is within what the documents allow. */
export const streamSize = confRule({
  id: 'stream-size',
  means:
    'The documents do not let it be more than 1 MB: larger pages are streamed all the same, or cost processor time.',
  remedy: `Set stream.size to ${most} or less; the default is ${row?.default}.`,
  cites: row?.source ?? sources.railgunFaq,
  well: 'stream.size is no more than 1 MB',
  *find(conf) {
    const by = conf.last('stream.size');
    const bytes = conf.number('stream.size');
    if (by === undefined || bytes === undefined || bytes <= most) return;
    const says = `stream.size = ${bytes} is more than 1 MB (${most})`;
    yield { status: 'warn', code: 'invalid-value', says, by };
  },
});
