import { expectedOf } from '../../../decoders/railgun-value.js';
import { confRule } from './conf-rule.js';

/** These are missing where they are empty, which other rules say. */
const saidElsewhere: readonly string[] = [
  'activation.token',
  'activation.railgun_host',
  'activation.public_ip',
  'memcached.servers',
];

/** Whether there is a value, where the key has to have one. */
export const emptyValue = confRule({
  id: 'empty-value',
  means: 'What rg-listener makes of a key without a value is documented only for the keys that are empty by default.',
  remedy: 'Give it a value, or take the line out.',
  cites: '',
  well: 'every key has a value that needs one',
  *find({ settings }) {
    for (const by of settings) {
      const { row, meant } = by;
      if (row === undefined || meant !== '' || row.default === '' || saidElsewhere.includes(row.key)) continue;
      const held = row.default === undefined ? '' : `; its default is ${row.default}`;
      const says = `${row.key} is empty: expected ${expectedOf(row)}${held}`;
      yield { status: 'warn', code: 'invalid-value', says, by, part: { at: 0, length: 0 }, cites: row.source };
    }
  },
});
