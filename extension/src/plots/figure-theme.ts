import { darkTheme, type FigureTheme, lightTheme } from '@cygnet/contract';
import { isDarkTheme, themeColor } from '../theme.ts';

const named: { readonly [name: string]: string } = { white: '#ffffff', black: '#000000' };

/** A CSS colour as `#rrggbb`; undefined when it is in a notation that themes do not use. */
export const hexColor = (color: string): string | undefined => {
  const text = color.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  if (/^#[0-9a-f]{3}$/.test(text)) return `#${Array.from(text.slice(1), (digit) => digit + digit).join('')}`;
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(text);
  if (parts)
    return `#${parts
      .slice(1, 4)
      .map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0'))
      .join('')}`;
  return named[text];
};

/** Our figure theme on the background and with the text colour of a JupyterLab theme. */
export const figureThemeFrom = (
  isDark: boolean,
  colors: { readonly background: string; readonly text: string },
): FigureTheme => {
  const base = isDark ? darkTheme : lightTheme;
  return {
    ...base,
    background: hexColor(colors.background) ?? base.background,
    text: hexColor(colors.text) ?? base.text,
  };
};

/** The figure theme that goes with JupyterLab's theme now. */
export const currentFigureTheme = (): FigureTheme =>
  figureThemeFrom(isDarkTheme(), {
    background: themeColor('--jp-layout-color0', ''),
    text: themeColor('--jp-content-font-color1', ''),
  });
