import { useEffect, useRef } from "react";

/* Listens to the studio's event stream and says once that something of these kinds changed.
 * Asleep while the page is hidden; when it is shown again it asks for everything anew. */
const TOGETHER = 150;

export function Live({ source, kinds = [], every = 0, onChange }) {
  const latest = useRef(onChange);
  latest.current = onChange;
  const wanted = kinds.join(" ");
  useEffect(() => {
    let stream = null, timer = 0, missed = false;
    const tell = () => { clearTimeout(timer); timer = setTimeout(() => latest.current?.(), TOGETHER); };
    const heard = (e) => {
      let pairs = [];
      try { pairs = JSON.parse(e.data); } catch { return; }
      if (pairs.some(([kind]) => kind === "everything" || wanted.split(" ").includes(kind))) tell();
    };
    const open = () => {
      if (stream || document.hidden) return;
      stream = new EventSource(source);
      stream.onmessage = heard;
      stream.onerror = () => { missed = true; };
      stream.onopen = () => { if (missed) { missed = false; tell(); } };
    };
    const close = () => { stream?.close(); stream = null; };
    const seen = () => { if (document.hidden) { close(); missed = true; } else open(); };
    open();
    document.addEventListener("visibilitychange", seen);
    return () => { clearTimeout(timer); close(); document.removeEventListener("visibilitychange", seen); };
  }, [source, wanted]);
  useEffect(() => {
    // What is "now" on the page goes on being true: ask again while somebody looks.
    if (!every) return;
    const clock = setInterval(() => { if (!document.hidden) latest.current?.(); }, every * 1000);
    return () => clearInterval(clock);
  }, [every]);
  return null;
}
