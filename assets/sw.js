/* Pages: from the network, a kept copy when there is none. Hashed assets: kept for good.
 * Never touches the websocket, the API, forms or files. Pages hold no data, only their frame. */
const KEPT = "cadenza-1";
const OURS = /^\/(office|teacher|portal)(\/|$)/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/(assets|fonts)\//.test(url.pathname)) e.respondWith(keptFirst(e.request));
  else if (e.request.mode === "navigate" && OURS.test(url.pathname)) e.respondWith(networkFirst(e.request, url.pathname));
});

async function keptFirst(request) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) kept.put(request, answer.clone());
  return answer;
}

async function networkFirst(request, path) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) kept.put(path, answer.clone());
    return answer;
  } catch (fault) {
    const found = await kept.match(path);
    if (found) return found;
    throw fault;
  }
}
