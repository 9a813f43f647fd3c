pytest_plugins = ["tests.database", "tests.promises"]
