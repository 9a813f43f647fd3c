import React, { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Choice } from "$/public/external/ui/choice.jsx";
import { begin, forget, look, mark, onSent, outcomeOf, refresh, seatsOf, settle, subscribe, undo, waiting } from "$/public/external/ui/phone_store.jsx";

/* The teacher's day with and without signal; see phone_store.jsx for what is kept and sent.
 * `children` are the page as the server draws it. Without signal, or until the server has answered,
 * the list kept on the phone stands in its place. */
const PATIENCE = 2500;
const use = () => useSyncExternalStore(subscribe, look, look);
const counted = (forms, n) => {
  const form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
  return (forms[form] || forms.other).replace("{n}", n);
};

/* The built page itself, so that it opens without signal; hashed parts are kept for good. */
async function keepPage() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  const kept = await caches.open("cadenza-1");
  const linked = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const parts = new Set([...linked, ...performance.getEntriesByType("resource").map((one) => one.name)]);
  for (const part of parts) {
    const { origin, pathname } = new URL(part);
    if (origin === location.origin && /^\/(assets|fonts)\//.test(pathname) && !(await kept.match(part, { ignoreVary: true }))) await kept.add(part);
  }
  const path = location.pathname.replace(/\/$/, "");
  const page = await fetch(path);
  if (page.ok && !page.redirected) await kept.put(path, page);
}

export function PhoneDay({ ready, rev, words, outcomes, options, signIn, onSent: tell, onDirect, children }) {
  const now = use();
  const [late, setLate] = useState(false);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    begin();
    onSent((...said) => latest.current?.(...said));
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => { clearTimeout(timer); onSent(null); };
  }, []);
  useEffect(() => { if (ready) keepPage().catch(() => 0); }, [ready]);
  useEffect(() => { if (ready && rev) refresh().catch(() => 0); }, [rev]);
  const local = now.days && (!now.signal || (!ready && late));
  return (
    <>
      <Line now={now} words={words} signIn={signIn} />
      <Choices now={now} words={words} outcomes={outcomes} />
      {local ? now.days.days.map((day, i) => <Day key={day.on} day={day} ahead={i > 0} words={words} outcomes={outcomes} options={options} onDirect={onDirect} />) : children}
    </>
  );
}

function Line({ now, words, signIn }) {
  const n = seatsOf(waiting(now.marks)).length;
  let said = "";
  if (n && now.trouble === "signed-out") said = counted(words.signedOut, n);
  else if (!now.signal) said = n ? counted(words.noSignal, n) : words.noSignalYet;
  else if (n && now.trouble) said = counted(words.waits, n);
  else if (now.sent > 1) said = counted(words.sent, now.sent);
  const bad = !now.signal || !!now.trouble;
  return (
    <div role="status" className={said ? "signal" : ""}>
      {said ? <p className={"hint " + (bad ? "tone-warn" : "tone-ok")}>
        <span className="flex-1">{said}</span>
        {n && now.trouble === "signed-out" ? <a href={signIn} className="link">{words.signIn}</a> : null}
      </p> : null}
    </div>
  );
}

/* What the desk changed meanwhile, with both values; and what was refused, with the reason. */
function Choices({ now, words, outcomes }) {
  const open = now.marks.filter((one) => one.state !== "waits");
  if (!open.length) return null;
  return (
    <section className="card" aria-label={words.choose}>
      <h2 className="t-h3 px-4 pt-4">{words.choose}</h2>
      <ul className="rows">{open.map((one) => (
        <li key={one.key} className="px-4 py-3">
          <p className="t-sm">{one.sentence}</p>
          <div className="flex flex-wrap gap-2 mt-3">
            {one.state === "differs" ? <>
              <button type="button" className="btn btn--lg btn--primary" onClick={() => settle(one, true)}>{words.keepMine.replace("{value}", outcomes[one.outcome])}</button>
              <button type="button" className="btn btn--lg" onClick={() => settle(one, false)}>{words.keepTheirs.replace("{value}", one.theirsLabel)}</button>
            </> : <button type="button" className="btn btn--lg" onClick={() => settle(one, false)}>{words.seen}</button>}
          </div>
        </li>))}
      </ul>
    </section>
  );
}

function Day({ day, ahead, words, outcomes, options, onDirect }) {
  const rows = day.seats.map((seat) => <Row key={seat.seat_id} seat={seat} ahead={ahead} words={words} outcomes={outcomes} options={options} onDirect={onDirect} />);
  return (
    <>
      <h2 className="t-over lead">{day.day}</h2>
      <section className="card">{rows.length ? <ul className="rows">{rows}</ul> : <p className="t-sm dim px-4 py-3">{words.free}</p>}</section>
    </>
  );
}

function Row({ seat, ahead, words, outcomes, options, onDirect }) {
  const said = outcomeOf(use(), seat.seat_id, seat.outcome);
  const who = (
    <span className="flex-1 min-w-0">
      <span className="font-medium block">{seat.student}</span>
      <span className="t-sm dim num block">{seat.starts}–{seat.ends}{seat.about ? " · " + seat.about : ""}</span>
    </span>
  );
  const shown = seat.is_cancelled ? words.cancelled : outcomes[said];
  const badge = shown ? <span className={"badge s-" + (seat.is_cancelled ? "cancelled" : said)}>{shown}</span> : null;
  const note = seat.note ? <p className="t-sm whitespace-pre-line pb-2"><span className="dim">{seat.note_from}: </span>{seat.note}</p> : null;
  const marks = seat.is_cancelled ? null : (
    <PhoneMarks seat={seat.seat_id} value={seat.outcome} options={options} label={words.attendance.replace("{name}", seat.student)}
      className="att att--low" waits={words.markWaits} undoLabel={words.undo} onDirect={onDirect} />
  );
  if (ahead) return (
    <li><details className="fold"><summary className="row row--link">{who}{badge}</summary><div className="row__more">{note}{marks}</div></details></li>
  );
  return <li><div className="row row--over">{who}{badge}</div><div className="row__more">{note}{marks}</div></li>;
}

/* One student's answers: kept on the phone first, then sent; a mark that waits can be taken back.
 * Where the browser keeps nothing it goes straight to the server. */
export function PhoneMarks({ seat, value, options, label, className, waits, undoLabel, onDirect }) {
  const now = use();
  useEffect(() => { forget(seat); }, [value]);
  const here = seatsOf(waiting(now.marks)).includes(seat);
  const pick = (chosen) => mark(seat, chosen, value).catch(() => onDirect?.(chosen, seat));
  return (
    <>
      <Choice value={outcomeOf(now, seat, value)} options={options} label={label} className={className} marker={seat} onChoose={pick} />
      {here && (!now.signal || now.trouble) ? <p className="t-sm dim flex items-center gap-2 pt-2">
        <span>{waits}</span><button type="button" className="btn btn--ghost signal__undo" onClick={() => undo(seat)}>{undoLabel}</button>
      </p> : null}
    </>
  );
}
