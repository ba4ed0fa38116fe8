import { describe, expect, it } from 'vitest';
import { notSearchedSays, whyNotSearched } from '../../src/decoders/not-searched.js';
import { mostSecretsFound } from '../../src/decoders/secret-search.js';

describe('whyNotSearched', () => {
  it('names the bound only where it is reached', () => {
    expect(whyNotSearched(mostSecretsFound - 1)).not.toMatch(/\d/);
    expect(whyNotSearched(mostSecretsFound)).toContain(`first ${mostSecretsFound}`);
  });
});

describe('notSearchedSays', () => {
  it('says nothing where everything is looked for', () => {
    expect(notSearchedSays(mostSecretsFound, 0)).toBe('');
  });

  it('calls values short or ordinary only where there is no other reason', () => {
    expect(notSearchedSays(mostSecretsFound - 1, 4)).toBe('; 4 too short or too ordinary to be looked for');
    expect(notSearchedSays(mostSecretsFound, 4)).toMatch(
      /^; 4 are masked only where they are named.*beyond the first \d+$/,
    );
  });
});
