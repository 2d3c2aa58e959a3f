import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

/** Whether JupyterLab shows a dark theme now. */
export const isDarkTheme = (body: HTMLElement = document.body): boolean => body.dataset.jpThemeLight === 'false';

/** Value of a CSS variable of the theme, or the fallback where it is not set. */
export const themeColor = (variable: string, fallback: string, element: Element = document.body): string =>
  getComputedStyle(element).getPropertyValue(variable).trim() || fallback;

/**
 * Calls back after the theme has changed, until the returned handle is disposed.
 * It watches the page and not the theme manager, which MIME renderers do not get.
 */
export const onThemeChange = (callback: () => void, body: HTMLElement = document.body): IDisposable => {
  const observer = new MutationObserver(callback);
  observer.observe(body, { attributes: true, attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'] });
  return new DisposableDelegate(() => observer.disconnect());
};
