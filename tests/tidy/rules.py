"""The executable part of docs/STYLE.md: one function a rule.

A rule takes a file (path from the root of the repository, text) and yields (line number, message);
line 0 is the file as a whole. Each message says what to do instead. What a rule must find and what
it must let pass is in rules_test.py.
"""

import re

COLUMNS_MAX = 100
# In Python, where a transition of a proof or a case of a table is one line.
PYTHON_COLUMNS_MAX = 120
LINES_MAX = 500

CPP = (".cc", ".h", ".c", ".cpp", ".hpp")
CODE = CPP + (".py", ".sh", ".bzl", ".bazel")


def is_cpp(path):
    return path.endswith(CPP)


def is_code(path):
    return path.endswith(CODE)


def blank_out(match):
    """Spaces for a comment or a literal, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", match[0])


def without_comments(text):
    """C++ with comments and string literals blanked out."""
    token = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|//[^\n]*|/\*.*?\*/'
    return re.sub(token, blank_out, text, flags=re.DOTALL)


def find(pattern, text, message):
    """A finding for each line that has a match; {} in the message stands for the matched text."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.search(pattern, line)
        if match:
            yield number, message.format(match[0])


def seam_only(path, text):
    """Lock-free code goes through the seam, or the checker never sees it."""
    if not path.startswith("core/") or path.startswith(("core/base/", "core/capi/")):
        return
    code = without_comments(text)
    yield from find(r"std::atomic|atomic_thread_fence", code,
                    "{} is banned here: use Env::atomic and a row of an ordering table")
    yield from find(r"memory_order", code, "{} is banned here: name a row of an ordering table")
    yield from find(r"(?<!asm )\bvolatile\b", code, "{} is banned here: use Env::atomic")


def no_sleeping_tests(path, text):
    """A test that sleeps is slow on every machine and wrong on a slower one.

    Where an interval of time is what is measured, a comment on the line says so.
    """
    if not is_cpp(path) or not path.startswith(("tests/", "models/", "core/")):
        return
    if path.startswith("models/check/std/"):
        return  # it has functions of these names, which do not sleep
    lines = text.splitlines()
    for number, message in find(
            r"\b(sleep_for|sleep_until|usleep|nanosleep)\b", without_comments(text),
            "{} is banned here: wait for the state itself, by a latch or by polling it"):
        if "the measurement itself" not in lines[number - 1]:
            yield number, message


def no_suppressions(path, text):
    """Zero sanitizer reports means zero without suppressions."""
    if not is_code(path) and path != ".bazelrc" or path.startswith("tests/tidy/"):
        return
    yield from find(
        r"no_sanitize|ANNOTATE_BENIGN|default_suppressions|suppressions=[^\s\":,]", text,
        "{}: sanitizer reports are fixed, not silenced")


def no_notes_to_self(path, text):
    if is_code(path) or path.endswith(".md"):
        yield from find(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", text,
                        "{} is banned: do it, or open an issue and say what does not work")


def no_machine_paths(path, text):
    if is_code(path) or path.endswith(".md"):
        yield from find(r"(?<![\w.>)])/(home|root|Users|work)/\w+", text,
                        "{}: a path of one machine; use one from the root of the repository")


def short_lines(path, text):
    if not is_code(path) or path.endswith((".bazel", ".bzl")):
        return  # the form of BUILD files is buildifier's
    limit = PYTHON_COLUMNS_MAX if path.endswith(".py") else COLUMNS_MAX
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > limit and "http" not in line:
            yield number, f"{len(line)} columns: break it at {limit}"


def short_files(path, text):
    lines = text.count("\n")
    if is_code(path) and lines > LINES_MAX:
        yield 0, f"{lines} lines: one concept a file, {LINES_MAX} lines at the most"


def clean_whitespace(path, text):
    if not is_code(path) and not path.endswith(".md"):
        return
    yield from find(r"[ \t]+$", text, "white space at the end of the line")
    if text and not text.endswith("\n"):
        yield 0, "no newline at the end of the file"
    if is_cpp(path):
        yield from find(r"\t", text, "a tab: indent by two spaces")


def header_has_head(path, text):
    """A header opens with what it is for."""
    if not path.endswith(".h"):
        return
    if not text.startswith(("//", "/*")):
        yield 1, "a header starts with a comment that says what it is for"
    if path.startswith("core/capi/"):
        return  # also for C compilers without #pragma once
    if not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield 0, "a header has #pragma once"


def includes_from_the_root(path, text):
    if is_cpp(path):
        yield from find(r'^\s*#\s*include\s+"(?!.*/)[^"]*"', text,
                        "{}: include by the path from the root of the repository")


def layers(path, text):
    """The product stands alone, and the checker can be taken out of the tree."""
    if path.startswith("core/"):
        yield from find(r'^\s*#\s*include\s+"(?!core/)[^"]*"', text,
                        "{}: core includes core only")
        if not path.startswith("core/fiber/"):
            yield from find(r"^\s*#\s*include\s+<boost/[^>]*>", text,
                            "{}: in core, Boost stays behind core/fiber")
    of_tests = path.endswith("_test.cc") or path.startswith("models/checker/testing/")
    if path.startswith("models/checker/") and not of_tests:
        yield from find(r'^\s*#\s*include\s+"(?!core/base/|models/checker/)[^"]*"', text,
                        "{}: the checker includes itself and core/base only")


def test_names_are_sentences(path, text):
    if is_cpp(path):
        yield from find(r"^\s*(?:TYPED_)?TEST(?:_[FP])?\(\w+, \w*(?:Test|Works|Basic)\)", text,
                        "{}: name the fact that it states")


def no_bare_claim(path, text):
    """Of the documents only the claim table may use the word, next to its evidence."""
    if path.endswith(".md") and path not in ("proofs/README.md", "docs/STYLE.md"):
        yield from find(r"(?i)\b(formally )?verified\b", text,
                        "{}: say what was explored, tested or proved; the word needs a row in "
                        "proofs/README.md")


ALL = (
    seam_only,
    no_sleeping_tests,
    no_suppressions,
    no_notes_to_self,
    no_machine_paths,
    short_lines,
    short_files,
    clean_whitespace,
    header_has_head,
    includes_from_the_root,
    layers,
    test_names_are_sentences,
    no_bare_claim,
)
