from tests.web.office.conftest import anyio_backend, visit

__all__ = ["anyio_backend", "visit"]
