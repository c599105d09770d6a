#!/usr/bin/env bash
# Puts the files of KaTeX's npm package that the audit page needs into clr/render/katex.
set -euo pipefail
cd "$(dirname "$0")/.."
version=0.19.1
command -v npm >/dev/null
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "katex@$version" >/dev/null 2>&1 && tar xzf katex-*.tgz)
mkdir -p "$work/katex/fonts"
cp "$work"/package/dist/katex.min.{js,css} "$work/package/LICENSE" "$work/katex/"
cp "$work"/package/dist/fonts/*.woff2 "$work/katex/fonts/"
mv "$work/katex" clr/render/katex
