import * as React from 'react';
import type { BrowserState } from './browser-state.ts';
import { moveForKey, type NodeKind, type TreeRow } from './tree-model.ts';

const glyph: { readonly [kind in NodeKind]: string } = { directory: '🗀', tree: '⊞', branch: '∿', object: '▤' };
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
            <span className="cyg-RootBrowser-glyph" aria-hidden="true">
              {glyph[node.kind]}
            </span>
            <span className="cyg-RootBrowser-name">{node.name}</span>
            <span className="cyg-RootBrowser-type">{node.typeName}</span>
            <span className="cyg-RootBrowser-detail">{node.detail}</span>
          </div>
        );
      })}
    </div>
  );
};
