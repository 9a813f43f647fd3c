import { useEffect, useRef } from "react";

/* Listens to the studio's event stream and says once that something of these kinds changed.
 * All listeners of a window share one stream: browsers allow only a few to one house. It sleeps
 * while the page is hidden; when it is shown again it asks for everything anew. */
const TOGETHER = 150;
const streams = new Map();

class Stream {
  constructor(source) {
    this.source = source; this.told = new Set(); this.events = null; this.missed = false;
    this.seen = () => { if (document.hidden) { this.close(); this.missed = true; } else this.open(); };
    document.addEventListener("visibilitychange", this.seen);
    this.open();
  }

  open() {
    if (this.events || document.hidden) return;
    this.events = new EventSource(this.source);
    this.events.onmessage = (e) => {
      let pairs = [];
      try { pairs = JSON.parse(e.data); } catch { return; }
      const kinds = new Set(pairs.map(([kind]) => kind));
      this.told.forEach((tell) => tell(kinds));
    };
    this.events.onerror = () => { this.missed = true; };
    this.events.onopen = () => {
      if (this.missed) { this.missed = false; this.told.forEach((tell) => tell(new Set(["everything"]))); }
    };
  }

  close() { this.events?.close(); this.events = null; }

  end() { this.close(); document.removeEventListener("visibilitychange", this.seen); }
}

function listen(source, tell) {
  if (!streams.has(source)) streams.set(source, new Stream(source));
  const stream = streams.get(source);
  stream.told.add(tell);
  return () => {
    stream.told.delete(tell);
    // The next page's listeners come right after this page's have gone.
    setTimeout(() => { if (!stream.told.size && streams.get(source) === stream) { stream.end(); streams.delete(source); } }, 1000);
  };
}

export function Live({ source, kinds = [], every = 0, onChange }) {
  const latest = useRef(onChange);
  latest.current = onChange;
  const wanted = kinds.join(" ");
  useEffect(() => {
    let timer = 0;
    const own = wanted.split(" ");
    const stop = listen(source, (changed) => {
      if (!changed.has("everything") && !own.some((kind) => changed.has(kind))) return;
      clearTimeout(timer);
      timer = setTimeout(() => latest.current?.(), TOGETHER);
    });
    return () => { clearTimeout(timer); stop(); };
  }, [source, wanted]);
  useEffect(() => {
    // What is "now" on the page goes on being true: ask again while somebody looks.
    if (!every) return;
    const clock = setInterval(() => { if (!document.hidden) latest.current?.(); }, every * 1000);
    return () => clearInterval(clock);
  }, [every]);
  return null;
}
