import { expect, it } from 'vitest';
import { destinationText } from '../../src/model/network.js';

it.each([
  [{ kind: 'ip', address: '192.0.2.1', family: 4, port: 443 }, '192.0.2.1:443'],
  [{ kind: 'ip', address: '2001:db8::1', family: 6, port: 443 }, '[2001:db8::1]:443'],
  [{ kind: 'unix', path: '/run/memcached.sock' }, 'unix:/run/memcached.sock'],
] as const)('%j is written %s', (destination, text) => {
  expect(destinationText(destination)).toBe(text);
});
