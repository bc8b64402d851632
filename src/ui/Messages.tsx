import { describeIssue } from '../core/result.ts';
import { dismiss } from '../state/shell.ts';
import { useApp, useShell } from './context.ts';
import { Icon } from './widgets/Icon.tsx';
import styles from './Messages.module.css';
import { useEffect } from 'react';

const SHOWN_ISSUES = 4;
const GOOD_NEWS_MILLISECONDS = 5000;

/** What the page has to say: errors stay until dismissed, good news leaves by itself. */
export function Messages() {
  const app = useApp();
  const messages = useShell((state) => state.messages);
  const announcement = useShell((state) => state.announcement);
  useEffect(() => {
    const passing = messages.filter((message) => message.tone !== 'bad');
    if (passing.length === 0) return;
    const timer = setTimeout(() => dismiss(app.shell, passing[0].id), GOOD_NEWS_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [app, messages]);
  return (
    <>
      <div className="sr-only" role="status" aria-live="polite">
        {announcement}
      </div>
      <ul className={styles.messages} aria-label="Messages">
        {messages.map((message) => (
          <li key={message.id} className={styles[message.tone]}>
            <div>
              <strong>{message.text}</strong>
              {message.issues.slice(0, SHOWN_ISSUES).map((issue, index) => (
                <p key={index}>{describeIssue(issue)}</p>
              ))}
              {message.issues.length > SHOWN_ISSUES && (
                <p>and {message.issues.length - SHOWN_ISSUES} more</p>
              )}
            </div>
            {message.action && (
              <button type="button" onClick={message.action.run}>
                {message.action.label}
              </button>
            )}
            <button
              type="button"
              className="ghost icon"
              aria-label="Dismiss"
              onClick={() => dismiss(app.shell, message.id)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
