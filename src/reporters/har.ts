import type { Reporter } from './reporter.js';

/** An HTTP archive, as it was streamed in the key `har` of records: nothing else, and nothing at all where there was none. */
export function createHar(): Reporter {
  let handedOver = false;
  return {
    record({ har }) {
      if (typeof har !== 'string') return '';
      handedOver = true;
      return har;
    },
    report: () => '',
    end: () => '',
    handsOver: () => handedOver,
  };
}
