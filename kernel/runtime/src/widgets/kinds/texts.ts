/** Controls for text, truth, colours, dates and files; buttons; what only shows something. */
import { control } from '../kind.ts';
import { bytes, date, flag, integer, list, oneOf, optional, text } from '../property.ts';
import {
  buttonStyle,
  checkboxStyle,
  descriptionStyle,
  htmlMathStyle,
  htmlStyle,
  labelStyle,
  textStyle,
  toggleButtonStyle,
} from './styles.ts';
import { described, editable, emphasis, shown } from './traits.ts';
import { uploadedFiles } from './uploads.ts';

/** The front end's own: an invisible space. */
const placeholder = text('\u200b');
const written = { ...described, value: text(), placeholder };
const typed = {
  ...editable,
  value: text(),
  /** Shown while the field is empty. */
  placeholder,
  /** Whether values arrive with each key. */
  continuousUpdate: flag(true),
};
/** Name of a Font Awesome icon, like `check`. */
const icon = text();

export const textKinds = {
  /** A line of text. `on('submit')` hears the Enter key. */
  text: control({ model: 'Text', properties: typed, style: textStyle, events: ['submit'] }),
  /** Several lines of text. */
  textarea: control({
    model: 'Textarea',
    properties: { ...typed, rows: optional(integer(1)) },
    style: textStyle,
  }),
  /** A line whose text is not shown. It is still sent, and kept in saved widget state. */
  password: control({ model: 'Password', properties: typed, style: textStyle, events: ['submit'] }),
  /** A line of text with proposals. */
  combobox: control({
    model: 'Combobox',
    properties: {
      ...typed,
      /** The proposals. */
      options: list(text()),
      /** Whether only proposals are accepted. */
      ensureOption: flag(false),
    },
    style: textStyle,
    events: ['submit'],
  }),
  /** Text, with LaTeX between dollars. */
  label: control({ model: 'Label', properties: written, style: labelStyle }),
  /** HTML. */
  html: control({ model: 'HTML', properties: written, style: htmlStyle }),
  /** HTML with LaTeX between dollars. */
  htmlMath: control({ model: 'HTMLMath', properties: written, style: htmlMathStyle }),
  /** A box to tick. */
  checkbox: control({
    model: 'Checkbox',
    properties: {
      ...editable,
      value: flag(false),
      /** Whether it stands where other controls stand. */ indent: flag(true),
    },
    style: checkboxStyle,
  }),
  /** A button that stays down. */
  toggleButton: control({
    model: 'ToggleButton',
    properties: { ...editable, value: flag(false), buttonStyle: emphasis, icon },
    style: toggleButtonStyle,
  }),
  /** A mark that says whether something is right. */
  valid: control({
    model: 'Valid',
    properties: { ...editable, value: flag(false), /** What it says when not. */ readout: text('Invalid') },
    style: descriptionStyle,
  }),
  /** A button. `on('click')` hears it. */
  button: control({
    model: 'Button',
    properties: { ...shown, description: text(), disabled: flag(false), buttonStyle: emphasis, icon },
    style: buttonStyle,
    events: ['click'],
  }),
  /** A colour: a name or `#rrggbb`. */
  colorPicker: control({
    model: 'ColorPicker',
    properties: { ...editable, value: text('black'), /** Whether the name is left out. */ concise: flag(false) },
    style: descriptionStyle,
  }),
  /** A day, like `2026-03-31`; null when none is chosen. */
  datePicker: control({
    model: 'DatePicker',
    properties: {
      ...editable,
      value: optional(date()),
      min: optional(date()),
      max: optional(date()),
      step: integer(1),
    },
    style: descriptionStyle,
  }),
  /** Free words. */
  tagsInput: control({
    model: 'TagsInput',
    properties: {
      ...described,
      value: list(text()),
      placeholder,
      /** Words that may be chosen; all when empty. */
      allowedTags: list(text()),
      allowDuplicates: flag(true),
      tagStyle: emphasis,
    },
    style: descriptionStyle,
  }),
  /** Files of the person's own machine. */
  fileUpload: control({
    model: 'FileUpload',
    properties: {
      ...editable,
      value: uploadedFiles,
      /** File types that are proposed, like `.root,.csv`. */
      accept: text(),
      multiple: flag(false),
      buttonStyle: emphasis,
      icon: text('upload'),
      /** What went wrong with the last file. */
      error: text(),
    },
    style: buttonStyle,
  }),
  /** A picture. */
  image: control({
    model: 'Image',
    properties: {
      ...shown,
      /** The file's bytes. */
      value: bytes(),
      format: oneOf('png', 'jpeg', 'gif', 'svg+xml', 'webp'),
      /** CSS width. */
      width: text(),
      /** CSS height. */
      height: text(),
    },
  }),
};
