"""The address of the server: a socket that is bound before the first build, and its URL."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass
from ipaddress import ip_address

from generator.errors import ConfigError, Problem

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_PORTS_TRIED = 20


@dataclass(frozen=True, slots=True)
class Address:
    """A host, its port, and the socket that listens there."""

    host: str
    port: int
    socket: socket.socket

    @property
    def origin(self) -> str:
        """The origin, such as `http://127.0.0.1:8000`.

        A host that means all addresses is shown as localhost.
        """
        name = "localhost" if _is_wildcard(self.host) else self.host
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}"

    def answers_to(self, name: str) -> bool:
        """Return whether a request may use a host name: an IP address or a name of this machine.

        A different name may be one that another site has pointed at this machine.
        """
        name = name.strip("[]").lower()
        return _is_ip_address(name) or name in {"localhost", self.host.lower(), *_machine_names()}


def bind(host: str, port: int | None) -> Address:
    """Listen on a port: the first free one from 8000 if none is named, any free one if it is 0.

    Raises `ConfigError` if that is impossible.
    """
    if port is not None:
        return _bound(host, port)
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED):
        try:
            return _bound(host, candidate)
        except _TakenError:
            continue
    last = DEFAULT_PORT + _PORTS_TRIED - 1
    message = f"all ports from {DEFAULT_PORT} to {last} are taken"
    raise ConfigError(Problem(host, 0, 0, message, "name a free one with --port"))


class _TakenError(ConfigError):
    """Another program listens on the port."""


def _bound(host: str, port: int) -> Address:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family)
    except OSError as error:
        raise _refusal(host, port, error) from error
    bound.setblocking(False)
    return Address(host, bound.getsockname()[1], bound)


def _refusal(host: str, port: int, error: OSError) -> ConfigError:
    place = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        hint = "end it, or name another port with --port"
        return _TakenError(Problem(place, 0, 0, "another program listens on this port", hint))
    # For an unknown host name, the error number is not one of the system's.
    reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
    message = f"can't listen there: {reason}"
    return ConfigError(Problem(place, 0, 0, message, "choose another --host or --port"))


def _is_ip_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _machine_names() -> set[str]:
    """Return the names of this machine in the network, also by multicast DNS."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return {name, short, f"{short}.local"}


def _is_wildcard(host: str) -> bool:
    return host in ("", "0.0.0.0", "::")
