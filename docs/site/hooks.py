"""What mkdocs calls while it builds the site."""

import html
import json
import posixpath
import re
from pathlib import Path

FILENAME = re.compile(r'<span class="filename">((?:output of )?)([^<]+)</span>')
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
PICTURE = re.compile(r'<img alt="[^"]*" src="[^"]*\.svg"[^>]*>')


def on_page_content(content, page, config, files):
    """What is wide scrolls in a box of its own; a block's title leads to the file it names."""
    content = TABLE.sub(lambda m: f'<div class="table">{m[0]}</div>', content)
    content = PICTURE.sub(lambda m: f'<span class="picture">{m[0]}</span>', content)
    here = posixpath.dirname(page.url)

    def link(match):
        target = files.get_file_from_path(f"{match[2].removeprefix('docs/')}.md")
        if target is None or target.url == page.url:
            return match[0]
        to = posixpath.relpath(target.url, here or ".")
        return f'<span class="filename">{match[1]}<a href="{html.escape(to)}">{match[2]}</a></span>'

    return FILENAME.sub(link, content)


def on_post_build(config):
    """The search finds what is written for readers, from a server and from a disk."""
    site = Path(config["site_dir"])
    file = site / "search/search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    index["docs"] = [d for d in index["docs"] if not d["location"].startswith("files/")]
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    # Opened from a disk, a page may not fetch: then the index is in a script.
    (worker,) = (site / "assets/javascripts/workers").glob("search.*.min.js")
    offline = {"index": index, "worker": worker.read_text(encoding="utf-8")}
    text = json.dumps(offline, ensure_ascii=False, separators=(",", ":"))
    (site / "search/offline.js").write_text(f"window.__offline={text}\n", encoding="utf-8")
