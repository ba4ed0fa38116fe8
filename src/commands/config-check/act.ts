import { decodeText, encodeText } from '../../decoders/text-encoding.js';
import { stopOf } from '../../io/deadline.js';
import { realPathOf } from '../../io/file-status.js';
import { rewriteFile } from '../../io/rewrite-file.js';
import type { SourceEdit } from '../../model/place.js';
import { applyEdits } from '../../model/source-edits.js';
import type { MeasureContext, Observation, Seen } from '../command.js';
import type { ConfigCheckAsked, ConfigCheckFacts, ConfigCheckTarget, UnreadFile } from './facts.js';
import { look } from './look.js';
import { type FileRead, type ReadFile, readFromDisk } from './read-file.js';

/** A fix may bring forth another, such as that of quotation marks that stood before a semicolon; never so many. */
const mostRounds = 100;

type Edit = SourceEdit & { readonly rule: string };

/** A file that may be changed: its bytes when it was read, and those that it is to have. */
interface Change {
  /** Those that it was read by. */
  readonly paths: Set<string>;
  readonly before: FileRead;
  bytes: Buffer;
  readonly edits: Edit[];
}

/**
 * `--fix`: does all that the findings say can be done, until none says so any more, and looks again. Nothing is written before
 * all is known; then each file is replaced by what it is to be, provided that it still is what was read.
 */
export async function act(
  target: ConfigCheckTarget,
  { facts, explanation }: Seen<ConfigCheckFacts>,
  context: MeasureContext,
): Promise<Observation<ConfigCheckFacts>> {
  const { asked } = facts;
  if (explanation.findings.every(({ fix }) => fix === undefined)) {
    return { facts: { ...facts, fixed: { edits: [], failures: [] } } };
  }
  const { signal } = context;
  const changes = await changesOf(target, asked, context);
  const edits: Edit[] = [];
  const failures: UnreadFile[] = [];
  for (const { paths, before, bytes, edits: made } of changes) {
    const [path] = paths;
    if (made.length === 0 || path === undefined) continue;
    const failure = await rewriteFile(path, before.bytes, bytes, signal);
    if (failure === undefined) edits.push(...made);
    else failures.push({ path, failure });
  }
  // What was there is all that can be said once the time is up.
  const stopped = stopOf(signal);
  if (stopped !== undefined && edits.length === 0) return { facts: { ...facts, stopped, fixed: { edits, failures } } };
  const after = await look(target, asked, context, (path) => readFromDisk(path, signal, 'regular'));
  return { facts: { ...after, fixed: { edits, failures } } };
}

/** What is to become of which files. */
async function changesOf(
  target: ConfigCheckTarget,
  asked: ConfigCheckAsked,
  context: MeasureContext,
): Promise<readonly Change[]> {
  // One file may be there under several paths.
  const changes = new Map<string, Change>();
  const readFile: ReadFile = async (path) => {
    const place = await realPathOf(path);
    const known = changes.get(place);
    if (known !== undefined) {
      known.paths.add(path);
      return { ...known.before, bytes: known.bytes };
    }
    const read = await readFromDisk(path, context.signal, 'regular');
    if (!('code' in read)) {
      changes.set(place, { paths: new Set([path]), before: read, bytes: read.bytes, edits: [] });
    }
    return read;
  };
  for (let round = 0; round < mostRounds; round += 1) {
    const facts = await look(target, asked, context, readFile);
    const { findings } = (await context.judge('config check', facts)) ?? { findings: [] };
    const groups = findings.flatMap(({ rule, fix }) =>
      fix === undefined ? [] : [fix.edits.map((edit): Edit => ({ ...edit, rule }))],
    );
    const made = [...changes.values()].map((change) => makeEdits(change, groups));
    if (!made.includes(true)) break;
  }
  return [...changes.values()];
}

/** Returns whether any of the edits is of this file and could be made. */
function makeEdits(change: Change, groups: readonly (readonly Edit[])[]): boolean {
  const own = groups.map((edits) => edits.filter(({ file }) => change.paths.has(file)));
  const { text, encoding } = decodeText(change.bytes);
  const { text: edited, made } = applyEdits(text, own);
  const bytes = encodeText({ text: edited, encoding });
  if (bytes === undefined || edited === text) return false;
  change.bytes = Buffer.from(bytes);
  change.edits.push(...made);
  return true;
}
