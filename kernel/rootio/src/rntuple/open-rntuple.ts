import { CygnetError, didYouMean } from '@cygnet/columns';
import type { ReadOptions, RootTree } from '../root-file.ts';
import { readAnchor } from './anchor.ts';
import type { Anchor } from './anchor.ts';
import { describeFields } from './describe-fields.ts';
import { readEnvelopes } from './envelope.ts';
import type { Envelope, EnvelopeLink, EnvelopeType, RNTupleSource } from './envelope.ts';
import { readClusterGroups, readClusters } from './page-list.ts';
import { readFields } from './read-fields.ts';
import type { WantedField } from './read-fields.ts';
import { checkFeatureFlags, readSchema } from './schema.ts';
import { indexSchema } from './schema-index.ts';

const readEnvelope = async (
  from: RNTupleSource,
  link: EnvelopeLink,
  type: EnvelopeType,
  what: string,
): Promise<Envelope> => {
  const [envelope] = await readEnvelopes(from, [link], type, what);
  if (envelope === undefined) throw new CygnetError('corrupt-data', `${what}: its ${type} did not come.`);
  return envelope;
};

/** Header, footer and page lists: everything but the data. */
const readMetadata = async (anchor: Anchor, from: RNTupleSource, what: string) => {
  const header = await readEnvelope(from, anchor.header, 'header', what);
  checkFeatureFlags(header.reader, what);
  header.reader.string();
  const description = header.reader.string();
  header.reader.string();
  const headerSchema = readSchema(header.reader);
  const footer = await readEnvelope(from, anchor.footer, 'footer', what);
  checkFeatureFlags(footer.reader, what);
  if (footer.reader.bits64() !== header.checksum) throw footer.reader.damaged('the footer belongs to another header');
  const schema = readSchema(footer.reader.record(), headerSchema);
  const clusters = await readClusters(from, readClusterGroups(footer.reader), header.checksum, what);
  return { description, schema: indexSchema(schema), clusters };
};

/**
 * An RNTuple whose anchor has been read, as a tree whose branches are its fields.
 *
 * @throws CygnetError `corrupt-data`, `unsupported`.
 */
export const openRNTuple = async (
  path: string,
  anchorObject: Uint8Array,
  file: Omit<RNTupleSource, 'largestKey'>,
  what: string,
): Promise<RootTree> => {
  const anchor = readAnchor(anchorObject, what);
  const from = { ...file, largestKey: anchor.largestKey };
  const { description, schema, clusters } = await readMetadata(anchor, from, what);
  const last = clusters.at(-1);
  const entries = last === undefined ? 0 : last.firstEntry + last.entries;
  const { branches, entries: fields } = describeFields(schema, clusters, entries);
  const find = (name: string): WantedField => {
    const field = fields.get(name);
    if (field === undefined) {
      throw new CygnetError('column-not-found', `No field "${name}" in ${what}. ${didYouMean(name, fields.keys())}`);
    }
    if (field.plan !== undefined) return { name, plan: field.plan };
    const below = [...fields].filter(([other, { plan }]) => plan !== undefined && other.startsWith(`${name}.`));
    const names = below.slice(0, 5).map(([other]) => `"${other}"`);
    const hint = names.length > 0 ? ` Readable below it: ${names.join(', ')}.` : '';
    throw new CygnetError(
      'unsupported',
      `Field "${name}" of ${what} cannot be read. ${field.info.unreadable ?? ''}${hint}`,
    );
  };
  const all = (): readonly WantedField[] =>
    [...fields].flatMap(([name, { plan }]) => (plan === undefined ? [] : [{ name, plan }]));
  return {
    path,
    title: description,
    entries,
    branches,
    read: async (options: ReadOptions = {}) =>
      readFields(
        { ...from, clusters, entries, what },
        options.branches === undefined ? all() : options.branches.map(find),
        options,
      ),
  };
};
