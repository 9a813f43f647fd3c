import React, { useEffect, useState } from "react";

/* Notifications on this device: asks the browser, tells the server, and says why where it cannot.
 * `known` are the ends of the addresses that the server has for whoever is signed in. */
const asBytes = (key) => {
  const raw = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
};
const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
const isInstalled = () => navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
const can = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const current = async () => (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) || null;

async function subscribed(key) {
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const wish = { userVisibleOnly: true, applicationServerKey: asBytes(key) };
  try {
    return await pushManager.subscribe(wish);
  } catch (fault) {  // bound to another server's key: begin anew
    const old = await pushManager.getSubscription();
    if (fault.name !== "InvalidStateError" || !old) throw fault;
    await old.unsubscribe();
    return pushManager.subscribe(wish);
  }
}

async function tell(address, body) {
  const answer = await fetch(address, {
    method: "POST", credentials: "same-origin",
    headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || "");
}

export function PushSwitch({ serverKey, known = [], address, turnOn, turnOff, unsupported, install, denied, failed, onChanged }) {
  const [state, setState] = useState("asking");
  const [fault, setFault] = useState("");
  const marks = known.join(" ");
  useEffect(() => {
    let gone = false;
    (async () => {
      if (!can()) return isApple() && !isInstalled() ? "install" : "unsupported";
      if (Notification.permission === "denied") return "denied";
      const here = await current().catch(() => null);
      return here && marks.split(" ").some((mark) => mark && here.endpoint.endsWith(mark)) ? "on" : "off";
    })().then((found) => { if (!gone) setState(found); });
    return () => { gone = true; };
  }, [marks]);

  const act = async (what, then) => {
    setFault(""); setState("busy");
    try { setState(await what()); onChanged?.(); }
    catch (error) { setFault(error.message && !(error instanceof DOMException) ? error.message : failed); setState(then); }
  };
  const begin = () => act(async () => {
    if ((await Notification.requestPermission()) !== "granted") return Notification.permission === "denied" ? "denied" : "off";
    const made = await subscribed(serverKey);
    const { keys } = made.toJSON();
    try { await tell(address + "/subscribe", { endpoint: made.endpoint, p256dh: keys.p256dh, auth: keys.auth }); }
    catch (error) { await made.unsubscribe(); throw error; }
    return "on";
  }, "off");
  const end = () => act(async () => {
    const here = await current();
    if (here) { await tell(address + "/unsubscribe", { endpoint: here.endpoint }); await here.unsubscribe(); }
    return "off";
  }, "on");

  const why = { unsupported, install, denied }[state];
  if (why) return <p className="t-sm dim" role="status">{why}</p>;
  const on = state === "on", busy = state === "busy" || state === "asking";
  return (
    <div>
      <button type="button" className={on ? "btn" : "btn btn--primary"} disabled={busy || !serverKey} aria-busy={busy} onClick={on ? end : begin}>
        <span>{on ? turnOff : turnOn}</span>
      </button>
      <p role="alert" className="fault">{fault}</p>
    </div>
  );
}
