"""sh_test under its Bazel 8+ load path."""
sh_test = native.sh_test
