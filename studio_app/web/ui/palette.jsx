import React, { useEffect, useState } from "react";
import { Command } from "cmdk";

/* Ctrl or Command and K. Commands are filtered in the browser; `onSearch` asks the server for
 * people and invoices. Any element with [data-palette] opens it too. */
export function Palette({ groups = [], label, placeholder, emptyWords, defaultOpen, onPick, onSearch }) {
  const [open, setOpen] = useState(!!defaultOpen);
  useEffect(() => {
    const key = (e) => {
      if (!(e.metaKey || e.ctrlKey) || e.key.toLowerCase() !== "k") return;
      e.preventDefault();
      setOpen((was) => !was);
    };
    const click = (e) => { if (e.target.closest?.("[data-palette]")) setOpen(true); };
    addEventListener("keydown", key);
    addEventListener("click", click);
    return () => { removeEventListener("keydown", key); removeEventListener("click", click); };
  }, []);
  const pick = (id) => { setOpen(false); onPick?.(id); };
  return (
    <Command.Dialog open={open} onOpenChange={setOpen} label={label} overlayClassName="scrim" contentClassName="cmdk" loop>
      <Command.Input placeholder={placeholder} onValueChange={(typed) => onSearch?.(typed)} />
      <Command.List>
        <Command.Empty>{emptyWords}</Command.Empty>
        {groups.filter((g) => g.items.length).map((g) => (
          <Command.Group key={g.heading} heading={g.heading}>
            {g.items.map((i) => (
              <Command.Item key={i.id} value={i.id} keywords={[i.label, i.hint || ""]} onSelect={() => pick(i.id)}>
                <span className={"dot " + (i.dot || "")} /> <span>{i.label}</span><span className="cmdk__h">{i.hint}</span>
                {i.keys ? <kbd className="kbd">{i.keys}</kbd> : null}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
