import { afterAll, describe, expect, it } from 'vitest';
import { closedPort } from '../../servers/peers.js';
import { bundle, caseFolder, confText, logLine, wholeBundle } from './bundles.js';

const folder = caseFolder();
afterAll(() => folder.close());

/** Which files have a word in them, or in their names, also in pieces: nothing but letters and digits is looked at. */
function withPieces(files: ReadonlyMap<string, Buffer>, word: string): string[] {
  const bare = (text: string) => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
  return [...files].flatMap(([name, content]) =>
    bare(name + content.toString('utf8')).includes(bare(word)) ? [name] : [],
  );
}

describe('what is laid out in columns', () => {
  it('has no name that was broken into pieces, or cut, before it was to be a label', async () => {
    const { port } = await closedPort();
    const host = 'confidential-project-name-of-a-large-customer.example.org';
    const words = [`https://${host}:${port}`, '--ip', '127.0.0.1', '--anonymise', '--skip', 'route'];
    const made = await bundle(folder, words);
    const { files } = wholeBundle(made.directory);
    expect([...files.keys()]).toContain('doctor.txt');
    expect(withPieces(files, 'confidential-pro')).toEqual([]);
    expect(files.get('doctor.txt')?.toString('utf8')).toContain(`:${port}`);
  });

  it('has no beginning of a secret that was cut', async () => {
    const other = caseFolder();
    const password = 'Winter-garden-behind-the-second-house-of-Anna-and-under-the-third-tree-of-the-row-of-limes';
    const conf = other.file('railgun.conf', confText({ 'stats.url': `http://stats:${password}@127.0.0.1:9/` }));
    const log = other.file('log', logLine(5, `something that nobody knows about ${password} has come to happen here`));
    const made = await bundle(other, ['--config', conf, '--log', log, '--skip', 'route']);
    const { files } = wholeBundle(made.directory);
    expect(files.get('logs.txt')?.toString('utf8')).toContain('something that nobody knows about');
    expect(withPieces(files, 'Winter-garden')).toEqual([]);
    other.close();
  });
});
