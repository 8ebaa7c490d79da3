// The page is rendered by the server; this sends what a person chooses to the endpoints beside it, and shows it anew.
const by = id => document.getElementById(id);
const level = () => document.querySelector("[name=level]:checked")?.value;
const isOn = () => by("card").dataset.state === "on";

// In the place of the old one, with the focus where it was.
async function showAnew(said) {
  const page = new DOMParser().parseFromString(await (await fetch("card")).text(), "text/html");
  const focused = document.activeElement?.id;
  ++latest;
  by("card").replaceWith(document.adoptNode(page.getElementById("card")));
  by("said").textContent = said;
  if (focused) by(focused)?.focus();
}

async function send(method, path, body) {
  const { done, failed, unsure, waits } = by("card").dataset;
  let said = failed;
  try {
    const answer = await fetch(path, {
      method, body: body && JSON.stringify(body), headers: body ? { "Content-Type": "application/json" } : {},
    });
    const json = answer.status === 204 ? {} : await answer.json();
    said = !answer.ok ? json.detail ?? json.title
      : json.waiting?.length ? waits
      : json.maybeErased?.length || json.givenUp?.length ? unsure
      : done;
    await showAnew(said);
  } catch {
    by("said").textContent = said;
    if (by("on")) by("on").checked = isOn();
  }
}

// Nobody agrees to what they have not seen: until the report of the chosen level is shown only "off" can be pressed.
function allow(isShown) {
  if (!isOn()) by("on").disabled = !isShown;
  const use = by("use-level");
  use.hidden = !isOn() || level() === by("card").dataset.level;
  use.disabled = !isShown;
}

// The answers of an earlier choice may come after those of a later one.
let latest = 0;
async function preview() {
  const mine = ++latest;
  const { failed, level: now } = by("card").dataset;
  // What is reported now may wait to be sent; of another level there is only what a yes would be one to.
  const query = isOn() && level() === now ? "" : `?level=${level()}`;
  allow(false);
  by("said").textContent = "";
  try {
    const [text, bytes] = await Promise.all([fetch("preview.txt" + query), fetch("preview" + query)]);
    if (!text.ok || !bytes.ok) throw new Error();
    const shown = [await text.text(), await bytes.text()];
    if (mine !== latest) return;
    [by("preview").textContent, by("bytes").textContent] = shown;
    by("bytes").parentElement.hidden = false;
    allow(true);
  } catch {
    if (mine === latest) by("said").textContent = failed;
  }
}

// Another level does not make a yes of some days one for ever.
function optIn() {
  const { terms, days } = by("card").dataset;
  return send("POST", "opt-in", { terms, level: level(), days: isOn() && days ? Number(days) : undefined });
}

document.addEventListener("change", ({ target }) => {
  if (target.id === "on") {
    if (target.checked) optIn();
    else send("POST", by("erase-too")?.checked ? "opt-out?erase=true" : "opt-out");
  } else if (target.name === "level") {
    preview();
  }
});

document.addEventListener("click", ({ target }) => {
  if (target.id === "delete") send("DELETE", "./");
  else if (target.id === "erase") send("POST", "erase");
  else if (target.id === "use-level") optIn();
});
