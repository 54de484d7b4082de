"""How the checker is compiled, in every build: models' tests are as fast as it is."""

# Debian's Bazel asks for frame pointers and stack protectors, which cost some 5 % of the time here.
CHECKER_COPTS = [
    "-O2",
    "-fomit-frame-pointer",
    "-fno-stack-protector",
]
