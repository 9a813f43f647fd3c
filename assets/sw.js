/* Pages: from the network, a kept copy when there is none, or when it takes too long. Hashed assets:
 * kept for good. The front door leads to the teacher's day where that is what this device keeps.
 * Never touches the websocket, the API, forms or files. Pages hold no data, only their frame.
 * Notifications: shown as the server said, opened only inside the house. */
const KEPT = "cadenza-1";
const OURS = /^\/(office|teacher|portal)(\/|$)/;
const DAY = "/teacher";
const PATIENCE = 5000;
const ANY = { ignoreVary: true };  // a hashed part is the same whoever asks, and however

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/(assets|fonts)\//.test(url.pathname)) e.respondWith(keptFirst(e.request));
  else if (e.request.mode !== "navigate") return;
  else if (url.pathname === "/") e.respondWith(frontDoor(e.request));
  else if (OURS.test(url.pathname)) e.respondWith(networkFirst(e.request, url.pathname.replace(/\/$/, "")));
});

async function keptFirst(request) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request, ANY);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) kept.put(request, answer.clone());
  return answer;
}

async function networkFirst(request, path) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(path, ANY);
  try {
    const answer = await (found ? inTime(request) : fetch(request));
    if (answer.ok && !answer.redirected) kept.put(path, answer.clone());
    return answer;
  } catch (fault) {
    if (found) return found;
    throw fault;
  }
}

async function frontDoor(request) {
  const keepsDay = await (await caches.open(KEPT)).match(DAY, ANY);
  try {
    return await (keepsDay ? inTime(request) : fetch(request));
  } catch (fault) {
    if (keepsDay) return Response.redirect(DAY);
    throw fault;
  }
}

/* A bar of signal that carries nothing is no signal. */
function inTime(request) {
  return Promise.race([fetch(request), new Promise((_, fail) => setTimeout(() => fail(new Error("too late")), PATIENCE))]);
}

self.addEventListener("push", (e) => {
  const said = e.data ? e.data.json() : {};
  e.waitUntil(self.registration.showNotification(String(said.title || "Cadenza"), {
    body: String(said.body || ""),
    tag: String(said.key || ""),  // the same one twice is one on the screen
    icon: "/icon-192.png",
    data: { path: inside(said.path) },
  }));
});

self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  e.waitUntil(open(inside(e.notification.data && e.notification.data.path)));
});

function inside(path) {
  try {
    const url = new URL(String(path || "/"), location.origin);
    return url.origin === location.origin ? url.pathname + url.search + url.hash : "/";
  } catch {
    return "/";
  }
}

async function open(path) {
  const windows = await self.clients.matchAll({ type: "window" });
  const here = windows.find((w) => new URL(w.url).pathname === new URL(path, location.origin).pathname) || windows[0];
  if (!here) return self.clients.openWindow(path);
  const shown = new URL(here.url).pathname + new URL(here.url).search === path ? here : await here.navigate(path);
  return (shown || here).focus();
}
