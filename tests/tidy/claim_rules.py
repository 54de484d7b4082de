"""Rules that hold documents against the tree: their numbers, and the table of claims. As in
tree_rules.py, a rule takes {path: text} and yields (path, line, message)."""

import re

TABLE = "proofs/README.md"
LITMUS = "proofs/litmus/README.md"
# What a model test of a part is called, and what links a proof to the code.
EVIDENCE = re.compile(r'"(?!relacy_)(\w+_(?:model|history|within|machine_run|link|matrix)_test)"')
# Packages of models that are tools and not about a part of the core.
TOOLS = ("models/checker", "models/litmus", "models/matrix", "models/orders")


def historical_bugs(files):
    return sum(re.fullmatch(r"models/historical/golden/\w+\.txt", path) is not None
               for path in files)


def litmus_programs(files, folder=r"\w+"):
    return len(re.findall(rf"^\| `{folder}/\w+` \|", files.get(LITMUS, ""), re.MULTILINE))


def deque_programs(files):
    return litmus_programs(files, r"deque_\w+")


def other_programs(files):
    return litmus_programs(files) - deque_programs(files)


def simulated_processors(files):
    flags = re.findall(r'add_flag\("--(\d+)"', files.get("bench/simulation/main.cc", ""))
    return max(map(int, flags), default=0)


# Document, the sentence with the number, what counts anew.
NUMBERS = (
    ("README.md", r"(\d+) bugs that shipped", historical_bugs),
    ("README.md", r"as C programs, for GenMC, run by hand; of (\d+)", litmus_programs),
    ("bench/README.md", r"on up to (\d+) processors", simulated_processors),
    (TABLE, r"GenMC [\d.]+ on (\d+) C programs", deque_programs),
    (TABLE, r"likewise (\d+) of the other parts", other_programs),
)


def numbers_are_current(files):
    for path, sentence, count in NUMBERS:
        if path not in files:
            continue
        found = re.search(sentence, files[path])
        number = count(files)
        if found is None:
            yield path, 0, f"no sentence like '{sentence}': change claim_rules.py with the document"
        elif int(found[1]) != number:
            line = files[path].count("\n", 0, found.start()) + 1
            yield path, line, f"says {found[1]}, and the tree has {number}: '{found[0]}'"


def evidence(files):
    """Labels of the tests of models and of the links, and of the packages with a proof."""
    for path, text in sorted(files.items()):
        package = path.removesuffix("/BUILD.bazel")
        if package == path or not package.startswith(("models/", "proofs/")):
            continue
        if package.startswith(TOOLS):
            continue
        for name in sorted(set(EVIDENCE.findall(text))):
            yield f"//{package}:{name}"
        if "wyn_proof_tests(" in text:
            yield f"//{package}:all"


def evidence_has_a_claim(files):
    """Each test of a model, each proof and each link stands in the table of claims."""
    table = files.get(TABLE)
    if table is None:
        return
    labels = set(re.findall(r"//[\w/]+:\w+", table))
    for label in evidence(files):
        if label not in labels:
            yield TABLE, 0, f"{label} is the evidence of no claim: name it in a row"


def models_of(files):
    """Headers of models: a part's BUILD file names them without the ending, as it does no helper."""
    for path in sorted(files):
        match = re.fullmatch(r"(models/\w+)/(\w+)\.h", path)
        if match is None or match[1].startswith(TOOLS):
            continue
        build = files.get(f"{match[1]}/BUILD.bazel", "")
        if "wyn_model_part(" not in build or f'"{match[2]}"' not in build:
            continue
        if re.search(rf"^struct {match[2]}\b|^// Goal:", files[path], re.MULTILINE):
            yield path, match[2]


def models_say_their_bound(files):
    """A model's head has Goal, Method and Bound, and models/README.md names the model."""
    for path, name in models_of(files):
        head = files[path].split("#pragma once")[0]
        for heading in ("Goal", "Method", "Bound"):
            if not re.search(rf"^// {heading}:", head, re.MULTILINE):
                yield path, 1, f"the head does not say its {heading}"
        if f"`{name}`" not in files.get("models/README.md", ""):
            yield path, 1, f"models/README.md does not name {name}"


def rows_of(text):
    """(line, cells) of the rows of the first table whose head begins with "claim"."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("| claim |"):
            inside = True
        elif not line.startswith("|") and inside:
            return
        if inside and not line.startswith("|---"):
            yield number, [cell.strip() for cell in line.strip("|").split("|")]


def claims_say_how_far_they_reach(files):
    """A claim that was explored has its bound, and every claim says what it does not cover."""
    head = None
    for line, cells in rows_of(files.get(TABLE, "")):
        if head is None:
            head = cells
            continue
        if len(cells) != len(head):
            yield TABLE, line, f"{len(cells)} cells, and the head has {len(head)}"
            continue
        if cells[0].startswith("**"):
            continue
        row = dict(zip(head, cells, strict=True))
        if row.get("explored") and not row.get("bound"):
            yield TABLE, line, "was explored and names no bound"
        if not row.get("not covered"):
            yield TABLE, line, "does not say what it leaves out"


def tables_are_weakened(files):
    """Each ordering table of core/ is one of those whose rows are weakened, one at a time."""
    weakened = set()
    for path, text in files.items():
        if re.fullmatch(r"models/\w+/tables\.cc", path):
            weakened.update(re.findall(r'\.name = "(\w+)"', text))
    for path, text in sorted(files.items()):
        if not path.startswith("core/"):
            continue
        for match in re.finditer(r"^struct (\w+)[^;{]*\{\n(.*?)^\};", text, re.MULTILINE | re.DOTALL):
            if "static constexpr site<" in match[2] and match[1] not in weakened:
                line = text.count("\n", 0, match.start()) + 1
                yield path, line, f"{match[1]} is in no models/*/tables.cc: nobody weakens its rows"


def tables_are_held_against_the_book(files):
    """Each table of a part is in the part's matrix test: only there the order book is compared with the matrix."""
    for path, text in files.items():
        folder = re.fullmatch(r"(models/\w+)/tables\.cc", path)
        listed = re.search(r"\btables\(\) \{\s*return \{(.*?)\};", text, re.DOTALL)
        if folder is None or listed is None:
            continue
        tests = "".join(code for test, code in files.items()
                        if test.startswith(folder[1] + "/") and test.endswith("_matrix_test.cc"))
        for table in re.findall(r"(\w+)\(\)", listed[1]):
            if not re.search(rf"\bexpect_truth\({table}\(\)", tests):
                line = text.count("\n", 0, listed.start()) + 1
                yield path, line, f"{table}() is in no matrix test of {folder[1]}: call expect_truth({table}(), ...)"


ALL = (
    numbers_are_current,
    evidence_has_a_claim,
    models_say_their_bound,
    claims_say_how_far_they_reach,
    tables_are_weakened,
    tables_are_held_against_the_book,
)
