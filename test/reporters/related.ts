import type { RelatedFinding } from '../../src/model/finding.js';
import { awkward, findingOf, type Invented, reportOf, runOf } from './invented.js';

const follows = (fields: Partial<RelatedFinding>): RelatedFinding => ({
  relation: 'follows',
  rule: 'origin/healthy',
  status: 'fail',
  target: 'www.example.com',
  says: 'Visitors of www.example.com get 502.',
  ...fields,
});

/** What several checks found, each beneath the finding that it belongs to; then the same with text from outside at its worst. */
export const related: Invented = {
  run: runOf({ command: 'doctor', verdict: 'fail', exitCode: 2 }),
  records: [],
  reports: [
    {
      report: reportOf({
        target: 'this machine',
        verdict: 'fail',
        facts: { checks: [{ name: 'memcached' }] },
        findings: [
          findingOf({
            rule: 'doctor/memcached',
            status: 'fail',
            says: 'memcached at 127.0.0.1:11211 refuses connections.',
            means: 'rg-listener has nowhere to keep pages.',
            evidence: ['/checks/0/name'],
            remedy: 'Start it: systemctl start memcached',
            code: 'connection-refused',
            related: [
              // Not in the order in which they are to be shown.
              follows({
                relation: 'confirms',
                rule: 'logs/memcached-failed',
                status: 'warn',
                target: '/var/log/syslog',
                says: '12 lines of memcached-failed since 2026-11-20 09:00:00 UTC, the last of them at 11:59:58 UTC.',
              }),
              follows({
                target: 'shop.example.com',
                says: 'Visitors of shop.example.com wait for 14 s, which is nearly as long as the edge does.',
                status: 'warn',
              }),
              follows({ status: 'pass', says: 'It answers.' }),
              follows({ status: 'note' }),
              follows({ status: 'broken' }),
              follows({ status: 'skip' }),
            ],
            again: 'rg-diag memcached 127.0.0.1:11211 --timeout 10',
          }),
          findingOf({
            rule: 'doctor/certificate',
            status: 'warn',
            says: 'The certificate of www.example.com expires in 3 days.',
            again: `rg-diag cert www.example.com:443 --servername www.example.com --ca-file '/etc/ssl/a folder/ca.pem' --timeout 10`,
          }),
          findingOf({
            rule: 'doctor/origin',
            status: 'warn',
            says: 'Many hosts are slow.',
            related: Array.from({ length: 25 }, (_, number) =>
              follows({ target: `host${number}.example.com`, status: 'warn', says: 'It is slow.' }),
            ),
          }),
          findingOf({ rule: 'doctor/empty', status: 'note', says: 'Nothing belongs to it.', related: [], again: '' }),
        ],
      }),
      blocks: [],
    },
    {
      report: reportOf({
        target: 'worst',
        verdict: 'warn',
        findings: Object.entries(awkward).map(([name, text]) =>
          findingOf({
            rule: `doctor/${name}`,
            status: 'warn',
            says: `Of ${name}.`,
            related: [
              follows({ rule: `probe/${name}`, target: text, says: text }),
              follows({ relation: 'confirms', rule: text, target: text, says: `${text} [here](http://evil) {0}` }),
            ],
            again: text,
          }),
        ),
      }),
      blocks: [],
    },
  ],
};
