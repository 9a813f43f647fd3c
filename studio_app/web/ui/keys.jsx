import React, { useEffect, useRef, useState } from "react";

/* One listener per shortcut is cheap; the first letter of a sequence is remembered here. */
const OFF = "keys-off", PATIENCE = 1200;
const before = { key: "", at: 0 };
const off = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

/* Not while typing, not under a dialog, not where the arrow keys already mean something. */
const taken = (e) =>
  e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || off() ||
  e.target.closest?.("input,textarea,select,[contenteditable],[role=dialog]") ||
  document.querySelector("[role=dialog]") ||
  (e.key.startsWith("Arrow") && e.target.closest?.("[role=radiogroup]"));

addEventListenerOnce();
function addEventListenerOnce() {
  if (typeof window === "undefined") return;
  window.addEventListener("keydown", (e) => {
    if (taken(e)) return;
    // Told after the shortcuts have seen the letter before this one.
    setTimeout(() => { before.key = e.key; before.at = Date.now(); });
  });
}

export function Key({ combination, onPress }) {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    const [first, second] = combination.includes(" ") ? combination.split(" ") : ["", combination];
    const press = (e) => {
      if (e.key !== second || taken(e)) return;
      const lately = Date.now() - before.at < PATIENCE ? before.key : "";
      if (first ? lately !== first : lately === "g") return;
      e.preventDefault();
      latest.current?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [combination]);
  return null;
}

export function KeysSwitch({ label }) {
  const [on, setOn] = useState(true);
  useEffect(() => setOn(!off()), []);
  const turn = (e) => {
    setOn(e.target.checked);
    try { localStorage.setItem(OFF, e.target.checked ? "0" : "1"); } catch { /* private mode */ }
  };
  return (
    <label className="switch-line"><span>{label}</span>
      <input type="checkbox" role="switch" className="switch" checked={on} onChange={turn} />
    </label>
  );
}
