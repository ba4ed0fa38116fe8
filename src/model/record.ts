/** A flat row of a stream (`ndjson`, `csv`): the same keys in the same order in every record of a command. */
export type StreamRecord = Readonly<Record<string, string | number | boolean | undefined>>;
