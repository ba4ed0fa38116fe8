import { describe, expect, it } from 'vitest';
import { allSpecs, generatedFiles, manPages, staleFiles } from '../../scripts/generate/index.js';
import { commandTable } from '../../scripts/generate/readme.js';
import { currentEdition } from '../../scripts/man/edition.js';
import { version } from '../../src/cli/version.js';
import { commandSlug } from '../../src/model/command-slug.js';

describe('what is made from the definitions', () => {
  it('is committed as it should be', async () => {
    expect(staleFiles(await generatedFiles())).toEqual([]);
  });

  it('is named where it is not', async () => {
    const specs = await allSpecs();
    const [main, ...others] = manPages(specs);
    const changed = { path: main?.path ?? '', content: 'something else' };
    expect(staleFiles([changed, ...others])).toEqual([main?.path]);
    expect(staleFiles([...manPages(specs), { path: 'man/rg-diag-new.1', content: '' }])).toEqual(['man/rg-diag-new.1']);
  });

  it('is named where nothing asks for it any more', async () => {
    const [main] = manPages([]);
    const specs = await allSpecs();
    const left = specs.map(({ name }) => `man/rg-diag-${commandSlug(name)}.1`).sort();
    expect(staleFiles(main === undefined ? [] : [main]).filter((path) => path !== main?.path)).toEqual(left);
  });
});

describe('the edition of the pages', () => {
  it('has the date of the latest release', () => {
    const changelog = '# Changelog\n\n## Unreleased\n\n## [1.1.0] - 2027-03-04\n\n## [1.0.0] - 2027-01-02\n';
    expect(currentEdition(changelog)).toEqual({ version, date: '2027-03-04' });
  });

  it('has a date of its own before the first one', () => {
    expect(currentEdition('## Unreleased\n')).toEqual(currentEdition('## Unreleased\n\n## 0.1.0\n'));
  });
});

it('the table of commands keeps a bar in a summary within its cell', async () => {
  const [spec] = await allSpecs();
  if (spec === undefined) expect.fail('no command');
  expect(
    commandTable([{ ...spec, name: 'x', summary: 'a | b' }])
      .split('\n')
      .at(-1),
  ).toBe('| `rg-diag x` | a \\| b |');
});
