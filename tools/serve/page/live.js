// The report on a server: it is shown anew when something was recorded, or a day has come, in the
// view that was chosen, which stands in the address; and each event has what may be done about it.

// Today is where the reader is: the next answer knows.
document.cookie = `solnoma-tz=${Intl.DateTimeFormat().resolvedOptions().timeZone}; Path=/; SameSite=Lax; Max-Age=31536000`;

const news = document.getElementById("news");
const kQuiet = 4000; // milliseconds without a touch after which the page is shown anew by itself
let touched = 0;
for (const kind of ["keydown", "pointerdown", "wheel", "touchmove"])
  addEventListener(kind, () => (touched = performance.now()), { passive: true, capture: true });

const isBusy = () =>
  performance.now() - touched < kQuiet || document.activeElement?.matches("input, select, textarea");

let waiting = 0;
function showAnew() {
  if (document.hidden) return; // it is when it is looked at again
  if (isBusy()) {
    offer();
    waiting ||= setInterval(() => !isBusy() && location.reload(), 1000);
  } else location.reload();
}

/** Whoever does something with the page is not torn away from it. */
function offer() {
  if (news.firstChild) return;
  const button = document.createElement("button");
  button.textContent = news.dataset.show;
  button.addEventListener("click", () => location.reload());
  news.append(news.dataset.news, " ", button);
}

let isNew = false;
const stream = new EventSource(`/v1/events?after=${news.dataset.head}`);
stream.addEventListener("event", () => {
  isNew = true;
  showAnew();
});
// Going back must not find the stream open, or the page is not kept by the browser.
addEventListener("pagehide", () => stream.close());

const opened = new Date().toDateString();
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && (isNew || new Date().toDateString() !== opened)) showAnew();
});

if (news.dataset.acts) {
  const link = (path, event, words) => {
    const a = document.createElement("a");
    const asked = new URLSearchParams({ event: event.dataset.event, "source-of": event.dataset.source ?? "" });
    a.href = `/${path}?${asked}`;
    a.textContent = words;
    return a;
  };
  const add = (event) => {
    const p = document.createElement("p");
    p.className = "actions";
    p.append(link("correct", event, news.dataset.correct), " ", link("retract", event, news.dataset.retract));
    event.append(p);
  };
  const addAll = () => document.querySelectorAll("li.event[data-event]:not(:has(> .actions))").forEach(add);
  new MutationObserver(addAll).observe(document.getElementById("why-body"), { childList: true, subtree: true });
  addAll();
}
