/** One table of commands: toolbar, shortcuts, command palette and help are made from it. */
import type { IconName } from '../ui/widgets/Icon.tsx';
import { isActive } from '../runs/live.ts';
import { families } from '../problems/registry.ts';
import { loadedOf, modeOf, togglesOf, type App } from './app.ts';
import { chooseFile, openFamily } from './open.ts';
import { toggleStudies } from './studies.ts';
import {
  heldSetups,
  holdSetup,
  newSeed,
  pause,
  replayBy,
  runOrResume,
  runTogether,
  startRunning,
  step,
  stop,
} from './run.ts';

export interface Action {
  id: string;
  label: string;
  group: 'Run' | 'Replay' | 'Document' | 'View' | 'Help';
  /** More words to find it by. */
  keywords?: string;
  icon?: IconName;
  /** As shown: "Ctrl+K", "Space", "R". Ctrl is ⌘ on a Mac. */
  shortcut?: string;
  enabled?(app: App): boolean;
  /** For toggles: whether it is on. */
  checked?(app: App): boolean;
  perform(app: App): void;
}

const active = (app: App) => isActive(app.live.getState().status);
const stateOf = (app: App) => app.live.getState().status?.state;
const hasHistory = (app: App) => (app.live.getState().run?.buffers.history.length ?? 0) > 1;

const fixed: readonly Action[] = [
  {
    id: 'run',
    label: 'Run',
    group: 'Run',
    icon: 'play',
    shortcut: 'R',
    keywords: 'start solve resume continue',
    enabled: (app) => !active(app) || stateOf(app) === 'paused',
    perform: runOrResume,
  },
  {
    id: 'run-from-shown',
    label: 'Run from the solution shown',
    group: 'Run',
    shortcut: 'Shift+R',
    keywords: 'warm start improve continue',
    enabled: (app) => !active(app),
    perform: (app) => void startRunning(app, { fromShown: true }),
  },
  {
    id: 'pause',
    label: 'Pause',
    group: 'Run',
    icon: 'pause',
    shortcut: 'P',
    enabled: (app) => stateOf(app) === 'running',
    perform: pause,
  },
  {
    id: 'step',
    label: 'Step',
    group: 'Run',
    icon: 'step',
    shortcut: 'S',
    keywords: 'single forward',
    enabled: (app) => stateOf(app) !== 'stopping' && stateOf(app) !== 'not-responding',
    perform: step,
  },
  {
    id: 'stop',
    label: 'Stop',
    group: 'Run',
    icon: 'stop',
    shortcut: 'X',
    keywords: 'cancel end terminate',
    enabled: (app) => active(app) && stateOf(app) !== 'stopping',
    perform: stop,
  },
  {
    id: 'hold',
    label: 'Hold this setup to run it beside others',
    group: 'Run',
    shortcut: 'H',
    keywords: 'curve compare side by side together pin',
    perform: holdSetup,
  },
  {
    id: 'run-together',
    label: 'Run the held setups side by side',
    group: 'Run',
    keywords: 'train curves compare together parallel',
    enabled: (app) => heldSetups(app).length > 0 && !app.together.getState().isRunning,
    perform: (app) => runTogether(app),
  },
  {
    id: 'new-seed',
    label: 'New seed',
    group: 'Run',
    icon: 'dice',
    shortcut: 'N',
    keywords: 'random',
    perform: newSeed,
  },
  {
    id: 'replay-back',
    label: 'Previous incumbent',
    group: 'Replay',
    shortcut: ',',
    keywords: 'step backward history rewind',
    enabled: hasHistory,
    perform: (app) => replayBy(app, -1),
  },
  {
    id: 'replay-forward',
    label: 'Next incumbent',
    group: 'Replay',
    shortcut: '.',
    keywords: 'step forward history',
    enabled: hasHistory,
    perform: (app) => replayBy(app, 1),
  },
  {
    id: 'replay-first',
    label: 'First incumbent',
    group: 'Replay',
    enabled: hasHistory,
    perform: (app) => app.live.setReplay(0),
  },
  {
    id: 'replay-last',
    label: 'Newest incumbent',
    group: 'Replay',
    enabled: hasHistory,
    perform: (app) => app.live.setReplay(null),
  },
  {
    id: 'replay-play',
    label: 'Replay the incumbents',
    group: 'Replay',
    shortcut: 'L',
    enabled: hasHistory,
    checked: (app) => app.live.getState().playing,
    perform: (app) => app.live.setPlaying(!app.live.getState().playing),
  },
  {
    id: 'undo',
    label: 'Undo',
    group: 'Document',
    icon: 'undo',
    shortcut: 'Ctrl+Z',
    enabled: (app) => app.document.canUndo(),
    perform: (app) => void app.document.undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Document',
    icon: 'redo',
    shortcut: 'Ctrl+Shift+Z',
    enabled: (app) => app.document.canRedo(),
    perform: (app) => void app.document.redo(),
  },
  {
    id: 'gallery',
    label: 'Gallery',
    group: 'Document',
    icon: 'gallery',
    shortcut: 'G',
    keywords: 'examples instances benchmark new',
    perform: (app) => app.shell.setState({ dialog: 'gallery' }),
  },
  {
    id: 'open-file',
    label: 'Open a file',
    group: 'Document',
    icon: 'open',
    shortcut: 'Ctrl+O',
    keywords: 'import load',
    perform: chooseFile,
  },
  {
    id: 'paste',
    label: 'Open pasted text',
    group: 'Document',
    keywords: 'import paste clipboard',
    perform: (app) => app.shell.setState({ dialog: 'open' }),
  },
  {
    id: 'export',
    label: 'Export',
    group: 'Document',
    icon: 'save',
    shortcut: 'Ctrl+S',
    keywords: 'save download instance solution png svg csv',
    perform: (app) => app.shell.setState({ dialog: 'export' }),
  },
  {
    id: 'share',
    label: 'Share',
    group: 'Document',
    icon: 'share',
    keywords: 'link url qr',
    perform: (app) => app.shell.setState({ dialog: 'share' }),
  },
  {
    id: 'recent',
    label: 'Recent documents',
    group: 'Document',
    keywords: 'history saved autosave restore',
    perform: (app) => app.shell.setState({ dialog: 'recent' }),
  },
  {
    id: 'studies',
    label: 'Studies',
    group: 'View',
    icon: 'chart',
    shortcut: 'T',
    keywords: 'compare sweep figures experiments reproduce benchmark lab',
    checked: (app) => app.document.getState().study !== null,
    perform: toggleStudies,
  },
  {
    id: 'fit',
    label: 'Fit the picture',
    group: 'View',
    icon: 'fit',
    shortcut: '0',
    keywords: 'zoom reset',
    perform: (app) => app.picture.handle?.fit(),
  },
  {
    id: 'theme',
    label: 'Switch light and dark',
    group: 'View',
    icon: 'moon',
    keywords: 'theme colour',
    perform(app) {
      const dark =
        getComputedStyle(window.document.documentElement).colorScheme === 'dark' ||
        (app.ui.getState().theme === 'system' &&
          matchMedia('(prefers-color-scheme: dark)').matches);
      app.ui.setState({ theme: dark ? 'light' : 'dark' });
    },
  },
  {
    id: 'theme-system',
    label: 'Theme of the system',
    group: 'View',
    checked: (app) => app.ui.getState().theme === 'system',
    perform: (app) => app.ui.setState({ theme: 'system' }),
  },
  {
    id: 'palette',
    label: 'Commands',
    group: 'Help',
    icon: 'command',
    shortcut: 'Ctrl+K',
    perform: (app) => app.shell.setState({ dialog: 'palette' }),
  },
  {
    id: 'help',
    label: 'Keyboard and help',
    group: 'Help',
    icon: 'help',
    shortcut: '?',
    perform: (app) => app.shell.setState({ dialog: 'help' }),
  },
];

/** All commands for the page as it is: the fixed ones, then families, modes and toggles by name. */
export function actionsOf(app: App): Action[] {
  const { loaded } = app.shell.getState();
  return [
    ...fixed,
    ...families.map((entry): Action => ({
      id: `family-${entry.id}`,
      label: `Go to ${entry.name}`,
      group: 'Document',
      keywords: entry.summary,
      perform: (target) => void openFamily(target, entry.id),
    })),
    ...(loaded ? viewActions(app) : []),
  ];
}

function viewActions(app: App): Action[] {
  const { views } = loadedOf(app);
  const mode = modeOf(app);
  const modes = views.modes(app.document.getState().instance).map((candidate): Action => ({
    id: `mode-${candidate.id}`,
    label: `View: ${candidate.name}`,
    group: 'View',
    keywords: candidate.help,
    checked: () => candidate.id === mode.id,
    perform: (target) => target.document.setMode(candidate.id),
  }));
  const toggles = (mode.toggles ?? []).map((toggle): Action => ({
    id: `toggle-${toggle.id}`,
    label: `Show: ${toggle.name}`,
    group: 'View',
    keywords: toggle.help,
    checked: (target) => togglesOf(mode, target.document.getState().toggles)[toggle.id],
    perform: (target) => {
      const on = togglesOf(mode, target.document.getState().toggles)[toggle.id];
      target.document.setToggle(toggle.id, !on);
    },
  }));
  return [...modes, ...toggles];
}

export const actionById = (id: string): Action => {
  const action = fixed.find((candidate) => candidate.id === id);
  if (!action) throw new Error(`There is no action "${id}".`);
  return action;
};

/** What steers the run on the page means nothing while the studies are shown instead. */
export const isEnabled = (action: Action, app: App): boolean =>
  ((action.group !== 'Run' && action.group !== 'Replay') ||
    app.document.getState().study === null) &&
  (action.enabled?.(app) ?? true);
