#!/usr/bin/env python3
"""What makes the site and what walks it, on small pages with one mistake each."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "docs/site"), str(ROOT / "tests/site")]
import crawl  # noqa: E402
import headers  # noqa: E402
import pages  # noqa: E402

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta name="description" content="A page that says {title} at some length"></head>
<body><nav><a href="{to}">there</a></nav><article><h1 id="top">{title}</h1>{body}</article></body>
</html>"""


def page(title, body="", to="other.html"):
    return PAGE.format(title=title, body=body, to=to)


class Crawling(unittest.TestCase):
    def problems(self, body="", **more):
        files = {"index.html": page("Home", body), "other.html": page("Other"), **more}
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            found, _, _ = crawl.check(Path(folder))
        return "\n".join(found)

    def test_a_good_site_has_no_problem(self):
        good = '<p>See <a href="other.html#top">the other</a>, <code>&lt;it&gt;</code>.</p>'
        self.assertEqual(self.problems(good), "")

    def test_a_dead_link_is_found(self):
        self.assertIn("gone.html is dead", self.problems('<a href="gone.html">x</a>'))

    def test_a_dead_anchor_is_found(self):
        self.assertIn("no place #x", self.problems('<a href="other.html#x">x</a>'))
        self.assertIn("no place #y", self.problems('<a href="#y">x</a>'))

    def test_what_another_host_is_asked_for_is_found(self):
        for body in ('<img src="https://example.org/x.png" alt="x">',
                     '<script src="//example.org/x.js"></script>',
                     '<p style="background: url(https://example.org/x.png)">x</p>',
                     "<style>@import 'https://example.org/x.css';</style>"):  # fmt: skip
            self.assertIn("from another host", self.problems(body), body)
        css = {"site.css": "a { background: url('https://example.org/x.png') }"}
        self.assertIn("from another host", self.problems(**css))

    def test_a_link_to_another_host_is_no_request(self):
        self.assertEqual(self.problems('<a href="https://example.org/">x</a>'), "")

    def test_a_page_that_the_navigation_misses_is_found(self):
        lonely = {"lonely.html": page("Lonely")}
        self.assertIn("lonely.html: the navigation", self.problems(**lonely))
        linked = '<a href="lonely.html">by a link in the text only</a>'
        self.assertIn("lonely.html: the navigation", self.problems(linked, **lonely))

    def test_markdown_that_was_not_understood_is_found(self):
        for body in ("<p>Such as:\n- this\n- that</p>", "<p>| a | b |\n|---|---|</p>",
                     "<p>First\n1. this</p>", "<p>```cpp</p>"):  # fmt: skip
            self.assertIn("Markdown as it was written", self.problems(body), body)
        self.assertEqual(self.problems("<p><code>- x</code> and a - b</p>"), "")

    def test_a_word_in_angle_brackets_is_found(self):
        self.assertIn("<role>", self.problems("<p>Give <role> a name</p>"))

    def test_two_pages_with_one_title_are_found(self):
        self.assertIn("all say 'Other'", self.problems(**{"third.html": page("Other")}))

    def test_a_picture_without_words_is_found(self):
        self.assertIn("without words", self.problems('<img src="other.html">'))

    def test_an_anchor_that_stands_twice_is_found(self):
        self.assertIn("two places", self.problems('<p id="a">x</p><p id="a">y</p>'))


class Staging(unittest.TestCase):
    def test_a_list_below_a_paragraph_begins_after_an_empty_line(self):
        self.assertEqual(pages.reindent("Such as:\n- one\n- two"), "Such as:\n\n- one\n- two")

    def test_lists_in_lists_stand_four_columns_in(self):
        written = "- one\n  - inner\n    goes on\n  - more\n- two"
        shown = "- one\n    - inner\n        goes on\n    - more\n- two"
        self.assertEqual(pages.reindent(written), shown)

    def test_a_paragraph_of_an_item_stays_in_it(self):
        self.assertEqual(pages.reindent("1. one\n\n   more\n\nout"), "1. one\n\n    more\n\nout")

    def test_an_item_below_another_paragraph_of_an_item_begins_after_an_empty_line(self):
        written = "- one\n\n      code\n\n  more\n- two"
        shown = "- one\n\n        code\n\n    more\n\n- two"
        self.assertEqual(pages.reindent(written), shown)

    def test_a_lazy_line_stays_in_its_item(self):
        self.assertEqual(pages.reindent("- one\n  goes on\nout"), "- one\n    goes on\n    out")

    def test_code_that_stands_four_columns_in_stays(self):
        self.assertEqual(pages.reindent("So:\n\n    - code\n"), "So:\n\n    - code\n")

    def test_a_table_below_a_paragraph_begins_after_an_empty_line(self):
        self.assertEqual(pages.reindent("So:\n| a |\n|---|\n| b |"), "So:\n\n| a |\n|---|\n| b |")

    def test_what_looks_like_a_list_in_a_block_of_code_stays(self):
        written = "```yaml\na:\n- b\n  - c\n```"
        self.assertEqual(pages.reindent(written).strip(), written)

    def test_a_block_is_titled_with_its_file(self):
        titles = {
            "```cpp examples/x.cpp": '```cpp title="docs/examples/x.cpp"',
            "```text output of examples/x.cpp": '```text title="output of docs/examples/x.cpp"',
            "```yaml shop.yaml": '```yaml title="shop.yaml"',
            "```text shop.rego": '```rego title="shop.rego"',
            "```yaml part": "```yaml",
            "```console": "```console",
            "```": "```text",
        }
        for written, shown in titles.items():
            self.assertEqual(pages.fence_line(written), shown)

    def test_links_lead_to_where_the_site_shows_a_file(self):
        stage = pages.Stage(ROOT)
        links = {
            "format.md": "format.md",
            "format.md#meaning": "format.md#meaning",
            "diagnostics/README.md": "diagnostics/README.md",
            "../README.md": "index.md",
            "../CHANGELOG.md": "changelog.md",
            "examples/first_check.cpp": "examples/first_check.cpp.md",
            "../policies/README.md": "policies/README.md",
            "../policies/shop": "policies/shop.md",
            "../policies/shop/never.yaml": "policies/shop.md#neveryaml",
            "../include/rolecall/session.hpp": "headers/session.md",
            "../include/rolecall": "headers/README.md",
            "../tests/model/model.hpp": "files/tests/model/model.hpp.md",
            "https://example.org/a#b": "https://example.org/a#b",
        }
        for written, shown in links.items():
            text = stage.translate(f"[x]({written})", "docs/page.md", "page.md")
            self.assertEqual(text, f"[x]({shown})")
        self.assertEqual(stage.problems, [])

    def test_a_link_that_leads_nowhere_is_a_problem(self):
        stage = pages.Stage(ROOT)
        stage.translate("[x](nowhere.md)", "docs/page.md", "page.md")
        self.assertEqual(stage.problems, ["docs/page.md: the link to nowhere.md leads nowhere"])

    def test_what_looks_like_a_link_in_code_stays(self):
        stage = pages.Stage(ROOT)
        written = "`[](unsigned char c)` and [`a`](format.md)"
        self.assertEqual(stage.translate(written, "docs/page.md", "page.md"), written)
        self.assertEqual(stage.problems, [])


class Headers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name)
        (root / "include/rolecall").mkdir(parents=True)
        (root / "docs/site").mkdir(parents=True)
        (root / "docs/site/Doxyfile").write_text((ROOT / "docs/site/Doxyfile").read_text())
        (root / "include/rolecall/thing.hpp").write_text(HEADER)
        cls.headers = headers.Headers(root, root / "work")
        cls.text = cls.headers.page("thing.hpp", set())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def shown(self, text):
        plain = headers.re.sub(r"<[^>]+>", "", self.text)
        return headers.html.unescape(plain).count(text)

    def test_a_header_begins_with_its_own_comment(self):
        self.assertIn("Things, and what they are for.", self.text)

    def test_a_declaration_is_shown_without_its_body(self):
        self.assertEqual(self.shown("[[nodiscard]] int size() const noexcept"), 1)
        self.assertEqual(self.shown("return 3"), 0)
        self.assertEqual(self.shown("explicit thing(int size = 3)"), 1)
        self.assertEqual(self.shown("size_(size)"), 0)

    def test_a_declaration_is_shown_with_what_it_rests_on(self):
        self.assertEqual(self.shown("enum class which : int"), 1)

    def test_what_is_private_is_not_shown(self):
        self.assertEqual(self.shown("size_"), 0)
        self.assertEqual(self.shown("hidden"), 0)

    def test_one_comment_may_stand_above_several_declarations(self):
        self.assertIn("Makes it larger, or smaller.", self.text)
        self.assertNotIn("thing::shrink", str(self.headers.undocumented))

    def test_what_has_no_comment_is_told(self):
        self.assertEqual([name for _, _, name in self.headers.undocumented], ["silent"])

    def test_how_a_thing_is_passed_on_is_told_in_a_sentence(self):
        self.assertIn("Moves, and does not copy.", self.text)

    def test_an_inline_namespace_for_a_version_is_no_part_of_a_name(self):
        self.assertIn("\n## thing {", self.text)

    def test_values_keep_their_words(self):
        self.assertIn("<dd>the first</dd>", self.text)


HEADER = """// Things, and what they are for.
#ifndef THING_HPP
#define THING_HPP

namespace rolecall::inline v0_1 {

namespace detail {
int hidden();
}

/// Which of them.
enum class which : int { one, ///< the first
                   two };

/// A thing.
class thing {
public:
    /// Of a size.
    explicit thing(int size = 3) : size_(size) {}
    thing(thing&&) noexcept = default;
    thing(thing const&) = delete;
    thing& operator=(thing const&) = delete;

    /// How large it is; see `which`.
    [[nodiscard]] int size() const noexcept { return 3; }

    /// Makes it larger, or smaller.
    void grow();
    void shrink() {
        size_ = 0;
    }

private:
    int size_;
};

void silent();

}  // namespace rolecall

#endif
"""

if __name__ == "__main__":
    unittest.main()
