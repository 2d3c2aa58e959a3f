import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { choiceKinds } from '../choices.ts';
import { plainKinds } from '../controls.ts';
import type { Kind } from '../kind.ts';
import { linkKinds } from '../links.ts';
import { outputKind } from '../output.ts';
import { wireNameOf } from '../property.ts';
import { layoutKind } from './layout.ts';

interface SpecifiedModel {
  readonly model: string;
  readonly view: string | null;
  readonly module: string;
  readonly viewModule: string;
  readonly version: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly allowed: Readonly<Record<string, readonly string[]>>;
}

const file = new URL('../../../fixtures/widgets/widget-models.json', import.meta.url);
const specified = new Map(
  (JSON.parse(readFileSync(file, 'utf8')) as readonly SpecifiedModel[]).map((model) => [model.model, model]),
);
const controls: readonly Kind[] = [
  ...Object.values<Kind>(plainKinds),
  ...Object.values<Kind>(choiceKinds),
  ...Object.values<Kind>(linkKinds),
  outputKind,
  layoutKind,
];
const kinds = [...new Set([...controls, ...controls.flatMap(({ style }) => style ?? [])])];

/** References that every widget with a place on the page has beside its properties. */
const references = ({ view, style, module }: Kind): readonly string[] =>
  view === null || view === 'StyleView' || module.endsWith('/base') ? [] : style ? ['layout', 'style'] : ['layout'];

/** Where ours differs on purpose. */
const ownDefaults: Readonly<Record<string, unknown>> = {
  // The specification prints Python's bytes, and one day of step in a list of types.
  'ImageModel.value': '',
};
const identityOf = (model: SpecifiedModel | undefined): object => {
  if (model === undefined) return { model: 'a specified one' };
  const { model: name, view, module, viewModule, version } = model;
  return { model: name, view, module, viewModule, version };
};
const plain = (value: unknown): unknown => (value instanceof Uint8Array ? '' : value);

describe.each(kinds.map((kind) => [kind.model, kind] as const))('%s', (name, kind) => {
  const model = specified.get(name);
  const properties = Object.entries(kind.properties).filter(([, { isLocal }]) => !isLocal);

  test('is the model that ipywidgets specifies, with its view', () =>
    expect({ viewModule: kind.module, ...kind }).toMatchObject(identityOf(model)));
  test('has exactly the specified properties', () => {
    const names = [...properties.map(([own, property]) => wireNameOf(own, property)), ...references(kind)];
    expect(names.sort()).toEqual(Object.keys(model?.properties ?? {}).sort());
  });
  test('starts with the specified values', () => {
    for (const [own, property] of properties) {
      const wire = wireNameOf(own, property);
      const expected = ownDefaults[`${name}.${wire}`] ?? model?.properties[wire];
      expect([wire, plain(property.initial)]).toEqual([wire, expected]);
    }
  });
  test('allows every specified value', () => {
    for (const [own, property] of properties)
      for (const value of model?.allowed[wireNameOf(own, property)] ?? [])
        expect([own, value, property.is(value)]).toEqual([own, value, true]);
  });
});

test('all models of the specification are there but those for sound, video, game pads, hours and lists of numbers', () => {
  const missing = [...specified.keys()].filter((name) => !kinds.some(({ model }) => model === name));
  expect(missing.sort()).toMatchInlineSnapshot(`
    [
      "AudioModel",
      "ColorsInputModel",
      "ControllerAxisModel",
      "ControllerButtonModel",
      "ControllerModel",
      "DOMWidgetModel",
      "DatetimeModel",
      "FloatsInputModel",
      "IntsInputModel",
      "NaiveDatetimeModel",
      "TimeModel",
      "VideoModel",
    ]
  `);
});
