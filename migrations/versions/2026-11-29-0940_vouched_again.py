from chairside.kernel.migrate import sql_beside

revision = "202611290940"
down_revision = "202611290930"
upgrade = sql_beside(__file__)
