import { darkTheme, lightTheme } from '@cygnet/contract';
import { describe, expect, it } from 'vitest';
import { figureThemeFrom, hexColor } from './figure-theme.ts';

describe('hexColor', () => {
  it('reads the notations that themes use', () => {
    expect(['white', '#FFF', ' #111111 ', 'rgb(17, 34, 255)', 'rgba(0, 0, 0, 0.87)'].map(hexColor)).toEqual([
      '#ffffff',
      '#ffffff',
      '#111111',
      '#1122ff',
      '#000000',
    ]);
  });

  it('gives up on others', () => {
    expect(['', 'hsl(0 0% 0%)', 'var(--x)'].map(hexColor)).toEqual([undefined, undefined, undefined]);
  });
});

describe('figureThemeFrom', () => {
  it('takes background and text from JupyterLab and the rest from our theme', () => {
    const theme = figureThemeFrom(true, { background: '#111', text: 'rgb(255, 255, 255)' });
    expect(theme).toEqual({ ...darkTheme, background: '#111111', text: '#ffffff' });
  });

  it('falls back to our own colours', () => {
    expect(figureThemeFrom(false, { background: '', text: '' })).toEqual(lightTheme);
  });
});
