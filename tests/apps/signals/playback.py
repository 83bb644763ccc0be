"""A real HTTP server on this machine that plays back what sources answer, and notes what it was asked."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; with `cut` it promises more than it sends, with `drip` it sends a byte each so many seconds, with
    `repeat` it sends so many bytes in all.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    drip: float = 0.0
    repeat: int = 0


@dataclass(slots=True)
class Playback:
    """What stands at each path: several replies come one after another, the last one for ever."""

    address: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: int = 0

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def put(self, path: str, *replies: Reply) -> str:
        """Let these stand at a path; its whole address."""
        self.replies[path] = list(replies)
        return self.address + path

    def next_reply(self, path: str) -> Reply:
        queue = self.replies.get(path) or self.replies.get(path.partition("?")[0]) or [Reply(status=404)]
        return queue.pop(0) if len(queue) > 1 else queue[0]


@contextmanager
def playing() -> Iterator[Playback]:
    """The server, for as long as it is needed."""
    playback = Playback("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            playback.asked.append((self.path, dict(self.headers)))
            reply = playback.next_reply(self.path)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(reply.repeat or len(reply.body) + (1000 if reply.cut else 0)))
            self.end_headers()
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            try:
                for byte in reply.body if reply.drip else ():
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(reply.drip)
                part = reply.body * (64 * 1024) if reply.repeat else b""
                for _ in range(0, reply.repeat, len(part) or 1):
                    self.wfile.write(part)
                    playback.sent += len(part)
                if not reply.drip and not reply.repeat:
                    self.wfile.write(reply.body)
            except OSError:
                return  # whoever asked has hung up, as is their right
            self.close_connection = reply.cut

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what was asked is noted in `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    playback.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield playback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
