// Today is where the reader is.
document.cookie = `solnoma-tz=${Intl.DateTimeFormat().resolvedOptions().timeZone}; Path=/; SameSite=Lax; Max-Age=31536000`;

// The server's forms: how a date is understood is said as it is typed.

for (const input of document.querySelectorAll("input[data-date]")) {
  const hint = document.getElementById(input.getAttribute("aria-describedby"));
  const usual = hint?.textContent;
  let waiting = 0;
  const ask = async () => {
    const typed = input.value.trim();
    if (!typed) return say(usual, false);
    const answer = await fetch(`/v1/date?${new URLSearchParams({ q: typed })}`);
    const told = await answer.json().catch(() => ({}));
    if (input.value.trim() !== typed) return;
    if (answer.ok) say(words(told), false);
    else if (answer.status === 400 || answer.status === 422) say([told.detail, told.remedy].filter(Boolean).join("; "), true);
  };
  const words = ({ edtf, earliest, latest }) =>
    [edtf, earliest === latest ? null : `${earliest ?? "…"} – ${latest ?? "…"}`].filter((part) => part && part !== "null").join(" · ");
  const say = (text, wrong) => {
    if (!hint) return;
    hint.textContent = text;
    hint.classList.toggle("is-wrong", wrong);
    hint.lang = wrong ? "en" : "";
    input.setAttribute("aria-invalid", wrong ? "true" : "false");
  };
  hint?.setAttribute("aria-live", "polite");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
  if (input.value) ask();
}

// A file is sent as it is, first to be checked: what would be recorded stands there before it is.
const form = document.getElementById("import");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = document.getElementById("said");
  const file = document.getElementById("file").files[0];
  const map = document.getElementById("map").files[0];
  const checks = event.submitter?.value !== "record";
  const asked = new URLSearchParams({ name: file.name });
  if (map) asked.set("map-bytes", map.size);
  if (form.elements.known.value) asked.set("known", form.elements.known.value);
  if (form.elements.snapshot.checked) asked.set("snapshot", "");
  if (checks) asked.set("check", "");
  said.textContent = "…";
  try {
    const body = map ? new Blob([map, file]) : file;
    const answer = await fetch(`/v1/import?${asked}`, { method: "POST", body, headers: { "content-type": "application/octet-stream" } });
    const text = await answer.text();
    said.textContent = answer.ok ? text : told(text);
  } catch (error) {
    said.textContent = error.message; // the network failed, or the file has gone
  }
});

/** What a refusal says, line by line; what a web server before this one says, as it stands. */
function told(text) {
  try {
    const problem = JSON.parse(text);
    return [problem.said, [problem.where, problem.detail].filter(Boolean).join(": "), problem.remedy].filter(Boolean).join("\n");
  } catch {
    return text;
  }
}
