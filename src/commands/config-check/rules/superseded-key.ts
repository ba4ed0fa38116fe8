import { confRule } from './conf-rule.js';

/** Whether a key is used whose place another one has taken. */
export const supersededKey = confRule({
  id: 'superseded-key',
  means: 'Another key has taken its place; how the two go together is not documented.',
  remedy: 'Use the newer key alone.',
  cites: '',
  well: 'no key is used that another one has replaced',
  *find(conf) {
    for (const by of conf.settings) {
      const { row } = by;
      const { key, supersededBy: newer } = row ?? {};
      if (row === undefined || key === undefined || newer === undefined || conf.last(key) !== by) continue;
      const other = conf.last(newer);
      const found = { by, part: 'key' as const, cites: row.source };
      if (other === undefined) {
        const remedy = `Write ${newer} in the place of ${key}.`;
        yield { ...found, status: 'note', says: `${key} is the older key for ${newer}`, remedy };
        continue;
      }
      const says = `${key} is set beside ${newer} (line ${other.setting.line}), which has taken its place`;
      if (other.meant !== undefined && other.meant === by.meant) yield { ...found, status: 'note', says };
      else yield { ...found, status: 'warn', code: 'conflicting-settings', says, evidence: [`${other.pointer}/value`] };
    }
  },
});
