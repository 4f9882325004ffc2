"""The reference of the headers: a page for each public header, from its own comments.

Doxygen reads the headers and tells what there is, where, and what its comment says; how a
declaration looks is taken from the header itself, without its body.
"""

import html
import re
import shutil
import subprocess
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from pages import Problem, front_matter, plain

# What is known without a comment: an iterator's members, and what a container has.
SELF_EVIDENT = {"begin", "end", "size", "empty", "operator bool", "operator*", "operator->",
                "operator==", "operator<", "operator[]", "operator++", "operator()"}  # fmt: skip
SELF_EVIDENT_FRIENDS = {"operator==", "operator<", "operator<=>"}


@dataclass
class Member:
    kind: str
    name: str
    line: int
    last_line: int
    text: str  # Markdown
    declaration: str
    values: list = field(default_factory=list)  # of an enumeration: (declaration, text)
    shares: list = field(default_factory=list)  # declarations under the same comment


@dataclass
class Entity:
    kind: str
    name: str  # without `rolecall::`
    header: str
    line: int
    text: str
    declaration: str = ""
    members: list = field(default_factory=list)
    last_line: int = 0
    values: list = field(default_factory=list)
    copies: bool = True
    moves: bool = False  # it says so; without a word, what copies moves too

    @property
    def anchor(self):
        return anchor(self.name)


def anchor(name):
    name = name.replace("operator", "operator ")
    for sign, word in (("==", "equals"), ("->", "arrow"), ("[]", "at"), ("()", "call"),
                       ("++", "next"), ("*", "star"), ("<", "less")):  # fmt: skip
        name = name.replace(sign, word)
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


class Headers:
    def __init__(self, root, work):
        self.root, self.work = Path(root), Path(work)
        self.folder = self.root / "include/rolecall"
        self.names = sorted(p.name for p in self.folder.glob("*.hpp"))
        self.source = {n: (self.folder / n).read_text().split("\n") for n in self.names}
        self.undocumented = []
        self.entities = []
        self.where = {}  # name: address relative to headers/
        self._run_doxygen()
        self._read()

    def _run_doxygen(self):
        shutil.rmtree(self.work, ignore_errors=True)  # what is gone would stay
        self.work.mkdir(parents=True)
        settings = (self.root / "docs/site/Doxyfile").read_text()
        settings += f'\nOUTPUT_DIRECTORY = "{self.work}"\n'
        done = subprocess.run(["doxygen", "-"], input=settings, text=True, cwd=self.root,
                              capture_output=True, check=False)  # fmt: skip
        # Doxygen 1.9.4 says this of specialisations in a namespace that it was told to leave out.
        complaints = [line for line in done.stderr.splitlines()
                      if line.strip() and "Internal inconsistency" not in line]  # fmt: skip
        if complaints:
            raise Problem("Doxygen complains:\n" + "\n".join(complaints))
        if not (self.work / "xml/index.xml").is_file():
            raise Problem("Doxygen wrote nothing:\n" + done.stderr)

    # ---- Reading ---------------------------------------------------------------------------

    def _read(self):
        for file in sorted((self.work / "xml").glob("*.xml")):
            for compound in xml.parse(file).getroot().iter("compounddef"):
                kind = compound.get("kind")
                if kind in ("class", "struct", "concept"):
                    self._read_entity(compound, kind)
                elif kind == "namespace":
                    self._read_namespace(compound)
        free = {e.name for e in self.entities if e.kind == "function"}
        for entity in self.entities:
            entity.members = [m for m in entity.members
                              if m.kind != "friend" or m.name not in free]  # fmt: skip
            self.where.setdefault(entity.name, f"{entity.header[:-4]}.md#{entity.anchor}")
            for member in entity.members:
                self.where.setdefault(
                    f"{entity.name}::{member.name}",
                    f"{entity.header[:-4]}.md#{entity.anchor}-{anchor(member.name)}")  # fmt: skip
        self.entities.sort(key=lambda e: (e.header, e.line))

    def _place(self, element):
        location = element.find("location")
        if location is None:
            return None, 0
        name = Path(location.get("declfile") or location.get("file")).name
        line = int(location.get("declline") or location.get("line"))
        ours = name in self.names and "/detail/" not in location.get("file")
        return (name if ours else None), line

    def _read_namespace(self, compound):
        name = short(compound.findtext("compoundname"))
        if name.startswith(("detail", "fmt", "std")):
            return
        for element in compound.iter("memberdef"):
            header, line = self._place(element)
            if header is None:
                continue
            member = self._member(element, header, line)
            prefix = "" if name in ("rolecall", "") else f"{name}::"
            member.name = prefix + member.name
            entity = Entity(member.kind, member.name, header, line, member.text,
                            member.declaration, [], member.last_line, member.values)  # fmt: skip
            self.entities.append(entity)

    def _read_entity(self, compound, kind):
        header, line = self._place(compound)
        name = short(compound.findtext("compoundname"))
        if header is None or compound.get("prot", "public") != "public":
            return
        if name.startswith(("detail::", "fmt::", "std::")):
            return
        entity = Entity(kind, name, header, line, described(compound))
        entity.declaration, entity.last_line = self._declaration(header, line)
        plain_name = name.split("::")[-1]
        for section in compound.iter("sectiondef"):
            for element in section.iter("memberdef"):
                is_friend = element.get("kind") == "friend"
                if not element.findtext("argsstring") if is_friend else (
                        element.get("prot") != "public"):  # fmt: skip
                    continue
                if self._is_special(entity, plain_name, element):
                    continue
                place, at = self._place(element)
                if place == header:
                    entity.members.append(self._member(element, header, at))
        entity.members = self._put_together(entity)
        self.entities.append(entity)

    def _is_special(self, entity, name, element):
        """Copying, moving and destroying are told in a sentence, where they have no comment."""
        arguments = element.findtext("argsstring") or ""
        deleted = "=delete" in arguments.replace(" ", "")
        if element.findtext("name") in (name, "operator="):
            given = re.sub(r"\s+", "", arguments)
            if given.startswith((f"({name}const&", f"({name}&&")):
                moves = given.startswith(f"({name}&&")
                if moves:
                    entity.moves = not deleted
                elif deleted:
                    entity.copies = False
                return not described(element)
        if element.findtext("name") == name and "detail::" in arguments:
            return not described(element)  # only the library makes one in this way
        if element.findtext("name") == f"~{name}" or deleted:
            return not described(element)
        if element.get("kind") == "friend" and not described(element):
            return element.findtext("name") in SELF_EVIDENT_FRIENDS
        return False

    def _member(self, element, header, line):
        name = element.findtext("name")
        declaration, last = self._declaration(header, line)
        member = Member(element.get("kind"), name, line, last, described(element), declaration)
        for value in element.iter("enumvalue"):
            initial = value.findtext("initializer") or ""
            member.values.append((f"{value.findtext('name')} {initial}".strip(), described(value)))
        return member

    def _put_together(self, entity):
        """A declaration right below another, without a comment of its own, shares its comment."""
        members = sorted(entity.members, key=lambda m: m.line)
        result = []
        for member in members:
            first, _ = self._start(entity.header, member.line)
            above = self.source[entity.header][first - 2].strip() if first > 1 else ""
            previous = result[-1] if result else None
            if (previous is not None and not member.text and previous.kind == "function" and above
                    and not above.startswith("//") and member.kind == "function"):  # fmt: skip
                previous.shares.append(member)
                continue
            result.append(member)
        return result

    def _start(self, header, line):
        """The first line of a declaration: below the comment, the brace or the statement above."""
        lines = self.source[header]
        first = line
        while first > 1:
            above = lines[first - 2].split("//")[0].strip()
            whole = lines[first - 2].strip()
            if not above or whole.startswith(("//", "#")) or above.endswith((";", "{", "}", ":")):
                break
            first -= 1
        return first, len(lines[first - 1]) - len(lines[first - 1].lstrip())

    def _declaration(self, header, line):
        """From the header, without the body: (text, number of its last line)."""
        lines = self.source[header]
        first, indent = self._start(header, line)
        text, depth, braces, at = [], 0, 0, first
        is_value = False
        while at <= len(lines):
            code = lines[at - 1].split("//")[0].rstrip()
            kept = ""
            done = False
            for i, sign in enumerate(code):
                if sign in "([":
                    depth += 1
                elif sign in ")]":
                    depth -= 1
                elif sign == "=" and depth == 0 and code[i - 1] == " " and "operator" not in code:
                    is_value = True
                elif sign == "{" and depth == 0:
                    if not is_value and not _is_initial(code, i):
                        done = True
                        break
                    braces += 1
                elif sign == "}" and depth == 0:
                    braces -= 1
                elif sign == ";" and depth == 0 and braces == 0:
                    kept += sign
                    done = True
                    break
                elif sign == ":" and depth == 0 and braces == 0 and _begins_initialisers(code, i):
                    if not re.match(r"\s*(class|struct|enum)\b", code):  # those have bases
                        done = True
                        break
                kept += sign
            text.append(kept[min(indent, len(kept) - len(kept.lstrip())) :].rstrip())
            if done:
                break
            at += 1
        text = [line for line in text if line.strip()]
        # How the library is exported is of no interest to who calls it.
        mark = "ROLECALL_API "
        if text and mark in text[0]:
            text = [text[0].replace(mark, "")] + [_moved(line, len(mark)) for line in text[1:]]
        return "\n".join(text).rstrip("; \n"), at

    # ---- Writing ---------------------------------------------------------------------------

    def introduction(self, header):
        """The comment that a header begins with."""
        lines = []
        for line in self.source[header]:
            if not line.startswith("//"):
                break
            lines.append(line[2:].removeprefix(" "))
        return "\n".join(lines).strip()

    def first_sentence(self, header):
        paragraph = self.introduction(header).split("\n\n")[0]
        return re.split(r"(?<=[.])\s", plain(paragraph))[0]

    def page(self, header, cold):
        intro = self.introduction(header)
        text = front_matter(intro, title=header, description=self.first_sentence(header))
        text += f"# {header}\n\n"
        text += self.code(f"#include <rolecall/{header}>") + "\n\n"
        text += _indented_code(intro) + "\n\n"
        target = {"format.hpp": "any target, with {fmt}"}.get(
            header, "`rolecall::rolecall`" if header in cold else "`rolecall::core`, headers alone"
        )
        text += f"Needs: {target}.\n{{: .needs }}\n"
        macros = [line for line in self.source[header]
                  if re.match(r"#define ROLECALL_(?!\w+_HPP\b)", line)]  # fmt: skip
        formatted = re.findall(r"formatter<(rolecall::\w+)>", "\n".join(self.source[header]))
        if formatted:
            text += f"\nFor {', '.join(f'`{name}`' for name in formatted)}.\n"
        if macros:
            text += "\n" + self.code("\n".join(macros)) + "\n"
        previous = None
        self._used = set()
        for entity in (e for e in self.entities if e.header == header):
            text += self._entity(entity, previous)
            previous = entity
        return text

    def _own(self, name):
        """An anchor that this page has not had yet; the first of a name has the plain one."""
        result, count = name, 1
        while result in self._used:
            count += 1
            result = f"{name}-{count}"
        self._used.add(result)
        return result

    def _entity(self, entity, previous):
        is_class = entity.kind in ("class", "struct")
        level = "###" if "::" in entity.name and entity.name.split("::")[0] in self.where else "##"
        text = ""
        # Overloads, and declarations under one comment, stand under one heading.
        if not entity.text and previous is not None and not is_class and previous.kind != "class":
            first, _ = self._start(entity.header, entity.line)
            above = self.source[entity.header][first - 2].strip()
            if above and previous.last_line + 1 >= first:
                same = previous.name == entity.name
                heading = "" if same else f'\n<a id="{self._own(entity.anchor)}"></a>\n'
                return f"{heading}\n{self.code(entity.declaration)}\n"
        if previous is None or previous.name != entity.name:
            text += f"\n{level} {entity.name} {{: #{self._own(entity.anchor)} .entity }}\n"
        if not entity.text and not (is_class and any(m.text for m in entity.members)):
            self._missing(entity.header, entity.line, entity.name)
        text += "\n" + self.code(entity.declaration, entity.name) + "\n"
        if entity.text:
            text += f"\n{entity.text}\n"
        text += self._values(entity.values)
        if is_class:
            text += self._members(entity, level + "#")
        return text

    def _values(self, values):
        if not values:
            return ""
        rows = "".join(
            f"<dt><code>{html.escape(name)}</code></dt><dd>{self.inline(words)}</dd>\n"
            for name, words in values
        )
        return f'\n<dl class="members">\n{rows}</dl>\n'

    def _members(self, entity, level):
        text = ""
        if not entity.copies:
            words = "Moves, and does not copy." if entity.moves else "Neither copies nor moves."
            text += f"\n{words}\n"
        data = [m for m in entity.members if m.kind in ("variable", "typedef")]
        if data:
            text += f'\n<dl class="members">\n{self._data(entity, data)}</dl>\n'
        seen = set()
        for member in entity.members:
            if member.kind in ("variable", "typedef"):
                continue
            name = member.name
            constructs = name == entity.name.split("::")[-1]
            if name not in seen:
                title = "Constructors" if constructs else name
                escaped = html.escape(title)  # one `*`, as in operator*, is no emphasis
                place = self._own(f"{entity.anchor}-{anchor(name)}")
                text += f"\n{level} {escaped} {{: #{place} .member }}\n"
            seen.add(name)
            together = [member, *member.shares]
            for other in member.shares:
                if other.name not in seen:
                    seen.add(other.name)
                    place = self._own(f"{entity.anchor}-{anchor(other.name)}")
                    text += f'\n<a id="{place}"></a>\n'
            declarations = "\n".join(m.declaration for m in together)
            text += f"\n{self.code(declarations)}\n"
            if member.text:
                text += f"\n{member.text}\n"
            elif not constructs and name not in SELF_EVIDENT:
                self._missing(entity.header, member.line, f"{entity.name}::{name}")
            text += self._values(member.values)
        return text

    def _data(self, entity, data):
        """Members that only hold something; those without a word of their own stand together."""
        rows, anchors, lines = "", "", []
        for member, after in zip(data, [*data[1:], None]):
            place = self._own(f"{entity.anchor}-{anchor(member.name)}")
            anchors += f'<a id="{place}"></a>'
            if member.declaration not in lines:
                lines.append(member.declaration)
            same = after is not None and after.declaration == member.declaration
            if same or not member.text and after is not None and not after.text:
                continue
            rows += f"<dt>{anchors}{self.code(chr(10).join(lines), member.name)}</dt>"
            rows += f"<dd>{self.inline(member.text)}</dd>\n"
            anchors, lines = "", []
        return rows

    def _missing(self, header, line, name):
        self.undocumented.append((header, line, name))

    def code(self, text, own_name=None):
        """A declaration, coloured; the names of this reference lead to their places."""
        marked = highlight(text, get_lexer_by_name("cpp"), HtmlFormatter(nowrap=True)).rstrip("\n")

        def link(match):
            name = html.unescape(match[2])
            to = self.where.get(name)
            if to is None or name == own_name:
                return match[0]
            return f'<a class="{match[1]}" href="{to.replace(".md", ".html")}">{match[2]}</a>'

        marked = re.sub(r'<span class="(n[cf]?)">([^<]+)</span>', link, marked)
        marked = marked.replace("\n", "&#10;")
        return f'<div class="highlight declaration"><pre><code>{marked}</code></pre></div>'

    def linked(self, text):
        """Code in sentences leads to what it names."""

        def link(match):
            name = match[1].removeprefix("rolecall::").removesuffix("()")
            # A word alone may be any word: `policy` is a section of a file, too.
            to = self.where.get(name) if "_" in name or "::" in name else None
            return f"[`{match[1]}`]({to})" if to else match[0]

        return re.sub(r"(?<!\[)`([\w:]+(?:\(\))?)`(?!\])", link, text)

    def inline(self, markdown):
        """Words with code in them, as HTML."""

        def code(match):
            name = match[1].removeprefix("rolecall::")
            to = self.where.get(name) if "_" in name or "::" in name else None
            if to is None:
                return f"<code>{match[1]}</code>"
            return f'<a href="{to.replace(".md", ".html")}"><code>{match[1]}</code></a>'

        return re.sub(r"`([^`]+)`", code, html.escape(markdown.strip(), quote=False))

    def overview(self, cold):
        text = front_matter("", "Headers", "The public headers, one page each")
        text += "# Headers\n\nA page for each public header, made of its own comments. "
        text += "Applications include `<rolecall/rolecall.hpp>`; the others may be included one\n"
        text += "by one, and each compiles alone. What lies in `detail/` may change at any time.\n"
        groups = (
            ("What answers questions", "Headers alone: `rolecall::core` needs no other library.",
             [n for n in self.names if n not in cold]),
            ("What loads, explains and records", "Compiled: link `rolecall::rolecall`.",
             [n for n in self.names if n in cold]),
        )  # fmt: skip
        for title, about, names in groups:
            text += f"\n## {title}\n\n{about}\n\n| header | |\n|---|---|\n"
            for name in names:
                text += f"| [{name}]({name[:-4]}.md) | {self.first_sentence(name)} |\n"
        return text


def short(name):
    return re.sub(r"^rolecall(::|$)", "", (name or "").replace(" ", ""))


def _moved(line, columns):
    """A line that was aligned with something in the one above, which is shorter now."""
    return line[columns:] if line.startswith(" " * columns) else line


def _is_initial(code, i):
    """Whether the brace begins a value, as in `facts facts{};`, and not a body."""
    before = code[:i].rstrip()
    if not before or code[i - 1] == " ":
        return False
    return bool(re.search(r"[\w\])>]$", before)) and not before.endswith((")", "noexcept", "const"))


def _begins_initialisers(code, i):
    return code[i - 1 : i] in (" ", "") and code[i + 1 : i + 2] == " " and "?" not in code[:i]


def _indented_code(text):
    """Code that stands four columns in becomes a block of C++."""
    result, block = [], []

    def close():
        while block and not block[-1].strip():
            block.pop()
        if block:
            result.extend(["```cpp", *(line[4:] for line in block), "```", ""])
            block.clear()

    for line in text.split("\n"):
        # Below a line of text, it only goes on with an item of a list.
        begins = line.startswith("    ") and not (result and result[-1].strip())
        if begins or block and (line.startswith("    ") or not line.strip()):
            block.append(line)
        else:
            close()
            result.append(re.sub(r"<(rolecall/[\w./]+)>", r"`<\1>`", line))
    close()
    return "\n".join(result)


# ---- Doxygen's XML as Markdown -------------------------------------------------------------


BLOCKS = {"itemizedlist", "orderedlist", "programlisting", "verbatim", "preformatted"}


def described(element):
    parts = [element.find("briefdescription"), element.find("detaileddescription")]
    blocks = [b for part in parts if part is not None for b in _blocks(part)]
    return "\n\n".join(b for b in blocks if b.strip())


def _blocks(element):
    for child in element:
        if child.tag == "para":
            yield from _paragraph(child)
        elif child.tag in ("sect1", "sect2", "internal"):
            yield from _blocks(child)


def _paragraph(para):
    words = para.text or ""
    for child in para:
        if child.tag in BLOCKS:
            if words.strip():
                yield _tidy(words)
            words = ""
            yield _block(child)
        elif child.tag == "simplesect":
            yield from _blocks(child)
        else:
            words += _inline(child)
        words += child.tail or ""
    if words.strip():
        yield _tidy(words)


def _tidy(words):
    return re.sub(r"\s+", " ", words).strip()


def _block(element):
    if element.tag in ("itemizedlist", "orderedlist"):
        items = []
        for item in element.iter("listitem"):
            text = "\n\n".join(_blocks(item)).replace("\n", "\n    ")
            items.append(f"- {text}")
        return "\n".join(items)
    if element.tag == "programlisting":
        lines = []
        for line in element.iter("codeline"):
            lines.append("".join(_listing(line)))
        return "```cpp\n" + "\n".join(lines) + "\n```"
    return "```text\n" + "".join(element.itertext()).strip("\n") + "\n```"


def _listing(element):
    if element.text:
        yield element.text
    for child in element:
        if child.tag == "sp":
            yield " "
        yield from _listing(child)
        if child.tail:
            yield child.tail


def _inline(element):
    inside = "".join([element.text or "", *(_inline(c) + (c.tail or "") for c in element)])
    if element.tag == "computeroutput":
        return f"`{inside}`"
    if element.tag == "bold":
        return f"**{inside}**"
    if element.tag == "emphasis":
        return f"*{inside}*"
    if element.tag == "ulink":
        return f"[{inside}]({element.get('url')})"
    return {"ndash": "–", "mdash": "—", "nonbreakablespace": " "}.get(element.tag, inside)
