/** Colours, fonts and widths of controls. Each control has one of these. */
import { control, type Kind } from '../kind.ts';
import { optional, text, type Properties } from '../property.ts';

const style = <P extends Properties>(model: string, properties: P): Kind<P> => ({
  ...control({ model, view: 'Style', properties }),
  viewModule: '@jupyter-widgets/base',
});

const css = optional(text());
/** Width of the text beside the control, like `8em` or `initial`. */
const descriptionWidth = text();
const described = { descriptionWidth };
const coloured = { ...described, background: css, fontSize: css, textColor: css };
const font = { fontFamily: css, fontSize: css, fontStyle: css, fontVariant: css, fontWeight: css };

export const descriptionStyle = style('DescriptionStyle', described);
export const sliderStyle = style('SliderStyle', { ...described, handleColor: css });
export const progressStyle = style('ProgressStyle', { ...described, barColor: css });
export const checkboxStyle = style('CheckboxStyle', { ...described, background: css });
export const textStyle = style('TextStyle', coloured);
export const htmlStyle = style('HTMLStyle', coloured);
export const htmlMathStyle = style('HTMLMathStyle', coloured);
export const labelStyle = style('LabelStyle', {
  ...described,
  ...font,
  background: css,
  textColor: css,
  textDecoration: css,
});
export const buttonStyle = style('ButtonStyle', { ...font, buttonColor: css, textColor: css, textDecoration: css });
export const toggleButtonStyle = style('ToggleButtonStyle', {
  ...described,
  ...font,
  textColor: css,
  textDecoration: css,
});
export const toggleButtonsStyle = style('ToggleButtonsStyle', {
  ...described,
  buttonWidth: text(),
  fontWeight: text(),
});
