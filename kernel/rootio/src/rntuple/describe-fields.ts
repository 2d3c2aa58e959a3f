import type { BranchInfo } from '../root-file.ts';
import { pageBytes } from './encoding.ts';
import { shortTypeName } from './field-types.ts';
import { columnsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { planField } from './plan-field.ts';
import type { Place } from './plan-field.ts';
import type { Cluster } from './page-list.ts';
import type { FieldDescription } from './schema.ts';
import type { SchemaIndex } from './schema-index.ts';

/** A field as a branch: what is told of it, and how it is read if it can be. */
export interface FieldEntry {
  readonly info: BranchInfo;
  readonly plan?: Plan;
}

/** Records in records in records: deeper is damage. */
const deepestRecord = 64;
/** Base classes are fields called `:_0`, `:_1`, …; their members are named like the class's own. */
const baseClassPattern = /^:_\d+$/;

interface Bytes {
  readonly compressedBytes: number;
  readonly rawBytes: number;
}

/** What a plan's pages take in all clusters. */
const bytesOf = (plan: Plan, clusters: readonly Cluster[]): Bytes => {
  let compressedBytes = 0;
  let rawBytes = 0;
  for (const { description, encoding } of columnsOf(plan)) {
    for (const cluster of clusters) {
      for (const page of cluster.columns[description.id]?.pages ?? []) {
        compressedBytes += page.length;
        rawBytes += pageBytes(page.elements, encoding.bits);
      }
    }
  }
  return { compressedBytes, rawBytes };
};

const wholeRecord = 'A record: its members are read one by one.';

/** All fields of an RNTuple as branches; records as branches with their members as `record.member`. */
export const describeFields = (schema: SchemaIndex, clusters: readonly Cluster[], entries: number) => {
  const found = new Map<string, FieldEntry>();
  const describe = (field: FieldDescription, name: string, place: Place, depth: number): readonly BranchInfo[] => {
    const planned =
      depth > deepestRecord
        ? ({ kind: 'unreadable', reason: 'It is nested too deeply.' } as const)
        : planField(schema, field, place);
    const describeMembers = (): readonly BranchInfo[] => {
      if (planned.kind !== 'members') return [];
      return planned.members.flatMap((member) => {
        const isBase = baseClassPattern.test(member.name);
        return describe(member, isBase ? name : `${name}.${member.name}`, planned.place, depth + 1);
      });
    };
    if (baseClassPattern.test(field.name) && planned.kind === 'members') return describeMembers();
    const isTaken = found.has(name);
    const why = isTaken
      ? 'Another field has the same name.'
      : planned.kind === 'unreadable'
        ? planned.reason
        : planned.kind === 'members'
          ? wholeRecord
          : undefined;
    const info: BranchInfo = {
      name,
      title: field.description,
      typeName: shortTypeName(field.typeAlias === 'Double32_t' ? field.typeAlias : field.typeName) || field.role,
      entries,
      ...(planned.kind === 'plan' ? bytesOf(planned.plan, clusters) : { compressedBytes: 0, rawBytes: 0 }),
      children: isTaken ? [] : describeMembers(),
      ...(why === undefined ? {} : { unreadable: why }),
    };
    if (!isTaken) found.set(name, { info, ...(planned.kind === 'plan' ? { plan: planned.plan } : {}) });
    return [info];
  };
  const top: Place = { wrap: (plan) => plan, perEntry: 1 };
  const branches = schema.topLevel.flatMap((field) => describe(field, field.name, top, 0));
  return { branches, entries: found };
};
