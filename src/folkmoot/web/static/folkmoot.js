/** Starts the GOV.UK components and the keyboard; every page works without it. */
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const { initAll } = await import(document.getElementById("govuk").href);
initAll();

const TYPED_IN = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

/** The items that j and k walk through: every element marked data-item, in reading order. */
function items() {
  return [...document.querySelectorAll("[data-item]")].filter((item) => item.checkVisibility());
}

function move(step) {
  const all = items();
  if (all.length === 0) return false;
  const here = all.findIndex((item) => item.contains(document.activeElement));
  const at = here === -1 ? all.findIndex((item) => item.matches("[data-picked]")) : here;
  const next = at === -1 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  const target = all[next].matches("a, button, [tabindex]") ? all[next] : all[next].querySelector("a, button, input");
  target?.focus();
  all[next].scrollIntoView({ block: "nearest" });
  return true;
}

/** The element that a key means: first within the focused item, then within the picked one, then anywhere on the page. */
function meant(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const places = [document.activeElement?.closest("[data-item]"), document.querySelector("[data-picked]"), document];
  for (const place of places) {
    const found = place?.querySelector(wanted);
    if (found) return found;
  }
  return null;
}

function press(element) {
  if (element.matches("input, textarea, select")) element.focus();
  if (!element.matches(TYPED_IN)) element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.ctrlKey) {
    const form = event.key === "Enter" && event.target.closest("form");
    if (form) form.requestSubmit();
    return;
  }
  if (event.target.matches(TYPED_IN)) return;
  const element = meant(event.key);
  if (element) {
    event.preventDefault();
    press(element);
  } else if ((event.key === "j" || event.key === "k") && move(event.key === "j" ? 1 : -1)) {
    event.preventDefault();
  }
});

/** A list of places that looks like a select on a narrow page closes when the focus leaves it. */
for (const menu of document.querySelectorAll("details.fm-account, details.fm-tabs-menu")) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
