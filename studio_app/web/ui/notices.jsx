/* The notice line: what has happened, Undo, and why something was refused.
 * Everything comes from state; a new `number` shows a new notice. Refusals stay longer and are
 * announced at once; time stands still while the pointer or the focus is on the line. */
import React, { useEffect, useRef, useState } from "react";

const SHOWN = 7000, REFUSED = 12000;

export function NoticeLine({ notice, hydrated, undoLabel, closeLabel, onUndo }) {
  const [open, setOpen] = useState(false);
  const timer = useRef(0), last = useRef(0), awake = useRef(false);
  const hold = () => clearTimeout(timer.current);
  const release = () => { hold(); timer.current = setTimeout(() => setOpen(false), notice?.refused ? REFUSED : SHOWN); };
  useEffect(() => {
    // What the server still remembers from before this page load has been seen already.
    const old = !awake.current || !notice || notice.number === last.current;
    awake.current = awake.current || !!hydrated;
    last.current = notice?.number || 0;
    if (old) return;
    setOpen(!!notice.words);
    if (notice.words) release();
    return hold;
  }, [notice?.number, hydrated]);
  useEffect(() => {
    if (!open) return;
    const close = (e) => { if (e.key === "Escape") setOpen(false); };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [open]);
  const refused = !!notice?.refused;
  const words = open && notice ? notice.words : "";
  return (
    <div className="notices">
      <div role="status" aria-live="polite" className="sr">{refused ? "" : words}</div>
      <div role="alert" className="sr">{refused ? words : ""}</div>
      {open ? (
        <div role="region" aria-labelledby="notice-words" className={"notice" + (refused ? " is-refused" : "")} onMouseEnter={hold} onMouseLeave={release} onFocus={hold} onBlur={release}>
          <span className="notice__words"><b id="notice-words">{notice.words}</b>{notice.detail ? <span>{notice.detail}</span> : null}</span>
          {notice.undoable ? <button type="button" className="notice__undo" onClick={() => { hold(); setOpen(false); onUndo?.(); }}>{undoLabel}</button> : null}
          <button type="button" className="notice__close" aria-label={closeLabel} onClick={() => setOpen(false)}>
            <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden="true"><path d="M18 6 6 18M6 6l12 12" /></svg>
          </button>
        </div>
      ) : null}
    </div>
  );
}
