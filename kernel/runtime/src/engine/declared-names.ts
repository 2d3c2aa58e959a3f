import ts from 'typescript';

/** A name that a cell declares at its top level. */
export interface DeclaredName {
  /** Offset of the name in the cell's code. */
  readonly position: number;
  readonly isAssignable: boolean;
  /** Whether the user exported it already. */
  readonly isExported: boolean;
  readonly isValue: boolean;
  readonly isType: boolean;
  readonly isImported: boolean;
}

type Meaning = Pick<DeclaredName, 'isValue' | 'isType'>;

const value: Meaning = { isValue: true, isType: false };
const type: Meaning = { isValue: false, isType: true };
const both: Meaning = { isValue: true, isType: true };

/**
 * Names that a cell declares for other cells. A `var` in a nested block counts, as it is hoisted to the top level.
 */
export const declaredNames = (source: ts.SourceFile): Map<string, DeclaredName> => {
  const names = new Map<string, DeclaredName>();
  type How = Partial<Pick<DeclaredName, 'isAssignable' | 'isExported' | 'isImported'>>;
  const add = (name: ts.Identifier | undefined, { isValue, isType }: Meaning, how: How = {}): void => {
    if (name === undefined) return;
    const known = names.get(name.text);
    names.set(name.text, {
      ...(known ?? {
        position: name.getStart(source),
        isAssignable: false,
        isExported: false,
        isImported: false,
        ...how,
      }),
      isValue: isValue || known?.isValue === true,
      isType: isType || known?.isType === true,
    });
  };
  const addBinding = (name: ts.BindingName, isExported: boolean, isAssignable: boolean): void => {
    if (ts.isIdentifier(name)) return add(name, value, { isExported, isAssignable });
    for (const element of name.elements)
      if (!ts.isOmittedExpression(element)) addBinding(element.name, isExported, isAssignable);
  };
  const addVariables = (list: ts.VariableDeclarationList, isExported: boolean): void => {
    const isAssignable = (list.flags & ts.NodeFlags.Const) === 0;
    for (const declaration of list.declarations) addBinding(declaration.name, isExported, isAssignable);
  };
  const addHoisted = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) addVariables(node, false);
    ts.forEachChild(node, addHoisted);
  };
  const addImports = (clause: ts.ImportClause): void => {
    const isTypeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const imported = { isImported: true };
    const meaning = isTypeOnly ? type : both;
    add(clause.name, meaning, imported);
    const bindings = clause.namedBindings;
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) add(bindings.name, meaning, imported);
    else for (const element of bindings.elements) add(element.name, element.isTypeOnly ? type : meaning, imported);
  };
  for (const statement of source.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);
    if (ts.isVariableStatement(statement)) addVariables(statement.declarationList, isExported);
    else if (ts.isImportDeclaration(statement) && statement.importClause) addImports(statement.importClause);
    else if (isNamedDeclaration(statement)) add(statement.name, meaningOf(statement), { isExported });
    else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name) && !isGlobalBlock(statement))
      add(statement.name, both, { isExported });
    addHoisted(statement);
  }
  return names;
};

const meaningOf = (node: ts.Statement): Meaning => {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return type;
  return ts.isFunctionDeclaration(node) ? value : both;
};

const isNamedDeclaration = (
  node: ts.Statement,
): node is
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isEnumDeclaration(node);

const isGlobalBlock = (node: ts.ModuleDeclaration): boolean => (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
