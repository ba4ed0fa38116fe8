import { expect, it } from 'vitest';
import { secretsOfUrl } from '../../src/decoders/secrets-of-url.js';

it.each<[url: string, shown: string, secrets: string[]]>([
  ['/in?token=kept-to-itself&page=2', '/in?token=***&page=2', ['kept-to-itself']],
  ['/in?token=a%2Fb%2Bc1d', '/in?token=***', ['a%2Fb%2Bc1d', 'a/b+c1d']],
  ['/in?a=1;token=kept-to-itself', '/in?a=1;token=***', ['kept-to-itself']],
  ['/in?token=%zz-not-encoded', '/in?token=***', ['%zz-not-encoded']],
  // Too short to be looked for, too ordinary, and shown anyhow.
  ['/in?token=abc', '/in?token=***', []],
  ['/in?token=password', '/in?token=***', []],
  ['/kept-to-itself?token=kept-to-itself', '/kept-to-itself?token=***', []],
  ['/in', '/in', []],
])('%s, shown as %s, keeps to itself %j', (url, shown, secrets) => {
  expect([...secretsOfUrl(url, shown).keys()].sort()).toEqual([...secrets].sort());
});
