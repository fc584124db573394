"""The frozen records that flow between the stages, in pipeline order: `table`, `segments`, `profile`, `study`."""
