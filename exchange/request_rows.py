"""The number by which a request's row comes back: the register row's, as text."""


def request_id_of(register_row_id: int, /) -> str:
    """Return the request number written into a file for a register's row."""
    return str(register_row_id)
