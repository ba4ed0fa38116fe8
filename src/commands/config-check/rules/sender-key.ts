import { confRule } from './conf-rule.js';

/** Whether a key is set that another program reads. */
export const senderKey = confRule({
  id: 'sender-key',
  means: 'The key is one of the other program, at Cloudflare: here it does nothing.',
  remedy: 'Take the line out.',
  cites: '',
  well: 'every key is one of rg-listener',
  *find({ settings }) {
    for (const by of settings) {
      if (by.row?.reader === undefined) continue;
      const { key, reader, source: cites } = by.row;
      const says = `${key} is a key of ${reader}, not of rg-listener`;
      yield { status: 'warn', code: 'ineffective-setting', says, by, part: 'key', cites };
    }
  },
});
