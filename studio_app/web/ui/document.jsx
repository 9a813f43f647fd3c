import React, { useEffect } from "react";

/* Pages are prerendered: buttons are visible before React owns them. A tap made in that gap is
 * remembered by the head script and replayed here, once, right after hydration. */
export function Ready() {
  useEffect(() => {
    window.__replay?.();
    if (ARRIVING.test(location.pathname)) eraseDay();
    document.addEventListener("submit", quietOnLeaving);
    return () => document.removeEventListener("submit", quietOnLeaving);
  }, []);
  return null;
}

/* A teacher's day that is kept on the phone goes with them; see phone_store.jsx. */
const ARRIVING = /^\/(sign-in|sign-up|link|invitation)\/?$/;
const kept = () => { try { return localStorage.getItem("cadenza-kept"); } catch { return null; } };
const store = () => import("$/public/external/ui/phone_store.jsx");
const eraseDay = () => kept() && store().then((phone) => phone.erase()).catch(() => false);

/* Who signs out, or goes to another studio, leaves no day behind. Who signs out gets no more
 * notifications in this browser either: it may be somebody else's next. */
function quietOnLeaving(e) {
  const form = e.target, out = form.action?.endsWith("/auth/sign-out");
  if (!out && !form.action?.endsWith("/auth/switch")) return;
  const quiet = out && navigator.serviceWorker?.controller;
  if (!quiet && !kept()) return;
  e.preventDefault();
  const erased = kept() ? store().then((phone) => phone.leave()).catch(() => false) : false;
  const ended = !quiet ? false : navigator.serviceWorker.getRegistration()
    .then((here) => here?.pushManager?.getSubscription())
    .then((subscription) => subscription?.unsubscribe())
    .catch(() => false);
  const enough = new Promise((done) => setTimeout(done, 3000));
  Promise.race([Promise.all([ended, erased]), enough]).then(() => HTMLFormElement.prototype.submit.call(form));
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
