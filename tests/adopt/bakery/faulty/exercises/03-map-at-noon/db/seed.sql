-- 400 stations
INSERT INTO stations (id, name, docks)
SELECT n, 'Station ' || n, 120 FROM generate_series(1, 400) AS n;

-- 40,000 bikes, every third of them on the road
INSERT INTO bikes (id, station_id, rented_by)
SELECT n, 1 + n % 400, CASE WHEN n % 3 = 0 THEN 'rider ' || n END FROM generate_series(1, 40000) AS n;

ANALYZE;
