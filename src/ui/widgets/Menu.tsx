import {
  cloneElement,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Menu.module.css';
import { moveBeside, type Align } from './placement.ts';

export interface MenuItem {
  id: string;
  name: string;
  /** A second, smaller line. */
  detail?: string;
  icon?: IconName;
  shortcut?: string;
  /** Given for items of which one is chosen. */
  checked?: boolean;
  disabled?: boolean;
  danger?: boolean;
  onSelect(): void;
}

export interface MenuProps {
  label: string;
  /** 'rule' draws a line. */
  items: readonly (MenuItem | 'rule')[];
  align?: Align;
  /** The button that opens it. */
  children: ReactElement<TriggerProps>;
}

interface TriggerProps {
  ref?: RefObject<HTMLButtonElement | null>;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  'aria-controls'?: string;
  onClick?(event: React.MouseEvent): void;
  onKeyDown?(event: React.KeyboardEvent): void;
}

/** A menu under a button: arrow keys, Home, End and first letters move, Escape closes. */
export function Menu({ label, items, align = 'start', children }: MenuProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<false | 'first' | 'last'>(false);
  const button = cloneElement(children, {
    ref: trigger,
    'aria-haspopup': 'menu',
    'aria-expanded': open !== false,
    'aria-controls': open ? id : undefined,
    onClick: () => setOpen(open ? false : 'first'),
    onKeyDown(event: React.KeyboardEvent) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
    },
  });
  return (
    <>
      {button}
      {open && (
        <MenuList
          id={id}
          label={label}
          items={items}
          align={align}
          start={open}
          trigger={trigger}
          onClose={(refocus) => {
            setOpen(false);
            if (refocus) trigger.current?.focus();
          }}
        />
      )}
    </>
  );
}

interface MenuListProps {
  id: string;
  label: string;
  items: MenuProps['items'];
  align: Align;
  start: 'first' | 'last';
  trigger: RefObject<HTMLButtonElement | null>;
  onClose(refocus: boolean): void;
}

function MenuList({ id, label, items, align, start, trigger, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });

  const choices = () => [
    ...list.current!.querySelectorAll<HTMLButtonElement>('button:not(:disabled)'),
  ];

  useLayoutEffect(() => {
    list.current!.showPopover();
    moveBeside(list.current!, trigger.current!, 'bottom', align, 4);
    const buttons = choices();
    const chosen = buttons.find((button) => button.ariaChecked === 'true');
    (start === 'last' ? buttons.at(-1) : (chosen ?? buttons[0]))?.focus();
  }, [trigger, align, start]);

  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !trigger.current?.contains(target))
        close.current(false);
    };
    const away = () => close.current(false);
    addEventListener('pointerdown', outside, true);
    addEventListener('resize', away);
    return () => {
      removeEventListener('pointerdown', outside, true);
      removeEventListener('resize', away);
    };
  }, [trigger]);

  function onKeyDown(event: React.KeyboardEvent): void {
    const buttons = choices();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = (index: number) => {
      event.preventDefault();
      buttons[(index + buttons.length) % buttons.length]?.focus();
    };
    event.stopPropagation();
    switch (event.key) {
      case 'ArrowDown':
        return to(at + 1);
      case 'ArrowUp':
        return to(at < 0 ? -1 : at - 1);
      case 'Home':
        return to(0);
      case 'End':
        return to(-1);
      case 'Escape':
        event.preventDefault();
        return onClose(true);
      case 'Tab':
        return onClose(true);
    }
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey) return;
    const fresh = event.timeStamp - typed.current.at > 700;
    typed.current = {
      text: (fresh ? '' : typed.current.text) + event.key.toLowerCase(),
      at: event.timeStamp,
    };
    const from = fresh ? at + 1 : at;
    const order = [...buttons.slice(from), ...buttons.slice(0, from)];
    order
      .find((button) => button.dataset.name!.toLowerCase().startsWith(typed.current.text))
      ?.focus();
  }

  const checks = items.some((item) => item !== 'rule' && item.checked !== undefined);
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      aria-label={label}
      popover="manual"
      className={styles.menu}
      onKeyDown={onKeyDown}
    >
      {items.map((item, index) =>
        item === 'rule' ? (
          <div key={`rule${index}`} role="separator" className={styles.rule} />
        ) : (
          <button
            key={item.id}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            disabled={item.disabled}
            data-name={item.name}
            tabIndex={-1}
            className={`${styles.item} ${item.danger ? 'danger' : ''}`}
            onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
            onClick={() => {
              onClose(true);
              item.onSelect();
            }}
          >
            {checks && (
              <span className={styles.check}>{item.checked && <Icon name="check" />}</span>
            )}
            {item.icon && <Icon name={item.icon} />}
            <span className={styles.name}>
              {item.name}
              {item.detail && <span className={styles.detail}>{item.detail}</span>}
            </span>
            {item.shortcut && <kbd>{item.shortcut}</kbd>}
          </button>
        ),
      )}
    </div>
  );
}
