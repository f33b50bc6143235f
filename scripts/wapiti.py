"""Lets the web scanner Wapiti ($WAPITI) attack the server at $MENPAI_URL, and fails on any finding.

With a session in $MENPAI_COOKIE it attacks the workbench as well, as the person whose session it is.

Only modules that need no server on the internet. Bounded: an attack takes two minutes at most, the whole a
quarter of an hour.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

MODULES = "cookieflags,crlf,csp,csrf,exec,file,http_headers,permanentxss,redirect,sql,timesql,xss"


def main():
    url = os.environ["MENPAI_URL"] + "/"
    # Without the origin every form is refused before it is read.
    headers = ["--header", f"Origin: {os.environ['MENPAI_URL']}"]
    if cookie := os.environ.get("MENPAI_COOKIE"):
        headers += ["--header", f"Cookie: {cookie}", "--start", url + "home"]
        # These end the session that it attacks with.
        for ends in ("sign_out", "change_password", "revoke_others", "revoke_device"):
            headers += ["--exclude", f"{url}api/identity/{ends}*"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run([
            os.environ["WAPITI"], "--url", url, "--scope", "folder", "--module", MODULES,
            *headers, "--max-scan-time", "900", "--max-attack-time", "120", "--no-bugreport",
            # Its own endpoints are on the internet; these modules do not need them.
            "--external-endpoint", url, "--internal-endpoint", url, "--dns-endpoint", "localhost",
            "--store-session", folder, "--store-config", folder, "--format", "json", "--output", str(report),
        ], check=True, stdin=subprocess.DEVNULL)
        parts = json.loads(report.read_text(encoding="utf-8"))
    found = [
        f"{kind}: {hit['method']} {hit['path']}: {hit['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, hits in parts[part].items()
        for hit in hits
    ]
    print(*found, f"{parts['infos']['crawled_pages_nbr']} pages, {len(found)} findings", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
