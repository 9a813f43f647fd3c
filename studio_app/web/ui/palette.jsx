import React, { useEffect, useState } from "react";
import { Command, defaultFilter } from "cmdk";

/* Ctrl or Command and K. Commands are filtered in the browser, by their words; `onSearch` asks the
 * server for people, who come as a group with `found`: those always match, and the first of them is
 * chosen when they arrive. Any element with [data-palette] opens it too. */
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
  const [chosen, setChosen] = useState("");
  const found = groups.filter((g) => g.found).flatMap((g) => g.items.map((i) => i.id));
  useEffect(() => { if (found.length) setChosen(found[0]); }, [found.join(" ")]);
  const filter = (id, typed, words) => (found.includes(id) ? 1 : defaultFilter(words.join(" "), typed, []));
  const pick = (id) => { setOpen(false); onPick?.(id); };
  return (
    <Command.Dialog open={open} onOpenChange={setOpen} label={label} overlayClassName="scrim" contentClassName="cmdk" loop
      value={chosen} onValueChange={setChosen} filter={filter}>
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
