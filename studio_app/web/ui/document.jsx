import React, { useEffect } from "react";

/* Pages are prerendered: buttons are visible before React owns them. A tap made in that gap is
 * remembered by the head script and replayed here, once, right after hydration. */
export function Ready() {
  useEffect(() => { window.__replay?.(); }, []);
  return null;
}

/* A plain anchor would become a router link and leave the focus where it was. */
export function SkipLink({ label, target = "main" }) {
  const go = (e) => { e.preventDefault(); document.getElementById(target)?.focus(); };
  return <a href={"#" + target} className="skip" onClick={go}>{label}</a>;
}

/* Prints the page: calling it from the server would need code sent over the wire. */
export function PrintButton({ label, className, children }) {
  return <button type="button" className={className} onClick={() => print()}>{children}{label}</button>;
}
