import React, { useState } from "react";

/* Puts a text into the clipboard and says so; where there is none it is selected for the hand. */
export function CopyText({ text, label, done, className }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } catch {
      window.prompt(label, text);
    }
  };
  return (
    <button type="button" className={className} onClick={copy}>
      <span aria-live="polite">{copied ? done : label}</span>
    </button>
  );
}
