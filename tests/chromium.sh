#!/bin/sh
# The browser tests need a Chromium. Finds one, installs Debian's where that is possible, else says what is left out.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "$KLUWEN_CHROMIUM" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
if [ "$CI" = true ]; then
    echo "No Chromium, and CI may not do without the browser tests." >&2
    exit 1
fi
echo "No Chromium was found: the browser tests are left out. Install one, or name one in KLUWEN_CHROMIUM."
