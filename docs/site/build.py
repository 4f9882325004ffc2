#!/usr/bin/env python3
"""Builds the documentation as a site, from the pages that a git host shows as well.

    docs/site/build.py                 into build/site
    docs/site/build.py --serve         … shows it at an address of this machine, and follows
                                       changes of the pages until interrupted
"""

import argparse
import filecmp
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from headers import Headers  # noqa: E402
from pages import Problem, Stage, reindent, title_of  # noqa: E402

SITE = Path(__file__).resolve().parent
ROOT = SITE.parent.parent
SOURCE = ROOT / "build/site-source"
TARGET = ROOT / "build/site"


def cold_headers():
    """Those that need the compiled library, from the list that a test keeps true."""
    text = (ROOT / "tests/structure/CMakeLists.txt").read_text()
    return set(re.search(r"ROLECALL_COLD_HEADERS\s+([^)]*)\)", text)[1].split())


def version():
    text = (ROOT / "include/rolecall/version.hpp").read_text()
    return re.search(r'ROLECALL_VERSION_STRING "([^"]+)"', text)[1]


def pages_of(folder):
    """The pages of a folder: its README first, then in the order in which that links to them."""
    names = {p.name for p in (ROOT / folder).glob("*.md")}
    order = []
    if "README.md" in names:
        order.append("README.md")
        linked = re.findall(r"\]\(([\w-]+\.md)", (ROOT / folder / "README.md").read_text())
        order += [name for name in dict.fromkeys(linked) if name in names]
    order += sorted(names - set(order))
    return [f"{folder}/{name}" for name in dict.fromkeys(order)]


def navigation(stage, headers):
    """navigation.yml with its `folder/*` unfolded, and all paths as the site has them."""

    def unfold(entry):
        title, what = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(what, list):
            inner = [new for child in what for new in unfold(child)]
            return [{title: inner}] if inner else []
        if what == "headers/*":
            return [{"Overview": "headers/README.md"}] + [
                {name: f"headers/{name[:-4]}.md"} for name in headers.names
            ]
        if what == "docs/examples/*":
            names = sorted(p for p in (ROOT / "docs/examples").glob("*.?pp"))
            found = ["docs/examples/README.md"]
            found += [p.relative_to(ROOT).as_posix() for p in names]
        elif what == "policies/*":
            found = ["policies/README.md"]
            found += sorted(
                f"policies/{p.name}" for p in (ROOT / "policies").iterdir() if p.is_dir()
            )
        elif what.endswith("/*"):
            found = pages_of(what[:-2]) if (ROOT / what[:-2]).is_dir() else []
        else:
            found = [what] if (ROOT / what).exists() else []
        if not found:
            stage.problems.append(f"navigation.yml names {what}, which is not there")
        if title is not None and what.endswith("/*") is False:
            return [{title: stage.add(path)} for path in found]
        return [_titled(stage.add(path), path) for path in found]

    entries = yaml.safe_load((SITE / "navigation.yml").read_text())
    return [new for entry in entries for new in unfold(entry)]


def _titled(target, path):
    if path.endswith((".cpp", ".hpp")):
        return {Path(path).name: target}
    if not path.endswith(".md"):
        return {path.split("/")[-1]: target}
    title = title_of((ROOT / path).read_text())
    return {"Overview" if path.endswith("/README.md") else title: target}


def targets_of(entries):
    for entry in entries:
        what = next(iter(entry.values()))
        if isinstance(what, list):
            yield from targets_of(what)
        else:
            yield what


def gather():
    """Everything that the site is made of, as staged path: text, bytes or file."""
    headers = Headers(ROOT, ROOT / "build/site-headers")
    cold = cold_headers()
    stage = Stage(ROOT)
    nav = navigation(stage, headers)
    for page in sorted((ROOT / "docs").rglob("*.md")):
        stage.add(page.relative_to(ROOT).as_posix())
    stage.finish()

    files = dict(stage.pages)
    files["headers/README.md"] = headers.overview(cold)
    for name in headers.names:
        files[f"headers/{name[:-4]}.md"] = reindent(headers.linked(headers.page(name, cold)))
    files.update(stage.copies)
    problems = list(stage.problems)

    known = {line for line in (SITE / "undocumented.txt").read_text().splitlines()
             if line and not line.startswith("#")}  # fmt: skip
    missing = {f"{header} {name}": line for header, line, name in headers.undocumented}
    for what in sorted(missing.keys() - known):
        header, name = what.split(" ", 1)
        problems.append(f"include/rolecall/{header}:{missing[what]}: `{name}` has no comment")
    for what in sorted(known - missing.keys()):
        problems.append(f"docs/site/undocumented.txt: `{what}` is not missing any more")

    in_nav = set(targets_of(nav))
    others = sorted(p for p in files if p.endswith(".md") and p not in in_nav)
    for page in [p for p in others if not p.startswith("files/")]:
        problems.append(f"{page} is in no part of navigation.yml")
    shown = [p for p in others if p.startswith("files/")]
    if shown:
        listed = [{p.removeprefix("files/").removesuffix(".md").removesuffix("/README"): p}
                  for p in shown]  # fmt: skip
        nav[-1][next(iter(nav[-1]))].append({"Files that pages point to": listed})
    return files, nav, problems


def write_if_changed(target, content):
    """Leaves a file alone that is as it should be, so that nobody builds it again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        if not target.is_file() or not filecmp.cmp(content, target, shallow=False):
            shutil.copyfile(content, target)
    elif not target.is_file() or target.read_text(encoding="utf-8") != content:
        target.write_text(content, encoding="utf-8")


def stage_all():
    files, nav, problems = gather()
    pages = SOURCE / "pages"
    for path in (SITE / "theme").rglob("*"):
        if path.is_file() and path.suffix in (".css", ".js", ".svg"):
            files[path.relative_to(SITE / "theme").as_posix()] = path
    for path, content in files.items():
        write_if_changed(pages / path, content)
    for old in pages.rglob("*"):
        if old.is_file() and old.relative_to(pages).as_posix() not in files:
            old.unlink()

    settings = {
        "INHERIT": os.path.relpath(SITE / "mkdocs.yml", SOURCE),
        "docs_dir": "pages",
        "site_dir": str(TARGET),
        "nav": nav,
        "copyright": f"rolecall {version()}, under the Apache License 2.0",
        "theme": {"custom_dir": str(SITE / "theme")},
        "hooks": [str(SITE / "hooks.py")],
    }
    write_if_changed(SOURCE / "mkdocs.yml", yaml.safe_dump(settings, sort_keys=False))
    return problems


def newest(folders):
    return max(p.stat().st_mtime for f in folders for p in f.rglob("*") if p.is_file())


def serve(address):
    """mkdocs notices what is staged anew, and shows it."""

    def follow():
        folders = [ROOT / "docs", ROOT / "policies", ROOT / "include"]
        seen = newest(folders)
        while True:
            time.sleep(1)
            now = newest(folders)
            if now == seen:
                continue
            seen = now
            try:
                for problem in stage_all():
                    print(problem, file=sys.stderr)
            except Problem as problem:
                print(problem, file=sys.stderr)

    threading.Thread(target=follow, daemon=True).start()
    command = ["mkdocs", "serve", "--config-file", str(SOURCE / "mkdocs.yml")]
    return subprocess.call([*command, "--dev-addr", address])


def main():
    parser = argparse.ArgumentParser(description="Builds the documentation as a site.")
    parser.add_argument("--serve", action="store_true", help="show it, and follow changes")
    parser.add_argument("--anyway", action="store_true", help="build although there are problems")
    parser.add_argument("--address", default="127.0.0.1:8000", help="where to show it")
    options = parser.parse_args()

    start = time.monotonic()
    try:
        problems = stage_all()
    except Problem as problem:
        problems = [str(problem)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems and not (options.serve or options.anyway):
        print(f"{len(problems)} problems; the site was not built", file=sys.stderr)
        return 1
    if options.serve:
        return serve(options.address)

    shutil.rmtree(TARGET, ignore_errors=True)
    command = ["mkdocs", "build", "--quiet", "--config-file", str(SOURCE / "mkdocs.yml")]
    if not options.anyway:
        command.append("--strict")
    if subprocess.call(command) != 0:
        return 1
    count = sum(1 for _ in TARGET.rglob("*.html"))
    size = sum(p.stat().st_size for p in TARGET.rglob("*") if p.is_file()) / 1e6
    took = time.monotonic() - start
    print(f"{count} pages, {size:.1f} MB, in {os.path.relpath(TARGET, ROOT)} ({took:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
