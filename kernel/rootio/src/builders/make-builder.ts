import { CygnetError } from '@cygnet/columns';
import { elements } from '../element.ts';
import { tArrayElements } from '../streamed/special-classes.ts';
import type { Stored } from '../streamed/stored.ts';
import { storedOfMember } from '../streamed/stored-member.ts';
import { skipTObject } from '../streamed/streamer-info.ts';
import type { StreamerElement, StreamerInfo, StreamerInfos } from '../streamed/streamer-info.ts';
import type { Builder } from './builder.ts';
import {
  ArrayBuilder,
  BitsetBuilder,
  CollectionBuilder,
  CountedBuilder,
  LoopBuilder,
  MapBuilder,
  PairBuilder,
} from './list-builders.ts';
import { FlagsBuilder, NumberBuilder, TextBuilder } from './plain-builders.ts';
import { RecordBuilder } from './record-builder.ts';
import type { RecordPlan, Step } from './record-builder.ts';
import { NamedBuilder, ReferenceArrayBuilder, ReferenceBuilder } from './root-class-builders.ts';

const unsupported = (reason: string): CygnetError => new CygnetError('unsupported', reason);

/** Classes within one another: no real one comes near. */
const deepest = 20;

const classOwnBuilder = (className: string): Builder | undefined => {
  switch (className) {
    case 'TRef':
      return new ReferenceBuilder();
    case 'TRefArray':
      return new ReferenceArrayBuilder();
    case 'TNamed':
      return new NamedBuilder();
    case 'TString':
      return new TextBuilder('TString');
    default:
      return undefined;
  }
};

/** Classes that ROOT streams by code of its own, so that their description does not say how. */
const customClasses: ReadonlySet<string> = new Set([
  'TList',
  'THashList',
  'TObjArray',
  'TClonesArray',
  'TMap',
  'TDatime',
  'TProcessID',
  'TFile',
  'TDirectory',
  ...tArrayElements.keys(),
]);

class BuilderMaker {
  readonly #infos: StreamerInfos;
  constructor(infos: StreamerInfos) {
    this.#infos = infos;
  }

  make(stored: Stored, above: readonly string[]): Builder {
    switch (stored.kind) {
      case 'number':
        return new NumberBuilder(stored.element);
      case 'flags':
        return new FlagsBuilder();
      case 'text':
        return new TextBuilder(stored.form);
      case 'array':
        return new ArrayBuilder(this.make(stored.item, above), stored.dimensions);
      case 'collection': {
        const item = this.make(stored.item, above);
        return new CollectionBuilder(item, item instanceof RecordBuilder ? item : undefined);
      }
      case 'map':
        return new MapBuilder(this.make(stored.first, above), this.make(stored.second, above));
      case 'pair':
        return new PairBuilder(this.make(stored.first, above), this.make(stored.second, above));
      case 'bitset':
        return new BitsetBuilder(new NumberBuilder(elements.bool), stored.size);
      case 'object':
        return (
          classOwnBuilder(stored.className) ?? new RecordBuilder(this.plan(stored.className, stored.version, above))
        );
      case 'pointer':
        throw unsupported(`Pointers (${stored.className}*) are not read.`);
      case 'counted':
      case 'loop':
        throw unsupported('An array whose length is elsewhere is not read here.');
      case 'unsupported':
        throw unsupported(`Not read: ${stored.reason}.`);
    }
  }

  plan(className: string, version: number, above: readonly string[]): RecordPlan {
    if (above.includes(className)) throw unsupported(`Class ${className} holds objects of its own class.`);
    if (above.length > deepest) throw unsupported(`Class ${className} lies too deep inside other classes.`);
    if (customClasses.has(className)) throw unsupported(`Objects of class ${className} are not read in branches.`);
    const info = this.#infos.find(className, version > 0 ? version : undefined);
    if (info === undefined) throw unsupported(`Class ${className} is not described in the file.`);
    const fields = new Map<string, Builder>();
    const within = [...above, className];
    const steps = info.elements.map((member) => this.#step(member, info, fields, within));
    if (fields.size === 0) throw unsupported(`Class ${className} has no members to be read.`);
    const find = (other: number, checksum?: number): StreamerInfo | undefined =>
      this.#infos.find(className, other, checksum);
    return { info, steps, fields, find };
  }

  #step(member: StreamerElement, info: StreamerInfo, fields: Map<string, Builder>, above: readonly string[]): Step {
    if (member.kind === 'TStreamerBase') return this.#baseStep(member, fields, above);
    const stored = storedOfMember(member);
    let builder: Builder;
    if (stored.kind === 'counted' || stored.kind === 'loop') {
      const count = fields.get(stored.countName);
      if (!(count instanceof NumberBuilder)) {
        throw unsupported(`The length of ${info.name}::${member.name} is in ${stored.countName}, which is not found.`);
      }
      builder =
        stored.kind === 'counted'
          ? new CountedBuilder(new NumberBuilder(stored.element), count)
          : new LoopBuilder(this.make(stored.item, above), count);
    } else {
      builder = this.make(stored, above);
    }
    fields.set(member.name, builder);
    return { kind: 'field', builder };
  }

  #baseStep(member: StreamerElement, fields: Map<string, Builder>, above: readonly string[]): Step {
    if (member.name === 'TObject') return { kind: 'skip', skip: skipTObject };
    if (member.name === 'TNamed') {
      const builder = new NamedBuilder();
      fields.set('fName', builder.name).set('fTitle', builder.title);
      return { kind: 'field', builder };
    }
    if (member.name === 'TRef') {
      const builder = new ReferenceBuilder();
      fields.set('ref', builder.numbers);
      return { kind: 'field', builder };
    }
    const info = this.#infos.find(member.name, member.baseVersion);
    if (info !== undefined && info.elements.length === 0) {
      return {
        kind: 'skip',
        skip: (buffer) => {
          const header = buffer.header();
          buffer.finish(header, `a base of class ${member.name}`);
        },
      };
    }
    const plan = this.plan(member.name, member.baseVersion, above);
    for (const [name, field] of plan.fields) fields.set(name, field);
    return { kind: 'base', builder: new RecordBuilder(plan) };
  }
}

/**
 * Makes what collects values that are stored in this way.
 *
 * @throws CygnetError `unsupported` when they cannot be columns, or their class is not described in the file.
 */
export const makeBuilder = (stored: Stored, infos: StreamerInfos): Builder => new BuilderMaker(infos).make(stored, []);
