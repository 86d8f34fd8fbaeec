#!/usr/bin/env bash
# Runs the module under Wine: a host for win-x64 with PowerShell's engine, and scenario.ps1 in it. Not a substitute for Windows; for computers
# without Windows. Needs Wine (8 or later) and the .NET SDK, and restores the packages of .NET for win-x64. Not part of 'dotnet test' or CI.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
if ! command -v wine >/dev/null; then
    echo 'skipped: Wine is not installed, so nothing was tried under Wine.'
    exit 0
fi

# Wine converts Unix paths by the locale.
export LC_ALL=C.UTF-8
root=$(mktemp -d)
folder="$root/Prüfung mit Wörtern"
mkdir "$folder"
program="$folder/host"
trap 'WINEPREFIX="$root/wine" wineserver -k 2>/dev/null || true; rm -rf "$root"' EXIT

echo 'Building the module and the host.'
dotnet build "$repository/src/Module" -v quiet -nologo
dotnet publish "$here" -v quiet -nologo -o "$program"
mkdir "$folder/modules"
cp -R "$repository/out/AppRunner" "$folder/modules/AppRunner"
cp "$here/scenario.ps1" "$folder/scenario.ps1"
mv "$program/AppRunner.Wine.Host.exe" "$program/host.exe"
cp "$program/host.exe" "$program/git.exe"

# A Wine of its own. Without these settings .NET's runtime crashes under Wine 8.
export WINEPREFIX="$root/wine" WINEDEBUG=-all WINEDLLOVERRIDES='mshtml,winedbg.exe=' DOTNET_EnableWriteXorExecute=0 DOTNET_gcConcurrent=0 DOTNET_TieredCompilation=0
unset DISPLAY
wineboot --init >/dev/null 2>&1
wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null 2>&1
: >"$root/output"

echo "Running the module under $(wine --version)."
windows() { winepath -w "$1" 2>/dev/null; }
wine "$program/host.exe" "$(windows "$folder/scenario.ps1")" "$(windows "$folder")" "$(windows "$program/host.exe")" >"$root/output" 2>"$root/errors" &
session=$!
for ((i = 0; i < 600; i++)); do
    if grep -q 'ready to be killed' "$root/output" || ! kill -0 $session 2>/dev/null; then break; fi
    sleep 0.5
done
cat "$root/output"
if ! grep -q 'ready to be killed' "$root/output"; then
    tail -n 20 "$root/errors"
    echo 'FAILED under Wine.'
    exit 1
fi

# The programs of this Wine that are the host: the session, and the application of the service.
hosts() {
    pgrep -f 'host\.exe' | while read -r id; do
        if { tr '\0' '\n' <"/proc/$id/environ"; } 2>/dev/null | grep -qxF "WINEPREFIX=$WINEPREFIX"; then echo "$id"; fi
    done
}
if [ "$(hosts | wc -l)" -lt 2 ]; then
    echo 'FAILED under Wine: the service has no program.'
    exit 1
fi
kill -KILL $session
for ((i = 0; i < 60; i++)); do
    if [ -z "$(hosts)" ]; then break; fi
    sleep 0.5
done
if [ -n "$(hosts)" ]; then
    echo 'FAILED under Wine: a program is left after the session was killed.'
    exit 1
fi
echo 'ok  no program is left after the session was killed'
echo 'All scenarios passed under Wine.'
