/**
 * Monaco for JSON (TypeScript in monaco-typescript.ts), by its own entry points and with only the
 * features that instances need. Loaded when a text editor is first opened. Its workers are not made
 * in src/runs: Monaco asks for them through `MonacoEnvironment` and speaks a protocol of its own
 * with them.
 */
import * as monaco from 'monaco-editor/editor/editor.api';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/quickCommand/register';
import 'monaco-editor/features/readOnlyMessage/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
// The feature of this name brings only the inline kind.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
// oxlint-disable-next-line import/default -- made by the bundler
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
// oxlint-disable-next-line import/default -- made by the bundler
import JsonWorker from 'monaco-editor/language/json/json.worker?worker';
import { blend } from '../scene/colour.ts';
import type { Palette } from '../scene/palette.ts';
import type { Marker } from './json-text.ts';

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(moduleId: string, label: string): Worker };
  }
}

/** Makers of the workers of languages; others have the editor's own. */
export const languageWorkers = new Map<string, () => Worker>([['json', () => new JsonWorker()]]);

window.MonacoEnvironment = {
  getWorker: (_, label) => languageWorkers.get(label)?.() ?? new EditorWorker(),
};

// Markers come from the family's own validator, so that they say the same as every other place.
jsonDefaults.setModeConfiguration({
  ...jsonDefaults.modeConfiguration,
  diagnostics: false,
  colors: false,
  documentFormattingEdits: false,
  documentRangeFormattingEdits: false,
});

export type EditorLanguage = 'json' | 'typescript';

export interface EditorOptions {
  value: string;
  language: EditorLanguage;
  label: string;
  /** Id of the element that says how to leave the editor by keyboard. */
  describedBy: string;
  readOnly: boolean;
  palette: Palette;
  onChange(text: string): void;
}

export interface TextEditor {
  /** Replaces the text, keeping cursor and undo; does not call `onChange`. */
  setValue(text: string): void;
  setSchema(schema: object | undefined): void;
  setMarkers(markers: readonly Marker[]): void;
  setReadOnly(readOnly: boolean): void;
  setPalette(palette: Palette): void;
  /** Puts the cursor at a place (from 1) and the focus into the editor. */
  focusAt(line: number, column: number): void;
  /** Puts the cursor at an offset and the focus into the editor. */
  focusAtOffset(offset: number): void;
  dispose(): void;
}

const OWNER = 'incumbent';
const THEME = 'incumbent';

/** Schemas are Monaco's global setting; this is the one list of ours. */
const schemas = new Map<string, object>();

function applySchemas(): void {
  jsonDefaults.setDiagnosticsOptions({
    validate: false,
    enableSchemaRequest: false,
    schemas: [...schemas].map(([uri, schema]) => ({
      uri: `${uri}.schema`,
      fileMatch: [uri],
      schema,
    })),
  });
}

let count = 0;

const extensions = { json: 'json', typescript: 'ts' } as const;

export function createTextEditor(host: HTMLElement, options: EditorOptions): TextEditor {
  const { language } = options;
  const uri = monaco.Uri.parse(`inmemory://incumbent/text-${++count}.${extensions[language]}`);
  const model = monaco.editor.createModel(options.value, language, uri);
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  defineTheme(options.palette);
  const editor = monaco.editor.create(host, {
    model,
    theme: THEME,
    ariaLabel: options.label,
    readOnly: options.readOnly,
    automaticLayout: true,
    fontFamily: getComputedStyle(host).getPropertyValue('--mono'),
    fontSize: 12,
    lineHeight: 18,
    fontLigatures: false,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 6,
    glyphMargin: false,
    minimap: { enabled: false },
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false, useShadows: false },
    renderLineHighlight: 'line',
    fixedOverflowWidgets: true,
    padding: { top: 6, bottom: 6 },
    // Rows of numbers stay rows; code is read in a narrow panel.
    wordWrap: language === 'json' ? 'off' : 'on',
    wrappingIndent: 'indent',
    quickSuggestions: { strings: true, other: true, comments: false },
    wordBasedSuggestions: 'off',
    // Nothing here may ask for Monaco's bracket tree: version 0.57 builds it over tokens that are
    // out of date after a large replacement, and then never ends. 'always' closes without asking.
    autoClosingBrackets: 'always',
    guides: { bracketPairs: false },
    // Typing over a selection replaces it, also with a bracket.
    autoSurround: 'never',
    doubleClickSelectsBlock: false,
    // Ten thousand rows of numbers have no sticky context and no look-alike letters.
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
    'semanticHighlighting.enabled': false,
  });
  for (const input of host.querySelectorAll('textarea, .native-edit-context'))
    input.setAttribute('aria-describedby', options.describedBy);

  let isOurs = false;
  const changes = model.onDidChangeContent(() => {
    if (!isOurs) options.onChange(model.getValue());
  });

  return {
    setValue(text) {
      const old = model.getValue();
      if (old === text) return;
      isOurs = true;
      model.pushStackElement();
      model.pushEditOperations([], [changeBetween(model, old, text)], () => null);
      model.pushStackElement();
      isOurs = false;
    },
    setSchema(schema) {
      if (schema) schemas.set(uri.toString(), schema);
      else schemas.delete(uri.toString());
      applySchemas();
    },
    setMarkers(markers) {
      monaco.editor.setModelMarkers(
        model,
        OWNER,
        markers.map((marker) => ({
          startLineNumber: marker.startLine,
          startColumn: marker.startColumn,
          endLineNumber: marker.endLine,
          endColumn: marker.endColumn,
          message: marker.message,
          severity: monaco.MarkerSeverity.Error,
        })),
      );
    },
    setReadOnly: (readOnly) => editor.updateOptions({ readOnly }),
    setPalette: defineTheme,
    focusAt(line, column) {
      editor.setPosition({ lineNumber: line, column });
      editor.revealLineInCenterIfOutsideViewport(line);
      editor.focus();
    },
    focusAtOffset(offset) {
      editor.setPosition(model.getPositionAt(offset));
      editor.focus();
    },
    dispose() {
      schemas.delete(uri.toString());
      applySchemas();
      changes.dispose();
      editor.dispose();
      model.dispose();
    },
  };
}

/** The smallest single replacement: what both texts begin and end with stays, and so does the cursor. */
function changeBetween(
  model: monaco.editor.ITextModel,
  old: string,
  text: string,
): monaco.editor.IIdentifiedSingleEditOperation {
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  const range = monaco.Range.fromPositions(
    model.getPositionAt(start),
    model.getPositionAt(old.length - end),
  );
  return { range, text: text.slice(start, text.length - end) };
}

/** Monaco's theme from the page's tokens; also applies to editors already open. */
function defineTheme({ theme, tokens }: Palette): void {
  const { ink, ink2, ink3, line, panel, sunk, accent, bound, good, bad, raised, focus } = tokens;
  const bare = (colour: string) => colour.slice(1);
  const faint = (colour: string, opacity: number) => blend(colour, sunk, opacity);
  monaco.editor.defineTheme(THEME, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare(ink) },
      { token: 'string.key.json', foreground: bare(accent) },
      { token: 'string.value.json', foreground: bare(good) },
      { token: 'number.json', foreground: bare(ink) },
      { token: 'keyword.json', foreground: bare(bound) },
      { token: 'delimiter', foreground: bare(ink2) },
      { token: 'keyword.ts', foreground: bare(accent) },
      { token: 'type.identifier.ts', foreground: bare(good) },
      { token: 'number.ts', foreground: bare(bound) },
      { token: 'string.ts', foreground: bare(good) },
      { token: 'comment', foreground: bare(ink2) },
    ],
    colors: {
      'editor.background': sunk,
      'editor.foreground': ink,
      'editorLineNumber.foreground': ink3,
      'editorLineNumber.activeForeground': ink,
      'editorCursor.foreground': accent,
      'editor.selectionBackground': faint(accent, 0.28),
      'editor.inactiveSelectionBackground': faint(accent, 0.16),
      'editor.lineHighlightBackground': faint(ink, 0.04),
      'editor.lineHighlightBorder': '#00000000',
      'editorIndentGuide.background1': line,
      'editorBracketMatch.background': faint(accent, 0.16),
      'editorBracketMatch.border': accent,
      'editorBracketHighlight.foreground1': ink2,
      'editorBracketHighlight.foreground2': ink2,
      'editorBracketHighlight.foreground3': ink2,
      'editorError.foreground': bad,
      'editorWidget.background': raised,
      'editorWidget.foreground': ink,
      'editorWidget.border': line,
      'editorHoverWidget.background': raised,
      'editorHoverWidget.border': line,
      'editorSuggestWidget.background': raised,
      'editorSuggestWidget.border': line,
      'editorSuggestWidget.foreground': ink,
      'editorSuggestWidget.selectedBackground': blend(accent, raised, 0.2),
      'editorSuggestWidget.selectedForeground': ink,
      'editorSuggestWidget.highlightForeground': accent,
      'editorSuggestWidget.focusHighlightForeground': accent,
      'quickInput.background': raised,
      'quickInput.foreground': ink,
      'list.focusBackground': blend(accent, raised, 0.2),
      'list.focusForeground': ink,
      'list.hoverBackground': blend(ink, raised, 0.06),
      'input.background': panel,
      'input.foreground': ink,
      'input.border': line,
      'menu.background': raised,
      'menu.foreground': ink,
      'menu.selectionBackground': blend(accent, raised, 0.2),
      'menu.selectionForeground': ink,
      'widget.shadow': '#00000033',
      'scrollbarSlider.background': `${ink3}55`,
      'scrollbarSlider.hoverBackground': `${ink3}88`,
      'scrollbarSlider.activeBackground': `${ink3}aa`,
      focusBorder: focus,
      'editorOverviewRuler.border': '#00000000',
    },
  });
  monaco.editor.setTheme(THEME);
}
