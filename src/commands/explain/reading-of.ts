import type { Reading } from '../../decoders/explained-text.js';

/** The readings of one kind. */
export type ReadingOf<Kind extends Reading['kind']> = Extract<Reading, { readonly kind: Kind }>;
