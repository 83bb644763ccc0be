"""A way to a server that breaks at a chosen command, as a bad line does: on the way there, or on the way back."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field


@dataclass
class BadLine:
    """Passes on to a port of this machine, and breaks once at the given command of the client."""

    target: int
    breaks_at: int = 0  # 0 means never
    after: bool = False  # the command arrives and its answer is lost
    commands: list[bytes] = field(default_factory=list)
    broke: bool = False

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._back, args=(server, client), daemon=True).start()
            threading.Thread(target=self._forth, args=(client, server), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        try:
            for line in client.makefile("rb"):
                self.commands.append(line.partition(b" ")[2].strip())
                breaks = not self.broke and len(self.commands) == self.breaks_at
                if breaks:
                    self.broke = True
                    if self.after:
                        # The server does it, and nobody hears that it did.
                        client.shutdown(socket.SHUT_WR)
                        server.sendall(line)
                        server.shutdown(socket.SHUT_WR)
                    break
                server.sendall(line)
        except OSError:
            pass
        finally:
            _hang_up(client)
            if not (self.broke and self.after):
                _hang_up(server)

    @staticmethod
    def _back(server: socket.socket, client: socket.socket) -> None:
        try:
            while data := server.recv(65536):
                client.sendall(data)
        except OSError:
            pass
        finally:
            _hang_up(server)
            _hang_up(client)


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
