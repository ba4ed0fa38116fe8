import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { criteriaOf } from '../../../src/commands/cert/criteria.js';
import { judgePresented } from '../../../src/decoders/presented-chain.js';
import { type Authority, createAuthority } from '../../servers/authority.js';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(() => authority?.close());

it('a server whose first certificate cannot be read has no leaf, whatever it sends behind it', async () => {
  const asked = { network: {}, caFile: authority.root.file, warningDays: 30, criticalDays: 7 } as const;
  const criteria = await criteriaOf(asked, new AbortController().signal);
  if ('code' in criteria) expect.fail(criteria.detail);
  const other = await authority.issue({ names: ['www.example.com'] });
  const certificates = [Buffer.from('3003020101', 'hex'), other.der, authority.intermediate.der];
  const presented = { certificates, host: 'www.example.com', now: Date.now(), askedForStaple: true, leafIsFirst: true };
  expect(await judgePresented(presented, criteria)).toEqual({ unreadable: [expect.objectContaining({ sentAt: 0 })] });
});

it('a list that is too long to be parsed in the time of a run is not read', async () => {
  const path = join(authority.folder, 'long.crl');
  writeFileSync(path, Buffer.alloc(17 * 1024 * 1024));
  const asked = { network: {}, caFile: authority.root.file, crlFiles: [path], warningDays: 30, criticalDays: 7 };
  const criteria = await criteriaOf(asked, new AbortController().signal);
  expect(criteria).toMatchObject({ crls: [{ path, failure: { step: expect.any(String) } }] });
});
