// Small things that the theme leaves to the mouse.

// Labels that open the navigation, the search and the other colours work as buttons do.
const names = { __drawer: "Navigation", __search: "Search" }
for (const label of document.querySelectorAll("label.md-header__button, .md-nav__link[for]")) {
  label.tabIndex = 0
  label.setAttribute("role", "button")
  if (names[label.htmlFor]) label.setAttribute("aria-label", names[label.htmlFor])
  const box = document.getElementById(label.htmlFor)
  if (!box?.matches(".md-nav__toggle")) continue
  const tell = () => label.setAttribute("aria-expanded", String(box.checked))
  box.addEventListener("change", tell)
  tell()
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== " ") return
  if (event.target instanceof HTMLLabelElement && event.target.tabIndex >= 0) {
    event.preventDefault()
    event.target.click()
  }
})

// What scrolls in its own box can be scrolled with the keyboard.
const boxes = document.querySelectorAll("article pre > code, article .table, article .picture")
const mind = new ResizeObserver((changes) => {
  for (const { target } of changes)
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
})
for (const box of boxes) mind.observe(box)

// Of a block with commands and what they print, the commands are copied.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.(".md-clipboard")
    const code = button?.closest("pre")?.querySelector("code")
    if (!code?.querySelector(".gp")) return
    const commands = code.textContent.split("\n").filter((line) => line.startsWith("$ "))
    button.setAttribute("data-clipboard-text", commands.map((line) => line.slice(2)).join("\n"))
  },
  true,
)
