from procrastinate.schema import SchemaManager

from chairside.kernel.migrate import sql_beside

revision = "202611210905"
down_revision = "202611210900"
upgrade = sql_beside(__file__, after=SchemaManager.get_schema)
