from chairside.kernel.migrate import sql_beside

revision = "202611290910"
down_revision = "202611290900"
upgrade = sql_beside(__file__)
