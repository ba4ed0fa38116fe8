import { confRule } from './conf-rule.js';

/** What is known of the key that only another key's description mentions. */
export const activateServer = confRule({
  id: 'activate-server',
  means:
    'The key is mentioned in one sentence about wan.tls only: with wan.tls = 1 and no certificate, rg-listener fetches one from there.',
  remedy: 'Take the line out, unless Cloudflare gave it to you.',
  cites: '',
  well: 'the certificate comes from where it always does',
  *find(conf) {
    const by = conf.last('activate.server');
    if (by === undefined || by.meant === '') return;
    const { row } = by;
    const own = conf.last('cert.file');
    const cites = row === undefined ? {} : { cites: row.source };
    if (own !== undefined) {
      const says = 'activate.server does nothing beside cert.file';
      yield {
        status: 'warn',
        code: 'ineffective-setting',
        says,
        by,
        part: 'key',
        evidence: [`${own.pointer}/key`],
        ...cites,
      };
    } else if (conf.text('wan.tls') === '0') {
      const says = 'activate.server does nothing while wan.tls is 0';
      yield { status: 'warn', code: 'ineffective-setting', says, by, part: 'key', ...cites };
    } else
      yield {
        status: 'note',
        says: 'activate.server is hardly documented: its name is not activation.server',
        by,
        part: 'key',
        ...cites,
      };
  },
});
