"""A small program that serves as a bridge, and can be told to misbehave."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
import json, os, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

how = sys.argv[1]
if how == "ends": print("no settings"); sys.exit(3)
if how == "floods": print("x" * 1_000_000, flush=True)
if how == "has a child":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(f"child {child.pid}", flush=True)
if how == "stays": import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)
port = 0 if how == "elsewhere" else int(os.environ[sys.argv[2] if len(sys.argv) > 2 else "PORT"])

class Door(BaseHTTPRequestHandler):
    def do_GET(self):
        if how == "chats": print(self.path)
        body = json.dumps({"name": "small", "version": "1", "capabilities": ["jivo", "contract"]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        if how == "dies": print("last words", flush=True); os._exit(7)
        if how == "hangs": time.sleep(600)
    def log_message(self, *_): pass

print("listening", flush=True)
ThreadingHTTPServer(("127.0.0.1", port), Door).serve_forever()
"""


def program(folder: Path, how: str, *more: str) -> list[str]:
    """Write it, and give the command that starts it; ``how`` is what it does."""
    path = folder / "small.py"
    path.write_text(TEXT, "utf-8")
    return [sys.executable, str(path), how, *more]
