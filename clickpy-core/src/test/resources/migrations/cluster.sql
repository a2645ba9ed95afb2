-- V0001, statement 1
CREATE TABLE IF NOT EXISTS pypi_local ON CLUSTER '{cluster}' (date Date, country_code LowCardinality(String), project String, type LowCardinality(String), installer LowCardinality(String), python_minor LowCardinality(String), system LowCardinality(String), version String, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/stats/pypi_local', '{replica}') ORDER BY (project, version, date, country_code, python_minor, system) SETTINGS replicated_deduplication_window = 0;

-- V0001, statement 2
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_installer_by_type_by_country_local ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), installer LowCardinality(String), type LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_installer_by_type_by_country_local', '{replica}') ORDER BY (project, version, date, country_code, installer, type) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 3
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_python_by_country_local ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), python_minor LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_python_by_country_local', '{replica}') ORDER BY (project, version, date, country_code, python_minor) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 4
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_system_by_country_local ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), system LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_system_by_country_local', '{replica}') ORDER BY (project, version, date, country_code, system) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 5
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_installer_by_type_local ON CLUSTER '{cluster}' (project String, version String, date Date, installer LowCardinality(String), type LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_installer_by_type_local', '{replica}') ORDER BY (project, version, date, installer, type) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 6
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_country_local ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_country_local', '{replica}') ORDER BY (project, version, date, country_code) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 7
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_python_local ON CLUSTER '{cluster}' (project String, version String, date Date, python_minor LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_python_local', '{replica}') ORDER BY (project, version, date, python_minor) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 8
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_system_local ON CLUSTER '{cluster}' (project String, version String, date Date, system LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_system_local', '{replica}') ORDER BY (project, version, date, system) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 9
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_file_type_local ON CLUSTER '{cluster}' (project String, version String, date Date, type LowCardinality(String), count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_by_file_type_local', '{replica}') ORDER BY (project, version, date, type) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 10
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_local ON CLUSTER '{cluster}' (project String, version String, date Date, count Int64, INDEX dates date TYPE minmax GRANULARITY 1) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_version_local', '{replica}') ORDER BY (project, version, date) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 11
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_installer_by_type_local ON CLUSTER '{cluster}' (project String, date Date, installer LowCardinality(String), type LowCardinality(String), count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_installer_by_type_local', '{replica}') ORDER BY (project, date, installer, type) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 12
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_country_local ON CLUSTER '{cluster}' (project String, date Date, country_code LowCardinality(String), count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_country_local', '{replica}') ORDER BY (project, date, country_code) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 13
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_python_local ON CLUSTER '{cluster}' (project String, date Date, python_minor LowCardinality(String), count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_python_local', '{replica}') ORDER BY (project, date, python_minor) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 14
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_system_local ON CLUSTER '{cluster}' (project String, date Date, system LowCardinality(String), count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_by_system_local', '{replica}') ORDER BY (project, date, system) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 15
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_local ON CLUSTER '{cluster}' (project String, date Date, count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_day_local', '{replica}') ORDER BY (project, date) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 16
CREATE TABLE IF NOT EXISTS pypi_downloads_overall_per_day_local ON CLUSTER '{cluster}' (date Date, count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_overall_per_day_local', '{replica}') ORDER BY (date) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 17
CREATE TABLE IF NOT EXISTS pypi_downloads_per_month_local ON CLUSTER '{cluster}' (month Date, project String, count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_per_month_local', '{replica}') ORDER BY (month, project) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 18
CREATE TABLE IF NOT EXISTS pypi_downloads_by_version_local ON CLUSTER '{cluster}' (project String, version String, count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_by_version_local', '{replica}') ORDER BY (project, version) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 19
CREATE TABLE IF NOT EXISTS pypi_downloads_local ON CLUSTER '{cluster}' (project String, count Int64) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_local', '{replica}') ORDER BY (project) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 20
CREATE TABLE IF NOT EXISTS pypi_downloads_max_min_local ON CLUSTER '{cluster}' (project String, max_date SimpleAggregateFunction(max, Date), min_date SimpleAggregateFunction(min, Date)) ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/stats/pypi_downloads_max_min_local', '{replica}') ORDER BY (project) SETTINGS index_granularity = 1024, replicated_deduplication_window = 0;

-- V0001, statement 21
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_installer_by_type_by_country_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_installer_by_type_by_country_local (project String, version String, date Date, country_code LowCardinality(String), installer LowCardinality(String), type LowCardinality(String), count Int64) AS SELECT project, version, date, country_code, installer, type, count() AS count FROM pypi_local AS source GROUP BY project, version, date, country_code, installer, type;

-- V0001, statement 22
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_python_by_country_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_python_by_country_local (project String, version String, date Date, country_code LowCardinality(String), python_minor LowCardinality(String), count Int64) AS SELECT project, version, date, country_code, python_minor, count() AS count FROM pypi_local AS source GROUP BY project, version, date, country_code, python_minor;

-- V0001, statement 23
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_system_by_country_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_system_by_country_local (project String, version String, date Date, country_code LowCardinality(String), system LowCardinality(String), count Int64) AS SELECT project, version, date, country_code, system, count() AS count FROM pypi_local AS source GROUP BY project, version, date, country_code, system;

-- V0001, statement 24
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_installer_by_type_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_installer_by_type_local (project String, version String, date Date, installer LowCardinality(String), type LowCardinality(String), count Int64) AS SELECT project, version, date, installer, type, count() AS count FROM pypi_local AS source GROUP BY project, version, date, installer, type;

-- V0001, statement 25
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_country_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_country_local (project String, version String, date Date, country_code LowCardinality(String), count Int64) AS SELECT project, version, date, country_code, count() AS count FROM pypi_local AS source GROUP BY project, version, date, country_code;

-- V0001, statement 26
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_python_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_python_local (project String, version String, date Date, python_minor LowCardinality(String), count Int64) AS SELECT project, version, date, python_minor, count() AS count FROM pypi_local AS source GROUP BY project, version, date, python_minor;

-- V0001, statement 27
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_system_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_system_local (project String, version String, date Date, system LowCardinality(String), count Int64) AS SELECT project, version, date, system, count() AS count FROM pypi_local AS source GROUP BY project, version, date, system;

-- V0001, statement 28
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_by_file_type_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_by_file_type_local (project String, version String, date Date, type LowCardinality(String), count Int64) AS SELECT project, version, date, type, count() AS count FROM pypi_local AS source GROUP BY project, version, date, type;

-- V0001, statement 29
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_version_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_version_local (project String, version String, date Date, count Int64) AS SELECT project, version, date, count() AS count FROM pypi_local AS source GROUP BY project, version, date;

-- V0001, statement 30
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_installer_by_type_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_installer_by_type_local (project String, date Date, installer LowCardinality(String), type LowCardinality(String), count Int64) AS SELECT project, date, installer, type, count() AS count FROM pypi_local AS source GROUP BY project, date, installer, type;

-- V0001, statement 31
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_country_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_country_local (project String, date Date, country_code LowCardinality(String), count Int64) AS SELECT project, date, country_code, count() AS count FROM pypi_local AS source GROUP BY project, date, country_code;

-- V0001, statement 32
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_python_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_python_local (project String, date Date, python_minor LowCardinality(String), count Int64) AS SELECT project, date, python_minor, count() AS count FROM pypi_local AS source GROUP BY project, date, python_minor;

-- V0001, statement 33
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_by_system_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_by_system_local (project String, date Date, system LowCardinality(String), count Int64) AS SELECT project, date, system, count() AS count FROM pypi_local AS source GROUP BY project, date, system;

-- V0001, statement 34
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_day_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_day_local (project String, date Date, count Int64) AS SELECT project, date, count() AS count FROM pypi_local AS source GROUP BY project, date;

-- V0001, statement 35
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_overall_per_day_mv ON CLUSTER '{cluster}' TO pypi_downloads_overall_per_day_local (date Date, count Int64) AS SELECT date, count() AS count FROM pypi_local AS source GROUP BY date;

-- V0001, statement 36
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_per_month_mv ON CLUSTER '{cluster}' TO pypi_downloads_per_month_local (month Date, project String, count Int64) AS SELECT toStartOfMonth(date) AS month, project, count() AS count FROM pypi_local AS source GROUP BY month, project;

-- V0001, statement 37
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_by_version_mv ON CLUSTER '{cluster}' TO pypi_downloads_by_version_local (project String, version String, count Int64) AS SELECT project, version, count() AS count FROM pypi_local AS source GROUP BY project, version;

-- V0001, statement 38
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_mv ON CLUSTER '{cluster}' TO pypi_downloads_local (project String, count Int64) AS SELECT project, count() AS count FROM pypi_local AS source GROUP BY project;

-- V0001, statement 39
CREATE MATERIALIZED VIEW IF NOT EXISTS pypi_downloads_max_min_mv ON CLUSTER '{cluster}' TO pypi_downloads_max_min_local (project String, max_date SimpleAggregateFunction(max, Date), min_date SimpleAggregateFunction(min, Date)) AS SELECT project, max(source.date) AS max_date, min(source.date) AS min_date FROM pypi_local AS source GROUP BY project;

-- V0001, statement 40
CREATE TABLE IF NOT EXISTS pypi ON CLUSTER '{cluster}' (date Date, country_code LowCardinality(String), project String, type LowCardinality(String), installer LowCardinality(String), python_minor LowCardinality(String), system LowCardinality(String), version String) ENGINE = Distributed('{cluster}', 'stats', 'pypi_local', cityHash64(project));

-- V0001, statement 41
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_installer_by_type_by_country ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), installer LowCardinality(String), type LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_installer_by_type_by_country_local', cityHash64(project));

-- V0001, statement 42
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_python_by_country ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), python_minor LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_python_by_country_local', cityHash64(project));

-- V0001, statement 43
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_system_by_country ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), system LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_system_by_country_local', cityHash64(project));

-- V0001, statement 44
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_installer_by_type ON CLUSTER '{cluster}' (project String, version String, date Date, installer LowCardinality(String), type LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_installer_by_type_local', cityHash64(project));

-- V0001, statement 45
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_country ON CLUSTER '{cluster}' (project String, version String, date Date, country_code LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_country_local', cityHash64(project));

-- V0001, statement 46
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_python ON CLUSTER '{cluster}' (project String, version String, date Date, python_minor LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_python_local', cityHash64(project));

-- V0001, statement 47
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_system ON CLUSTER '{cluster}' (project String, version String, date Date, system LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_system_local', cityHash64(project));

-- V0001, statement 48
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version_by_file_type ON CLUSTER '{cluster}' (project String, version String, date Date, type LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_by_file_type_local', cityHash64(project));

-- V0001, statement 49
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_version ON CLUSTER '{cluster}' (project String, version String, date Date, count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_version_local', cityHash64(project));

-- V0001, statement 50
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_installer_by_type ON CLUSTER '{cluster}' (project String, date Date, installer LowCardinality(String), type LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_installer_by_type_local', cityHash64(project));

-- V0001, statement 51
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_country ON CLUSTER '{cluster}' (project String, date Date, country_code LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_country_local', cityHash64(project));

-- V0001, statement 52
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_python ON CLUSTER '{cluster}' (project String, date Date, python_minor LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_python_local', cityHash64(project));

-- V0001, statement 53
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day_by_system ON CLUSTER '{cluster}' (project String, date Date, system LowCardinality(String), count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_by_system_local', cityHash64(project));

-- V0001, statement 54
CREATE TABLE IF NOT EXISTS pypi_downloads_per_day ON CLUSTER '{cluster}' (project String, date Date, count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_day_local', cityHash64(project));

-- V0001, statement 55
CREATE TABLE IF NOT EXISTS pypi_downloads_overall_per_day ON CLUSTER '{cluster}' (date Date, count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_overall_per_day_local', cityHash64(date));

-- V0001, statement 56
CREATE TABLE IF NOT EXISTS pypi_downloads_per_month ON CLUSTER '{cluster}' (month Date, project String, count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_per_month_local', cityHash64(project));

-- V0001, statement 57
CREATE TABLE IF NOT EXISTS pypi_downloads_by_version ON CLUSTER '{cluster}' (project String, version String, count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_by_version_local', cityHash64(project));

-- V0001, statement 58
CREATE TABLE IF NOT EXISTS pypi_downloads ON CLUSTER '{cluster}' (project String, count Int64) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_local', cityHash64(project));

-- V0001, statement 59
CREATE TABLE IF NOT EXISTS pypi_downloads_max_min ON CLUSTER '{cluster}' (project String, max_date SimpleAggregateFunction(max, Date), min_date SimpleAggregateFunction(min, Date)) ENGINE = Distributed('{cluster}', 'stats', 'pypi_downloads_max_min_local', cityHash64(project));

-- V0002, statement 1
CREATE TABLE IF NOT EXISTS projects ON CLUSTER '{cluster}' (metadata_version String, name String, version String, summary String, description String, description_content_type String, author String, author_email String, maintainer String, maintainer_email String, license String, keywords String, classifiers Array(String), platform Array(String), home_page String, download_url String, requires_python String, requires Array(String), provides Array(String), obsoletes Array(String), requires_dist Array(String), provides_dist Array(String), obsoletes_dist Array(String), requires_external Array(String), project_urls Array(String), uploaded_via String, upload_time DateTime64(3), filename String, size Int64, path String, python_version String, packagetype String, comment_text String, has_signature Bool, md5_digest String, sha256_digest String, blake2_256_digest String, INDEX normal_name lower(replaceRegexpAll(name, '[-_.]+', '-')) TYPE bloom_filter GRANULARITY 1) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/stats/projects', '{shard}_{replica}') ORDER BY (name) SETTINGS replicated_deduplication_window = 0;

-- V0002, statement 2
CREATE TABLE IF NOT EXISTS countries ON CLUSTER '{cluster}' (name String, code String) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/stats/countries', '{shard}_{replica}') ORDER BY (code) SETTINGS replicated_deduplication_window = 0;

-- V0002, statement 3
INSERT INTO countries (name, code) SELECT name, code FROM (SELECT {names:Array(String)} AS names, {codes:Array(String)} AS codes) ARRAY JOIN names AS name, codes AS code WHERE code NOT IN (SELECT code FROM countries);

-- V0002, statement 4
CREATE DICTIONARY IF NOT EXISTS countries_dict ON CLUSTER '{cluster}' (name String, code String) PRIMARY KEY code SOURCE(CLICKHOUSE(QUERY 'SELECT name, code FROM stats.countries')) LIFETIME(MIN 0 MAX 300) LAYOUT(COMPLEX_KEY_HASHED());

-- V0002, statement 5
CREATE DICTIONARY IF NOT EXISTS last_updated_dict ON CLUSTER '{cluster}' (name String, last_update DateTime64(3)) PRIMARY KEY name SOURCE(CLICKHOUSE(QUERY 'SELECT spelling AS name, max(upload_time) AS last_update FROM stats.projects AS source ARRAY JOIN arrayDistinct([source.name, lower(replaceRegexpAll(source.name, \'[-_.]+\', \'-\'))]) AS spelling GROUP BY spelling')) LIFETIME(MIN 0 MAX 300) LAYOUT(COMPLEX_KEY_HASHED());
