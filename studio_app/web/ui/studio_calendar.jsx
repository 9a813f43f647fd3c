/* Bridge: Reflex props (plain JSON) <-> @event-calendar/core.
 *
 * Contract
 *   - every date that crosses the bridge is a NAIVE wall-clock string in the
 *     STUDIO's zone ("2026-11-16T15:30:00"); the browser zone never matters.
 *   - drag/resize/keyboard move is optimistic: the block stays where it was put and
 *     carries [data-pending]. The server answers through `patch`:
 *       accept -> {n, upsert:[event]}   veto -> {n, revert:[id]}
 *     (or bumps `rev` after replacing `events`). No answer in `ackTimeout` ms ->
 *     the block goes back, a client-side toast says so, and `deadline` in the
 *     payload lets the server refuse the late command.
 */
import React, { useEffect, useRef, useState } from "react";
import {
  createCalendar, destroyCalendar,
  DayGrid, Interaction, List, ResourceTimeGrid, ResourceTimeline, TimeGrid,
} from "@event-calendar/core";
import "@event-calendar/core/index.css";

const PLUGINS = [DayGrid, TimeGrid, List, ResourceTimeGrid, ResourceTimeline, Interaction];

const p2 = (n) => String(n).padStart(2, "0");
const naive = (d) =>
  `${d.getFullYear()}-${p2(d.getMonth() + 1)}-${p2(d.getDate())}T${p2(d.getHours())}:${p2(d.getMinutes())}:00`;

/* current UTC offset of an IANA zone, "+HH:MM" (drives today / now line) */
const zoneOffset = (tz, at = new Date()) => {
  try {
    const name = new Intl.DateTimeFormat("en-US", { timeZone: tz, timeZoneName: "longOffset" })
      .formatToParts(at).find((p) => p.type === "timeZoneName").value; // "GMT-05:00"
    const m = name.match(/([+-]\d{2}):?(\d{2})?/);
    return m ? `${m[1]}:${m[2] || "00"}` : "+00:00";
  } catch { return "+00:00"; }
};

const STATUS_ICON = {
  scheduled: "", confirmed: "✓", completed: "✓✓", no_show: "!", cancelled: "✕", makeup: "↻", excused: "–", pending: "…", requested: "?", provisional: "…",
};

const esc = (s) => String(s ?? "").replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/* A phone never shows seven columns: the same period as a list instead. */
const NARROW = "(max-width: 640px)";
const FOR_PHONES = { timeGridWeek: "listWeek", dayGridMonth: "listMonth" };
const useNarrow = () => {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW), changed = () => setNarrow(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return narrow;
};
const ON_PAPER = { timeGridDay: "listDay", resourceTimeGridDay: "listDay", timeGridWeek: "listWeek", dayGridMonth: "listMonth" };

const columnsOf = (view, p) => (/^resource/.test(view) && p.columnWidth) || undefined;

export function StudioCalendar(props) {
  const narrow = useNarrow();
  const shown = (narrow && FOR_PHONES[props.view]) || props.view;
  const host = useRef(null);
  const ec = useRef(null);
  const live = useRef(props);          // latest props for callbacks
  const pending = useRef(new Map());   // event id -> {revert, timer}
  const keyMove = useRef(null), say = useRef(null);
  const skew = useRef(0);              // server clock - browser clock, ms
  const focusBack = useRef(null);      // lesson being moved with the keyboard
  const [late, setLate] = useState("");  // said here: the server is exactly what is missing
  live.current = props;
  const refocus = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    if (!focusBack.current) return;
    const a = document.activeElement;
    if (a && a !== document.body && !host.current?.contains(a)) { focusBack.current = null; return; }
    host.current?.querySelector(`[data-eid="${CSS.escape(focusBack.current)}"] button`)?.focus({ preventScroll: true });
  }));

  const payload = (info) => {
    const e = info.event;
    return {
      id: String(e.id),
      start: naive(e.start),
      end: naive(e.end),
      resource_ids: (e.resourceIds || []).map(String),
      old_start: naive((info.oldEvent || e).start),
      old_end: naive((info.oldEvent || e).end),
      old_resource_ids: ((info.oldEvent || e).resourceIds || []).map(String),
    };
  };

  // Date objects handed to updateEvent are re-read as instants (shifted by the browser zone): always give it naive strings
  const put = (e) => ec.current?.updateEvent({ ...e, start: naive(e.start), end: naive(e.end) });

  const mark = (id, on) => requestAnimationFrame(() => requestAnimationFrame(() =>
    host.current?.querySelectorAll(`[data-eid="${CSS.escape(id)}"]`).forEach((n) => (on ? (n.dataset.pending = "1") : delete n.dataset.pending))));

  const optimistic = (info, kind) => {
    const p = live.current, id = String(info.event.id), ms = p.ackTimeout ?? 8000;
    mark(id, true);
    const timer = setTimeout(() => {
      pending.current.delete(id); mark(id, false); info.revert();
      setLate(p.timeoutWords);
    }, ms);
    setLate("");
    clearTimeout(pending.current.get(id)?.timer);
    pending.current.set(id, { timer, revert: () => info.revert() });
    // `deadline`: the server must refuse a command that arrives after the UI gave up on it
    (kind === "resize" ? p.onEventResize : p.onEventDrop)?.({ ...payload(info), deadline: Date.now() + skew.current + ms });
  };

  // ---- create once -------------------------------------------------------
  useEffect(() => {
    const p = live.current;
    const opts = {
      view: shown || "timeGridWeek",
      date: p.date || undefined,
      timeZone: zoneOffset(p.timezone || "UTC"),
      locale: p.locale || undefined,
      firstDay: p.firstDay ?? 1,
      height: p.height || "100%",
      headerToolbar: { start: "", center: "", end: "" }, // toolbar is ours (rx.*)
      slotMinTime: p.slotMinTime || "08:00:00",
      slotMaxTime: p.slotMaxTime || "21:00:00",
      slotDuration: "00:30:00",
      snapDuration: p.snapDuration || "00:15:00",
      slotHeight: p.slotHeight ?? 28,
      slotLabelInterval: "01:00",
      scrollTime: p.scrollTime || "13:00:00",
      nowIndicator: true,
      editable: p.editable ?? true,
      eventResizableFromStart: false,
      selectable: p.editable ?? true,
      longPressDelay: 350,
      eventStartEditable: p.editable ?? true,
      pointer: true,
      dayMaxEvents: true,
      allDaySlot: p.allDaySlot ?? false,
      slotEventOverlap: false,
      filterEventsWithResources: false,
      datesAboveResources: true,
      resources: p.resources || [],
      events: p.events || [],
      eventTimeFormat: p.timeFormat || { hour: "numeric", minute: "2-digit" },
      slotLabelFormat: p.slotLabelFormat || { hour: "numeric" },
      dayHeaderFormat: (d) => ({ html: `<span class="cal-dh"><span>${d.toLocaleDateString(p.locale || undefined, { weekday: "short" })}</span><b>${d.getDate()}</b></span>` }),
      views: { dayGridMonth: { dayHeaderFormat: { weekday: "short" } } },
      hiddenDays: p.hiddenDays || [],
      columnWidth: columnsOf(shown, p),
      // a real <button> inside each block: native focus, Enter/Space, and a full
      // screen-reader sentence even when the visible text is clipped
      eventContent: ({ event, timeText }) => {
        const x = event.extendedProps || {};
        const [first, ...more] = String(event.title).split(" "), rest = more.join(" ");
        const day = event.start.toLocaleDateString(live.current.locale || undefined, { weekday: "long", month: "long", day: "numeric" });
        return {
          html:
            `<button type="button" class="cal-ev__b"><span class="sr">${esc(x.label || event.title)}, ${esc(day)}, ${esc(timeText)}, ${esc(x.status_label || x.status || "")}</span>` +
            `<span aria-hidden="true" class="cal-ev__t"><span class="cal-ev__s">${STATUS_ICON[x.status] || ""}</span>${esc(first)}<span class="cal-ev__l"> ${esc(rest)}</span></span>` +
            `<span aria-hidden="true" class="cal-ev__m">${esc(timeText)}${x.meta ? `<span class="cal-ev__k"> · ${esc(x.meta)}</span>` : ""}</span></button>`,
        };
      },
      eventClassNames: ({ event }) => [
        "cal-ev", `is-${event.extendedProps?.status || "scheduled"}`, event.extendedProps?.color || "k1",
        live.current.selectedId === String(event.id) ? "is-selected" : "",
      ],
      eventDidMount: ({ event, el }) => {
        el.dataset.eid = String(event.id);
        el.setAttribute("role", "presentation");
        const open = () => { const ev = ec.current?.getEventById(event.id); if (ev) live.current.onEventClick?.(payload({ event: ev })); };
        el.addEventListener("click", open);
        // keyboard move: Alt+Arrows = snap step / day, Alt+Shift+Up/Down = length; same server round trip
        el.addEventListener("keydown", (k) => {
          if (!k.altKey || !/^Arrow/.test(k.key)) return;
          k.preventDefault(); k.stopPropagation();
          const ev = ec.current.getEventById(event.id); if (!ev || live.current.editable === false) return;
          if (ev.extendedProps?.locked) { live.current.onLocked?.(payload({ event: ev })); return; }
          const days = { ArrowLeft: -1, ArrowRight: 1 }[k.key] || 0, mins = { ArrowUp: -15, ArrowDown: 15 }[k.key] || 0;
          const shift = (d) => { const x = new Date(d); x.setDate(x.getDate() + days); x.setMinutes(x.getMinutes() + mins); return x; }; // wall clock, DST-safe
          // several presses = one move: shown and announced at once, sent 700 ms after the last key
          const id = String(event.id), len = k.shiftKey && !days;
          const kb = keyMove.current?.id === id ? keyMove.current : { id, old: { ...ev, start: new Date(ev.start), end: new Date(ev.end) } };
          const nxt = { ...ev };
          if (len) nxt.end = shift(ev.end);
          else { nxt.start = shift(ev.start); nxt.end = shift(ev.end); }
          if (nxt.end <= nxt.start) return;
          clearTimeout(kb.timer); keyMove.current = kb;
          put(nxt);
          const f = (d) => d.toLocaleString(live.current.locale || undefined, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
          if (say.current) say.current.textContent = `${f(nxt.start)}${len ? " " + live.current.untilWord + " " + nxt.end.toLocaleTimeString(live.current.locale || undefined, { hour: "numeric", minute: "2-digit" }) : ""}`;
          focusBack.current = id; refocus();
          kb.timer = setTimeout(() => { keyMove.current = null;
            optimistic({ event: nxt, oldEvent: kb.old, revert: () => put(kb.old) }, len ? "resize" : "drop"); refocus(); }, 700);
        });
      },
      dateClick: (i) => live.current.onSlotClick?.({
        start: i.dateStr, end: "", resource_id: i.resource ? String(i.resource.id) : "", all_day: i.allDay }),
      select: (i) => { live.current.onSlotSelect?.({
        start: i.startStr, end: i.endStr, resource_id: i.resource ? String(i.resource.id) : "", all_day: i.allDay });
        ec.current?.unselect(); },
      eventDrop: (i) => optimistic(i, "drop"),
      eventResize: (i) => optimistic(i, "resize"),
      datesSet: (i) => live.current.onRangeChange?.({
        start: i.startStr, end: i.endStr, view: i.view.type, title: i.view.title }),
      // cheap client veto: outside opening hours / locked lessons
      dragConstraint: (i) => !i.event.extendedProps?.locked,
    };
    ec.current = createCalendar(host.current, PLUGINS, opts);
    // the library's table roles have no cells under them (axe: aria-required-children):
    // turn day/resource heads into headings, the rest into presentation
    const fixRoles = () => {
      host.current?.querySelectorAll("[role=table],[role=row],[role=rowgroup],[role=cell]").forEach((n) => {
        n.setAttribute("role", "presentation"); n.removeAttribute("aria-labelledby"); n.removeAttribute("aria-colindex"); n.removeAttribute("aria-label"); });
      host.current?.querySelectorAll("[role=columnheader],[role=rowheader]").forEach((n) => {
        n.setAttribute("role", "heading"); n.setAttribute("aria-level", "2"); n.removeAttribute("aria-colindex"); });
      host.current?.querySelectorAll("[aria-colindex],[aria-colspan],[aria-rowspan]").forEach((n) => ["aria-colindex", "aria-colspan", "aria-rowspan"].forEach((a) => n.removeAttribute(a)));
      host.current?.querySelectorAll("h4.ec-day-head").forEach((n) => { n.setAttribute("role", "heading"); n.setAttribute("aria-level", "2"); });
    };
    fixRoles();
    const mo = new MutationObserver(() => fixRoles());
    mo.observe(host.current, { childList: true, subtree: true });
    const tzTick = setInterval(() => ec.current?.setOption("timeZone", zoneOffset(live.current.timezone || "UTC")), 3600e3);
    return () => {
      clearInterval(tzTick); mo.disconnect();
      pending.current.forEach((v) => clearTimeout(v.timer));
      destroyCalendar(ec.current); ec.current = null;
    };
  }, []);

  const settle = () => { pending.current.forEach((v, id) => { clearTimeout(v.timer); mark(id, false); }); pending.current.clear(); };
  useEffect(() => { if (props.serverNow) skew.current = props.serverNow - Date.now(); }, [props.serverNow]);
  const first = useRef(true);
  const set = (k, v) => { if (!first.current && ec.current) ec.current.setOption(k, v); };

  // server truth; rev bumps even when nothing changed => revert of a vetoed drag
  useEffect(() => { settle(); set("events", props.events || []); refocus(); }, [props.events, props.rev]);
  // cheap path: {n, upsert:[event], remove:[id], revert:[id]} instead of resending the whole week
  useEffect(() => {
    const p = props.patch, c = ec.current;
    if (!p || !p.n || !c) return;
    const done = (id) => { const v = pending.current.get(id); if (v) { clearTimeout(v.timer); pending.current.delete(id); mark(id, false); } return v; };
    (p.revert || []).forEach((id) => done(String(id))?.revert());
    (p.remove || []).forEach((id) => { done(String(id)); c.removeEventById(String(id)); });
    (p.upsert || []).forEach((e) => { done(String(e.id)); c.getEventById(String(e.id)) ? c.updateEvent(e) : c.addEvent(e); });
    refocus();
  }, [props.patch]);
  useEffect(() => set("resources", props.resources || []), [props.resources]);
  useEffect(() => set("hiddenDays", props.hiddenDays || []), [props.hiddenDays]);
  useEffect(() => { set("slotMinTime", props.slotMinTime || "08:00:00"); set("slotMaxTime", props.slotMaxTime || "21:00:00"); }, [props.slotMinTime, props.slotMaxTime]);
  useEffect(() => { set("columnWidth", columnsOf(shown, props)); set("view", shown); }, [shown]);
  useEffect(() => { // a list begins where the present is
    if (!/^list/.test(shown || "")) return;
    const frame = requestAnimationFrame(() => requestAnimationFrame(() =>
      host.current?.querySelector(".ec-list .ec-today")?.scrollIntoView({ block: "start" })));
    return () => cancelAnimationFrame(frame);
  }, [shown, props.date, props.events]);
  useEffect(() => { // a grid prints badly: on paper it is the list of the same days
    const before = () => ON_PAPER[shown] && ec.current?.setOption("view", ON_PAPER[shown]);
    const after = () => ec.current?.setOption("view", shown);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => { removeEventListener("beforeprint", before); removeEventListener("afterprint", after); };
  }, [shown]);
  useEffect(() => set("date", props.date), [props.date]);
  useEffect(() => set("editable", props.editable ?? true), [props.editable]);
  useEffect(() => set("timeZone", zoneOffset(props.timezone || "UTC")), [props.timezone]);
  useEffect(() => { // selection highlight without re-rendering 300 blocks
    host.current?.querySelectorAll(".is-selected").forEach((n) => n.classList.remove("is-selected"));
    if (props.selectedId) host.current?.querySelectorAll(`[data-eid="${CSS.escape(props.selectedId)}"]`).forEach((n) => n.classList.add("is-selected"));
  }, [props.selectedId, props.events]);
  useEffect(() => { first.current = false; }, []);

  return (
    <div id={props.id} className={`cal-cal ${props.className || ""}`} style={{ height: "100%" }}
         role="region" aria-label={props.ariaLabel}>
      <div ref={host} style={{ height: "100%" }} />
      <div ref={say} className="sr" aria-live="assertive" />
      <div role="alert" className={late ? "cal-late" : "sr"}>{late}</div>
    </div>
  );
}
