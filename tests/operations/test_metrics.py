"""What Prometheus reads of a Chairside that works."""

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from chairside.kernel import migrate
from tests.operations.load import GENEROUS, Clinic
from tests.operations.started import Started

EXPECTED = {
    "chairside_requests", "chairside_request_seconds", "chairside_build_info", "chairside_leaving", "chairside_database_up",
    "chairside_worker_up", "chairside_jobs", "chairside_jobs_oldest_seconds", "chairside_pool_connections",
    "chairside_pool_in_use", "chairside_pool_waiting", "chairside_pool_waited", "chairside_pool_refused",
    "chairside_rate_limited", "process_start_time_seconds", "process_cpu_seconds",
}  # fmt: skip


@pytest.fixture(scope="class")
def read(start):
    running: Started = start(**GENEROUS)
    clinic = Clinic(f"http://localhost:{running.port}")

    def read_() -> dict:
        answer = httpx.get(f"http://127.0.0.1:{running.port}/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert clinic.slug not in answer.text and clinic.id not in answer.text
        return {found.name: found for found in text_string_to_metric_families(answer.text)}

    return read_


class TestMetrics:
    def test_are_read_by_prometheus_own_parser_and_named_as_it_asks(self, read):
        found = read()
        assert set(found) >= EXPECTED
        for name, metric in found.items():
            assert metric.documentation.endswith("."), name
            assert metric.type in ("counter", "gauge", "histogram"), name

    def test_count_requests_by_route_and_never_by_address(self, read):
        routes = {sample.labels["route"] for sample in read()["chairside_requests"].samples}
        assert "/api/v1/clinics/{clinic}/patients" in routes

    def test_a_histogram_ends_where_its_count_does(self, read):
        by_route: dict = {}
        for sample in read()["chairside_request_seconds"].samples:
            by_route.setdefault((sample.labels["method"], sample.labels["route"]), []).append(sample)
        for samples in by_route.values():
            buckets = [sample.value for sample in samples if sample.name.endswith("_bucket")]
            assert buckets == sorted(buckets)
            assert buckets[-1] == next(sample.value for sample in samples if sample.name.endswith("_count"))

    def test_know_release_database_worker_and_queue(self, read):
        found = read()
        assert found["chairside_build_info"].samples[0].labels["revision"] == migrate.newest()
        assert found["chairside_database_up"].samples[0].value == 1
        assert found["chairside_worker_up"].samples[0].value == 1
        assert {sample.labels["state"] for sample in found["chairside_jobs"].samples} == {"waiting", "doing", "failed"}
        assert found["chairside_pool_connections"].samples[0].value >= 1
