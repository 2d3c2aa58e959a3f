import * as React from 'react';
import type { BrowserState } from './browser-state.ts';
import { moveForKey, type NodeKind, type TreeRow } from './tree-model.ts';

/** Outlines on a field of 16 by 16. */
const outline: { readonly [kind in NodeKind]: string } = {
  directory: 'M1.5 3.5h4l1.5 2h7.5v7h-13z',
  tree: 'M2 2.5h12v11H2zM2 6h12M2 9.75h12M6 6v7.5M10 6v7.5',
  branch: 'M3 8h5M8 8c2 0 2-4 5-4M8 8c2 0 2 4 5 4',
  object: 'M2 13.5h12M3.5 13.5v-4h3v4M6.5 13.5v-9h3v9M9.5 13.5v-6h3v6',
};

const Glyph = ({ kind }: { readonly kind: NodeKind }): React.JSX.Element => (
  <svg className="cyg-RootBrowser-glyph" aria-hidden="true" viewBox="0 0 16 16">
    <path d={outline[kind]} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
  </svg>
);

const kindName: { readonly [kind in NodeKind]: string } = {
  directory: 'directory',
  tree: 'tree',
  branch: 'branch',
  object: 'object',
};

const rowTitle = ({ node }: TreeRow): string =>
  [node.name, node.title === node.name ? '' : node.title, node.typeName, node.detail, node.unreadable ?? '']
    .filter((line) => line !== '')
    .join('\n');

/** Gives the keyboard back to the tree after a control that was pressed has gone. */
export const focusTree = (browser: Element | null | undefined): void =>
  browser?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();

/** The file's content as a tree. */
export const TreePane = ({ state }: { readonly state: BrowserState }): React.JSX.Element => {
  const { rows, focused, selected } = state;
  const pane = React.useRef<HTMLDivElement>(null);

  const moveFocus = (id: string) => {
    state.focus(id);
    const index = rows.findIndex((row) => row.node.id === id);
    pane.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveForKey(rows, focused, event.key);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    switch (move.kind) {
      case 'focus':
        return moveFocus(move.id);
      case 'expand':
        return void state.expand(move.id);
      case 'collapse':
        return state.collapse(move.id);
      case 'activate':
        return void state.activate(move.id);
    }
  };

  return (
    <div
      ref={pane}
      className="cyg-RootBrowser-tree"
      role="tree"
      aria-label="Content of the ROOT file"
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => {
        const { node, level, position, siblings, isExpanded } = row;
        const failure = state.failureOf(node.id) ?? node.unreadable;
        return (
          <div
            key={node.id}
            className={`cyg-RootBrowser-item${failure === undefined ? '' : ' cyg-mod-unreadable'}${node.id === selected ? ' cyg-mod-selected' : ''}`}
            role="treeitem"
            data-row={index}
            data-kind={node.kind}
            data-name={node.name}
            aria-level={level}
            aria-posinset={position}
            aria-setsize={siblings}
            aria-selected={node.id === selected}
            {...(node.canExpand ? { 'aria-expanded': isExpanded } : {})}
            aria-label={`${node.name}, ${kindName[node.kind]}, ${node.typeName}${node.detail === '' ? '' : `, ${node.detail}`}${failure === undefined ? '' : `, ${failure}`}`}
            tabIndex={node.id === focused ? 0 : -1}
            title={rowTitle(row)}
            style={{ paddingInlineStart: `${(level - 1) * 16 + 4}px` }}
            onClick={() => void state.activate(node.id)}
          >
            <span className="cyg-RootBrowser-twisty" aria-hidden="true">
              {node.canExpand ? (isExpanded ? '▾' : '▸') : ''}
            </span>
            <Glyph kind={node.kind} />
            <span className="cyg-RootBrowser-name">{node.name}</span>
            <span className="cyg-RootBrowser-type">{node.typeName}</span>
            <span className="cyg-RootBrowser-detail">{node.brief}</span>
          </div>
        );
      })}
    </div>
  );
};
