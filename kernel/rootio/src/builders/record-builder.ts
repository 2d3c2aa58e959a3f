import type { Column } from '@cygnet/columns';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import type { StreamerInfo } from '../streamed/streamer-info.ts';
import { readMember, readMembers } from './builder.ts';
import type { Builder } from './builder.ts';

/** One member of a class: read into a field, or passed over (`TObject`). */
export type Step =
  | { readonly kind: 'field'; readonly builder: Builder }
  | { readonly kind: 'base'; readonly builder: RecordBuilder }
  | { readonly kind: 'skip'; readonly skip: (buffer: StreamBuffer) => void };

/** What a record builder needs to know of its class. */
export interface RecordPlan {
  readonly info: StreamerInfo;
  readonly steps: readonly Step[];
  /** Fields by name, those of bases among them. */
  readonly fields: ReadonlyMap<string, Builder>;
  /** Finds the description of another version. */
  readonly find: (version: number, checksum?: number) => StreamerInfo | undefined;
}

const signature = ({ elements }: StreamerInfo): string =>
  elements.map(({ name, type, typeName, dimensions }) => `${name} ${type} ${typeName} ${dimensions.join()}`).join('\n');

/** Objects of one class, as records. */
export class RecordBuilder implements Builder {
  readonly hasHeader = false;
  readonly #plan: RecordPlan;
  readonly #accepted = new Set<StreamerInfo>();
  constructor(plan: RecordPlan) {
    this.#plan = plan;
    this.#accepted.add(plan.info);
  }

  readItem(buffer: StreamBuffer): void {
    const { info, steps } = this.#plan;
    const start = buffer.at;
    const header = buffer.header();
    if (header.end === undefined && header.version !== info.version) buffer.at = start;
    else if (header.end !== undefined) {
      this.accept(buffer, header.version, header.version <= 0 ? buffer.uint32() : undefined);
    }
    buffer.nested(() => {
      for (const step of steps) {
        if (step.kind === 'skip') step.skip(buffer);
        else if (step.kind === 'base') step.builder.readItem(buffer);
        else readMember(step.builder, buffer);
      }
    });
    buffer.finish(header, `an object of class ${info.name}`);
  }

  /** Reads `count` objects that are stored member by member. */
  readAllMemberWise(buffer: StreamBuffer, count: number): void {
    for (const step of this.#plan.steps) {
      if (step.kind === 'field') readMembers(step.builder, buffer, count);
      else if (step.kind === 'skip') for (let i = 0; i < count; i++) step.skip(buffer);
      else throw buffer.unsupported(`Class ${this.#plan.info.name} has a base and is stored member by member.`);
    }
  }

  finish(): Column {
    return { kind: 'record', fields: new Map([...this.#plan.fields].map(([name, field]) => [name, field.finish()])) };
  }

  /** Objects of one branch may be of several versions of a class, if these are stored alike. */
  accept(buffer: StreamBuffer, version: number, checksum: number | undefined): void {
    const { info, find } = this.#plan;
    if (checksum === undefined ? version === info.version : checksum === info.checksum) return;
    const other = find(version, checksum);
    if (other === undefined) {
      throw buffer.unsupported(
        `Version ${version} of class ${info.name} is not described in the file, or the data are damaged.`,
      );
    }
    if (this.#accepted.has(other)) return;
    if (signature(other) !== signature(info)) {
      throw buffer.unsupported(
        `Versions ${info.version} and ${version} of class ${info.name} differ in what is stored.`,
      );
    }
    this.#accepted.add(other);
  }
}
