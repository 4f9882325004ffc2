"""From the Markdown of the project to pages of the site.

On a git host, pages link to any file of the project, lists may be indented by two spaces, and
a code block may be named after a file. Here each link is led to the page that shows the file,
and the rest is written as Python-Markdown reads it.
"""

import html
import os
import posixpath
import re
from pathlib import Path

LINK = re.compile(r'(!?\[(?:[^\[\]]|\[[^\[\]]*\])*\])\(([^()\s]+)((?:\s+"[^"]*")?)\)')
REFERENCE = re.compile(r"^(\[[^\]]+\]:\s+)(\S+)")
FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})(.*)$")
ITEM = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])(\s+)(.*)$")
CODE_SPAN = re.compile(r"(`+)(?:.*?[^`])?\1(?!`)", re.DOTALL)
OTHER_HOST = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)

LANGUAGE_OF = {
    ".cpp": "cpp", ".hpp": "cpp", ".h": "cpp", ".yaml": "yaml", ".yml": "yaml", ".sh": "sh",
    ".cmake": "cmake", ".json": "json", ".jsonl": "json", ".py": "python", ".csv": "text",
    ".txt": "text", ".md": "markdown", ".rego": "rego", ".awk": "awk", ".conf": "ini",
}  # fmt: skip

# Pages of the project that are no page of docs/, by where the site has them.
ELSEWHERE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "reporting.md",
    "LICENSE": "license.md",
}


TITLES = {  # of pages whose first heading is another page's, too
    "index.md": "Who may do what with customer data",
    "reporting.md": "Reporting a vulnerability",
}


class Problem(Exception):
    """Something that keeps the site from being built, to be shown as it is."""


def language_of(path):
    if posixpath.basename(path) == "CMakeLists.txt":
        return "cmake"
    return LANGUAGE_OF.get(posixpath.splitext(path)[1], "text")


def staged_path(root, path):
    """Where the site shows a file or folder of the project: the page, and the section in it."""
    if path in ELSEWHERE:
        return ELSEWHERE[path], ""
    if path in ("", "."):
        return "index.md", ""
    if path == "docs":
        return "index.md", ""
    parts = path.split("/")
    name = parts[-1]

    if parts[0] == "docs":
        inside = "/".join(parts[1:])
        if os.path.isdir(root / path):
            listed = not (root / path / "README.md").is_file()
            return (f"files/{path}/README.md" if listed else f"{inside}/README.md"), ""
        if name.endswith(".md") or name.endswith((".svg", ".png")):
            return inside, ""
        if parts[1] == "site":
            return (inside if name.endswith(".md") else f"files/{path}.md"), ""
        if parts[1] == "examples":
            return f"{inside}.md", ""

    if parts[0] == "policies":
        if len(parts) == 1:
            return "policies/README.md", ""
        if len(parts) == 2 and name.endswith(".md"):
            return path, ""
        policy = "/".join(parts[:2])
        if os.path.isdir(root / policy):
            inside = "/".join(parts[2:])
            if os.path.isdir(root / path):
                inside = min((f for f in files_below(root / policy) if f.startswith(inside + "/")),
                             default="") if inside else ""  # fmt: skip
            return f"{policy}.md", anchor_of(inside)

    if parts[:2] == ["include", "rolecall"] and len(parts) == 3 and name.endswith(".hpp"):
        return f"headers/{name[:-4]}.md", ""
    if path in ("include", "include/rolecall"):
        return "headers/README.md", ""

    if os.path.isdir(root / path):
        return f"files/{path}/README.md", ""
    return f"files/{path}" if name.endswith(".md") else f"files/{path}.md", ""


def files_below(folder):
    return sorted(
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.is_file() and not any(
            part.startswith(".") and part != ".rolecall.yaml"
            for part in p.relative_to(folder).parts
        )
    )


def anchor_of(file):
    """The anchor of a heading that is a file's name, as the table of contents makes it."""
    return re.sub(r"[^\w\- ]", "", file.lower()).replace(" ", "-")


def split_fences(text):
    """Pieces of a page, as (is_code, lines); a piece of code has its fences."""
    piece, fence = [], None
    for line in text.split("\n"):
        match = FENCE.match(line)
        if fence is None and match and "`" not in match[3]:
            if piece:
                yield False, piece
            piece, fence = [line], match[2]
        elif fence is not None:
            piece.append(line)
            if match and match[2].startswith(fence) and not match[3].strip():
                yield True, piece
                piece, fence = [], None
        else:
            piece.append(line)
    if fence is not None:
        raise Problem("a block of code is not closed")
    if piece:
        yield False, piece


def fence_line(line):
    """```cpp examples/x.cpp becomes a block with a title."""
    indent, marks, info = FENCE.match(line).groups()
    words = info.strip().split(None, 1)
    if not words:
        return f"{indent}{marks}text"
    language, rest = words[0], words[1] if len(words) > 1 else ""
    if not rest or rest == "part" or rest.startswith("{"):
        return f"{indent}{marks}{language}"
    title = rest.replace('"', "'")
    if language == "text" and " " not in rest:
        language = language_of(rest)
    if title.startswith("examples/"):
        title = f"docs/{title}"
    title = title.replace("output of examples/", "output of docs/examples/")
    return f'{indent}{marks}{language} title="{title}"'


def reindent(text):
    """Lists as Python-Markdown reads them: an empty line before, and four columns a level."""
    result, levels, pending = [], [], ""
    for is_code, lines in split_fences(text):
        if is_code:
            indent = len(lines[0]) - len(lines[0].lstrip())
            while levels and indent < levels[-1]:
                levels.pop()
            here = "    " * len(levels)
            cut = min(indent, levels[-1]) if levels else 0
            if result and result[-1].strip():
                result.append("")
            result.extend((here + line[cut:]).rstrip() for line in lines)
            result.append("")
            pending = ""
            continue
        for line in lines:
            stripped = line.lstrip(" ")
            if not stripped:
                result.append("")
                pending = ""
                continue
            indent = len(line) - len(stripped)
            item = ITEM.match(line)
            after_blank = not (result and result[-1].strip())
            if item and (levels or indent < 4):
                while levels and indent < levels[-1]:
                    levels.pop()
                # An item directly below a paragraph begins a list all the same.
                if pending == "text" and not after_blank:
                    result.append("")
                mark = item[2] if item[2][0] in "-*+" else item[2].rstrip(".)") + "."
                result.append("    " * len(levels) + mark + " " + item[4])
                levels.append(indent + len(item[2]) + min(len(item[3]), 4))
                pending = "item"
                continue
            if levels:
                while levels and indent < levels[-1] and (after_blank or indent == 0):
                    levels.pop()
                    if not after_blank:
                        break
                if not levels and not after_blank:
                    levels = [2]  # a lazy line of the paragraph above
            if levels:
                # Four columns more than the item, after an empty line, are code.
                more = indent - levels[-1] if after_blank and indent >= levels[-1] + 4 else 0
                result.append("    " * len(levels) + " " * more + stripped)
                if after_blank:
                    pending = "text"
                continue
            is_row = stripped.startswith("|")
            if is_row and pending == "text" and not after_blank:
                result.append("")
            result.append(line)
            pending = "row" if is_row else "text"
    return "\n".join(result)


def plain(markdown):
    """A sentence without its marks."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[`*]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def title_of(text):
    match = re.search(r"^# (.+)$", text, re.MULTILINE)
    return plain(match[1]) if match else ""


def description_of(text):
    """The first paragraph of sentences, cut at a sentence's end near 200 characters."""
    for is_code, lines in split_fences(text):
        if is_code:
            continue
        for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
            paragraph = paragraph.strip()
            if not paragraph or paragraph[0] in "#|<!-" or paragraph.startswith("    "):
                continue
            return shortened(plain(paragraph).rstrip(":"))
    return ""


def shortened(words):
    if len(words) <= 200:
        return words
    end = max(words.rfind(mark, 60, 200) for mark in (". ", "; ", ": "))
    return words[: end + 1] if end > 0 else words[:197].rsplit(" ", 1)[0] + " …"


def front_matter(text, title="", description=""):
    quoted = (description or description_of(text)).replace("\\", "").replace('"', "'")
    head = f'description: "{quoted}"\n' if quoted else ""
    title = (title or title_of(text)).replace('"', "'")
    if title:
        head += f'title: "{title}"\n'
    return f"---\n{head}---\n\n" if head else ""


class Stage:
    """The pages of the site, gathered with whatever they link to."""

    def __init__(self, root):
        self.root = Path(root)
        self.pages = {}  # staged path: text
        self.copies = {}  # staged path: the file that is copied
        self.problems = []
        self._waiting = []

    def add(self, path):
        """A page of the project, by its path there; returns where the site has it."""
        target, _ = staged_path(self.root, path)
        if target not in self.pages:
            self.pages[target] = ""
            self._waiting.append(path)
        return target

    def finish(self):
        """Stages everything that was added, and everything that it links to."""
        folders = []
        while self._waiting:
            path = self._waiting.pop()
            target, _ = staged_path(self.root, path)
            if target.startswith("files/") and (self.root / path).is_dir():
                folders.append(path)
                continue
            try:
                self.pages[target] = self._page(path, target)
            except Problem as problem:
                self.problems.append(f"{path}: {problem}")
        for path in folders:
            target, _ = staged_path(self.root, path)
            self.pages[target] = self._folder(path, target)

    def _page(self, path, target):
        file = self.root / path
        if path.endswith(".md"):
            text = file.read_text(encoding="utf-8")
            title = path if target.startswith("files/") else TITLES.get(target, "")
            return front_matter(text, title) + self.translate(text, path, target)
        if target.startswith("policies/"):
            return self._policy("/".join(path.split("/")[:2]))
        if path == "LICENSE":
            head = front_matter("", "License", "The terms of the license of rolecall, Apache-2.0")
            return f"{head}# License\n\n```text\n{file.read_text(encoding='utf-8').strip()}\n```\n"
        return self._source(path)

    def _source(self, path):
        text = (self.root / path).read_text(encoding="utf-8").rstrip("\n")
        name = posixpath.basename(path)
        about = _first_comment(text)
        words = f"{path}: {about}" if about else f"The file {path} of the project"
        head = front_matter("", path, shortened(words))
        fence = "`" * (4 if "```" in text else 3)
        return f"{head}# {name}\n\n{fence}{language_of(path)} title=\"{path}\"\n{text}\n{fence}\n"

    def _policy(self, path):
        folder = self.root / path
        files = [f for f in files_below(folder)]
        text = f"# policies/{folder.name}\n\nThe policy as it stands in the project"
        story = f"docs/stories/{folder.name}.md"
        if (self.root / story).is_file():
            text += f"; its [story](../{staged_path(self.root, story)[0]}) tells why"
        text += ".\n"
        for file in files:
            body = (folder / file).read_text(encoding="utf-8").rstrip("\n")
            text += f"\n## {file}\n\n```{language_of(file)}\n{body}\n```\n"
        return front_matter(text, description=f"The sample policy {path}, file by file") + text

    def _folder(self, path, target):
        text = f"# {path}/\n\nWhat this folder of the project holds.\n\n| | |\n|---|---|\n"
        for entry in sorted((self.root / path).iterdir()):
            if entry.name.startswith(".") or entry.name == "build":
                continue
            inside = f"{path}/{entry.name}"
            name, about = entry.name, ""
            if entry.is_dir():
                name += "/"
            else:
                content = entry.read_text(encoding="utf-8", errors="replace")
                about = html.escape(_first_comment(content)).replace("|", "\\|")
            shown, _ = staged_path(self.root, inside)
            if shown in self.pages:
                name = f"[{name}]({posixpath.relpath(shown, posixpath.dirname(target))})"
            text += f"| {name} | {about} |\n"
        return front_matter("", path, f"The folder {path} of the project, file by file") + text

    # ---- Links -----------------------------------------------------------------------------

    def translate(self, text, path, target):
        pieces = []
        for is_code, lines in split_fences(text):
            if is_code:
                pieces.append("\n".join([fence_line(lines[0]), *lines[1:]]))
            else:
                pieces.append(self._links("\n".join(lines), path, target))
        return reindent("\n".join(pieces))

    def _links(self, text, path, target):
        result, at = [], 0
        for span in CODE_SPAN.finditer(text):
            if "\n\n" in span[0]:
                continue
            result.append((text[at : span.start()], span[0]))
            at = span.end()
        result.append((text[at:], ""))
        # Code spans are hidden, so that a link's text may hold one and no link stands in one.
        hidden = [code for _, code in result]
        shown = "".join(f"{words}\x00{i}\x00" for i, (words, _) in enumerate(result))

        def link(match):
            return f"{match[1]}({self._target(match[2], path, target)}{match[3]})"

        shown = LINK.sub(link, shown)
        shown = "\n".join(
            REFERENCE.sub(lambda m: m[1] + self._target(m[2], path, target), line)
            for line in shown.split("\n")
        )
        return re.sub("\x00(\\d+)\x00", lambda m: hidden[int(m[1])], shown)

    def _target(self, link, path, target):
        if OTHER_HOST.match(link) or link.startswith("#"):
            return link
        file, _, anchor = link.partition("#")
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
        if inside.startswith("..") or not (self.root / inside).exists():
            self.problems.append(f"{path}: the link to {link} leads nowhere")
            return link
        to, section = self.show(inside)
        anchor = anchor or section
        relative = posixpath.relpath(to, posixpath.dirname(target) or ".")
        return relative + (f"#{anchor}" if anchor else "")

    def show(self, path):
        """Where the site shows a file that is linked to; it is staged if need be."""
        to, section = staged_path(self.root, path)
        if to.endswith((".svg", ".png")):
            self.copies[to] = self.root / path
        elif to.startswith("headers/"):
            pass
        elif to not in self.pages and to != "index.md":
            source = path
            if (self.root / path).is_dir() and (self.root / path / "README.md").is_file():
                source = f"{path}/README.md"
            self.add(source)
        return to, section


def _first_comment(text):
    """The first sentences of a file, where it begins with a comment."""
    words = []
    for line in text.split("\n"):
        match = re.match(r"^(?://|#)(?!!) ?(.*)$", line)
        if match and re.match(r"^(if|ifndef|include|define|pragma)\b", match[1]):
            match = None
        if not match:
            if words or line.strip() and not line.startswith("#!"):
                break
            continue
        if not match[1].strip():
            break
        words.append(match[1].strip())
    return plain(" ".join(words))
