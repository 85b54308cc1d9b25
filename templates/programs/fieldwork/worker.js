/* The worker of /lapangan/: shells without personal data, ready without a signal. It sends nothing; the pages do. */
importScripts("{{ workbox }}");
workbox.core.setCacheNameDetails({prefix: "lapangan"});
workbox.core.skipWaiting();
workbox.core.clientsClaim();
workbox.precaching.precacheAndRoute([{% for url, revision in files %}
  {url: "{{ url }}", revision: {% if revision %}"{{ revision }}"{% else %}null{% endif %}},{% endfor %}
]);
workbox.precaching.cleanupOutdatedCaches();
const SHELL = "{{ shell }}", PATIENCE = 8000;
const shell = () => workbox.precaching.matchPrecache(SHELL);
workbox.routing.registerRoute(({request}) => request.mode === "navigate", async ({event}) => {
  const late = new Promise((done) => setTimeout(() => done(null), PATIENCE));
  try {
    return (await Promise.race([fetch(event.request), late])) || (await shell());
  } catch {
    return shell();
  }
});
