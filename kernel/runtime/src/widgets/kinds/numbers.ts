/** Controls for numbers. */
import { control } from '../kind.ts';
import { flag, integer, number, oneOf, optional, text } from '../property.ts';
import { bounded, boundedExponent, boundedRange } from './bounds.ts';
import { descriptionStyle, progressStyle, sliderStyle } from './styles.ts';
import { bounds, described, editable, numberRange, wholeBounds, wholeRange } from './traits.ts';

/** Handles that are dragged. */
export const slider = {
  ...editable,
  /** Whether values arrive while the handle is dragged, or only when it is let go. */
  continuousUpdate: flag(true),
  orientation: oneOf('horizontal', 'vertical'),
  /** Whether the value is written beside the slider. */
  readout: flag(true),
  /** How the handle follows the pointer. */
  behavior: oneOf('drag-tap', 'drag-snap', 'tap', 'drag', 'snap'),
};

/** Distance between neighbouring values; null leaves it to the browser. */
const freeStep = optional(number(0));
const tenth = { ...freeStep, initial: 0.1 };
const typed = { ...editable, /** Whether values arrive with each key. */ continuousUpdate: flag(false) };
const progress = {
  ...described,
  orientation: oneOf('horizontal', 'vertical'),
  barStyle: oneOf('', 'success', 'info', 'warning', 'danger'),
};
/** Format of the readout in d3's language, like `.2f`, `d`, `.3g` or `.0%`. */
const format = (initial: string): ReturnType<typeof text> => text(initial);

const wholeSlider = { ...slider, ...wholeBounds, value: integer(0), step: integer(1), readoutFormat: format('d') };
const freeSlider = { ...slider, ...bounds, value: number(0), step: tenth, readoutFormat: format('.2f') };

export const numberKinds = {
  /** A slider for whole numbers. */
  intSlider: control({ model: 'IntSlider', properties: wholeSlider, style: sliderStyle, constrain: bounded() }),
  /** A slider for numbers. */
  floatSlider: control({ model: 'FloatSlider', properties: freeSlider, style: sliderStyle, constrain: bounded() }),
  /** A slider whose handle moves over exponents: values from `base ** min` to `base ** max`. */
  floatLogSlider: control({
    model: 'FloatLogSlider',
    properties: { ...freeSlider, value: number(1), max: number(4), base: number(10), readoutFormat: format('.3g') },
    style: sliderStyle,
    constrain: boundedExponent,
  }),
  /** A slider with two handles, for whole numbers. */
  intRangeSlider: control({
    model: 'IntRangeSlider',
    properties: { ...wholeSlider, value: wholeRange },
    style: sliderStyle,
    constrain: boundedRange(),
  }),
  /** A slider with two handles, for numbers. */
  floatRangeSlider: control({
    model: 'FloatRangeSlider',
    properties: { ...freeSlider, value: numberRange },
    style: sliderStyle,
    constrain: boundedRange(),
  }),
  /** A field for a whole number. */
  intText: control({
    model: 'IntText',
    properties: { ...typed, value: integer(0), step: integer(1) },
    style: descriptionStyle,
  }),
  /** A field for a number. */
  floatText: control({
    model: 'FloatText',
    properties: { ...typed, value: number(0), step: freeStep },
    style: descriptionStyle,
  }),
  /** A field for a whole number between two bounds. */
  boundedIntText: control({
    model: 'BoundedIntText',
    view: 'IntText',
    properties: { ...typed, ...wholeBounds, value: integer(0), step: integer(1) },
    style: descriptionStyle,
    constrain: bounded(),
  }),
  /** A field for a number between two bounds. */
  boundedFloatText: control({
    model: 'BoundedFloatText',
    view: 'FloatText',
    properties: { ...typed, ...bounds, value: number(0), step: freeStep },
    style: descriptionStyle,
    constrain: bounded(),
  }),
  /** A bar that shows a whole number; `progress` makes one for a loop. */
  intProgress: control({
    model: 'IntProgress',
    view: 'Progress',
    properties: { ...progress, ...wholeBounds, value: integer(0) },
    style: progressStyle,
    constrain: bounded(),
  }),
  /** A bar that shows a number. */
  floatProgress: control({
    model: 'FloatProgress',
    view: 'Progress',
    properties: { ...progress, ...bounds, value: number(0) },
    style: progressStyle,
    constrain: bounded(),
  }),
  /** Buttons that count up by themselves: play, pause, stop. Link its value to that of another control. */
  play: control({
    model: 'Play',
    properties: {
      ...editable,
      ...wholeBounds,
      value: integer(0),
      step: integer(1),
      /** Milliseconds between two steps. */
      interval: integer(100),
      playing: flag(false),
      repeat: flag(false),
      showRepeat: flag(true),
    },
    style: descriptionStyle,
    constrain: bounded(),
  }),
};
