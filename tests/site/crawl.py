#!/usr/bin/env python3
"""Walks the built site, as a reader with every link would, and says what is wrong with it.

    tests/site/crawl.py [build/site]

Each page is reachable from the navigation; no link and no anchor is dead; nothing is asked of
another host; each page has a title and a description of its own, one heading of the first
level, and words for its pictures; and nothing that was written as a list, a table or a block
of code has become running text.
"""

import argparse
import posixpath
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

# Elements that our pages and their theme use. Another one is a word in angle brackets that
# should have been code.
ELEMENTS = set(
    """a abbr article aside b blockquote body br button circle code dd defs del desc div dl dt em
    figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hr html i img input kbd label
    li line link main marker meta nav ol p path pre rect script section small span strong style
    sub summary details sup svg table tbody td template text th thead title tr tspan ul
    """.split()
)  # fmt: skip
VOID = {"br", "hr", "img", "input", "link", "meta"}
LOADS = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href",
         "video": "src", "audio": "src", "object": "data", "embed": "src"}  # fmt: skip
NOT_RENDERED = re.compile(r"^\s*(?:[-*+] |\d{1,2}[.)] \S|\|.*\||`{3}|#{1,6} |>\s)", re.MULTILINE)


class Page(HTMLParser):
    """What a page says of itself, and where it leads."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.in_navigation, self.loads = [], set(), []
        self.anchors, self.twice = set(), set()
        self.title, self.description, self.language = "", "", ""
        self.headings, self.problems = [], []
        self._open, self._text, self._paragraph = [], [], None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in ELEMENTS:
            self.problems.append(f"has an element <{tag}>: should it be code?")
        if given.get("id"):
            (self.twice if given["id"] in self.anchors else self.anchors).add(given["id"])
        if tag == "a" and given.get("name"):
            self.anchors.add(given["name"])
        if tag == "a" and given.get("href") is not None:
            self.links.append(given["href"])
            if "nav" in self._open:
                self.in_navigation.add(given["href"])
        if tag in LOADS and given.get(LOADS[tag]) and given.get("rel") != "canonical":
            self.loads.append(given[LOADS[tag]])
        if given.get("srcset"):
            self.loads += [part.split()[0] for part in given["srcset"].split(",")]
        if given.get("style"):
            self.loads += urls_of(given["style"])
        if tag == "img" and not given.get("alt"):
            self.problems.append(f"shows {given.get('src')} without words for who can't see it")
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "meta" and given.get("name") == "description":
            self.description = given.get("content", "")
        if tag not in VOID:
            self._open.append(tag)
        if tag in ("title", "h1", "h2", "h3", "h4", "h5", "h6", "style"):
            self._text = []
        if tag == "p" and "article" in self._open:
            self._paragraph = []
        if tag == "code" and self._paragraph is not None:
            self._paragraph.append("code")

    def handle_endtag(self, tag):
        if tag in VOID or tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        words = " ".join("".join(self._text).split())
        if tag == "title" and not self.title:
            self.title = words
        elif tag == "style":
            self.loads += urls_of("".join(self._text))
        elif re.fullmatch("h[1-6]", tag) and "article" in self._open:
            self.headings.append((int(tag[1]), words))
        elif tag == "p" and self._paragraph is not None:
            left = NOT_RENDERED.search("".join(self._paragraph))
            if left:
                self.problems.append(f"shows Markdown as it was written: {left[0].strip()!r}")
            self._paragraph = None

    def handle_data(self, data):
        self._text.append(data)
        if self._paragraph is not None and "code" not in self._open:
            self._paragraph.append(data)


def urls_of(css):
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)", css)
    return found + re.findall(r"@import\s+['\"]([^'\"]+)", css)


def elsewhere(link):
    parts = urlsplit(link)
    return bool(parts.netloc) or parts.scheme in ("http", "https", "ftp")


def check(site):
    problems, pages, other_hosts = [], {}, set()
    for file in sorted(site.rglob("*.html")):
        pages[file.relative_to(site).as_posix()] = Page(file.read_text(encoding="utf-8"))
    present = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    if "index.html" not in pages:
        return [f"{site} has no index.html"], pages, other_hosts

    def resolve(page, link):
        path = unquote(urlsplit(link).path)
        if path.startswith("/"):
            return path.lstrip("/") or "index.html"
        if not path:
            return page
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if path.endswith("/") or joined == ".":
            joined = posixpath.normpath(f"{joined}/index.html")
        return joined

    leads_to = {}
    for name, page in pages.items():
        seen = set()
        problems += [f"{name}: {problem}" for problem in page.problems]
        problems += [f"{name}: two places have the anchor #{twice}" for twice in page.twice]
        for link in page.links:
            if elsewhere(link):
                other_hosts.add(link)
                continue
            if re.match(r"^(mailto|javascript|tel):", link):
                problems.append(f"{name}: a link to {link}")
                continue
            target = resolve(name, link)
            anchor = unquote(urldefrag(link)[1])
            if target not in present:
                problems.append(f"{name}: the link to {link} is dead")
            elif anchor and target in pages and anchor not in pages[target].anchors | {"__top"}:
                problems.append(f"{name}: {target} has no place #{anchor}")
            seen.add(target)
        leads_to[name] = seen
        for load in page.loads:
            if elsewhere(load):
                problems.append(f"{name}: loads {load} from another host")
            elif not load.startswith("data:") and resolve(name, load) not in present:
                problems.append(f"{name}: loads {load}, which is not there")

    for file in sorted(site.rglob("*.css")):
        name = file.relative_to(site).as_posix()
        for load in urls_of(file.read_text(encoding="utf-8")):
            if elsewhere(load):
                problems.append(f"{name}: loads {load} from another host")
            elif not load.startswith(("data:", "#")) and resolve(name, load) not in present:
                problems.append(f"{name}: loads {load}, which is not there")

    # From the navigation of the first page alone, without any other link.
    reached = {resolve("index.html", link) for link in pages["index.html"].in_navigation
               if not elsewhere(link)}  # fmt: skip
    for name in sorted(set(pages) - reached - {"404.html", "index.html"}):
        problems.append(f"{name}: the navigation does not lead to it")

    titles, descriptions = {}, {}
    for name, page in pages.items():
        if name == "404.html":
            continue
        if not page.title:
            problems.append(f"{name}: has no title")
        titles.setdefault(page.title, []).append(name)
        descriptions.setdefault(page.description, []).append(name)
        if page.language != "en":
            problems.append(f"{name}: does not tell its language")
        if not 20 <= len(page.description) <= 320:
            problems.append(f"{name}: its description has {len(page.description)} characters")
        if [level for level, _ in page.headings].count(1) != 1:
            problems.append(f"{name}: has not one heading of the first level")
        for (above, _), (below, words) in zip(page.headings, page.headings[1:]):
            if below > above + 1:
                problems.append(f"{name}: {words!r} skips a level of headings")
    for words, names in [*titles.items(), *descriptions.items()]:
        if len(names) > 1:
            problems.append(f"{', '.join(names)}: all say {words!r}")
    return problems, pages, other_hosts


def main():
    parser = argparse.ArgumentParser(description="Walks the built site and checks it.")
    parser.add_argument("site", nargs="?", default="build/site")
    parser.add_argument("--other-hosts", action="store_true", help="list links to other hosts")
    options = parser.parse_args()
    problems, pages, other_hosts = check(Path(options.site))
    if options.other_hosts:
        print("\n".join(sorted(other_hosts)))
    for problem in problems:
        print(problem, file=sys.stderr)
    links = sum(len(page.links) for page in pages.values())
    print(f"{len(pages)} pages, {links} links, {len(other_hosts)} places on other hosts, "
          f"{len(problems)} problems")  # fmt: skip
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
