"""sh_binary under its Bazel 8+ load path."""
sh_binary = native.sh_binary
