import React, { useEffect, useRef } from "react";

/* Puts {{ word }} where the caret was last, in one of the fields of this form. */
export function InsertWords({ words = [], label, targets = [], className, wordClass }) {
  const last = useRef("");
  const wanted = targets.join(" ");
  useEffect(() => {
    const heard = (e) => { if (wanted.split(" ").includes(e.target.id)) last.current = e.target.id; };
    document.addEventListener("focusin", heard);
    return () => document.removeEventListener("focusin", heard);
  }, [wanted]);
  const put = (word) => {
    const field = document.getElementById(last.current || targets[0]);
    if (!field) return;
    field.focus();
    field.setRangeText("{{ " + word + " }}", field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return (
    <div role="group" aria-label={label} className={className}>
      {words.map((word) => (
        <button key={word} type="button" className={wordClass} onClick={() => put(word)}>{word}</button>
      ))}
    </div>
  );
}
