/** Colours of a figure. CSS colours in `#rrggbb` form. */
export interface FigureTheme {
  readonly background: string;
  readonly text: string;
  readonly grid: string;
  /** Guides such as the random-classifier line. */
  readonly muted: string;
  /** One colour a classifier; the first two are signal and background. */
  readonly palette: readonly string[];
}

/**
 * The palette of Okabe and Ito (Color Universal Design, 2008), told apart by people of every colour vision; ordered so
 * that the strongest contrasts on a light or dark background come first.
 */
export const lightTheme: FigureTheme = {
  background: '#ffffff',
  text: '#1f2328',
  grid: '#e4e7eb',
  muted: '#8a9099',
  palette: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'],
};

export const darkTheme: FigureTheme = {
  background: '#111418',
  text: '#e6e8eb',
  grid: '#2c323a',
  muted: '#8a919c',
  palette: ['#56b4e9', '#e69f00', '#00b98a', '#e59cc4', '#f0e442', '#ff7a33', '#ffffff'],
};

/** Colour of the n-th classifier; starts again when there are more than colours. */
export const paletteColour = (theme: FigureTheme, index: number): string =>
  theme.palette[index % theme.palette.length] ?? theme.text;

/** A `#rrggbb` colour with an opacity in [0, 1]; other notations come back as they are. */
export const withOpacity = (colour: string, opacity: number): string => {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  const channel = (start: number): number => parseInt(colour.slice(start, start + 2), 16);
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${opacity})`;
};
