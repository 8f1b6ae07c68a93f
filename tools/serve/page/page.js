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
