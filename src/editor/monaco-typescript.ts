/**
 * TypeScript for Monaco: highlighting, and its language service in a worker for completion, hover,
 * signatures and what is wrong with the types. Loaded when a function is first edited.
 */
import 'monaco-editor/languages/definitions/typescript/register';
import {
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import 'monaco-editor/features/parameterHints/register';
// oxlint-disable-next-line import/default -- made by the bundler
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker?worker';
import { languageWorkers } from './monaco.ts';

languageWorkers.set('typescript', () => new TypeScriptWorker());

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  // The language alone: code runs without page, network and console.
  lib: ['esnext'],
  strict: true,
  noImplicitAny: false,
  allowNonTsExtensions: true,
  moduleDetection: 3,
});

// A function that is only called from outside is not unused.
typescriptDefaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true });

/** What code may use besides the language itself, in place of what was declared before. */
export function declare(declarations: string): void {
  typescriptDefaults.setExtraLibs([
    { content: declarations, filePath: 'inmemory://incumbent/declarations.d.ts' },
  ]);
}
