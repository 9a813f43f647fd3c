/* What a teacher's phone keeps for itself: today's and tomorrow's list, and marks on their way.
 * A tap is written down here before it is painted, and leaves when the server has said what became
 * of it. The order is this device's own count of taps; its clock decides nothing.
 * The list is of whoever is signed in and goes with them. A mark that could not leave stays, without
 * any name, until the same person is here again. */
const API = "/api/v1/attendance/phone";
const AT_ONCE = 50, PATIENCE = 12000, AGAIN = [3, 6, 12, 30, 60], QUIET = 6000, PARTING = 2000;
export const FLAG = "cadenza-kept";

let shown = { marks: [], days: null, signal: true, trouble: "", sent: 0, recent: {} };
const listeners = new Set();
export const look = () => shown;
export const subscribe = (listener) => { listeners.add(listener); return () => listeners.delete(listener); };
const show = (more) => { shown = { ...shown, ...more }; listeners.forEach((listener) => listener()); };

let opened = null;
function base() {
  return (opened ||= new Promise((done, fail) => {
    const asked = indexedDB.open("cadenza-phone", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("marks", { keyPath: "order", autoIncrement: true });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => { opened = null; fail(asked.error); };
  }));
}
const got = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});
/* One step on the device: all of it is written, or nothing. */
async function step(mode, act) {
  const made = (await base()).transaction(["marks", "kept"], mode);
  const ended = new Promise((done, fail) => { made.oncomplete = done; made.onabort = () => fail(made.error); });
  const answer = await act(made.objectStore("marks"), made.objectStore("kept"));
  await ended;
  return answer;
}

let others = null, leaving = false;
const holder = () => shown.days?.holder;
async function read() {
  const [days, all] = await step("readonly", async (marks, kept) => [await got(kept.get("days")), await got(marks.getAll())]);
  show({ days: days || null, marks: all.filter((mark) => days && mark.holder === days.holder) });
}
async function changed() { await read(); others?.postMessage(""); }

export const waiting = (marks) => marks.filter((mark) => mark.state === "waits");
/* On which seats something else is said than was shown before the first of these taps. */
export function seatsOf(marks) {
  const said = new Map();
  for (const { seat, seen, outcome } of marks) said.set(seat, { seen: said.get(seat)?.seen ?? seen, outcome });
  return [...said.keys()].filter((seat) => said.get(seat).seen !== said.get(seat).outcome);
}
export const outcomeOf = ({ marks, recent }, seat, otherwise) =>
  waiting(marks).findLast((mark) => mark.seat === seat)?.outcome ?? recent[seat] ?? otherwise;
const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

/* Written down as the latest word on a seat. What has not been sent yet is replaced; what may have
 * arrived is followed by a further mark, which expects it to be there. */
async function add(seat, outcome, seen) {
  const mine = holder();
  if (!mine) throw new Error("nobody's");
  await step("readwrite", async (marks) => {
    const before = (await got(marks.getAll())).filter((mark) => mark.seat === seat && mark.holder === mine);
    for (const old of before) if (old.state !== "waits") marks.delete(old.order);
    const last = before.findLast((mark) => mark.state === "waits");
    if (last && !last.tried) { marks.delete(last.order); seen = last.seen; }
    else if (last) seen = last.outcome;
    if (outcome !== seen) marks.add({ key: key(), holder: mine, seat, outcome, seen, tried: false, state: "waits" });
  });
  show({ sent: 0 });
  await changed();
  send();
}
export const mark = (seat, outcome, value) => add(seat, outcome, outcomeOf({ marks: [], recent: shown.recent }, seat, value));
export async function undo(seat) {
  const last = waiting(shown.marks).findLast((one) => one.seat === seat);
  if (last) await add(seat, last.seen, last.seen);
}
export async function settle(one, keepMine) {
  if (keepMine) return add(one.seat, one.outcome, one.theirs);
  await step("readwrite", async (marks) => marks.delete(one.order));
  await changed();
  refresh().catch(() => 0);
}
export const forget = (seat) => {
  if (!(seat in shown.recent)) return;
  const { [seat]: _gone, ...recent } = shown.recent;
  show({ recent });
};

async function ask(method, body) {
  let answer;
  try {
    const headers = body ? { "content-type": "application/json" } : {};
    answer = await fetch(API, { method, headers, body, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  } catch { show({ signal: false }); throw new Error("no signal"); }
  const trouble = answer.ok ? "" : answer.status === 401 ? "signed-out" : answer.status === 409 ? "other" : "closed";
  show({ signal: true, trouble });
  if (!answer.ok) throw new Error(trouble);
  return answer.json();
}

/* The list as the studio has it now; whoever's was here before is gone with it. */
export async function refresh() {
  const days = await ask("GET");
  if (leaving) return;
  await step("readwrite", async (_marks, kept) => kept.put(days, "days"));
  localStorage.setItem(FLAG, "1");
  await changed();
}
export async function erase() {
  localStorage.removeItem(FLAG);
  await step("readwrite", async (_marks, kept) => kept.delete("days"));
  await changed();
}
/* Before somebody goes: what can still be sent is sent, and the list is erased. */
export async function leave() {
  leaving = true;
  await read();
  await Promise.race([sendAll().catch(() => 0), new Promise((done) => setTimeout(done, PARTING))]);
  await erase();
}

let timer = 0, tries = 0, sending = null, told = null;
export const onSent = (listener) => { told = listener; };
export function send() {
  clearTimeout(timer);
  sending = (sending || Promise.resolve()).then(alone).then(() => { tries = 0; }, () => {
    if (waiting(shown.marks).length || !shown.signal) timer = setTimeout(send, AGAIN[Math.min(tries++, AGAIN.length - 1)] * 1000);
  });
  return sending;
}
/* Two tabs of one phone take turns. */
const alone = () => (navigator.locks ? navigator.locks.request("cadenza-phone", sendAll) : sendAll());

async function sendAll() {
  await read();
  // What has surely not left can still be taken back as if it had never been.
  if (!navigator.onLine) await refresh();
  const done = [];
  for (;;) {
    const batch = waiting(shown.marks).slice(0, AT_ONCE);
    if (!batch.length) break;
    await step("readwrite", async (marks) => { for (const one of batch) marks.put({ ...one, tried: true }); });
    const body = batch.map(({ key, order, seat, outcome, seen }) => ({ key, order, seat_id: seat, outcome, seen }));
    const answers = await ask("POST", JSON.stringify({ holder: batch[0].holder, marks: body }));
    done.push(...(await heard(batch, answers)));
  }
  if (!done.length) { if (!shown.signal) await refresh(); return; }
  const seats = seatsOf(done);
  show({ sent: seats.length });
  setTimeout(() => { if (shown.sent === seats.length) show({ sent: 0 }); }, QUIET);
  told?.(seats.length, seats[0] || done[0].seat, done.findLast((one) => one.seat === (seats[0] || one.seat)).outcome);
  await refresh();
}

async function heard(batch, answers) {
  const said = new Map(answers.map((answer) => [answer.key, answer]));
  const done = [], recent = { ...shown.recent };
  await step("readwrite", async (marks) => {
    const all = await got(marks.getAll());
    for (const one of batch) {
      const answer = said.get(one.key);
      if (!answer) continue;
      for (const old of all) if (old.seat === one.seat && old.order <= one.order && old.holder === one.holder) marks.delete(old.order);
      if (answer.became === "done" || answer.became === "already") { recent[one.seat] = one.outcome; done.push(one); }
      else marks.put({ ...one, state: answer.became, sentence: answer.sentence, theirs: answer.theirs, theirsLabel: answer.theirs_label });
    }
  });
  show({ recent });
  await changed();
  return done;
}

let begun = false;
/* Once for a page: what is kept is shown, what waits is sent, and again whenever signal may be back. */
export function begin() {
  if (begun || typeof indexedDB === "undefined") return;
  begun = true;
  others = new BroadcastChannel("cadenza-phone");
  others.addEventListener("message", () => { read().catch(() => 0); });
  const wake = () => { tries = 0; send().then(() => refresh()).catch(() => 0); };
  addEventListener("online", wake);
  addEventListener("offline", () => show({ signal: false }));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  read().catch(() => 0).then(() => refresh()).then(send).catch(() => send());
}
