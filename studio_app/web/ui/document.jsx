import React, { useEffect } from "react";

/* Pages are prerendered: buttons are visible before React owns them. A tap made in that gap is
 * remembered by the head script and replayed here, once, right after hydration. */
export function Ready() {
  useEffect(() => {
    window.__replay?.();
    document.addEventListener("submit", quietOnLeaving);
    return () => document.removeEventListener("submit", quietOnLeaving);
  }, []);
  return null;
}

/* Who signs out gets no more notifications in this browser: it may be somebody else's next. */
function quietOnLeaving(e) {
  const form = e.target;
  if (!form.action?.endsWith("/auth/sign-out") || !navigator.serviceWorker?.controller) return;
  e.preventDefault();
  const ended = navigator.serviceWorker.getRegistration()
    .then((here) => here?.pushManager?.getSubscription())
    .then((subscription) => subscription?.unsubscribe())
    .catch(() => false);
  const enough = new Promise((done) => setTimeout(done, 1500));
  Promise.race([ended, enough]).then(() => HTMLFormElement.prototype.submit.call(form));
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
