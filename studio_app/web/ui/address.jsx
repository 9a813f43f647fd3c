import { useEffect } from "react";

/* A router's navigation would run the page's loaders again: only the address changes here. */
export function Address({ query }) {
  useEffect(() => {
    if (query) history.replaceState(history.state, "", location.pathname + "?" + query);
  }, [query]);
  return null;
}
