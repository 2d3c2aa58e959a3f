import { CygnetError } from '@cygnet/columns';
import type { ByteReader } from './byte-reader.ts';
import { readEnvelopes } from './envelope.ts';
import type { EnvelopeLink, RNTupleSource } from './envelope.ts';
import { readEnvelopeLink, readLocator } from './locator.ts';

/** A page: where it lies and how many elements it holds. */
export interface Page {
  readonly start: number;
  readonly length: number;
  readonly elements: number;
  /** Eight bytes of checksum follow it. */
  readonly hasChecksum: boolean;
}

/** The pages of one column in one cluster. */
export interface ColumnPages {
  readonly pages: readonly Page[];
  /** Another representation of the field is the one in use here. */
  readonly isSuppressed: boolean;
  /** In all pages. */
  readonly elements: number;
}

/** A range of entries whose pages lie together. */
export interface Cluster {
  readonly firstEntry: number;
  readonly entries: number;
  /** By column id; shorter than the schema where columns were added later. */
  readonly columns: readonly ColumnPages[];
}

interface ClusterSummary {
  readonly firstEntry: number;
  readonly entries: number;
}

interface ClusterGroup {
  readonly clusters: number;
  readonly link: EnvelopeLink;
}

const shardedFlag = 1;
/** Eight bits a byte, and no codec makes data smaller than by 65536. */
const mostElementsPerByte = 8 * 2 ** 16;

const readSummary = (record: ByteReader): ClusterSummary => {
  const firstEntry = record.size();
  const counted = record.bits64();
  if ((Number(counted >> 56n) & shardedFlag) !== 0) {
    throw record.unsupported('it has sharded clusters, which are not read yet');
  }
  const entries = Number(counted & 0xffffffffffffffn);
  if (!Number.isSafeInteger(firstEntry + entries)) throw record.damaged('a cluster has too many entries');
  return { firstEntry, entries };
};

const readPage = (reader: ByteReader): Page => {
  const counted = reader.int32();
  const { start, length } = readLocator(reader);
  const elements = Math.abs(counted);
  if (elements > length * mostElementsPerByte) throw reader.damaged('a page has more elements than fit it');
  return { start, length, elements, hasChecksum: counted < 0 };
};

const readColumnPages = (reader: ByteReader): ColumnPages => {
  const { count, items } = reader.list();
  const pages = Array.from({ length: count }, () => readPage(items));
  const isSuppressed = items.int64() < 0;
  return { pages, isSuppressed, elements: pages.reduce((sum, page) => sum + page.elements, 0) };
};

/** Cluster groups, as the footer lists them. */
export const readClusterGroups = (footer: ByteReader): readonly ClusterGroup[] =>
  footer.records((record) => {
    record.skip(16);
    return { clusters: record.uint32(), link: readEnvelopeLink(record) };
  });

const readGroup = (reader: ByteReader, group: ClusterGroup, headerChecksum: bigint): readonly Cluster[] => {
  if (reader.bits64() !== headerChecksum) throw reader.damaged('the page list belongs to another header');
  const summaries = reader.records(readSummary);
  const { count, items } = reader.list();
  if (count !== summaries.length || count !== group.clusters) {
    throw reader.damaged('the page list has not as many clusters as it should');
  }
  return summaries.map((summary) => {
    const columns = items.list();
    return { ...summary, columns: Array.from({ length: columns.count }, () => readColumnPages(columns.items)) };
  });
};

/** Checks that the clusters, in order of their entries, leave none out and have none twice. */
const inOrder = (clusters: readonly Cluster[], what: string): readonly Cluster[] => {
  const sorted = clusters.toSorted((a, b) => a.firstEntry - b.firstEntry || a.entries - b.entries);
  let next = 0;
  for (const { firstEntry, entries } of sorted) {
    if (firstEntry !== next)
      throw new CygnetError('corrupt-data', `${what}: entry ${next} is in no cluster, or in two.`);
    next += entries;
  }
  return sorted;
};

/**
 * All clusters of all cluster groups, in the order of their entries.
 *
 * @throws CygnetError `corrupt-data`, `unsupported`, `cancelled`.
 */
export const readClusters = async (
  from: RNTupleSource,
  groups: readonly ClusterGroup[],
  headerChecksum: bigint,
  what: string,
  signal?: AbortSignal,
): Promise<readonly Cluster[]> => {
  const links = groups.map(({ link }) => link);
  const envelopes = await readEnvelopes(from, links, 'page list', what, signal);
  const clusters = groups.flatMap((group, index) => {
    const reader = envelopes[index]?.reader;
    if (reader === undefined) throw new CygnetError('corrupt-data', `${what}: a page list did not come.`);
    return readGroup(reader, group, headerChecksum);
  });
  return inOrder(clusters, what);
};
