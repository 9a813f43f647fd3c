import React, { useRef, useState } from "react";

/* Sends one file to an endpoint of ours (the cookie goes with it), with progress.
 * The answer's JSON goes to `onSent`; a refusal (problem+json) is shown here and nothing is lost. */
export function DropZone({ action, name = "file", accept, most = 0, title, hint, choose, sending, tooBig, failed, onSent }) {
  const [over, setOver] = useState(false);
  const [share, setShare] = useState(-1);
  const [fault, setFault] = useState("");
  const input = useRef(null);
  const done = (words) => { setShare(-1); setFault(words || ""); if (input.current) input.current.value = ""; };
  const send = (file) => {
    if (!file || share >= 0) return;
    if (most && file.size > most) { done(tooBig); return; }
    setFault(""); setShare(0);
    const form = new FormData();
    form.append(name, file);
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.upload.onprogress = (e) => { if (e.lengthComputable) setShare(e.loaded / e.total); };
    request.onerror = () => done(failed);
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* not JSON: the sentence below will do */ }
      if (request.status >= 200 && request.status < 300) { done(""); onSent?.(answer); }
      else done(answer.detail || failed);
    };
    request.send(form);
  };
  const drop = (e) => { e.preventDefault(); setOver(false); send(e.dataTransfer.files?.[0]); };
  return (
    <div className={"drop" + (over ? " is-over" : "")} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <p className="t-h3">{title}</p>
      <p className="t-sm dim">{hint}</p>
      <label className="btn">{choose}<input ref={input} type="file" className="sr" accept={accept} onChange={(e) => send(e.target.files?.[0])} /></label>
      {share >= 0 ? <progress className="drop__bar" max="1" value={share} aria-label={sending} /> : null}
      <p role="alert" className="fault">{fault}</p>
    </div>
  );
}
