import React, { useEffect, useRef, useState } from "react";

/* Radio group that paints the choice at once. The server's value wins when it arrives; if none
 * arrives in eight seconds the old one comes back. Arrow keys move and choose.
 * `marker` is given back with the choice, so that one handler serves many groups. */
const PATIENCE = 8000;
const STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function Choice({ value, options = [], label, rev, marker = "", onChoose, className, id }) {
  const [local, setLocal] = useState(value);
  const [busy, setBusy] = useState(false);
  const timer = useRef(0), box = useRef(null);
  useEffect(() => { clearTimeout(timer.current); setBusy(false); setLocal(value); }, [value, rev]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const pick = (chosen) => {
    setLocal(chosen); setBusy(true); clearTimeout(timer.current);
    timer.current = setTimeout(() => { setBusy(false); setLocal(value); }, PATIENCE);
    onChoose?.(chosen, marker);
  };
  const move = (e) => {
    const step = STEP[e.key];
    if (!step || !options.length) return;
    e.preventDefault();
    const from = Math.max(0, options.findIndex((o) => o.value === local));
    let to = from;
    do { to = (to + step + options.length) % options.length; } while (options[to].disabled && to !== from);
    pick(options[to].value);
    box.current.children[to]?.focus();
  };
  const none = !options.some((o) => o.value === local);
  const first = options.findIndex((o) => !o.disabled);
  return (
    <div ref={box} id={id} role="radiogroup" aria-label={label} aria-busy={busy} className={className} onKeyDown={move}>
      {options.map((o, i) => (
        <button key={o.value} type="button" role="radio" disabled={o.disabled} aria-checked={local === o.value} aria-label={o.aria || undefined}
          tabIndex={local === o.value || (none && i === first) ? 0 : -1} className={o.className} onClick={() => pick(o.value)}>
          {o.icon ? <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><path d={o.icon} /></svg> : null}
          {o.top ? <span>{o.top}</span> : null}{o.bold ? <b>{o.bold}</b> : null}{o.label ? <span>{o.label}</span> : null}
        </button>
      ))}
    </div>
  );
}
