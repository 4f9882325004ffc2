#!/usr/bin/env python3
"""Opens every page of the built site in Chromium, as wide as a desk and as narrow as a phone.

    tests/site/look.py [build/site]

A page is served with a policy that allows nothing from another host. Wrong is whatever the
browser complains about: an error in a script, a picture that does not load, a request that the
policy stops, a page that is wider than the window.
"""

import argparse
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path

WIDTHS = (360, 1280)
SECONDS = 600
POLICY = "default-src 'self' 'unsafe-inline' data: blob:"

# Told to each page before anything else of it runs.
WATCH = b"""<head><script>
addEventListener("error", e => (window.__wrong ??= []).push(
  e.message || `${e.target.tagName} ${e.target.src ?? e.target.href} does not load`), true)
addEventListener("unhandledrejection", e => (window.__wrong ??= []).push(`${e.reason}`))
addEventListener("securitypolicyviolation", e =>
  (window.__wrong ??= []).push(`asks ${e.blockedURI} for something`))
</script>"""

# One frame after the other goes through the pages, several at a time.
LOOKER = """<!doctype html><title>Looking</title><script>
const pages = PAGES, widths = WIDTHS, queue = widths.flatMap(w => pages.map(p => [p, w]))
const results = []
const pause = ms => new Promise(done => setTimeout(done, ms))

function tooWide(document, width) {
  const found = []
  for (const element of document.querySelectorAll("article *, .md-footer *")) {
    const box = element.getBoundingClientRect()
    if (box.width && box.right > width + 1 && box.left < width + 1) {
      let inBox = false
      for (let e = element; e && e !== document.body; e = e.parentElement)
        if (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)) inBox = true
      if (!inBox) found.push(`${element.tagName.toLowerCase()}.${element.className}`)
    }
  }
  return found.slice(0, 3)
}

async function work() {
  const frame = document.body.appendChild(document.createElement("iframe"))
  for (let next; (next = queue.shift()); ) {
    const [page, width] = next
    frame.style.cssText = `width:${width}px;height:800px;border:0`
    await new Promise(done => { frame.onload = done; frame.src = "/" + page })
    await pause(60)
    const inside = frame.contentDocument, root = inside.documentElement
    const wrong = [...(frame.contentWindow.__wrong ?? [])]
    if (root.scrollWidth > width)
      wrong.push(`is ${root.scrollWidth} wide: ${tooWide(inside, width).join(", ")}`)
    for (const image of inside.images)
      if (image.complete && !image.naturalWidth) wrong.push(`shows nothing for ${image.src}`)
    for (const entry of frame.contentWindow.performance.getEntriesByType("resource"))
      if (!/^(data:|blob:)/.test(entry.name) && !entry.name.startsWith(location.origin))
        wrong.push(`asks another host: ${entry.name}`)
    results.push({ page, width, wrong })
  }
}

addEventListener("load", async () => {
  await Promise.all([work(), work(), work(), work()])
  await fetch("/-/result", { method: "POST", body: JSON.stringify(results) })
})
</script>"""


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, body, kind="text/html; charset=utf-8"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/-/look.html":
            self.answer(self.server.looker)
            return
        file = Path(self.translate_path(self.path))
        if file.suffix == ".html" and file.is_file():
            self.answer(file.read_bytes().replace(b"<head>", WATCH, 1))
            return
        super().do_GET()

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.result = json.loads(self.rfile.read(length))
        self.answer(b"")
        self.server.done.set()


def look(site, browser):
    """What the browser found, as {page, width, wrong}; nothing where it did not get through."""
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    handler = partial(Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    text = LOOKER.replace("PAGES", json.dumps(pages), 1)
    server.looker = text.replace("WIDTHS", json.dumps(WIDTHS), 1).encode()
    server.done, server.result = threading.Event(), []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, "--headless", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
                   "--disable-background-networking", f"--user-data-dir={profile}",
                   "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                   "--window-size=1400,1000", "--remote-debugging-port=0"]  # fmt: skip
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        address = f"http://127.0.0.1:{server.server_port}/-/look.html"
        running = subprocess.Popen([*command, address], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            server.done.wait(SECONDS)
        finally:
            running.terminate()
            running.wait()
    server.shutdown()
    return server.result, len(pages)


def main():
    parser = argparse.ArgumentParser(description="Opens every page of the site in Chromium.")
    parser.add_argument("site", nargs="?", default="build/site")
    options = parser.parse_args()
    browser = shutil.which("chromium")
    if browser is None:
        print("this needs chromium", file=sys.stderr)
        return 2
    result, pages = look(Path(options.site), browser)
    if len(result) != pages * len(WIDTHS):
        print(f"the browser did not get through in {SECONDS} s", file=sys.stderr)
        return 1
    wrong = 0
    for one in sorted(result, key=lambda r: (r["page"], r["width"])):
        for what in one["wrong"]:
            wrong += 1
            print(f"{one['page']} ({one['width']} wide): {what}", file=sys.stderr)
    print(f"{pages} pages looked at, {' and '.join(map(str, WIDTHS))} wide, {wrong} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
