import { expect, it } from 'vitest';
import { namesOf } from '../../src/io/system-names.js';

it('names of /etc/hosts stand behind an address, and in no comment', () => {
  const text = [
    '# see www.commented.test',
    '127.0.0.1\tlocalhost Other.test # not last.test',
    '  ::1 six.test\r',
    '#192.0.2.1 gone.test',
    '',
    '192.0.2.2 end.test#glued',
  ].join('\n');
  expect([...namesOf(text)]).toEqual(['localhost', 'other.test', 'six.test', 'end.test']);
});
